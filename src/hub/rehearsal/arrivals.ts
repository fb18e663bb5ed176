import { chanceOf } from './chance.ts'
import { type DayAction, POLLS_OPEN_MS } from './day-plan.ts'
import type { Roll } from './electorate.ts'
import { clerkEmail } from './people.ts'
import type { Pledge } from './pledges.ts'
import { arrivalIn, rhythmOf } from './rhythm.ts'

/** How likely an elector is to come, by what they promised; a committee's mood shifts it. */
const TURNOUT: Readonly<Record<Pledge | 'unasked', number>> = {
  confirmed: 0.9,
  promised: 0.8,
  hoped: 0.66,
  unasked: 0.61,
  absent: 0.2,
}
const WRONG_COMMITTEE_SHARE = 0.006
const MISTAKE_SHARE = 0.003
const MINUTE = 60_000

export type Arrivals = {
  readonly actions: readonly DayAction[]
  /** Electors who end the day attended, by committee code. */
  readonly attended: ReadonlyMap<string, number>
}

/** Who comes when, to which committee, with the slips of an ordinary day: wrong doors and wrong numbers. */
export function arrivalsOf(seed: number, rolls: readonly Roll[], pledges: ReadonlyMap<string, Pledge>): Arrivals {
  const actions: DayAction[] = []
  const attended = new Map<string, number>()
  for (const roll of rolls) {
    const come = arrivalsAt(seed, roll, rolls, pledges)
    attended.set(roll.code, come.attended)
    actions.push(...come.actions)
  }
  return { actions, attended }
}

function arrivalsAt(seed: number, roll: Roll, rolls: readonly Roll[], pledges: ReadonlyMap<string, Pledge>) {
  const chance = chanceOf(seed, `arrivals/${roll.code}`)
  const rhythm = rhythmOf(chance)
  const mood = chance.between(-0.06, 0.06)
  const others = rolls.filter((other) => other.gender === roll.gender && other.code !== roll.code)
  const actions: DayAction[] = []
  const by = clerkEmail(roll.code)
  let attended = 0
  for (let i = 0; i < roll.size; i += 1) {
    const elector = String(roll.first + i)
    const at = arrivalIn(rhythm, chance)
    if (chance.happens(TURNOUT[pledges.get(elector) ?? 'unasked'] + mood)) {
      attended += 1
      actions.push({ kind: 'attend', at, by, elector, committee: roll.code })
      const early = at - Math.floor(chance.between(6, 25) * MINUTE)
      if (chance.happens(WRONG_COMMITTEE_SHARE) && early > 0) {
        const door = chance.pick(others).code
        actions.push({ kind: 'attend-elsewhere', at: early, by: clerkEmail(door), elector, committee: door })
      }
    } else if (chance.happens(MISTAKE_SHARE)) {
      const noticed = Math.min(at + Math.floor(chance.between(1, 5) * MINUTE), POLLS_OPEN_MS - 1)
      actions.push({ kind: 'attend', at, by, elector, committee: roll.code })
      actions.push({ kind: 'withdraw', at: Math.max(noticed, at + 1), by, elector, committee: roll.code })
    }
  }
  return { actions, attended }
}
