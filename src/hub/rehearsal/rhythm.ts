import type { Chance } from './chance.ts'
import { POLLS_OPEN_MS } from './day-plan.ts'

/**
 * When a committee's electors come: a morning rush, an evening rush and a trickle between them, which leaves the lull
 * around noon. A mixture of two logistic bumps and a flat part, because its share so far has a closed form.
 */
export type Rhythm = { readonly bumps: readonly Bump[]; readonly flat: number }
type Bump = { readonly weight: number; readonly peak: number; readonly width: number }

const MINUTE = 60_000

/** Each committee has its own hours: how strong each rush is, when it peaks and how wide it is. */
export function rhythmOf(chance: Chance): Rhythm {
  const morning = chance.between(0.28, 0.42)
  const flat = chance.between(0.17, 0.26)
  return {
    bumps: [
      { weight: morning, peak: chance.between(70, 125) * MINUTE, width: chance.between(20, 32) * MINUTE },
      { weight: 1 - morning - flat, peak: chance.between(515, 605) * MINUTE, width: chance.between(26, 42) * MINUTE },
    ],
    flat,
  }
}

/** The part of all arrivals that has come by `at` (ms since polls open): 0 at opening, 1 at closing. */
export function shareBy(rhythm: Rhythm, at: number): number {
  if (at <= 0) return 0
  if (at >= POLLS_OPEN_MS) return 1
  const bumps = rhythm.bumps.reduce((sum, bump) => sum + bump.weight * bumpShare(bump, at), 0)
  return bumps + (rhythm.flat * at) / POLLS_OPEN_MS
}

/** One arrival, ms since polls open, drawn from the rhythm. */
export function arrivalIn(rhythm: Rhythm, chance: Chance): number {
  const wanted = chance.next()
  let low = 0
  let high = POLLS_OPEN_MS
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (shareBy(rhythm, middle) < wanted) low = middle
    else high = middle
  }
  return low
}

/** A bump's share so far, cut at opening and closing so that nobody comes outside polling hours. */
function bumpShare(bump: Bump, at: number): number {
  const raw = (t: number) => 1 / (1 + Math.exp(-(t - bump.peak) / bump.width))
  const first = raw(0)
  return (raw(at) - first) / (raw(POLLS_OPEN_MS) - first)
}
