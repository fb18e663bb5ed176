import { expect, test } from 'vitest'
import { unansweredIn } from '../../../src/core/open-book.ts'
import { sheetsSource } from '../../../src/core/patch/sheets.ts'
import type { Explained } from '../../../src/shared/sheet/sheet-view.ts'
import { shown } from '../journal/on-disk.ts'
import { ADA, BADR, CHIEF, countingDesk, ONE, person, sheet } from './counting-desk.ts'

const RIGHT = sheet(40, 1, 20, 15, 4)
const OTHER = sheet(40, 1, 20, 16, 4)
const LATE: Explained = { code: 'W201', field: 'cast', n: 40, most: 38, words: 'Two came late' }
const enter = (figures = RIGHT, remarks: readonly Explained[] = []) => ({ committee: ONE, figures, remarks })
const DOUBLE = { double: true, seats: null }
const withTwo = () => {
  const desk = countingDesk()
  expect(desk.as(CHIEF).settle(DOUBLE).ok).toBe(true)
  return desk
}

test('[O60] a sheet entered by one is on its way at once, with the words to its warnings in the same write', () => {
  const desk = countingDesk()
  expect(desk.sheets.enter(enter(RIGHT, [LATE]))).toMatchObject({ ok: true, value: { is: 'queued' } })
  expect(desk.queued()).toEqual([{ does: 'count.enter', committee: ONE, ...RIGHT, remarks: [LATE], by: ADA.email }])
  expect(desk.fold.of(ONE).remarks).toMatchObject([{ ...LATE, by: ADA.email, handled: null }])
  desk.sheets.enter(enter(OTHER))
  expect(desk.fold.of(ONE).remarks).toEqual([])
})

test('[O60] who may not enter counts is refused, and so is everybody while nobody is signed in', () => {
  const desk = withTwo()
  expect(desk.as(person('clerk@tally.example', 'USER')).enter(enter())).toEqual({ ok: false, error: 'role-too-low' })
  expect(desk.as(null).enter(enter())).toEqual({ ok: false, error: 'not-allowed' })
  expect(desk.as(ADA).settle(DOUBLE)).toEqual({ ok: false, error: 'role-too-low' })
})

test('[O61] of two people’s sheets the first stays at this desk, and goes as one entry once the second typed the same', () => {
  const desk = withTwo()
  expect(desk.as(ADA).enter(enter())).toEqual({ ok: true, value: { is: 'first' } })
  expect(desk.queued()).toEqual([])
  expect(desk.as(BADR).enter(enter(RIGHT, [LATE]))).toMatchObject({ ok: true, value: { is: 'queued' } })
  expect(desk.queued()).toEqual([{ does: 'count.enter', committee: ONE, ...RIGHT, remarks: [LATE], by: BADR.email }])
  expect(desk.fold.of(ONE)).toMatchObject({ first: null, second: null, remarks: [{ words: 'Two came late' }] })
})

test('[O61] the first may be typed anew by the same person; it does not become a second', () => {
  const desk = withTwo()
  desk.as(ADA).enter(enter())
  expect(desk.as(ADA).enter(enter(OTHER))).toEqual({ ok: true, value: { is: 'first' } })
  expect(desk.as(BADR).enter(enter(OTHER))).toMatchObject({ value: { is: 'queued' } })
})

test('[O62] two that differ: only the fields are named, each may correct their own once, and agreement sends it', () => {
  const desk = withTwo()
  desk.as(ADA).enter(enter())
  const differs = { is: 'differs', fields: ['2'], mayCorrect: true }
  expect(desk.as(BADR).enter(enter(OTHER))).toEqual({ ok: true, value: differs })
  expect(desk.as(BADR).enter(enter(sheet(40, 1, 20, 17, 4)))).toMatchObject({
    value: { ...differs, mayCorrect: false },
  })
  expect(desk.as(BADR).enter(enter())).toEqual({ ok: false, error: 'needs-decision' })
  expect(desk.as(person('third@tally.example')).enter(enter())).toEqual({ ok: false, error: 'two-others' })
  expect(desk.queued()).toEqual([])
  expect(desk.as(ADA).enter(enter(sheet(40, 1, 20, 17, 4)))).toMatchObject({ value: { is: 'queued' } })
  expect(desk.queued()).toMatchObject([{ votes: [{}, { votes: 17 }, {}] }])
})

test('[O63] nobody is shown another’s figures but who decides, and that is neither of the two', async () => {
  const desk = withTwo()
  desk.as(ADA).enter(enter())
  const look = async (who: typeof ADA) => {
    const seen = await desk.as(who).look(ONE)
    return seen.ok ? seen.value : null
  }
  expect(await look(BADR)).toMatchObject({ mine: null, both: null })
  expect(await look(CHIEF)).toMatchObject({ mine: null, both: null })
  desk.as(BADR).enter(enter(OTHER))
  expect(await look(ADA)).toMatchObject({ mine: RIGHT, mayCorrect: true, both: null })
  expect(await look(BADR)).toMatchObject({ mine: OTHER, mayCorrect: true, both: null })
  expect((await look(CHIEF))?.both).toEqual({
    ...{ first: ADA.email, second: BADR.email },
    fields: [{ field: '2', first: 15, second: 16 }],
  })
  const rows = sheetsSource(desk.desk.book, desk.desk.clock, () => null)(null, () => {}).snapshot()
  expect(rows[0]).toMatchObject({ stage: 'differs', differs: ['2'], first: { by: ADA.email }, votes: 0 })
  expect(JSON.stringify(rows)).not.toContain('"votes":15')
})

test('[O64] who may verify decides every field that differs by the paper; one of the two may not, nor in part', () => {
  const desk = withTwo()
  desk.as(CHIEF).enter(enter())
  desk.as(BADR).enter(enter(OTHER))
  const take = new Map([['2', 18]] as const)
  expect(desk.as(CHIEF).resolve(ONE, take, 'paper')).toEqual({ ok: false, error: 'own-entry' })
  expect(desk.as(ADA).resolve(ONE, take, 'paper')).toEqual({ ok: false, error: 'role-too-low' })
  const other = person('other@tally.example', 'ADMIN')
  expect(desk.as(other).resolve(ONE, new Map(), 'paper')).toEqual({ ok: false, error: 'not-whole' })
  expect(desk.as(other).resolve(ONE, take, 'read again')).toMatchObject({ value: { is: 'queued' } })
  expect(desk.queued()).toMatchObject([{ by: other.email, votes: [{ votes: 20 }, { votes: 18 }, { votes: 4 }] }])
  expect(desk.as(other).resolve(ONE, take, 'paper')).toEqual({ ok: false, error: 'unknown' })
})

test('[O65] both entries can be thrown away with a reason, and the sheet is typed anew', () => {
  const desk = withTwo()
  expect(desk.as(CHIEF).drop(ONE, 'wrong paper')).toEqual({ ok: false, error: 'unknown' })
  desk.as(ADA).enter(enter())
  desk.as(BADR).enter(enter(OTHER))
  expect(desk.as(BADR).drop(ONE, 'wrong paper')).toEqual({ ok: false, error: 'role-too-low' })
  expect(desk.as(CHIEF).drop(ONE, 'wrong paper').ok).toBe(true)
  expect(desk.as(BADR).enter(enter(OTHER))).toEqual({ ok: true, value: { is: 'first' } })
})

test('[O66] a warning saved with words is marked handled once, with a note, and not by who wrote it', async () => {
  const desk = countingDesk()
  desk.sheets.enter(enter(RIGHT, [LATE]))
  const about = { code: 'W201', field: 'cast' } as const
  expect(await desk.as(ADA).handle(ONE, about, 'Seen')).toEqual({ ok: false, error: 'own-words' })
  expect(await desk.as(CHIEF).handle(ONE, { ...about, code: 'W204' }, 'Seen')).toEqual({ ok: false, error: 'unknown' })
  expect((await desk.as(BADR).handle(ONE, about, 'Seen on the paper')).ok).toBe(true)
  expect(desk.fold.of(ONE).remarks).toMatchObject([{ handled: { by: BADR.email, note: 'Seen on the paper' } }])
  expect(await desk.as(CHIEF).handle(ONE, about, 'Again')).toEqual({ ok: false, error: 'handled-already' })
})

test('[O67] entries that wait, words and settings survive a restart; nothing is answered before it is on disk', () => {
  const desk = withTwo()
  desk.as(ADA).enter(enter(RIGHT, [LATE]))
  desk.as(BADR).enter(enter(OTHER))
  const before = shown(desk.desk.book, 0)
  const again = desk.desk.again()
  expect(shown(again.book, 0)).toBe(before)
  expect(again.book.projection.sheets.settings).toEqual(DOUBLE)
  expect(again.book.projection.sheets.differs(ONE)).toEqual(['2'])
})

test('[O67] a disk that refuses is said, and nothing is as if it had been typed', () => {
  const desk = withTwo()
  desk.disk.failWith('full')
  expect(desk.as(ADA).enter(enter())).toEqual({ ok: false, error: 'not-saved' })
  expect(desk.failed).toHaveLength(1)
  expect(desk.fold.of(ONE).first).toBeNull()
})

test('[O68] entries that no server has go on in the journal that follows a broken one', () => {
  const desk = withTwo()
  desk.as(ADA).enter(enter())
  const carried = unansweredIn(desk.desk.book.folded)
  expect(carried).toMatchObject([
    { is: 'sheet', turn: { does: 'settled', double: true } },
    { is: 'sheet', turn: { does: 'typed', by: ADA.email, figures: RIGHT } },
  ])
})
