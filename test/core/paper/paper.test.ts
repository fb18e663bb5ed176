import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { unansweredIn } from '../../../src/core/open-book.ts'
import { PaperActs } from '../../../src/core/paper/paper-acts.ts'
import { foldedOf, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { Folded } from '../../../src/core/projection/folded.ts'
import { hoursOf } from '../../../src/core/projection/hours.ts'
import { ownMarks, ownSums } from '../../../src/core/projection/own-marks.ts'
import { reconcileOf } from '../../../src/core/projection/reconcile.ts'
import type { AttendanceId, CommandKey } from '../../../src/shared/model/ids.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { HoursView, ReconcileView } from '../../../src/shared/view/reconcile.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, frame, must, told } from '../journal/on-disk.ts'
import { attendance, code, committee, election, MINUTE, NINE, number, removal } from '../projection/records.ts'

const CLERK: User = { ...ADMIN, id: 9 as never, email: 'clerk@tally.example', role: 'USER', committees: ['C1'] }
const HOUR = 60 * MINUTE
const all = () => true

/** A mark of this elector typed here. */
const typed = (id: number, place = 'C1'): JournalEvent => ({
  ...{ is: 'queued', key: keyOf(id, place), by: 'dana' },
  action: { does: 'attendance.mark', elector: number(70_000 + id), committee: code(place), notes: '' },
})
const keyOf = (id: number, place = 'C1') => `key-${place}-${id}-0000` as CommandKey
const sent = (id: number): JournalEvent => ({ is: 'sent', key: keyOf(id) })
const taken = (id: number): JournalEvent[] => [sent(id), { is: 'accepted', key: keyOf(id), row: id }]
const refused = (id: number): JournalEvent[] => [
  sent(id),
  { is: 'settled', key: keyOf(id), outcome: 'rejected', reason: 'no' },
]

function desk(user: User | null = ADMIN, disk = memoryDisk()) {
  const made = bookOnDisk({ disk })
  const is = { user }
  const failed: string[] = []
  if (made.book.projection.of('committee').size === 0) must(made.book, told(election(), committee(1), committee(2)))
  const acts = new PaperActs({
    clock: made.clock,
    book: () => made.book,
    user: () => is.user,
    failed: (fault) => failed.push(fault.is),
  })
  const count = (n: number, reason = '', place = 'C1') => acts.enter({ committee: code(place), count: n, reason })
  const row = (place = 'C1') => reconcileOf(made.book, code(place), all).rows[0]!
  return { ...made, is, failed, count, row }
}

test('[P126] a mark typed here is at one place, and counts once', () => {
  const { book } = desk()
  // 1 seen, 2 waits, 3 taken and not seen, 4 refused, 5 typed twice, 6 had by another before.
  must(
    book,
    [1, 2, 3, 4, 5].map((id) => typed(id)),
  )
  must(book, [...taken(1), ...told(attendance(1)), ...taken(3), ...refused(4), ...refused(5)])
  must(book, [{ ...typed(5), key: 'key-again-000' as CommandKey } as JournalEvent])
  must(book, [
    ...told(attendance(6)),
    typed(6),
    sent(6),
    { is: 'accepted', key: keyOf(6), already: 'done', row: 6 } as unknown as JournalEvent,
  ])
  expect(ownSums(ownMarks(book.projection, null)).get(code('C1'))).toEqual({
    seen: 1,
    unsent: 2,
    unseen: 1,
    refused: 1,
  })
  expect(ownMarks(book.projection, code('C2'))).toEqual([])
})

test('[P126] what was taken back, refused where another marked, or taken away since is nobody’s', () => {
  const { book } = desk()
  must(book, [typed(1), ...taken(1), ...told(attendance(1))])
  must(book, [typed(2), ...refused(2), ...told(attendance(2))])
  expect(ownSums(ownMarks(book.projection, null)).get(code('C1'))).toMatchObject({ seen: 1, refused: 0 })
  must(book, [frame(removal(attendance(1)))])
  expect(ownMarks(book.projection, null)).toEqual([])
  must(book, [typed(3), { is: 'settled', key: keyOf(3), outcome: 'withdrawn', reason: null }])
  expect(ownMarks(book.projection, null)).toEqual([])
})

test('[P127] whole hours that add up to all who attended, own and waiting apart', async () => {
  const { book, clock } = desk()
  must(book, [typed(1), ...taken(1)])
  const times = [0, 10, 59, 60, 185].map((minute, index) =>
    attendance(index + 1, { attendedAt: NINE + minute * MINUTE }),
  )
  must(book, told(...times, attendance(9, { status: 'PENDING' })))
  await clock.advance(NINE + 2 * HOUR - clock.now())
  must(book, [typed(20)])
  const view = hoursOf(book, null)
  expect(HoursView.safeParse(view).error).toBeUndefined()
  expect(view.points.map(({ at, attended, own, waiting }) => [(at - NINE) / HOUR, attended, own, waiting])).toEqual([
    [0, 3, 1, 0],
    [1, 1, 0, 0],
    [2, 0, 0, 1],
    [3, 1, 0, 0],
  ])
  expect(hoursOf(book, code('C1')).points.reduce((sum, { attended }) => sum + attended, 0)).toBe(5)
  expect(hoursOf(book, code('C2')).points).toEqual([])
})

test('[P127] marks of many days make wider bars, never more than 240, and none is lost', () => {
  const { book } = desk()
  const marks = Array.from({ length: 300 }, (_, day) => attendance(day, { attendedAt: NINE + day * 7 * HOUR }))
  must(book, told(...marks))
  const { width, points } = hoursOf(book, null)
  expect([points.length <= 240, width % HOUR, width > HOUR]).toEqual([true, 0, true])
  expect(points.reduce((sum, { attended }) => sum + attended, 0)).toBe(300)
})

test('[P128] a committee’s usual pace is its learnt part of the others’ marks; too early there is none', () => {
  const { book } = desk()
  const marks = Array.from({ length: 6 * 40 }, (_, index) =>
    attendance(index, {
      committeeCode: code(index % 4 === 0 ? 'C1' : 'C2'),
      attendedAt: NINE + Math.floor(index / 40) * 30 * MINUTE + (index % 30) * MINUTE,
    }),
  )
  must(book, told(...marks.slice(0, 40)))
  expect(hoursOf(book, code('C1')).points.map(({ usual }) => usual)).toEqual([null])
  must(book, told(...marks))
  const usual = hoursOf(book, code('C1')).points.map((point) => point.usual)
  // A third of the sixty that the other committee marks in an hour.
  expect(usual).toEqual([20, 20, 20])
  expect(hoursOf(book, null).points.every((point) => point.usual === null)).toBe(true)
})

test('[P129] a paper count is on the disk with who, when and what the server had; nothing waits for a server', () => {
  const { book, count, row, clock, failed } = desk()
  must(book, [...told(attendance(1)), typed(2)])
  const rows = book.journal.cursor
  expect(count(3)).toEqual({ ok: true, value: null })
  expect(book.journal.cursor).toBe(rows + 1)
  expect(row().paper).toEqual({
    ...{ count: 3, by: ADMIN.email, at: clock.now(), reason: '', times: 1, attendedThen: 1, waitingThen: 1 },
  })
  expect([book.projection.outbox.entries.size, failed]).toEqual([1, []])
})

test('[P129] a disk that refuses is said, and nothing is shown as counted', () => {
  const disk = memoryDisk()
  const { count, row, failed } = desk(ADMIN, disk)
  disk.failWith('full')
  expect(count(3)).toEqual({ ok: false, error: 'not-saved' })
  expect([row().paper, failed]).toEqual([null, ['full']])
})

test('[P130] counting again needs a reason, and the latest stands with it', () => {
  const { count, row } = desk()
  count(3)
  expect(count(4)).toEqual({ ok: false, error: 'needs-reason' })
  expect(count(4, 'one page was missed').ok).toBe(true)
  expect(row().paper).toMatchObject({ count: 4, reason: 'one page was missed', times: 2 })
})

test('[P130] only who may mark in a committee counts its paper', () => {
  const { is, count } = desk(null)
  expect(count(1)).toEqual({ ok: false, error: 'not-allowed' })
  is.user = { ...ADMIN, role: 'VIEWER' }
  expect(count(1)).toEqual({ ok: false, error: 'role-too-low' })
  is.user = CLERK
  expect(count(1, '', 'C2')).toEqual({ ok: false, error: 'not-your-committee' })
  expect(count(1)).toEqual({ ok: true, value: null })
  is.user = ADMIN
  expect(count(1, '', 'C9')).toEqual({ ok: false, error: 'not-known' })
})

test('[P131] a paper count stands after a restart, from a checkpoint, and in the journal that follows', () => {
  const { book, count, row, again } = desk()
  count(3)
  count(5, 'again')
  const before = row().paper
  expect(foldedOf(JSON.parse(JSON.stringify(toCheckpoint(book.folded)))).projection.paper.of(code('C1'))).toEqual(
    before,
  )
  const later = again().book
  expect(later.projection.paper.of(code('C1'))).toEqual(before)
  const successor = new Folded()
  unansweredIn(later.folded).forEach((event, index) => successor.apply({ cursor: index + 1, at: NINE, event }))
  expect(successor.projection.paper.of(code('C1'))).toEqual({ ...before, times: 1 })
})

test('[P132] how the paper stands to the server, and what the difference can come from', () => {
  const { book, count, row } = desk()
  const is = () => [row().standing, row().apart, row().reasons.map((reason) => [reason.is, reason.count])]
  must(book, told(...[1, 2, 3].map((id) => attendance(id)), attendance(8, { status: 'PENDING' })))
  expect(is()).toEqual(['no-paper', 0, []])
  count(3)
  expect(is()).toEqual(['agrees', 0, []])
  must(book, told(attendance(4)))
  expect(is()).toEqual([
    'agreed',
    -1,
    [
      ['later', 1],
      ['others', 4],
    ],
  ])
  must(book, [typed(5)])
  count(5, 'again')
  expect(is()).toEqual([
    'when-sent',
    1,
    [
      ['unsent', 1],
      ['pending', 1],
    ],
  ])
  count(9, 'again')
  expect(is()).toEqual([
    'more-on-paper',
    5,
    [
      ['unsent', 1],
      ['pending', 1],
      ['nowhere', 3],
    ],
  ])
  count(2, 'again')
  expect(is()).toEqual([
    'fewer-on-paper',
    -2,
    [
      ['unsent', 1],
      ['not-on-paper', 2],
      ['others', 4],
    ],
  ])
})

test('[P133] those that differ come first, sums are of the same committees, and nobody is told of others’', () => {
  const { book, count } = desk()
  must(book, told(committee(3), attendance(1), attendance(2, { committeeCode: code('C3') })))
  count(4, '', 'C3')
  const view = reconcileOf(book, null, all)
  expect(ReconcileView.safeParse({ at: 0, ...view }).error).toBeUndefined()
  expect(view.rows.map((each) => each.code)).toEqual(['C3', 'C1', 'C2'])
  expect(view.counted).toEqual({ committees: 1, paper: 4, attended: 1 })
  expect(view.attended).toBe(2)
  const mine = reconcileOf(book, null, (record) => record.code === 'C1')
  expect([mine.committees, mine.counted.committees, mine.attended]).toEqual([1, 0, 1])
})

test('[P133] of very many committees sixty are told, and how many more', () => {
  const { book } = desk()
  must(book, told(...Array.from({ length: 418 }, (_, index) => committee(index + 3))))
  const { rows, beyond } = reconcileOf(book, null, all)
  expect([rows.length, beyond]).toEqual([60, 360])
})

test('[P126] the record a mark made is its own once, whoever typed it again', () => {
  const { book } = desk()
  must(book, [typed(1), ...taken(1), ...told(attendance(1, { id: 1 as AttendanceId }))])
  expect(ownMarks(book.projection, null)).toHaveLength(1)
})
