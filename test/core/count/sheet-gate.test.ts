import { expect, test } from 'vitest'
import { CommitteeCode, CommitteeId } from '../../../src/shared/model/ids.ts'
import type { Explained } from '../../../src/shared/sheet/sheet-view.ts'
import { must, told } from '../journal/on-disk.ts'
import { attendance, count, entry } from '../projection/records.ts'
import { ADA, BADR, CHIEF, countingDesk, ONE, sheet } from './counting-desk.ts'

const enter = (figures: ReturnType<typeof sheet>, remarks: readonly Explained[] = []) => ({
  ...{ committee: ONE, figures, remarks },
})
const RIGHT = sheet(40, 1, 20, 15, 4)
/** 38 came, 40 are in the box. */
const came = (desk: ReturnType<typeof countingDesk>) =>
  must(desk.desk.book, told(...Array.from({ length: 38 }, (_, index) => attendance(index + 1))))
const LATE: Explained = { code: 'W201', field: 'cast', n: 40, most: 38, words: 'Two came late' }
const rowsOf = ({ desk }: ReturnType<typeof countingDesk>) => desk.book.journal.cursor

test('[C80] a sheet no paper can be is refused by the core itself: typed by one, by two, or decided by the paper', () => {
  const desk = countingDesk()
  const before = rowsOf(desk)
  for (const impossible of [sheet(40, 41, 0, 0, 0), sheet(40, 1, 40, 0, 0), sheet(40, 1, 30, 30, 30)])
    expect(desk.sheets.enter(enter(impossible))).toEqual({ ok: false, error: 'sheet-fault' })
  expect([desk.queued(), rowsOf(desk)]).toEqual([[], before])
  desk.as(CHIEF).settle({ double: true, seats: null })
  expect(desk.as(ADA).enter(enter(sheet(40, 41, 0, 0, 0)))).toEqual({ ok: false, error: 'sheet-fault' })
  desk.as(ADA).enter(enter(RIGHT))
  desk.as(BADR).enter(enter(sheet(40, 1, 20, 16, 4)))
  const decided = desk.as(CHIEF).resolve(ONE, new Map([['2', 40]]), 'paper')
  expect(decided).toEqual({ ok: false, error: 'sheet-fault' })
  expect(desk.as(CHIEF).resolve(ONE, new Map([['2', 16]]), 'paper')).toMatchObject({ value: { is: 'queued' } })
})

test('[C81] a warning without words is refused by the core, and so are words that were said to another figure', () => {
  const desk = countingDesk()
  came(desk)
  const before = rowsOf(desk)
  expect(desk.sheets.enter(enter(RIGHT))).toEqual({ ok: false, error: 'needs-words' })
  expect(desk.sheets.enter(enter(RIGHT, [{ ...LATE, n: 41 }]))).toEqual({ ok: false, error: 'needs-words' })
  expect(desk.sheets.enter(enter(RIGHT, [{ ...LATE, code: 'W202' }]))).toEqual({ ok: false, error: 'needs-words' })
  expect([desk.queued(), rowsOf(desk), desk.fold.of(ONE).remarks]).toEqual([[], before, []])
  expect(desk.sheets.check(ONE, RIGHT)).toEqual({ ok: true, value: [{ code: 'W201', field: 'cast', n: 40, most: 38 }] })
  expect(desk.sheets.enter(enter(RIGHT, [LATE]))).toMatchObject({ ok: true, value: { is: 'queued' } })
})

test('[C81] a figure far from what is on record wants words too', () => {
  const desk = countingDesk()
  must(desk.desk.book, told(entry(1, { status: 'COMPLETED', cast: 40, invalid: 1 }), count(1, 1, 4), count(1, 2, 31)))
  const found = desk.sheets.check(ONE, RIGHT)
  expect(found).toMatchObject({
    value: [
      { code: 'W402', field: '1', n: 20, most: 4 },
      { code: 'W402', field: '2' },
    ],
  })
  expect(desk.sheets.enter(enter(RIGHT))).toEqual({ ok: false, error: 'needs-words' })
})

test('[C82] another committee with the same sheet is named only to who sees that committee', () => {
  const desk = countingDesk()
  const same = [1, 2, 3].map((id, index) => count(2, id, [20, 15, 4][index] ?? 0))
  must(desk.desk.book, told(entry(2, { status: 'VERIFIED', cast: 40, invalid: 1 }), ...same))
  expect(desk.sheets.check(ONE, RIGHT)).toMatchObject({ value: [{ code: 'W401', place: 'C2' }] })
  expect(desk.sheets.enter(enter(RIGHT))).toEqual({ ok: false, error: 'needs-words' })
  const elsewhere = { ...ADA, committees: [CommitteeCode.parse('C1')] }
  expect(desk.as(elsewhere).check(ONE, RIGHT)).toEqual({ ok: true, value: [] })
  expect(desk.as(elsewhere).enter(enter(RIGHT)).ok).toBe(true)
  expect(desk.as(ADA).check(CommitteeId.parse(9), RIGHT)).toEqual({ ok: true, value: [] })
})
