import type { Act, Wish } from './acts.ts'
import { enteredAlone, pairOf } from './act-typing.ts'
import { stale } from './acts.ts'
import { type Answer, answer, failure, stampOf } from './rest.ts'
import { CANDIDATES, COMMITTEES, resultsRow, sheetRows, verified } from './rows.ts'
import type { SimServer } from './server.ts'
import type { Write } from './writers.ts'

export const RESULTS = 'results/results'

export function votingWish(call: Act): Wish | Answer {
  const { path } = call.asked
  if (path === '/api/voting/vote-counts/bulk_entry/') return sheet(call)
  if (path === '/api/voting/results/generate/') return generate(call.server)
  if (path === '/api/voting/results/publish/') return publish(call)
  const entry = /^\/api\/voting\/committee-entries\/(\d+)\/verify\/$/.exec(path)?.[1]
  return entry === undefined ? failure(404, 'Not found.') : verify(call, Number(entry))
}

/** The records one committee's sheet is made of. */
export const sheetNames = (committee: number): readonly string[] => [
  ...CANDIDATES.map((candidate) => `count/${committee * 10 + candidate}`),
  `entry/${committee}`,
]

function sheet(call: Act): Wish | Answer {
  const { server, body, account } = call
  const committee = Number(body.committee_id)
  const counts = Array.isArray(body.vote_counts) ? (body.vote_counts as Act['body'][]) : [] // a JSON list, as the console sends it
  if (!(committee >= 1 && committee <= COMMITTEES.length)) return failure(404, 'Committee not found')
  const names = sheetNames(committee)
  const why = { why: 'waits' }
  if (pairOf(server, committee).first)
    return answer(409, { status: 'error', data: null, message: 'It waits for a second person.', errors: why })
  const refused = stale(call, names, server.row(`entry/${committee}`) !== undefined)
  if (refused) return refused
  const votesOf = (candidate: number) =>
    Number(counts.find((count) => count.candidate_id === candidate)?.vote_count ?? 0)
  const figures = {
    cast: Number(body.total_ballots_cast),
    invalid: Number(body.invalid_ballots),
    votesOf,
    by: account.name,
  }
  const writes = [...sheetRows(committee, figures, stampOf(server)), ...enteredAlone(server, committee)]
  const says = { committee_entry_id: committee }
  return { does: 'count.enter', on: `entry/${committee}`, writes, locks: names, says }
}

/** Null: there is no sheet to be verified, or it is verified. */
export function verifiedSheet(server: SimServer, committee: number): readonly Write[] | null {
  const row = server.row(`entry/${committee}`)
  if (!row || row.status === 'VERIFIED') return null
  return verified(sheetNames(committee).flatMap((name) => ({ name, row: server.row(name) ?? {} })))
}

function verify(call: Act, committee: number): Wish | Answer {
  const { server } = call
  const on = `entry/${committee}`
  if (!server.row(on)) return failure(404, 'Not found.')
  const writes = verifiedSheet(server, committee)
  if (!writes) return failure(400, 'This committee entry is already verified')
  return stale(call, sheetNames(committee), true) ?? { does: 'count.verify', on, writes }
}

/** What adding up writes; a text: why nothing is added up. Unlike a hub the election server takes a publication back by it. */
export function generated(server: SimServer): readonly Write[] | string {
  const done = [...server.all('entry')].filter((row) => row.status === 'VERIFIED').length
  if (done < COMMITTEES.length) return `Not all committees are verified (${done}/${COMMITTEES.length})`
  const before = server.row(RESULTS)
  if (server.numbered && before?.status === 'PUBLISHED')
    return 'Results are already published and are not computed anew'
  const made = { name: RESULTS, row: resultsRow('PRELIMINARY', stampOf(server)) }
  // The election server tells of it two or three times.
  const first = before || server.numbered ? [] : [{ name: RESULTS, row: resultsRow('DRAFT', stampOf(server)) }]
  return server.numbered ? [made] : [...first, made, made]
}

function generate(server: SimServer): Wish | Answer {
  const writes = generated(server)
  return typeof writes === 'string' ? failure(400, writes) : { does: 'results.generate', on: RESULTS, writes }
}

function publish(call: Act): Wish | Answer {
  const before = call.server.row(RESULTS)
  if (!before) return failure(404, 'Results not yet generated')
  if (before.status === 'PUBLISHED') return failure(400, 'Results are already published')
  const row = { ...before, status: 'PUBLISHED', published_at: stampOf(call.server) }
  return stale(call, [RESULTS], true) ?? { does: 'results.publish', on: RESULTS, writes: [{ name: RESULTS, row }] }
}
