import { expect, test } from 'vitest'
import { atClosing, HALF_HOUR, LEAST_HALVES, LEAST_PLEDGED, LEAST_SEEN } from '../../../src/core/projection/closing.ts'
import { seededRandom } from '../../doubles/seeded-random.ts'

/** Half hours of a polling day. */
const DAY = 24

/** A number about nought with deviation one: twelve dice, as of old. */
function normal(next: () => number): number {
  let sum = -6
  for (let die = 0; die < 12; die++) sum += next()
  return sum
}

/** A day: each still missing comes in a half hour with a probability that differs from half hour to half hour. */
function inventedDay(next: () => number, pledged: number, rate: number, wobble: number): number[] {
  let missing = pledged
  return Array.from({ length: DAY }, () => {
    const hazard = rate * Math.exp(wobble * normal(next) - (wobble * wobble) / 2)
    let came = 0
    for (let elector = 0; elector < missing; elector++) if (next() < 1 - Math.exp(-hazard)) came += 1
    missing -= came
    return came
  })
}

function coverage(seed: number, days: number, wobble: number, share: number) {
  const chance = seededRandom(seed)
  const next = () => chance.next()
  let [held, said] = [0, 0]
  for (let day = 0; day < days; day++) {
    const pledged = 40 + Math.floor(next() * 260)
    const halves = inventedDay(next, pledged, 0.03 + next() * 0.05, wobble)
    const cut = Math.max(LEAST_HALVES, Math.floor(DAY * share))
    const seen = halves.slice(0, cut).reduce((sum, came) => sum + came, 0)
    const projection = atClosing({ pledged, seen, before: 0, halves: halves.slice(0, cut), left: DAY - cut })
    if (projection.is === 'nothing') continue
    said += 1
    const end = halves.reduce((sum, came) => sum + came, 0)
    if (projection.low <= end && end <= projection.high) held += 1
  }
  return { held: held / said, said }
}

test.each([
  [0, 0.25],
  [0, 0.5],
  [0, 0.8],
  [0.3, 0.25],
  [0.3, 0.5],
  [0.3, 0.8],
  [0.6, 0.25],
  [0.6, 0.5],
  [0.6, 0.8],
])('[P105] rates that differ by %f, %f of the day over: what came is in the range', (wobble, share) => {
  const { held, said } = coverage(20261121, 1_500, wobble, share)
  console.info(`wobble ${wobble}, ${share} of the day: ${(held * 100).toFixed(1)} % of ${said} ranges held`)
  expect(said).toBeGreaterThan(700)
  expect(held).toBeGreaterThanOrEqual(0.85)
  // A range that always holds would be too wide to say anything.
  expect(held).toBeLessThanOrEqual(0.99)
})

const steady = { pledged: 200, seen: 80, before: 0, halves: [20, 20, 20, 20], left: 10 }

test('[P104] too early or too few: nothing is said, and why', () => {
  const nothing = (over: object) => atClosing({ ...steady, ...over })
  expect(nothing({ halves: [40, 20, 20] })).toEqual({ is: 'nothing', because: 'too-early' })
  expect(nothing({ pledged: LEAST_PLEDGED - 1, seen: 12, halves: [3, 3, 3, 3] })).toEqual({
    is: 'nothing',
    because: 'too-few',
  })
  expect(nothing({ seen: LEAST_SEEN - 1, halves: [3, 3, 3, 0] })).toEqual({ is: 'nothing', because: 'too-few' })
  expect(atClosing(steady).is).toBe('range')
})

test('[P106] never below those seen nor above the pledged; at closing what came', () => {
  const chance = seededRandom(7)
  for (let turn = 0; turn < 2_000; turn++) {
    const pledged = 30 + Math.floor(chance.next() * 400)
    let missing = pledged
    const halves = Array.from({ length: 4 + Math.floor(chance.next() * 16) }, () => {
      const came = Math.floor(chance.next() * Math.min(missing + 1, 60))
      missing -= came
      return came
    })
    const seen = pledged - missing
    const projection = atClosing({ pledged, seen, before: 0, halves, left: chance.next() * 20 })
    if (projection.is === 'nothing') continue
    const { low, middle, high } = projection
    expect([seen <= low, low <= middle, middle <= high, high <= pledged], JSON.stringify({ pledged, halves })).toEqual([
      true,
      true,
      true,
      true,
    ])
  }
  expect(atClosing({ ...steady, left: 0 })).toEqual({ is: 'range', low: 80, middle: 80, high: 80 })
  expect(HALF_HOUR).toBe(1_800_000)
})
