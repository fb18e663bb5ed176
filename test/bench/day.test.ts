import { expect, test } from 'vitest'
import { DayClock } from '../../bench/day/day-clock.ts'
import { slopeOf } from '../../bench/day/slope.ts'

const settled = async () => {}

test('[S127] the clock of the day runs each timer at its very moment, also those set meanwhile, and none that was taken back', async () => {
  const clock = new DayClock(1_000)
  const seen: string[] = []
  const tick = (): void => {
    seen.push(`tick ${clock.elapsed()}`)
    clock.after(400, tick)
  }
  clock.after(400, tick)
  clock.after(900, () => seen.push(`late ${clock.now()}`))
  clock.after(100, () => seen.push('never'))()
  await clock.advance(1_000, settled)
  expect(seen).toEqual(['tick 400', 'tick 800', 'late 1900'])
  expect(clock.elapsed()).toBe(1_000)
})

test('[S127] while something is under way the clock stands', async () => {
  const clock = new DayClock(0)
  const seen: number[] = []
  clock.after(5, () => seen.push(clock.elapsed()))
  let answered = () => {}
  const answer = new Promise<void>((resolve) => {
    answered = resolve
  })
  const done = clock.advance(10, () => answer)
  await Promise.resolve()
  expect([clock.elapsed(), seen]).toEqual([0, []])
  answered()
  await done
  expect([clock.elapsed(), seen]).toEqual([10, [5]])
})

test('[S127] what memory rises by in an hour is the slope through all hours, not from the first to the last', () => {
  const points = [10, 12, 14, 16, 400].map((y, x) => ({ x, y }))
  expect(slopeOf(points.slice(0, 4))).toBeCloseTo(2)
  expect(slopeOf(points)).toBeCloseTo(78.4)
  expect(slopeOf([{ x: 3, y: 9 }])).toBe(0)
})
