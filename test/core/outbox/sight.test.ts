import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { readyOf } from '../../../src/core/outbox/ready.ts'
import type { OutboxEntry } from '../../../src/core/projection/outbox-entry.ts'
import type { CommandKey } from '../../../src/shared/model/ids.ts'
import type { Attendance } from '../../../src/shared/model/records.ts'
import { ConflictsView } from '../../../src/shared/view/conflict.ts'
import { bookOnDisk, frame, must, read } from '../journal/on-disk.ts'
import { attendance, code, number } from '../projection/records.ts'
import { DANA, DONE, refused, sendingDesk, typed } from './sending-desk.ts'

const key = 'key-00000001' as CommandKey
/** Elector 1 at this committee. */
const at = (id: number, committee: string, more: Partial<Attendance> = {}) =>
  attendance(id, { elector: number(1), committeeCode: code(committee), status: 'ATTENDED', ...more })
const mark = (committee = 'C1'): JournalEvent => ({
  ...{ is: 'queued', key, by: DANA },
  action: { does: 'attendance.mark', elector: number(1), committee: code(committee), notes: '' },
})
const covered = (after: number): JournalEvent => ({ is: 'covered', topic: 'attendance', from: 0, after, settles: 0 })

function book() {
  const { book: made } = bookOnDisk()
  const write = (...events: JournalEvent[]) => must(made, events)
  const state = () => made.projection.outbox.find(key)?.state
  const cards = () => made.projection.conflicts.view()
  return { made, write, state, cards }
}

test('[O32] taken by the server it is sent; seen in a frame it is confirmed, whichever comes first', () => {
  const one = book()
  one.write(mark(), { is: 'sent', key }, { is: 'accepted', key, row: 1 })
  expect([one.state(), one.made.projection.outbox.view(0, DANA).unseen]).toEqual(['sent', 1])
  one.write(frame(at(1, 'C1')))
  expect([one.state(), one.made.projection.outbox.view(0, DANA).unseen]).toEqual(['confirmed', 0])
  const two = book()
  two.write(mark(), { is: 'sent', key }, frame(at(1, 'C1')))
  expect(two.state()).toBe('sent')
  two.write({ is: 'accepted', key })
  expect(two.state()).toBe('confirmed')
})

test('[O32] a record told before the sending is not the sending seen back', () => {
  const { write, state, made } = book()
  write(read(at(1, 'C1')), mark(), { is: 'sent', key }, { is: 'accepted', key })
  expect(state()).toBe('sent')
  write(covered(made.journal.cursor))
  expect(state()).toBe('confirmed')
})

test('[O79] of several arrivals of one elector the one that was made is the one that is looked for', () => {
  const arrival: JournalEvent = {
    ...{ is: 'queued', key, by: DANA },
    action: { does: 'attendance.pending', elector: number(1), committee: code('C1'), name: '', notes: '' },
  }
  const pending = (id: number) => frame(at(id, 'C1', { status: 'PENDING' }))
  const { write, state } = book()
  write(pending(1), arrival, { is: 'sent', key }, pending(2), { is: 'accepted', key, row: 2 })
  expect(state()).toBe('confirmed')
  const unnamed = book()
  unnamed.write(pending(1), arrival, { is: 'sent', key }, { is: 'accepted', key })
  expect(unnamed.state()).toBe('sent')
  unnamed.write(pending(2))
  expect(unnamed.state()).toBe('confirmed')
})

test('[O33] what a read begun later does not show is a card; one begun before says nothing', () => {
  const { write, state, made, cards } = book()
  write(mark(), { is: 'sent', key })
  const before = made.journal.cursor
  write({ is: 'accepted', key }, covered(before))
  expect([state(), cards().open]).toEqual(['sent', 0])
  write(covered(made.journal.cursor))
  expect([state(), cards().cards[0]]).toMatchObject([
    'conflict',
    { kind: 'not-as-done', own: true, key, state: 'open' },
  ])
})

test('[O34] two marks of one elector by others are a card with both, until one is gone', () => {
  const { write, cards, made } = book()
  const first = at(1, 'C1', { markedBy: 'Ann' })
  const second = (more: Partial<Attendance> = {}) => at(2, 'C2', { markedBy: 'Ben', ...more })
  write(frame(first), frame(second()))
  expect(cards()).toMatchObject({
    open: 1,
    cards: [
      {
        ...{ kind: 'double-mark', own: false, key: null, about: '1' },
        ...{
          mine: { by: 'Ann', committee: 'C1', origin: 'live' },
          theirs: { by: 'Ben', committee: 'C2', origin: 'live' },
        },
      },
    ],
  })
  expect(ConflictsView.safeParse(cards()).error).toBeUndefined()
  const kept = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(made.folded))))
  expect(kept.ok && kept.value.projection.conflicts.view()).toEqual(cards())
  write(frame(second({ status: 'PENDING' })))
  expect(cards()).toMatchObject({ open: 0, cards: [{ state: 'gone' }] })
  // Marked again, it is another card.
  write(frame(second()))
  expect(cards()).toMatchObject({ open: 1 })
  expect(cards().cards).toHaveLength(2)
})

test('[O35] of one record the oldest only, of others beside it; results when nothing older waits, and before anything newer', () => {
  const entry = (name: string, action: object) => ({ key: name, action }) as unknown as OutboxEntry
  const note = (name: string, id: number) => entry(name, { does: 'guarantee.update', id })
  const ready = (waiting: OutboxEntry[], underWay: string[] = [], room = 8) =>
    readyOf(waiting, new Set(underWay as CommandKey[]), room).map((one) => one.key)
  const waiting = [note('a1', 1), note('a2', 1), note('b1', 2), entry('r', { does: 'results.generate' }), note('c1', 3)]
  expect(ready(waiting)).toEqual(['a1', 'b1'])
  expect(ready(waiting, ['a1'])).toEqual(['b1'])
  expect(ready(waiting, [], 1)).toEqual(['a1'])
  expect(ready(waiting.slice(3))).toEqual(['r'])
  expect(ready(waiting.slice(3), ['r'])).toEqual([])
})

test('[O35] where a server is safe to ask several at once, others are not held up by one without an answer', async () => {
  const desk = sendingDesk({ width: 4 })
  const act = (id: number, text: string) =>
    desk.outbox.queue([{ by: DANA, action: { does: 'guarantee.update', id: id as never, note: text } }])
  for (const [id, text] of [
    [1, 'a'],
    [1, 'b'],
    [2, 'c'],
  ] as const)
    act(id, text)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a', 'c'])
  desk.last().answer(DONE)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a', 'c'])
  desk.sent[0]!.answer(DONE)
  await desk.clock.settle()
  expect(desk.notes()).toEqual(['a', 'c', 'b'])
})

test('[O36] what must not be late is not sent late, and that is said at once, with a line or without', async () => {
  const desk = sendingDesk({ open: false })
  const deadline = desk.clock.now() + 60_000
  desk.outbox.queue([{ ...typed('publish', DANA), deadline }])
  await desk.clock.advance(59_000)
  expect(desk.view()).toMatchObject({ waiting: 1, expired: 0, recent: [{ state: 'queued', deadline }] })
  await desk.clock.advance(1_001)
  expect(desk.view()).toMatchObject({ waiting: 0, expired: 1, recent: [{ state: 'expired', next: 'do-again' }] })
  expect(desk.answered).toEqual(['guarantee.update expired'])
  desk.outbox.setOpen(true)
  await desk.clock.advance(60_000)
  expect(desk.sent).toEqual([])
})

test('[O37] what is left here is told by whose it is, for the question at leaving', () => {
  const desk = sendingDesk({ open: false })
  desk.type('a')
  desk.outbox.queue([typed('b', 'omar@ems.example')])
  const { outbox } = desk.book.projection
  expect(outbox.view(0, DANA).leaving).toEqual({ unsent: 1, oldestAt: desk.clock.now(), ofOthers: 1 })
  expect(outbox.view(0, null).leaving).toEqual({ unsent: 0, oldestAt: null, ofOthers: 2 })
})

test('[O38] a refusal comes with what to do next', async () => {
  const desk = sendingDesk()
  desk.type('a')
  desk.last().answer(refused(400, 'Elector is inactive'))
  await desk.clock.settle()
  expect(desk.view().recent[0]).toMatchObject({ state: 'rejected', reason: 'Elector is inactive', next: 'enter-again' })
})
