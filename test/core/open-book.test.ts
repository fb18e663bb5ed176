import { expect, test } from 'vitest'
import type { JournalEvent } from '../../src/core/journal/event.ts'
import { type Identity, journalName, openBook } from '../../src/core/open-book.ts'
import type { JournalRow } from '../../src/core/ports.ts'
import { err } from '../../src/shared/result.ts'
import { LogLines } from '../doubles/log-lines.ts'
import { ManualClock } from '../doubles/manual-clock.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { must, sha256, told } from './journal/on-disk.ts'
import { attendance, committee } from './projection/records.ts'

const IDENTITY: Identity = { server: 'ems', election: 1, mode: 'official' }

function desk() {
  const disk = memoryDisk()
  const clock = new ManualClock()
  const log = new LogLines()
  const open = (identity: Identity = IDENTITY) => openBook({ disk, digest: sha256, clock, log }, identity)
  const must = (identity: Identity = IDENTITY) => {
    const opened = open(identity)
    if (!opened.ok) throw new Error(opened.error.detail)
    return opened.value.book
  }
  const damage = (name: string, cursor: number) => {
    const row = disk.rows(name)[cursor - 1] as { -readonly [K in keyof JournalRow]: JournalRow[K] }
    row.at += 1
  }
  return { disk, clock, log, open, must, damage }
}
const queued = (key: string): JournalEvent => ({
  is: 'queued',
  key: key as never,
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'GUARANTEED' },
  by: 'dana@ems.example',
})

test('[J20] the first event names the server, the election and the mode', () => {
  const { must, disk } = desk()
  must()
  expect(JSON.parse(disk.rows('ems-1-official')[0]!.text)).toEqual({ is: 'opened', version: 1, ...IDENTITY })
})

test.each([
  { server: 'other', election: 1, mode: 'official' },
  { server: 'ems', election: 2, mode: 'official' },
  { server: 'ems', election: 1, mode: 'rehearsal' },
] as const)('[J20] a journal that says it is of %o is refused and stays as it is', (other) => {
  const { must, disk, open, clock, log } = desk()
  must(other).close()
  const rows = disk.rows(journalName(other))
  const swapped = { ...disk, journal: () => disk.journal(journalName(other)) }
  expect(openBook({ disk: swapped, digest: sha256, clock, log }, IDENTITY)).toMatchObject({
    error: { is: 'of-another' },
  })
  expect(rows.length).toBe(1)
  expect(open(other).ok).toBe(true)
})

test('[J21] each server, election and mode has a name of its own', () => {
  const all = ['a', 'b'].flatMap((server) =>
    [1, 11].flatMap((election) => (['official', 'rehearsal'] as const).map((mode) => ({ server, election, mode }))),
  )
  expect(new Set(all.map(journalName)).size).toBe(8)
})

test('[J14] a journal taken up again shows what was known, in doubt since its last event', async () => {
  const { must: open, clock } = desk()
  const book = open()
  must(book, [...told(committee(1), attendance(1))])
  must(book, [{ is: 'covered', topic: 'attendance', from: clock.now(), after: book.journal.cursor, settles: 0 }])
  const lastAt = clock.now()
  book.close()
  await clock.advance(3_600_000)
  const again = open()
  expect(again.projection.of('attendance').size).toBe(1)
  expect(again.projection.trust.of('attendance')).toEqual({
    state: 'doubtful',
    since: lastAt,
    because: 'link-down',
    confirmedAt: lastAt,
  })
})

test('[J13] a journal whose chain is broken stays as it is; a successor begins beside it and is found again', () => {
  const { must: open, disk, damage, log } = desk()
  const book = open()
  must(book, told(committee(1)))
  book.close()
  damage('ems-1-official', 2)
  const before = JSON.stringify(disk.rows('ems-1-official'))
  const successor = open()
  expect(successor.projection.of('committee').size).toBe(0)
  expect(successor.projection.trust.of('committees')).toMatchObject({ because: 'journal-broken' })
  must(successor, told(committee(2)))
  successor.close()
  expect(JSON.stringify(disk.rows('ems-1-official'))).toBe(before)
  expect([...open().projection.of('committee').keys()]).toEqual([2])
  expect(log.lines.map(({ event }) => event)).toContain('journal chain broken')
})

test('[J13] a damaged file is passed over too, and the tenth damaged journal is a fault in words', () => {
  const { clock, log } = desk()
  const disk = memoryDisk()
  const tried: string[] = []
  const damaged = {
    ...disk,
    journal: (name: string) => {
      tried.push(name)
      return err({ is: 'corrupt' as const, detail: `${name}: damaged` })
    },
  }
  const opened = openBook({ disk: damaged, digest: sha256, clock, log }, IDENTITY)
  expect(opened).toMatchObject({ ok: false, error: { is: 'corrupt' } })
  expect(opened.ok ? '' : opened.error.detail).toMatch(/move them away/)
  expect([tried.length, tried[1]]).toEqual([10, 'ems-1-official-after-1'])
})

test('[J15] actions without an answer go on in the successor, once, and remember that they were sent', () => {
  const { must: open, damage, disk } = desk()
  const book = open()
  must(book, [
    queued('key-settled'),
    { is: 'settled', key: 'key-settled' as never, outcome: 'confirmed', reason: null },
  ])
  must(book, [queued('key-waiting'), queued('key-sent-00'), { is: 'sent', key: 'key-sent-00' as never }])
  must(book, told(committee(1)))
  book.close()
  damage('ems-1-official', 7)
  for (let run = 0; run < 3; run++) {
    const { outbox } = open().projection
    expect([...outbox.waiting]).toEqual(['key-waiting', 'key-sent-00'])
    expect(outbox.find('key-sent-00')).toMatchObject({ state: 'sent', attempts: 1 })
    disk.die()
  }
})

test('[J15] what was settled in the successor does not come back from the broken journal', () => {
  const { must: open, damage, disk } = desk()
  const book = open()
  must(book, [queued('key-waiting'), ...told(committee(1))])
  book.close()
  damage('ems-1-official', 3)
  must(open(), [{ is: 'settled', key: 'key-waiting' as never, outcome: 'confirmed', reason: null }])
  disk.die()
  expect(open().projection.outbox.waiting.size).toBe(0)
})

test('[J2] a disk that refuses the first event leaves no book open', () => {
  const { open, disk } = desk()
  const first = desk()
  first.must()
  disk.failWith('read-only')
  expect(open()).toMatchObject({ error: { is: 'read-only' } })
  disk.failWith(null)
  expect(open().ok).toBe(true)
})

test('[J86] a successor names what it follows, and the last of them is opened without looking at the others', () => {
  const { must: open, damage, log } = desk()
  const book = open()
  must(book, told(committee(1), committee(2)))
  const { head } = book.journal
  must(book, told(committee(3)))
  book.close()
  damage('ems-1-official', 4)
  const second = open()
  expect(second.projection.identity?.after).toEqual({ journal: 'ems-1-official', cursor: 3, head, why: 'broken' })
  must(second, told(committee(4)))
  second.close()
  damage('ems-1-official-after-1', 3)
  const third = open()
  expect(third.projection.identity?.after).toMatchObject({ journal: 'ems-1-official-after-1', cursor: 2 })
  third.close()
  log.lines.length = 0
  expect(open().projection.identity?.after).toMatchObject({ journal: 'ems-1-official-after-1' })
  expect(log.lines).toEqual([])
})

test('[J86] a successor whose beginner died before its first row is begun again, with what has to go on', () => {
  const { must: open, damage, disk } = desk()
  const book = open()
  must(book, [queued('key-waiting'), ...told(committee(1))])
  book.close()
  damage('ems-1-official', 3)
  const begun = disk.journal('ems-1-official-after-1')
  if (begun.ok) begun.value.close()
  const successor = open()
  expect(successor.projection.identity?.after).toMatchObject({ journal: 'ems-1-official' })
  expect([...successor.projection.outbox.waiting]).toEqual(['key-waiting'])
})

test('[J15] what was typed after the break goes on too; what was settled there does not', () => {
  const { must: open, damage } = desk()
  const book = open()
  must(book, [queued('key-early-0'), queued('key-early-1'), ...told(committee(1), committee(2))])
  must(book, [{ is: 'settled', key: 'key-early-0' as never, outcome: 'confirmed', reason: null }])
  must(book, [queued('key-late-00')])
  book.close()
  damage('ems-1-official', 4)
  expect([...open().projection.outbox.waiting]).toEqual(['key-early-1', 'key-late-00'])
})

test('[O85] what waits goes on with all that belongs to it, and what was taken and not seen back goes on as that', () => {
  const { must: open, damage } = desk()
  const book = open()
  const timed: JournalEvent = {
    ...{ is: 'queued', key: 'key-timed-0' as never, by: 'dana@ems.example', deadline: 99, why: 'now or never' },
    ...{ action: { does: 'results.publish' }, seen: { generated: [7] }, undoes: 'key-before-' as never },
  }
  const taken = 'key-taken-0' as never
  must(book, [queued(taken), { is: 'sent', key: taken }, { is: 'accepted', key: taken, row: 5 }, timed])
  must(book, told(committee(1)))
  book.close()
  damage('ems-1-official', 6)
  const { outbox } = open().projection
  expect(outbox.find('key-timed-0')).toMatchObject({
    ...{ state: 'queued', deadline: 99, why: 'now or never' },
    ...{ seen: { generated: [7] }, undoes: 'key-before-' },
  })
  expect(outbox.timed()).toHaveLength(1)
  expect([...outbox.unseen]).toEqual([taken])
  expect(outbox.find(taken)).toMatchObject({ state: 'sent', row: 5 })
})

test('[O91] what goes on in the journal that follows a broken one was typed when it was typed, however often that happens', async () => {
  const { must: open, damage, clock } = desk()
  const [typedAt, key] = [clock.now(), 'key-typed-0']
  const book = open()
  must(book, [queued(key), ...told(committee(1))])
  book.close()
  damage('ems-1-official', 3)
  await clock.advance(3_600_000)
  const successor = open()
  expect(successor.projection.outbox.find(key)).toMatchObject({ queuedAt: typedAt })
  must(successor, told(committee(1)))
  const last = successor.journal.cursor
  successor.close()
  damage('ems-1-official-after-1', last)
  await clock.advance(3_600_000)
  expect(open().projection.outbox.find(key)).toMatchObject({ queuedAt: typedAt })
})

test('[O93] what the server’s clock showed goes on in the journal that follows a broken one', () => {
  const { must: open, damage } = desk()
  const book = open()
  const key = 'key-sent-00' as never
  must(book, [queued(key), { is: 'sent', key, serverAt: 77 }, ...told(committee(1))])
  book.close()
  damage('ems-1-official', 4)
  expect(open().projection.outbox.find(key)).toMatchObject({ serverAt: 77, unsure: 1 })
})

test('[O120] what an earlier action made goes on with one of the same record that was not answered, and nothing else that ended', () => {
  const { must: open, damage } = desk()
  const book = open()
  const first = 'key-first-00' as never
  const elsewhere = 'key-elsewhere' as never
  const again = 'key-again-00' as never
  const confirmed = (key: never, row: number): JournalEvent[] => [
    ...([queued(key), { is: 'sent', key }, { is: 'accepted', key, row }] as const),
    { is: 'settled', key, outcome: 'confirmed', reason: null },
  ]
  const other = {
    ...queued(elsewhere),
    action: { does: 'attendance.mark', elector: '999', committee: 'm1', notes: '' },
  }
  must(book, confirmed(first, 101))
  must(book, [other as JournalEvent, ...confirmed(elsewhere, 102).slice(1)])
  must(book, [queued(again), { is: 'sent', key: again }, ...told(committee(1))])
  book.close()
  damage('ems-1-official', 12)
  const { outbox } = open().projection
  expect(outbox.find(first)).toMatchObject({ state: 'confirmed', row: 101, acceptedFrom: expect.any(Number) })
  expect([outbox.find(elsewhere), outbox.find(again)?.unsure]).toEqual([null, 1])
})
