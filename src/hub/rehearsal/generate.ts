import type { ElectionSeed, SeedCandidate } from '../seed.ts'
import { arrivalsOf } from './arrivals.ts'
import { countingWork, countSheets, MAX_CANDIDATES_PER_BALLOT } from './counting.ts'
import { type CountSheet, type DayAction, type DayPlan, type DayTotals, POLLS_OPEN_MS } from './day-plan.ts'
import { ELECTORS, electorsOf, rollsOf } from './electorate.ts'
import { ADMIN, candidatesOf, PARTIES, usersOf } from './people.ts'
import { guaranteesOf, pledgesByElector, pledgeWork } from './pledges.ts'

/** An election to put into an empty hub, and the day to play on it. */
export type Rehearsal = { readonly seed: ElectionSeed; readonly plan: DayPlan }

const DEFAULT_DATE = '2026-11-21'
/** Collectors are at their telephones an hour before the polls open. */
const DAY_BEGINS = -60 * 60_000

/**
 * A believable election, wholly invented, and its day. The same number gives the same bytes for ever; `date`
 * (`YYYY-MM-DD`) only moves the day in the calendar.
 */
export function generateElection(number: number, { date = DEFAULT_DATE }: { readonly date?: string } = {}): Rehearsal {
  const rolls = rollsOf(number)
  const candidates = candidatesOf(number)
  const guarantees = guaranteesOf(number, rolls)
  const seed: ElectionSeed = {
    name: 'انتخابات تجريبية',
    mode: 'rehearsal',
    votingMode: 'BOTH',
    maxCandidatesPerBallot: MAX_CANDIDATES_PER_BALLOT,
    date,
    parties: PARTIES,
    candidates,
    committees: rolls.map(({ code, name, gender, location }) => ({ code, name, gender, location })),
    users: usersOf(number, rolls),
    electors: electorsOf(number, rolls),
    guarantees,
  }
  const arrivals = arrivalsOf(number, rolls, pledgesByElector(guarantees))
  const sheets = countSheets(number, rolls, candidates, arrivals.attended)
  const actions = inOrder([
    { kind: 'phase', at: DAY_BEGINS, by: ADMIN, phase: 'GUARANTEE_PHASE' },
    { kind: 'phase', at: 0, by: ADMIN, phase: 'VOTING_DAY' },
    { kind: 'phase', at: POLLS_OPEN_MS, by: ADMIN, phase: 'COUNTING' },
    ...pledgeWork(number, guarantees),
    ...arrivals.actions,
    ...countingWork(number, sheets),
  ])
  return { seed, plan: planOf(`rehearsal-${number}`, date, actions, totalsOf(candidates, sheets, arrivals.attended)) }
}

/** By time; what was listed first goes first at the same ms. */
function inOrder(actions: readonly DayAction[]): readonly DayAction[] {
  return actions.toSorted((a, b) => a.at - b.at)
}

function planOf(id: string, date: string, actions: readonly DayAction[], expected: DayTotals): DayPlan {
  const first = actions[0]?.at ?? 0
  const last = actions[actions.length - 1]?.at ?? 0
  return { id, date, chief: ADMIN, total: actions.length, first, last, expected, actions: () => actions }
}

function totalsOf(
  candidates: readonly SeedCandidate[],
  sheets: readonly CountSheet[],
  attended: ReadonlyMap<string, number>,
): DayTotals {
  const votes = (number: number) =>
    sheets.reduce((sum, sheet) => sum + (sheet.votes.find((entry) => entry.candidate === number)?.votes ?? 0), 0)
  return {
    committees: sheets.length,
    electors: ELECTORS,
    attendance: [...attended.values()].reduce((sum, count) => sum + count, 0),
    ballotsCast: sheets.reduce((sum, sheet) => sum + sheet.ballotsCast, 0),
    counts: Object.fromEntries(candidates.map(({ name, number }) => [name, votes(number)])),
  }
}
