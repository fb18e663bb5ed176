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
import type { CountRow, EntryRow } from '../rows.ts'
import * as show from '../vote-serializers.ts'
import { percent } from '../text.ts'

/** Counts and entries. Roles are hardly looked at, as on the real server. */
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
