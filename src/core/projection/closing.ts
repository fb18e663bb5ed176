import type { Projection } from '../../shared/view/pledges.ts'

/** A rhythm is looked at by the half hour, ms. */
export const HALF_HOUR = 30 * 60_000
/** Whole half hours behind before a rhythm says anything: how much they differ is known from four. */
export const LEAST_HALVES = 4
/** Fewer promises are watched one by one, not projected. */
export const LEAST_PLEDGED = 30
/** Before so many came their rhythm is chance. */
export const LEAST_SEEN = 10
/** Two-sided 90 %: 1.645 standard deviations. */
const NINETY = 1.645

/** What of a committee's pledged is known. */
export type Rhythm = {
  readonly pledged: number
  readonly seen: number
  /** Seen before the first of the half hours below. */
  readonly before: number
  /** Seen in each whole half hour of the day so far, in order. */
  readonly halves: readonly number[]
  /** Half hours to closing; 0 or less: it is over. */
  readonly left: number
}

/**
 * How many of the pledged will have come at closing. The method: of those still missing at the start of each half hour so far,
 * a part came in it. That part, as a rate, is what this committee has shown of itself; the half hours that are left are
 * taken to be like those behind. The range holds what can differ: how well the mean rate is known from so few half hours,
 * how much one half hour differs from another beyond chance (both by Student's t), and the chance of each single elector
 * (binomial). It knows nothing of a rush that has not begun; it says nothing where there is too little to go by.
 */
export function atClosing({ pledged, seen, before, halves, left }: Rhythm): Projection {
  if (left <= 0) return { is: 'range', low: seen, middle: seen, high: seen }
  if (halves.length < LEAST_HALVES) return { is: 'nothing', because: 'too-early' }
  if (pledged < LEAST_PLEDGED || seen < LEAST_SEEN) return { is: 'nothing', because: 'too-few' }
  const missing = pledged - seen
  if (missing === 0) return { is: 'range', low: seen, middle: seen, high: seen }
  const { mean, spread, chance } = ratesOf(pledged - before, halves)
  // What the halves differ by beyond chance will differ again; how well their mean is known depends on all of it.
  const between = Math.max(0, spread - chance)
  const ofMean = (left * left * Math.max(spread, chance)) / halves.length
  const hazard = left * mean
  const stays = Math.exp(-hazard)
  const come = missing * (1 - stays)
  const deviation = Math.sqrt((missing * stays) ** 2 * (ofMean + left * between) + missing * (1 - stays) * stays)
  const reach = student(halves.length - 1) * deviation
  return {
    is: 'range',
    low: Math.max(seen, Math.floor(seen + come - reach)),
    middle: Math.round(seen + come),
    high: Math.min(pledged, Math.ceil(seen + come + reach)),
  }
}

/** Per half hour: the mean rate, the variance of the rates, and how much of it is only chance. */
function ratesOf(atFirst: number, halves: readonly number[]) {
  let missing = atFirst
  const rates: number[] = []
  let chance = 0
  for (const came of halves) {
    if (missing < 1) break
    // Where the last of them came the rate would be endless: half an elector keeps it finite.
    const part = Math.min(came, missing - 0.5) / missing
    rates.push(-Math.log1p(-part))
    chance += Math.max(came, 0.5) / missing ** 2
    missing -= came
  }
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length
  const spread = rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / Math.max(1, rates.length - 1)
  return { mean, spread, chance: chance / rates.length }
}

/** Student's t for 90 %, by its expansion about the normal (Abramowitz and Stegun 26.7.5): within 2 % from three degrees on. */
function student(degrees: number): number {
  const [z, z3, z5] = [NINETY, NINETY ** 3, NINETY ** 5]
  return z + (z3 + z) / (4 * degrees) + (5 * z5 + 16 * z3 + 3 * z) / (96 * degrees ** 2)
}
