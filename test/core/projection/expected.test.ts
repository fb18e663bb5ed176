import { expect, test } from 'vitest'
import { headlineOf } from '../../../src/core/patch/headline.ts'
import { turnoutSource } from '../../../src/core/patch/whole.ts'
import { expectedBy } from '../../../src/core/projection/expected.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, code, committee, MINUTE, NINE } from './records.ts'

const TARGET = { share: 0.6, opens: NINE, closes: NINE + 600 * MINUTE }

test('[P125] a straight line from opening to closing, and no further on either side', () => {
  const at = (minutes: number) => expectedBy(TARGET, 1_000, NINE + minutes * MINUTE)
  expect([at(-60), at(0), at(300), at(600), at(900)]).toEqual([0, 0, 300, 600, 600])
  expect(expectedBy({ ...TARGET, closes: NINE }, 1_000, NINE)).toBe(600)
})

test('[P125] the headline tells it with its target, by the later of the desk’s and the day’s clock', () => {
  const { book } = bookOnDisk()
  must(book, told(committee(1, { electors: 1_000 }), attendance(1, { attendedAt: NINE + 60 * MINUTE })))
  expect(headlineOf(book, NINE, null, TARGET).expected).toEqual({ ...TARGET, now: 60 })
  expect(headlineOf(book, NINE + 120 * MINUTE, null, TARGET).expected?.now).toBe(120)
  expect(headlineOf(book, NINE, null).expected).toBeNull()
})

test('[P140] the way to the target is told with each point, of all electors in sight or of the committee’s', () => {
  const { book, clock } = bookOnDisk()
  must(book, told(committee(1, { electors: 1_000 }), committee(2, { electors: 500 })))
  must(book, told(attendance(1), attendance(2, { attendedAt: NINE + 300 * MINUTE })))
  const curve = (
    committee: string | null,
    scope: ReadonlySet<string> | null = null,
    target: typeof TARGET | null = TARGET,
  ) =>
    turnoutSource(
      book,
      clock,
      () => scope,
      () => target,
    )({ committee: committee === null ? null : code(committee), span: null }, () => {}).snapshot()
  const holds = (points: ReturnType<typeof curve>, electors: number) =>
    points.length > 0 && points.every(({ at, expected }) => expected === expectedBy(TARGET, electors, at))
  expect(holds(curve(null), 1_500)).toBe(true)
  expect(holds(curve(null, new Set(['C2'])), 500)).toBe(true)
  expect(holds(curve('C1'), 1_000)).toBe(true)
  expect(curve(null, null, null).every(({ expected }) => expected === null)).toBe(true)
})
