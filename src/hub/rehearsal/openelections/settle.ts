import type { Contest } from './contests.ts'
import type { Findings } from './fault.ts'
import { type CandidateTally, type PrecinctTally, type Tally, turnoutAmount } from './tally.ts'

/** One precinct with every figure filled in and consistent: votes fit the ballots, ballots fit the register. */
export type SettledPrecinct = {
  readonly county: string
  readonly name: string
  readonly registered: number
  readonly ballots: number
  /** Ballots that count for nobody because they are blank or marked too often, as far as the file tells. */
  readonly invalid: number
  /** In the order of the candidates. */
  readonly votes: readonly number[]
}

export type Settled = {
  readonly precincts: readonly SettledPrecinct[]
  readonly candidates: readonly CandidateTally[]
  /** How many candidates one ballot may name: 1 unless the file plainly shows more. */
  readonly seats: number
  readonly notCounted: { readonly over: number; readonly under: number }
}

/** Turns what a file says into figures an election can have. Every assumption made on the way is a warning. */
export function settle(tally: Tally, contest: Contest, findings: Findings): Settled {
  const candidates = [...tally.candidates.values()]
  const all = [...tally.precincts.values()]
  const voted = all.filter((precinct) => precinct.votes.size > 0)
  const partial = contest.district !== ''
  const chosen = partial ? voted : all
  if (partial && voted.length < all.length)
    findings.warn('outside', null, `${all.length - voted.length} precincts outside ${contest.label} were left out`)
  for (const precinct of partial ? [] : all)
    if (precinct.votes.size === 0)
      findings.warn('no-votes', precinct.line, `Precincts without a line for ${contest.label} were given 0 votes`)
  for (const { name, parties } of candidates)
    if (parties.length > 1)
      findings.warn(
        'parties',
        null,
        `${name} stands for ${parties.join(', ')}; the votes were added up under ${parties[0]}`,
      )
  const seats = seatsOf(chosen)
  return {
    precincts: chosen.map((precinct) => settlePrecinct(precinct, candidates, seats, findings)),
    candidates,
    seats,
    notCounted: {
      over: sumOf(chosen, (precinct) => precinct.over.amount),
      under: sumOf(chosen, (precinct) => precinct.under.amount),
    },
  }
}

function settlePrecinct(
  tally: PrecinctTally,
  candidates: readonly CandidateTally[],
  seats: number,
  findings: Findings,
): SettledPrecinct {
  const votes = candidates.map(({ key }) => tally.votes.get(key)?.amount ?? 0)
  const ballots = ballotsOf(tally, votes, seats, findings)
  const blank = turnoutAmount(tally.blank) ?? 0
  const spare = ballots - leastBallots(votes, seats)
  return {
    county: tally.county,
    name: tally.name,
    registered: registeredOf(tally, ballots, findings),
    ballots,
    invalid: Math.min(blank + Math.ceil(tally.over.amount / seats), spare),
    votes,
  }
}

function ballotsOf(tally: PrecinctTally, votes: readonly number[], seats: number, findings: Findings): number {
  const said = turnoutAmount(tally.ballots)
  const least = leastBallots(votes, seats)
  if (said === null) {
    findings.warn(
      'no-ballots',
      tally.line,
      'Precincts without "Ballots Cast" were given their votes, over and under votes as ballots',
    )
    const nobody = Math.ceil((tally.over.amount + tally.under.amount) / seats)
    return least + nobody
  }
  if (said >= least) return said
  findings.warn(
    'ballots-raised',
    tally.line,
    'Precincts with more votes than ballots cast had their ballots raised to the votes',
  )
  return least
}

function registeredOf(tally: PrecinctTally, ballots: number, findings: Findings): number {
  const said = turnoutAmount(tally.registered)
  if (said === null)
    findings.warn(
      'no-registered',
      tally.line,
      'Precincts without "Registered Voters" were given as many electors as ballots',
    )
  else if (said < ballots)
    findings.warn(
      'registered-raised',
      tally.line,
      'Precincts with more ballots than registered voters had their electors raised to the ballots',
    )
  return Math.max(said ?? 0, ballots)
}

/** The fewest ballots that can hold these votes when each names at most `seats` candidates, each once. */
const leastBallots = (votes: readonly number[], seats: number): number =>
  Math.max(Math.ceil(votes.reduce((sum, count) => sum + count, 0) / seats), ...votes, 0)

/** A single precinct with too many votes is a slip; a whole file with more votes than ballots fills several seats. */
function seatsOf(precincts: readonly PrecinctTally[]): number {
  const counted = precincts.filter((precinct) => turnoutAmount(precinct.ballots) !== null)
  const ballots = sumOf(counted, (precinct) => turnoutAmount(precinct.ballots) ?? 0)
  const votes = sumOf(counted, (precinct) => sumOf([...precinct.votes.values()], (figure) => figure.amount))
  return ballots === 0 ? 1 : Math.max(1, Math.ceil(votes / ballots))
}

function sumOf<T>(list: readonly T[], amount: (entry: T) => number): number {
  return list.reduce((sum, entry) => sum + amount(entry), 0)
}
