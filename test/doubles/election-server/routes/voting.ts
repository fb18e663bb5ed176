import {
  type Ask,
  atomically,
  bad,
  Crash,
  forbidden,
  good,
  isAdmin,
  isSupervisor,
  made,
  missing,
  page,
  type Reply,
  required,
  route,
  wholeOf,
  type Route,
} from '../ask.ts'
import type { Transaction } from '../database.ts'
import type { CountRow, EntryRow, ResultsRow } from '../rows.ts'
import * as show from '../serializers.ts'
import { percent } from '../text.ts'

/** Counts, entries, results. Roles are hardly looked at, as on the real server. */
export const votingRoutes: readonly Route[] = [
  route('GET', /^voting\/vote-counts\/$/, (ask) => {
    const [committee, candidate, status] = ['committee', 'candidate', 'status'].map((name) => ask.query.get(name))
    const rows = ask.db
      .all('counts')
      .filter((row) => !committee || row.committee === Number(committee))
      .filter((row) => !candidate || row.candidate === Number(candidate))
      .filter((row) => !status || row.status === status)
      .toSorted((a, b) => b.id - a.id)
    return page(
      ask,
      '/api/voting/vote-counts/',
      rows.map((row) => show.voteCount(ask.db, row)),
    )
  }),
  route('POST', /^voting\/vote-counts\/bulk_entry\/$/, (ask) => atomically(ask, (tx) => bulkEntry(ask, tx))),
  // The dashed path is taken for a record's id.
  route('POST', /^voting\/vote-counts\/bulk-entry\/$/, () => ({ status: 405, message: 'Method "POST" not allowed.' })),
  route('PATCH', /^voting\/vote-counts\/(\d+)\/$/, (ask) => {
    if (!isSupervisor(ask.user.role)) return forbidden()
    return atomically(ask, (tx) => {
      const row = tx.get('counts', Number(ask.params[0]))
      const votes = wholeOf(ask.body, 'vote_count')
      if (row === undefined) return missing()
      if (votes === null || votes < 0) return bad('vote_count: A valid integer is required.')
      return good(show.voteCount(tx, told(ask, tx, { ...row, votes, updated: Date.now() }, 'updated')))
    })
  }),
  route('PATCH', /^voting\/vote-counts\/(\d+)\/verify\/$/, (ask) => {
    if (!isAdmin(ask.user.role)) return forbidden()
    return atomically(ask, (tx) => {
      const row = tx.get('counts', Number(ask.params[0]))
      if (row === undefined) return missing()
      return row.verified ? bad('Vote count is already verified') : good(show.voteCount(tx, verifyCount(ask, tx, row)))
    })
  }),
  // Anybody may; no frame, no audit.
  route('DELETE', /^voting\/vote-counts\/(\d+)\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = tx.get('counts', Number(ask.params[0]))
      if (row === undefined) return missing()
      tx.remove('counts', row.id)
      return good(null)
    }),
  ),
  route('GET', /^voting\/committee-entries\/$/, (ask) =>
    page(
      ask,
      '/api/voting/committee-entries/',
      ask.db
        .all('entries')
        .toSorted((a, b) => b.id - a.id)
        .map((row) => show.entry(ask.db, row)),
    ),
  ),
  route('GET', /^voting\/committee-entries\/progress\/$/, (ask) => good(progress(ask))),
  route('PATCH', /^voting\/committee-entries\/(\d+)\/verify\/$/, (ask) =>
    isAdmin(ask.user.role) ? atomically(ask, (tx) => verifyEntry(ask, tx)) : forbidden(),
  ),
  route('GET', /^voting\/results\/$/, (ask) => {
    const row = ask.db.all('results')[0]
    return row === undefined ? missing('Results not yet generated') : good(show.results(ask.db, row))
  }),
  route('POST', /^voting\/results\/generate\/$/, (ask) => atomically(ask, (tx) => generate(ask, tx))),
  route('POST', /^voting\/results\/publish\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = tx.all('results')[0]
      if (row === undefined) return missing('Results not yet generated')
      if (row.status === 'PUBLISHED') return bad('Results are already published')
      const at = Date.now()
      // Named fields only are saved: `updated_at` does not move.
      return good(tellResults(ask, tx, { ...row, status: 'PUBLISHED', publishedBy: ask.user.id, publishedAt: at }))
    }),
  ),
]

/** Keeps a count and tells of it; `committee_id` beside it is null, always. */
function told(ask: Ask, tx: Transaction, row: CountRow, action: 'created' | 'updated'): CountRow {
  tx.put('counts', row)
  ask.tell('voting_update', action, { vote_count: show.voteCount(tx, row), committee_id: null })
  return row
}

const verifyCount = (ask: Ask, tx: Transaction, row: CountRow): CountRow =>
  told(
    ask,
    tx,
    { ...row, status: 'VERIFIED', verified: true, verifiedBy: ask.user.id, verifiedAt: Date.now() },
    'updated',
  )

type Given = { readonly candidate: number; readonly votes: number }

/** Told row by row; an unknown candidate breaks it half-way, and what was told never happened. */
function bulkEntry(ask: Ask, tx: Transaction): Reply {
  const committee = wholeOf(ask.body, 'committee_id')
  const given = Array.isArray(ask.body['vote_counts']) ? ask.body['vote_counts'].map(givenOf) : null
  const [cast, invalid] = [wholeOf(ask.body, 'total_ballots_cast'), wholeOf(ask.body, 'invalid_ballots')]
  if (committee === null) return required('committee_id')
  if (given === null || given.includes(null)) return required('vote_counts')
  if (cast === null || invalid === null) return required('total_ballots_cast')
  const place = tx.get('committees', committee)
  if (place === undefined) throw new Crash()
  let created = 0
  for (const { candidate, votes } of given.filter((one) => one !== null)) {
    if (tx.get('candidates', candidate) === undefined) throw new Crash()
    created += enter(ask, tx, { committee, candidate, votes, election: place.election }) ? 1 : 0
  }
  const entry = complete(ask, tx, committee, place.election, cast, invalid)
  const totals = { created, updated: given.length - created, total: given.length }
  return made({ committee_entry_id: entry.id, ...totals }, 'Votes entered successfully')
}

function givenOf(value: unknown): Given | null {
  if (typeof value !== 'object' || value === null) return null
  const fields = value as Record<string, unknown> // any object may be asked for any key
  const [candidate, votes] = [wholeOf(fields, 'candidate_id'), wholeOf(fields, 'vote_count')]
  return candidate === null || votes === null || votes < 0 ? null : { candidate, votes }
}

/** True when the row is new. A verified count that is entered again keeps its mark. */
function enter(ask: Ask, tx: Transaction, one: Given & { committee: number; election: number }): boolean {
  const at = Date.now()
  const before = tx.all('counts').find((row) => row.committee === one.committee && row.candidate === one.candidate)
  const by = { enteredBy: ask.user.id, status: 'SUBMITTED', updated: at } as const
  if (before !== undefined) told(ask, tx, { ...before, ...by, votes: one.votes }, 'updated')
  else {
    const fresh = { verified: false, verifiedBy: null, verifiedAt: null, created: at }
    told(ask, tx, { id: tx.nextId('counts'), ...one, ...by, ...fresh }, 'created')
  }
  return before === undefined
}

/** No frame for the entry. */
function complete(ask: Ask, tx: Transaction, committee: number, election: number, cast: number, invalid: number) {
  const at = Date.now()
  const before = tx.all('entries').find((row) => row.committee === committee)
  const fresh = { id: before?.id ?? tx.nextId('entries'), election, committee, created: before?.created ?? at }
  const done = { status: 'COMPLETED', cast, invalid, enteredBy: ask.user.id, completedAt: at, updated: at } as const
  return tx.put('entries', { ...fresh, ...done, verifiedBy: null, verifiedAt: null } satisfies EntryRow)
}

function verifyEntry(ask: Ask, tx: Transaction): Reply {
  const row = tx.get('entries', Number(ask.params[0]))
  if (row === undefined) return missing()
  if (row.status === 'VERIFIED') return bad('Entry is already verified')
  for (const count of tx.all('counts').filter(({ committee, verified }) => committee === row.committee && !verified))
    verifyCount(ask, tx, count)
  const verified = { status: 'VERIFIED', verifiedBy: ask.user.id, verifiedAt: Date.now() } as const
  return good(show.entry(tx, tx.put('entries', { ...row, ...verified })))
}

function progress(ask: Ask): object {
  const places = ask.db.all('committees')
  const entries = ask.db.all('entries')
  const count = (status: EntryRow['status']): number => entries.filter((row) => row.status === status).length
  return {
    total_committees: places.length,
    entries_created: entries.length,
    in_progress: count('IN_PROGRESS'),
    completed: count('COMPLETED'),
    verified: count('VERIFIED'),
    not_started: places.length - entries.length,
    completion_percentage: percent(count('VERIFIED'), places.length),
    committees: places.map((place) => {
      const entry = entries.find((row) => row.committee === place.id)
      const status = entry?.status ?? 'NOT_STARTED'
      const share = entry === undefined ? 0 : show.entry(ask.db, entry).completion_percentage
      const named = { committee_code: place.code, committee_name: place.name }
      return { ...named, status, completion_percentage: share, verified: status === 'VERIFIED' }
    }),
  }
}

/** The first time three frames: created empty, then the same figures twice. Later two. */
function generate(ask: Ask, tx: Transaction): Reply {
  const [places, entries] = [tx.all('committees'), tx.all('entries')]
  const verified = entries.filter((row) => row.status === 'VERIFIED').length
  if (verified < places.length)
    return bad(`Not all committees are verified (${verified}/${places.length})`, {
      canGeneratePreliminary: true,
      verified,
      total: places.length,
    })
  const before = tx.all('results')[0]
  const row = before ?? drafted(ask, tx)
  if (before === undefined) tellResults(ask, tx, row, 'created')
  const computed = { ...row, ...figures(tx), status: 'PRELIMINARY', generatedBy: ask.user.id } as const
  const at = Date.now()
  tellResults(ask, tx, { ...computed, generatedAt: at, updated: at })
  const shown = tellResults(ask, tx, { ...computed, generatedAt: at, updated: at + 1 })
  return before === undefined ? made(shown) : good(shown)
}

function drafted(ask: Ask, tx: Transaction): ResultsRow {
  const at = Date.now()
  const election = tx.all('elections')[0]?.id ?? 0
  const none = { electors: 0, attendance: 0, cast: 0, invalid: 0, ranks: null }
  const nobody = { generatedAt: null, publishedBy: null, publishedAt: null }
  const times = { created: at, updated: at }
  return { id: tx.nextId('results'), election, status: 'DRAFT', ...none, generatedBy: ask.user.id, ...nobody, ...times }
}

function tellResults(ask: Ask, tx: Transaction, row: ResultsRow, action: 'created' | 'updated' = 'updated'): object {
  const shown = show.results(tx, tx.put('results', row))
  const type = action === 'created' ? 'results_generated' : 'results_updated'
  ask.tell('voting_update', action, { results: shown, action_type: type, election_id: row.election })
  return shown
}

/** Attendance counts every row, pending ones too; the share is of valid ballots and may pass 100. */
function figures(tx: Transaction): Pick<ResultsRow, 'electors' | 'attendance' | 'cast' | 'invalid' | 'ranks'> {
  const entries = tx.all('entries')
  const sum = (of: (row: EntryRow) => number): number => entries.reduce((total, row) => total + of(row), 0)
  const [cast, invalid] = [sum((row) => row.cast), sum((row) => row.invalid)]
  const votes = (candidate: number): number =>
    tx
      .all('counts')
      .filter((row) => row.candidate === candidate && row.verified)
      .reduce((total, row) => total + row.votes, 0)
  const ranks = tx
    .all('candidates')
    .map((row) => ({ row, votes: votes(row.id) }))
    .toSorted((a, b) => b.votes - a.votes || a.row.number - b.row.number)
    .map(({ row, votes: total }, at) => ({
      number: row.number,
      name: row.name,
      party: row.party === null ? 'Independent' : (tx.get('parties', row.party)?.name ?? 'Independent'),
      votes: total,
      share: percent(total, cast - invalid),
      rank: at + 1,
    }))
  const electors = tx.all('electors').filter(({ active }) => active).length
  return { electors, attendance: tx.all('attendance').length, cast, invalid, ranks }
}
