import type { Candidate } from '../../shared/model/records.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { CandidateRow } from '../../shared/view/board.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { PACE, paced } from './pace.ts'

/** All candidates by votes; equal votes share a rank. */
export function candidateRows(book: Shown): CandidateRow[] {
  const { figures, projection } = book
  const votesOf = (candidate: Candidate) => figures.counts.candidate(candidate.id)
  const sorted = [...projection.of('candidate').values()]
    .map((held) => held.record)
    .sort((a, b) => votesOf(b).votes - votesOf(a).votes || a.number - b.number)
  let rank = 0
  let last = -1
  return sorted.map((candidate, index) => {
    const { votes, verified, committees } = votesOf(candidate)
    if (votes !== last) rank = index + 1
    last = votes
    const party = candidate.party === null ? null : projection.of('party').get(candidate.party)?.record
    return {
      id: candidate.id,
      number: candidate.number,
      name: candidate.name,
      party: party?.name ?? null,
      color: party?.color ?? null,
      votes,
      votesVerified: verified,
      committeesCounted: committees,
      rank,
      active: candidate.active,
    }
  })
}

const CONCERNED: ReadonlySet<string> = new Set(['candidate', 'party', 'count'])

export const candidatesSource =
  (book: Shown, clock: Clock): Source<null, CandidateRow[], CandidateRow[]> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.list, changed)
    const stop = book.listen({ shifted: (shift) => CONCERNED.has(shift.kind) && pace.tell('candidates') })
    const read = () => candidateRows(book)
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }
