import { describe, expect, it } from 'vitest'
import { timeTicks } from '../../../src/renderer/src/charts/axis.ts'

const at = (hours: number, minutes = 0) => Date.UTC(2026, 10, 21, hours, minutes)

describe('hours beneath a chart', () => {
  it('[V430] stand at whole hours through a day', () => {
    expect(timeTicks(at(5, 41), at(12, 6))).toEqual([6, 7, 8, 9, 10, 11, 12].map((hour) => at(hour)))
  })
  it('[V430] stand at whole ten minutes of an hour, both ends among them', () => {
    expect(timeTicks(at(5), at(6))).toEqual([0, 10, 20, 30, 40, 50, 60].map((minute) => at(5, minute)))
  })
  it('[V430] are at most ten however long it was', () => {
    for (const hours of [1, 7, 20, 60, 200])
      expect(timeTicks(at(5, 3), at(5 + hours, 9)).length).toBeLessThanOrEqual(10)
  })
})
