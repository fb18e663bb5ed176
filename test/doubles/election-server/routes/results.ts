import { type Ask, atomically, bad, good, made, missing, type Reply, type Route, route } from '../ask.ts'
import type { Transaction } from '../database.ts'
import type { EntryRow, ResultsRow } from '../rows.ts'
import * as show from '../vote-serializers.ts'
import { percent } from '../text.ts'

/** Results: anybody signed in may generate and publish them. */
export const resultsRoutes: readonly Route[] = [
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
