import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { TrailOf } from '../../../src/shared/view/trail.ts'
import { FeedItem } from '../../../src/shared/view/board.ts'
import { bookOnDisk, frame, live, must, told } from '../journal/on-disk.ts'
import { attendance, committee, count, election, entry, guarantee, removal, results } from './records.ts'

const heard = ({ book }: ReturnType<typeof bookOnDisk>) => book.feed.items.map(({ what }) => what)

test('[P15] what was pushed is news, newest first; what was read is not', () => {
  const desk = bookOnDisk()
  must(desk.book, [...told(committee(1), attendance(1), guarantee(1), count(1, 1, 5), results())])
  expect(heard(desk)).toEqual([])
  must(desk.book, [frame(attendance(2)), frame(guarantee(2)), frame(guarantee(1, { confirmation: 'CONFIRMED' }))])
  must(desk.book, [frame(entry(1)), frame(results()), frame(election({ phase: 'COUNTING' }))])
  expect(heard(desk).map(({ is }) => is)).toEqual(['phase', 'results', 'entry', 'guarantee', 'guarantee', 'attended'])
  expect(
    heard(desk)
      .filter((what) => what.is === 'guarantee')
      .map(({ isNew }) => isNew),
  ).toEqual([false, true])
  for (const item of desk.book.feed.items) expect(FeedItem.safeParse(item).error).toBeUndefined()
})

test('[P15] a removal that a read found, or a phantom, is no news, though its record came by a frame', () => {
  const desk = bookOnDisk()
  must(desk.book, [frame(attendance(1)), frame(attendance(2))])
  must(desk.book, [...told(removal(attendance(1))), { is: 'phantom', change: removal(attendance(2)) }])
  expect(heard(desk).map(({ is }) => is)).toEqual(['attended', 'attended'])
  must(desk.book, [frame(attendance(3)), frame(removal(attendance(3)))])
  expect(heard(desk)[0]).toEqual({ is: 'attendance-removed', committee: 'C1' })
})

test('[P15] a frame that changes nothing but details of the election is no news of a phase', () => {
  const desk = bookOnDisk()
  must(desk.book, [frame(election()), frame(election({ name: 'Renamed' })), frame(committee(1))])
  expect(heard(desk)).toEqual([{ is: 'phase', phase: 'VOTING_DAY' }])
})

test('[P137] each line names the record it tells of, a growing one that told last', () => {
  const desk = bookOnDisk()
  must(desk.book, told(committee(1)))
  must(desk.book, [frame(attendance(2)), frame(guarantee(3)), frame(entry(1)), frame(results()), frame(election())])
  must(desk.book, [frame(count(1, 1, 5)), frame(count(1, 2, 6))])
  must(desk.book, [frame(removal(attendance(2)))])
  expect(desk.book.feed.items.map(({ of }) => `${of.kind}/${of.key}`)).toEqual([
    ...['attendance/2', 'count/1:2', 'election/1', 'results/results', 'entry/1', 'guarantee/3', 'attendance/2'],
  ])
  for (const { of } of desk.book.feed.items) expect(TrailOf.safeParse(of).error).toBeUndefined()
})

test('[P15] a hundred lines are kept', () => {
  const desk = bookOnDisk()
  for (let id = 0; id < 130; id++) must(desk.book, [frame(attendance(id))])
  expect(desk.book.feed.items.length).toBe(100)
  expect(desk.book.feed.items[0]?.what).toMatchObject({ elector: '70129' })
})

test('[P16] a count sheet is one line that keeps its id while it grows', () => {
  const desk = bookOnDisk()
  must(desk.book, told(committee(1), committee(2)))
  must(desk.book, [live(count(1, 1, 100), 1)])
  const [first] = desk.book.feed.items
  must(desk.book, [live(count(1, 2, 30), 2), live(count(1, 3, 0), 3)])
  const [grown, ...others] = desk.book.feed.items
  expect(others).toEqual([])
  expect(grown).toMatchObject({ id: first?.id, what: { is: 'counted', committee: 'C1', candidates: 3, votes: 130 } })
  expect(grown!.cursor).toBeGreaterThan(first!.cursor)
  must(desk.book, [live(count(2, 1, 7), 4), live(count(1, 1, 100), 5)])
  expect(heard(desk)).toEqual([
    { is: 'counted', committee: 'C1', candidates: 1, votes: 100 },
    { is: 'counted', committee: 'C2', candidates: 1, votes: 7 },
    { is: 'counted', committee: 'C1', candidates: 3, votes: 130 },
  ])
})

test('[P16] a candidate told of twice counts once, with what was told last', () => {
  const desk = bookOnDisk()
  must(desk.book, told(committee(1)))
  must(desk.book, [live(count(1, 1, 100), 1), live(count(1, 1, 110, { verified: true }), 2), live(count(1, 2, 5), 3)])
  expect(heard(desk)).toEqual([{ is: 'counted', committee: 'C1', candidates: 2, votes: 115 }])
})

test('[P17] what is new since a cursor is what was added or grew', () => {
  const desk = bookOnDisk()
  must(desk.book, [...told(committee(1)), live(attendance(1), 1), live(count(1, 1, 10), 2)])
  const { cursor } = desk.book.feed.items[0]!
  expect(desk.book.feed.since(cursor)).toEqual([])
  must(desk.book, [live(count(1, 2, 5), 3)])
  expect(desk.book.feed.since(cursor).map(({ what }) => what.is)).toEqual(['counted'])
  must(desk.book, [live(attendance(2), 4)])
  expect(desk.book.feed.since(cursor).map(({ what }) => what.is)).toEqual(['attended', 'counted'])
})

test('[P15] what was typed here is news of this desk', () => {
  const desk = bookOnDisk()
  const typed: JournalEvent = { is: 'change', change: attendance(1), from: 'desk' }
  must(desk.book, [typed])
  expect(desk.book.feed.items[0]).toMatchObject({ source: 'desk' })
})
