import { expect, test } from 'vitest'
import { countingSource, leadSource, sheetsSource } from '../../../src/core/patch/sheets.ts'
import type { Change } from '../../../src/shared/model/change.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, candidate, committee, count, election, entry, NINE, results } from '../projection/records.ts'

/** Three committees of two candidates, of whom the first has a whole sheet. */
function counted() {
  const desk = bookOnDisk()
  const write = (...changes: Change[]) => must(desk.book, told(...changes))
  write(election(), candidate(1), candidate(2), ...[1, 2, 3].map((id) => committee(id)))
  write(count(1, 1, 30), count(1, 2, 20), entry(1, { status: 'COMPLETED', cast: 40, invalid: 1 }))
  const keys: string[] = []
  const feed = sheetsSource(desk.book, desk.clock, () => null)(null, (key) => void keys.push(key))
  const row = (id: number) => feed.snapshot().find((each) => each.id === id)
  return { ...desk, write, keys, feed, row }
}

test('[P90] a sheet is told with what is on record, how far it is, who leads there and what the rules find', () => {
  const { row, write } = counted()
  expect(row(1)).toMatchObject({ stage: 'entered', cast: 40, invalid: 1, votes: 50, votesVerified: 0, findings: [] })
  expect(row(1)?.leader).toEqual({ candidate: 1, votes: 30, ahead: 10 })
  expect(row(2)).toMatchObject({ stage: 'not-started', leader: null, print: null })
  write(count(1, 2, 30), ...[1, 2].map((id) => attendance(id)))
  expect(row(1)?.leader).toBeNull()
  expect(row(1)?.findings.map(({ code }) => code)).toEqual(['W201'])
})

test('[P91] two whole sheets with the same figures name each other, and no longer when one of them changes', async () => {
  const { row, write, keys, clock } = counted()
  write(count(2, 1, 30), count(2, 2, 20), entry(2, { status: 'COMPLETED', cast: 40, invalid: 1 }))
  expect(row(1)?.findings).toMatchObject([{ code: 'W401', place: 'C2' }])
  expect(row(2)?.findings).toMatchObject([{ code: 'W401', place: 'C1' }])
  keys.length = 0
  write(count(2, 2, 21))
  await clock.advance(1_000)
  expect([...new Set(keys)].sort()).toEqual(['1', '2'])
  expect(row(1)?.findings).toEqual([])
})

test('[P92] results as they were published stay when the server adds up anew', () => {
  const { book, clock, write } = counted()
  const read = () => countingSource(book, clock)(null, () => {}).snapshot().published
  expect(read()).toBeNull()
  write(results({ status: 'PRELIMINARY' }))
  expect(read()).toBeNull()
  write(results({ status: 'PUBLISHED', publishedAt: NINE }))
  write(results({ status: 'PRELIMINARY', generatedAt: NINE + 1 }))
  expect(read()).toMatchObject({ status: 'PUBLISHED', publishedAt: NINE })
})

test('[P89] the lead is made of the sheets on record by when they were entered', () => {
  const { book, clock, write } = counted()
  write(count(2, 1, 0), count(2, 2, 40))
  const lead = leadSource(book, clock)(null, () => {}).snapshot()
  expect(lead.points.at(-1)).toMatchObject({ sheets: 2, votes: [60, 30] })
  expect(lead.candidates).toEqual([2, 1])
})
