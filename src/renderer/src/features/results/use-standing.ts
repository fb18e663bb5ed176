import { useMemo } from 'react'
import type { Results } from '../../../../shared/model/records.ts'
import { type Ranked, ranked } from '../../../../shared/sheet/ranking.ts'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useValue } from '../../store/core-context.tsx'

/** A candidate as the server added them up, and as their sheets stand now. */
export type Candidate = {
  readonly number: number
  readonly name: string
  readonly party: string | null
  readonly color: string | null
  /** What the ranking goes by: as the server made it; before that, everything counted so far. */
  readonly votes: number
  readonly verified: number
  readonly unverified: number
}
export type Standing = {
  readonly rows: readonly Ranked<Candidate>[]
  /** How many are elected; null: not known. */
  readonly seats: number | null
  /** Valid ballots these votes were given on. */
  readonly valid: number
  /** From the server's own results, or counted here so far. */
  readonly made: boolean
}

/** The order of the candidates. The server's own order decides between those with as many votes. */
export function useStanding(results: Results | null): Standing {
  const candidates = useValue('candidates')
  const headline = useValue('headline')
  const seats = useSeats()
  const cast = (headline?.ballotsCast ?? 0) - (headline?.ballotsInvalid ?? 0)
  return useMemo(() => {
    const rows = results === null ? countedSoFar(candidates ?? []) : asMade(results, candidates ?? [])
    return { rows: ranked(rows, seats), seats, valid: results?.valid ?? Math.max(0, cast), made: results !== null }
  }, [results, candidates, seats, cast])
}

/** As settled at this desk; else as many as one ballot may name. */
export function useSeats(): number | null {
  const settled = useValue('counting')?.seats ?? null
  const perBallot = useValue('headline')?.election?.maxCandidatesPerBallot ?? 0
  return settled ?? (perBallot > 0 ? perBallot : null)
}

function asMade({ candidates }: Results, live: readonly CandidateRow[]): Candidate[] {
  const byNumber = new Map(live.map((row) => [row.number, row]))
  return [...candidates]
    .sort((a, b) => a.rank - b.rank)
    .map(({ number, name, party, votes }) => {
      const row = byNumber.get(number)
      const sheets = row ? apart(row) : { verified: 0, unverified: 0 }
      return { number, name, party: row?.party ?? (party || null), color: row?.color ?? null, votes, ...sheets }
    })
}

const countedSoFar = (live: readonly CandidateRow[]): Candidate[] =>
  live
    .filter((row) => row.active && row.votes > 0)
    .map((row) => ({ ...row, ...apart(row) }))
    .map(({ number, name, party, color, votes, verified, unverified }) => ({
      ...{ number, name, party, color, votes, verified, unverified },
    }))

const apart = ({ votes, votesVerified }: CandidateRow) => ({
  verified: votesVerified,
  unverified: Math.max(0, votes - votesVerified),
})
