import { expect, test } from 'vitest'
import type { ReadPart } from '../../../src/core/backend/backend.ts'
import { COMMIT_GRACE, difference } from '../../../src/core/ingest/difference.ts'
import type { Change, Position } from '../../../src/shared/model/change.ts'
import { bookOnDisk, type DeskBook, frame, live, must, told } from '../journal/on-disk.ts'
import { attendance, code, guarantee, removal } from '../projection/records.ts'

const at = (seq: number, epoch = 'e'): Position => ({ epoch, seq })
const committee = (name: string, changes: readonly Change[], position: Position | null = null): ReadPart => ({
  topic: 'attendance',
  scope: { is: 'committee', code: code(name) },
  changes,
  position,
})
const guarantees = (changes: readonly Change[], position: Position | null = null): ReadPart => ({
  topic: 'guarantees',
  scope: { is: 'kind', kind: 'guarantee' },
  changes,
  position,
})
const begin = ({ book, clock }: DeskBook) => ({ from: clock.now(), after: book.journal.cursor })
/** Reads and writes what differs; says it in short. */
function compare({ book }: DeskBook, part: ReadPart, begun: ReturnType<typeof begin>): string[] {
  const events = difference(book, part, begun)
  must(book, events)
  return events.map((event) =>
    event.is === 'change'
      ? `${event.change.op} ${event.change.key}`
      : event.is === 'phantom'
        ? `phantom ${event.change.key}`
        : event.is,
  )
}
const notes = ({ book }: DeskBook) =>
  Object.fromEntries([...book.projection.of('attendance')].map(([id, { record }]) => [id, record.notes]))

test('[D20] added, changed, deleted and silently edited records are found; the same makes no event', () => {
  const desk = bookOnDisk()
  must(desk.book, told(attendance(1), attendance(2), attendance(3), attendance(4)))
  const part = committee('C1', [attendance(1), attendance(2, { notes: 'edited' }), attendance(5)])
  expect(compare(desk, part, begin(desk))).toEqual(['upsert 2', 'upsert 5', 'remove 3', 'remove 4'])
  expect(notes(desk)).toEqual({ 1: '', 2: 'edited', 5: '' })
  expect(compare(desk, part, begin(desk))).toEqual([])
})

test('[D20] a whole table emptied in bulk is found', () => {
  const desk = bookOnDisk()
  must(desk.book, told(...Array.from({ length: 300 }, (_, id) => guarantee(id))))
  expect(compare(desk, guarantees([]), begin(desk)).length).toBe(300)
  expect(desk.book.figures.guarantees.all).toEqual({
    guarantees: 0,
    pledged: 0,
    confirmed: 0,
    notAvailable: 0,
    pledgedAttended: 0,
    pledgedElectors: 0,
    pledgedElectorsSeen: 0,
  })
})

test('[D8] what only a frame told and no read shows is a phantom', async () => {
  const desk = bookOnDisk()
  must(desk.book, [frame(attendance(1))])
  await desk.clock.advance(COMMIT_GRACE + 1)
  expect(compare(desk, committee('C1', []), begin(desk))).toEqual(['phantom 1'])
  expect(desk.book.projection.phantoms).toBe(1)
})

test('[D21] a frame up to 2 s before the read began may be ahead of its commit, and stays', async () => {
  const desk = bookOnDisk()
  must(desk.book, [frame(attendance(1, { notes: 'new' }))])
  await desk.clock.advance(COMMIT_GRACE)
  expect(compare(desk, committee('C1', [attendance(1)]), begin(desk))).toEqual([])
  await desk.clock.advance(1)
  expect(compare(desk, committee('C1', [attendance(1)]), begin(desk))).toEqual(['upsert 1'])
})

test('[D260] a clock set back keeps no phantom: a frame of a time to come is as settled as an old one', async () => {
  const desk = bookOnDisk()
  must(desk.book, [...told(attendance(2)), frame(attendance(1)), frame(removal(attendance(2)))])
  await desk.clock.advance(COMMIT_GRACE + 1)
  desk.clock.setWall(-12 * 3_600_000)
  const begun = begin(desk)
  expect(compare(desk, committee('C1', [attendance(2)]), begun)).toEqual(['upsert 2', 'phantom 1'])
  must(desk.book, [frame(attendance(3))])
  desk.clock.setWall(-3_600_000)
  const again = begin(desk)
  must(desk.book, [{ is: 'covered', topic: 'attendance', ...again, settles: again.from - COMMIT_GRACE }])
  expect(desk.book.projection.of('attendance').get(3 as never)?.provisional).toBe(false)
})

test('[D21] what a frame told or took away while the read was under way stays so', async () => {
  const desk = bookOnDisk()
  must(desk.book, told(attendance(1), attendance(2)))
  const begun = begin(desk)
  await desk.clock.advance(50)
  must(desk.book, [frame(attendance(1, { notes: 'new' })), frame(removal(attendance(2))), frame(attendance(3))])
  await desk.clock.advance(50)
  expect(compare(desk, committee('C1', [attendance(1), attendance(2)]), begun)).toEqual([])
  expect(notes(desk)).toEqual({ 1: 'new', 3: '' })
})

test('[D21] a removal is forgotten by a read that began long enough after it', async () => {
  const desk = bookOnDisk()
  must(desk.book, [...told(attendance(2)), frame(removal(attendance(2)))])
  await desk.clock.advance(COMMIT_GRACE + 1)
  const begun = begin(desk)
  must(desk.book, [{ is: 'covered', topic: 'attendance', ...begun, settles: begun.from - COMMIT_GRACE }])
  expect(compare(desk, committee('C1', [attendance(2)]), begin(desk))).toEqual(['upsert 2'])
})

test('[D22] a removal in the stream outlives a read from before it', () => {
  const desk = bookOnDisk()
  must(desk.book, [live(attendance(1), 5), live(removal(attendance(1)), 10)])
  const begun = begin(desk)
  expect(compare(desk, committee('C1', [attendance(1)], at(9)), begun)).toEqual([])
  expect(compare(desk, committee('C1', [attendance(1)], at(11)), begun)).toEqual(['upsert 1'])
})

test('[D22] the position decides, however the clocks stand', () => {
  const desk = bookOnDisk()
  must(desk.book, [live(attendance(1, { notes: 'at 8' }), 8), live(attendance(2, { notes: 'at 4' }), 4)])
  desk.clock.setWall(-3_600_000)
  const part = committee('C1', [attendance(1, { notes: 'read' }), attendance(2, { notes: 'read' })], at(6))
  expect(compare(desk, part, begin(desk))).toEqual(['upsert 2'])
  expect(notes(desk)).toEqual({ 1: 'at 8', 2: 'read' })
})

test('[D22] without positions it is the order here, and no clock, that tells a numbered frame from an older read', () => {
  const desk = bookOnDisk()
  must(desk.book, [live(attendance(1, { notes: 'before' }), 5)])
  // The frame is fresh by the clock, but it was here before the read began: what the read shows is later.
  expect(compare(desk, committee('C1', [attendance(1, { notes: 'read' })]), begin(desk))).toEqual(['upsert 1'])
})

test('[D23] a committee’s read leaves another’s attendance alone', () => {
  const desk = bookOnDisk()
  must(desk.book, told(attendance(1), attendance(2, { committeeCode: code('C2') })))
  expect(compare(desk, committee('C1', []), begin(desk))).toEqual(['remove 1'])
})

test('[D23] a record that moved committee is found where it is now', () => {
  const desk = bookOnDisk()
  must(desk.book, told(attendance(1)))
  expect(compare(desk, committee('C2', [attendance(1, { committeeCode: code('C2') })]), begin(desk))).toEqual([
    'upsert 1',
  ])
  expect(compare(desk, committee('C1', []), begin(desk))).toEqual([])
  expect([...desk.book.attendanceByCommittee.of(code('C2'))]).toEqual([1])
})

test('[D24] fields an answer does not carry are no difference, and stay known', () => {
  const desk = bookOnDisk()
  must(desk.book, told(guarantee(1, { collector: 9 as never, committeeCode: code('C1') })))
  expect(compare(desk, guarantees([guarantee(1)]), begin(desk))).toEqual([])
  expect(compare(desk, guarantees([guarantee(1, { note: 'x' })]), begin(desk))).toEqual(['upsert 1'])
  expect(desk.book.projection.of('guarantee').get(1 as never)?.record).toMatchObject({ collector: 9, note: 'x' })
})
