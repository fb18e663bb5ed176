import type { SeedCandidate } from '../seed.ts'
import { type Chance, chanceOf } from './chance.ts'
import { type CountSheet, type DayAction, POLLS_OPEN_MS } from './day-plan.ts'
import type { Roll } from './electorate.ts'
import { ADMIN, PARTIES, SUPERVISOR } from './people.ts'

export const MAX_CANDIDATES_PER_BALLOT = 19
const MINUTE = 60_000
/** The first boxes are counted about half an hour after closing; the last about three hours after. */
const FIRST_COUNT = POLLS_OPEN_MS + 28 * MINUTE
const COUNTING_SPAN = 150 * MINUTE

/** One count sheet for each committee, consistent with who attended. */
export function countSheets(
  seed: number,
  rolls: readonly Roll[],
  candidates: readonly SeedCandidate[],
  attended: ReadonlyMap<string, number>,
): readonly CountSheet[] {
  const appeal = appealOf(chanceOf(seed, 'appeal'), candidates)
  return rolls.map((roll) =>
    countSheet(chanceOf(seed, `count/${roll.code}`), roll, appeal, attended.get(roll.code) ?? 0),
  )
}

type Appeal = readonly { readonly candidate: number; readonly share: number }[]

/** How much of the valid ballots names each candidate, over the whole election: lists help, a few stand out. */
function appealOf(chance: Chance, candidates: readonly SeedCandidate[]): Appeal {
  return candidates.map(({ number, party }) => {
    const list = party === null ? 0.14 : party === PARTIES[0]?.name ? 0.4 : 0.34
    const charm = chance.between(0.6, 1.3) * (chance.happens(0.12) ? 1.35 : 1)
    return { candidate: number, share: Math.min(0.86, list * charm) }
  })
}

function countSheet(chance: Chance, roll: Roll, appeal: Appeal, attended: number): CountSheet {
  const ballotsCast = attended - Math.floor(attended * chance.between(0, 0.004))
  const invalid = Math.round(ballotsCast * chance.between(0.004, 0.022))
  const valid = ballotsCast - invalid
  const raw = appeal.map(({ candidate, share }) => ({
    candidate,
    votes: Math.min(valid, Math.round(valid * share * chance.between(0.82, 1.18))),
  }))
  const sum = raw.reduce((total, entry) => total + entry.votes, 0)
  const room = valid * MAX_CANDIDATES_PER_BALLOT
  const scale = sum > room ? room / sum : 1
  const votes = raw.map((entry) => ({ ...entry, votes: Math.floor(entry.votes * scale) }))
  return { committee: roll.code, ballotsCast, invalid, votes }
}

/** The evening: sheets arrive one committee at a time, each is verified a little later, then the results go out. */
export function countingWork(seed: number, sheets: readonly CountSheet[]): readonly DayAction[] {
  const chance = chanceOf(seed, 'counting')
  const work: DayAction[] = []
  let last = FIRST_COUNT
  for (const sheet of sheets) {
    const at = FIRST_COUNT + Math.floor(chance.next() ** 0.8 * COUNTING_SPAN)
    const checked = at + Math.floor(chance.between(3, 14) * MINUTE)
    work.push({ kind: 'count', at, by: SUPERVISOR, ...sheet })
    work.push({ kind: 'verify', at: checked, by: ADMIN, committee: sheet.committee })
    last = Math.max(last, checked)
  }
  work.push({ kind: 'results', at: last + 6 * MINUTE, by: ADMIN })
  work.push({ kind: 'publish', at: last + 15 * MINUTE, by: ADMIN })
  work.push({ kind: 'phase', at: last + 20 * MINUTE, by: ADMIN, phase: 'CLOSED' })
  return work
}
