import { describe, expect, test } from 'vitest'
import { backoff } from '../../../src/core/link/backoff.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'

test('[L4] try n falls into window n, at the same place from 0 to 1', () => {
  expect([1, 2, 3, 4].map((failures) => backoff(failures, 0))).toEqual([0, 500, 750, 1_125])
  expect([1, 2, 3, 4].map((failures) => backoff(failures, 1))).toEqual([500, 750, 1_125, 1_687])
  expect(backoff(0, 0.99)).toBe(0)
  for (let failures = 1; failures < 200; failures++)
    for (const place of [0, 0.3, 0.999]) {
      expect(backoff(failures, place)).toBeLessThanOrEqual(30_000)
      if (failures > 13) expect(backoff(failures, place)).toBe(30_000)
    }
})

/** When each desk of a fleet, all cut at 0, first reaches a server that is back at `backAt` ms. */
function returns(desks: number, backAt: number, seed: number, wait: typeof backoff, keep: boolean): readonly number[] {
  const random = seededRandom(seed)
  return Array.from({ length: desks }, () => {
    const place = random.next()
    let at = 0
    for (let failures = 1; at < backAt; failures++) at += Math.max(1, wait(failures, keep ? place : random.next()))
    return at - backAt
  })
}

function peakOverMean(times: readonly number[]): number {
  const buckets = new Map<number, number>()
  for (const time of times) buckets.set(Math.floor(time / 1_000), (buckets.get(Math.floor(time / 1_000)) ?? 0) + 1)
  const seconds = Math.max(...buckets.keys()) + 1
  return Math.max(...buckets.values()) / (times.length / seconds)
}

const seed = freshSeed()
describe(`1000 desks (TEST_SEED=${seed})`, () => {
  test.each([10, 20, 45, 60, 120, 600])('[I6][L8] come back after %d s without a crowd', (seconds) => {
    const peaks = Array.from({ length: 20 }, (_, run) =>
      peakOverMean(returns(1_000, seconds * 1_000, seed + run, backoff, true)),
    )
    // One draw in hundreds may pass the mark by a hair; a scheme that crowds passes it each time.
    expect(peaks.filter((peak) => peak > 2).length).toBeLessThanOrEqual(1)
    expect(peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length).toBeLessThan(1.75)
  })

  test('[L8] a new draw for each try would crowd', () => {
    const plain = (failures: number, chance: number) => chance * Math.min(30_000, 500 * 2 ** (failures - 1))
    expect(peakOverMean(returns(20_000, 600_000, seed, plain, false))).toBeGreaterThan(1.85)
    expect(peakOverMean(returns(20_000, 10_000, seed, plain, false))).toBeGreaterThan(2.5)
  })
})
