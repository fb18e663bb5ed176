import { expect, test } from 'vitest'
import { GENESIS, linkHash } from '../../../src/core/journal/chain.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { Journal } from '../../../src/core/journal/journal.ts'
import type { JournalRow } from '../../../src/core/ports.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { attendance, committee, guarantee } from '../projection/records.ts'
import { bookOn, bookOnDisk, must, OPENED, read, sha256, shown, told, watchedStore } from './on-disk.ts'

const action: JournalEvent = {
  is: 'queued',
  key: 'key-00000001' as never,
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'PENDING' },
  by: 'dana@ems.example',
}

test('[J1] when a listener hears of an event, it is on disk', () => {
  const { store, rows } = watchedStore()
  const onDiskWhenTold: number[] = []
  const seen = () => void onDiskWhenTold.push(rows.length)
  const book = bookOn(store, new ManualClock(), { shifted: seen, trustChanged: seen, feedGrew: seen, written: seen })
  must(book, [OPENED, ...told(committee(1), attendance(1))])
  expect(onDiskWhenTold.length).toBeGreaterThan(3)
  expect(new Set(onDiskWhenTold)).toEqual(new Set([3]))
})

test('[J2] a refused batch leaves nothing shown, nothing told and the head where it was', () => {
  const { store, state, rows } = watchedStore()
  const heard: string[] = []
  const book = bookOn(store, new ManualClock(), {
    shifted: () => heard.push('shifted'),
    outboxChanged: () => heard.push('outbox'),
    feedGrew: () => heard.push('feed'),
  })
  must(book, [OPENED])
  const { head, cursor } = book.journal
  state.full = true
  expect(book.commit([...told(committee(1), attendance(1)), action])).toEqual({
    ok: false,
    error: { is: 'full', detail: 'no room' },
  })
  expect([book.journal.head, book.journal.cursor, rows.length]).toEqual([head, cursor, 1])
  expect(heard).toEqual([])
  expect(book.projection.of('committee').size + book.projection.outbox.entries.size).toBe(0)
  state.full = false
  must(book, told(committee(1)))
  expect(rows.map((row) => row.cursor)).toEqual(rows.map((_, index) => index + 1))
})

test('[J2] an empty batch asks nothing of the disk', () => {
  const { store, asked } = watchedStore()
  const book = bookOn(store)
  expect(book.commit([])).toEqual({ ok: true, value: [] })
  expect(asked).toEqual([])
})

test('[J3] each row follows the last and carries the hash of everything before it', async () => {
  const { store, rows } = watchedStore()
  const clock = new ManualClock()
  const book = bookOn(store, clock)
  must(book, [OPENED])
  await clock.advance(1_234)
  must(book, told(committee(1), committee(2)))
  let head = GENESIS
  rows.forEach((row, index) => {
    head = linkHash(sha256, head, row)
    expect(row).toMatchObject({ cursor: index + 1, hash: head })
  })
  expect(book.journal.head).toBe(head)
  expect(rows.map((row) => row.at - rows[0]!.at)).toEqual([0, 1_234, 1_234])
})

test('[J4] facts the disk refused doubt every topic at once, also after a restart', async () => {
  const { book, disk, clock, again } = bookOnDisk()
  const heard: string[] = []
  book.listen({ trustChanged: () => heard.push('trust') })
  const failedAt = clock.now()
  disk.failWith('full')
  book.commit(told(committee(1)))
  expect(heard).toEqual(['trust'])
  expect(book.missingSince).toBe(failedAt)
  for (const trust of Object.values(book.projection.trust.view())) expect(trust).toMatchObject({ state: 'doubtful' })
  await clock.advance(5_000)
  book.commit(told(committee(1)))
  disk.failWith(null)
  await clock.advance(5_000)
  must(book, [{ is: 'link', state: 'live', cause: null, proof: null }])
  expect(book.missingSince).toBeNull()
  const doubted = disk.rows('a').map((row) => JSON.parse(row.text))[1]
  expect(doubted).toMatchObject({ is: 'doubted', because: 'journal-failed', since: failedAt })
  expect(again().book.projection.trust.view()).toEqual(book.projection.trust.view())
})

test('[J4] a read begun after there was room ends the doubt, one begun before does not', () => {
  const { book, disk } = bookOnDisk()
  const cover = (after: number) =>
    must(book, [{ is: 'covered', topic: 'counts', from: book.journal.lastAt, after, settles: 0 }])
  cover(1)
  expect(book.projection.trust.of('counts').state).toBe('confirmed')
  const before = book.journal.cursor
  disk.failWith('full')
  book.commit(told(committee(1)))
  disk.failWith(null)
  cover(before)
  expect(book.projection.trust.of('counts')).toMatchObject({ state: 'doubtful', because: 'journal-failed' })
  cover(book.journal.cursor)
  expect(book.projection.trust.of('counts').state).toBe('confirmed')
})

test('[J5] an action the disk refused doubts nothing', () => {
  const { book, disk } = bookOnDisk()
  const before = book.projection.trust.view()
  disk.failWith('full')
  expect(book.commit([action], 'power').ok).toBe(false)
  expect(book.missingSince).toBeNull()
  expect(book.projection.trust.view()).toEqual(before)
})

type Loose = { -readonly [K in keyof JournalRow]: JournalRow[K] }
const tamper = {
  'a changed word': (rows: Loose[]) => void (rows[4]!.text = rows[4]!.text.replace('Elector', 'Erector')),
  'a changed moment': (rows: Loose[]) => void (rows[4]!.at += 1),
  'a row taken out': (rows: Loose[]) => void rows.splice(4, 1),
  'a row put in': (rows: Loose[]) => void rows.splice(4, 0, { ...rows[4]! }),
  'two rows moved': (rows: Loose[]) => void rows.splice(4, 2, rows[5]!, rows[4]!),
  'a row rewritten with its own hash': (rows: Loose[]) => {
    const text = rows[4]!.text.replace('Elector', 'Erector')
    // A forger who knows the rule still cannot know what follows.
    rows[4] = { ...rows[4]!, text, hash: linkHash(sha256, rows[3]!.hash, { ...rows[4]!, text }) }
  },
}
for (const [what, change] of Object.entries(tamper)) {
  // A row put in, or rewritten by somebody who knows the rule, is found where the next one does not fit it.
  const foundAt = what.includes('put in') || what.includes('rewritten') ? 6 : 5
  test(`[J11] ${what} is found`, () => {
    const { store, rows } = watchedStore()
    const book = bookOn(store)
    must(book, [OPENED, ...[1, 2, 3, 4, 5, 6].map((id) => read(attendance(id)))])
    change(rows)
    const seen: number[] = []
    const recovered = new Journal(store, sha256, new ManualClock()).recover(({ cursor }) => seen.push(cursor))
    expect(recovered).toMatchObject({ ok: false, error: { is: 'chain-broken' } })
    expect(recovered.ok ? 0 : recovered.error.cursor).toBe(foundAt)
    expect(seen).toEqual(Array.from({ length: foundAt - 1 }, (_, index) => index + 1))
  })
}

test('[J11] a break far behind the first page is found too', () => {
  const { store, rows } = watchedStore()
  const book = bookOn(store)
  must(book, [OPENED, ...Array.from({ length: 6_000 }, (_, id) => read(guarantee(id)))])
  const row = rows[5_500]!
  rows[5_500] = { ...row, at: row.at + 1 }
  expect(new Journal(store, sha256, new ManualClock()).recover(() => {})).toMatchObject({
    error: { is: 'chain-broken', cursor: 5_501 },
  })
})

test('[J10] a recovered book goes on where the last one stopped', () => {
  const { book, clock, again } = bookOnDisk()
  must(book, told(committee(1), attendance(1)))
  const next = again().book
  expect(shown(next, clock.now())).toBe(shown(book, clock.now()))
  must(next, told(attendance(2)))
  expect(next.journal.cursor).toBe(4)
  expect(again().book.projection.of('attendance').size).toBe(2)
})
