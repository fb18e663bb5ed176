import { expect, test } from 'vitest'
import type { JournalEvent } from '../../src/core/journal/event.ts'
import type { Identity } from '../../src/core/open-book.ts'
import type { JournalRow, Ports } from '../../src/core/ports.ts'
import { Shelf } from '../../src/core/shelf.ts'
import { LogLines } from '../doubles/log-lines.ts'
import { ManualClock } from '../doubles/manual-clock.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { must, read, sha256 } from './journal/on-disk.ts'
import { guarantee } from './projection/records.ts'

const IDENTITY: Identity = { server: 'ems', election: 1, mode: 'official' }
const NAME = 'ems-1-official'

function desk() {
  const disk = memoryDisk()
  const clock = new ManualClock()
  const log = new LogLines()
  const told: string[] = []
  const start = () => {
    disk.die()
    // The shelf asks for these and no others.
    const ports = { disk, clock, log, digest: sha256 } as unknown as Ports
    return new Shelf(ports, {
      opened: () => told.push('opened'),
      failed: ({ is }) => told.push(`failed ${is}`),
      notOpened: () => told.push('not-opened'),
      replaced: () => told.push('replaced'),
    })
  }
  const open = (shelf: Shelf) => {
    const book = shelf.open(IDENTITY)
    if (!book) throw new Error('not opened')
    return book
  }
  const change = (cursor: number) => {
    const row = disk.rows(NAME)[cursor - 1] as { -readonly [K in keyof JournalRow]: JournalRow[K] }
    row.text = row.text.replace('Elector', 'Erector')
  }
  return { disk, clock, log, told, start, open, change }
}
const many = (count: number): JournalEvent[] => Array.from({ length: count }, (_, index) => read(guarantee(index)))
const queued = (key: string): JournalEvent => ({
  is: 'queued',
  key: key as never,
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'GUARANTEED' },
  by: 'dana@ems.example',
})

test('[J85] what a checkpoint stood for is checked after it was shown, row by row, and found sound', async () => {
  const { clock, log, told, start, open } = desk()
  const first = start()
  must(open(first), many(3_000))
  first.close()
  const again = start()
  const book = open(again)
  expect(book.projection.of('guarantee').size).toBe(3_000)
  expect(again.unchecked).toBe(3_001)
  await clock.advance(2_010)
  expect(again.unchecked).toBeLessThan(3_001)
  expect(again.unchecked).toBeGreaterThan(0)
  await clock.advance(60_000)
  expect(again.unchecked).toBe(0)
  expect(log.lines.map(({ event }) => event)).toContain('journal checked')
  expect(told).toEqual(['opened', 'opened'])
  again.close()
  expect(clock.pending).toBe(0)
})

test('[J85] a break found late sets the journal aside, says so at once, and carries on what was typed', async () => {
  const { disk, clock, told, start, open, change } = desk()
  const first = start()
  must(open(first), [queued('key-before'), ...many(3_000)])
  first.close()
  change(1_000)
  const again = start()
  const shown = open(again)
  expect(shown.projection.of('guarantee').size).toBe(3_000)
  must(shown, [queued('key-after-0')])
  const before = JSON.stringify(disk.rows(NAME))
  told.length = 0
  await clock.advance(60_000)
  expect(told).toEqual(['failed corrupt', 'opened', 'replaced'])
  const successor = again.now()!
  expect(successor).not.toBe(shown)
  expect(successor.projection.identity?.after).toMatchObject({ journal: NAME, cursor: 999, why: 'broken' })
  expect(successor.projection.trust.of('guarantees')).toMatchObject({ state: 'doubtful', because: 'journal-broken' })
  expect([...successor.projection.outbox.waiting]).toEqual(['key-before', 'key-after-0'])
  expect(JSON.stringify(disk.rows(NAME))).toBe(before)
  again.close()
  // The next run goes to the successor straight away.
  const next = start()
  expect(open(next).projection.identity?.after).toMatchObject({ journal: NAME })
  next.close()
  expect(clock.pending).toBe(0)
})

test('[J85] rows taken out before the checkpoint are found late too', async () => {
  const { disk, clock, told, start, open } = desk()
  const first = start()
  must(open(first), many(3_000))
  first.close()
  const rows = disk.rows(NAME) as JournalRow[]
  const again = start()
  open(again)
  rows.splice(10, rows.length - 10)
  told.length = 0
  await clock.advance(60_000)
  expect(told).toEqual(['failed corrupt', 'opened', 'replaced'])
})

test('[J83] the shelf leaves a checkpoint behind when it is closed, and none when the next election is met early', () => {
  const { disk, start, open } = desk()
  const shelf = start()
  must(open(shelf), many(2_500))
  shelf.open({ ...IDENTITY, election: 2 })
  expect([...disk.kept(NAME).keys()]).toEqual([2_501])
  shelf.close()
  expect(disk.kept('ems-2-official').size).toBe(0)
})
