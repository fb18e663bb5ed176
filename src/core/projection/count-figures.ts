import { z } from 'zod'
import { CandidateId, CommitteeId } from '../../shared/model/ids.ts'
import type { BallotEntry, VoteCount } from '../../shared/model/records.ts'

export type CandidateVotes = { votes: number; verified: number; committees: number }

export const SavedCounts = z.object({
  votes: z.number(),
  votesVerified: z.number(),
  cast: z.number(),
  invalid: z.number(),
  entries: z.object({ started: z.number(), completed: z.number(), verified: z.number() }),
  candidates: z.array(
    z.tuple([CandidateId, z.object({ votes: z.number(), verified: z.number(), committees: z.number() })]),
  ),
  committees: z.array(z.tuple([CommitteeId, z.object({ votes: z.number() })])),
})
type SavedCounts = z.infer<typeof SavedCounts>

/** The count in figures: by candidate, by committee, and how many entries are how far. */
export class CountFigures {
  votes = 0
  votesVerified = 0
  cast = 0
  invalid = 0
  readonly entries = { started: 0, completed: 0, verified: 0 }
  readonly #candidates = new Map<CandidateId, CandidateVotes>()
  readonly #committees = new Map<CommitteeId, { votes: number }>()

  /** Adds (`by` 1) or takes away (`by` -1) one vote count. */
  count(record: VoteCount, by: 1 | -1): void {
    const votes = record.votes * by
    const candidate = this.candidate(record.candidate)
    this.votes += votes
    candidate.votes += votes
    candidate.committees += by
    this.committee(record.committee).votes += votes
    if (!record.verified) return
    this.votesVerified += votes
    candidate.verified += votes
  }

  entry(record: BallotEntry, by: 1 | -1): void {
    this.cast += record.cast * by
    this.invalid += record.invalid * by
    if (record.status !== 'NOT_STARTED') this.entries.started += by
    if (record.status === 'COMPLETED' || record.status === 'VERIFIED') this.entries.completed += by
    if (record.status === 'VERIFIED') this.entries.verified += by
  }

  save(): SavedCounts {
    const { votes, votesVerified, cast, invalid, entries } = this
    return {
      votes,
      votesVerified,
      cast,
      invalid,
      entries: { ...entries },
      candidates: [...this.#candidates].map(([id, sums]) => [id, { ...sums }]),
      committees: [...this.#committees].map(([id, sums]) => [id, { ...sums }]),
    }
  }
  load({ candidates, committees, entries, ...sums }: SavedCounts): void {
    Object.assign(this, sums)
    Object.assign(this.entries, entries)
    this.#candidates.clear()
    this.#committees.clear()
    for (const [id, each] of candidates) this.#candidates.set(id, { ...each })
    for (const [id, each] of committees) this.#committees.set(id, { ...each })
  }

  candidate(id: CandidateId): CandidateVotes {
    let votes = this.#candidates.get(id)
    if (!votes) {
      votes = { votes: 0, verified: 0, committees: 0 }
      this.#candidates.set(id, votes)
    }
    return votes
  }

  committee(id: CommitteeId): { votes: number } {
    let votes = this.#committees.get(id)
    if (!votes) {
      votes = { votes: 0 }
      this.#committees.set(id, votes)
    }
    return votes
  }
}
