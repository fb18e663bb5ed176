import { expect, test } from 'vitest'
import { headlineOf } from '../../../src/core/patch/headline.ts'
import { expectedBy } from '../../../src/core/projection/expected.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, committee, MINUTE, NINE } from './records.ts'

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
