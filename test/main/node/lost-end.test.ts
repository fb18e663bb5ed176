import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { Book } from '../../../src/core/book.ts'
import { Judge } from '../../../src/core/incidents/judge.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { openBook } from '../../../src/core/open-book.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { verifyJournal } from '../../../src/main/node/verify-journal.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'

/** A journal whose end is gone when it is opened: on real files, cut as a power cut leaves them. */

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})
const heard = (state: 'live' | 'stale'): JournalEvent => ({ is: 'link', state, cause: null, proof: null })

function place() {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-lost-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'journals', 'ems-1-official.sqlite')
  const clock = new ManualClock()
  /** One run of a desk. */
  const run = (work: (book: Book) => void = () => {}) => {
    const opened = openDisk(dir)
    if (!opened.ok) throw new Error(opened.error.detail)
    const parts = { disk: opened.value.disk, digest: sha256, clock, log: new LogLines() }
    const book = openBook(parts, { server: 'ems', election: 1, mode: 'official' })
    if (!book.ok) throw new Error(book.error.detail)
    work(book.value.book)
    book.value.book.close()
    opened.value.close()
  }
  const write = (durability: 'process' | 'power', count: number) => (book: Book) => {
    for (let row = 0; row < count; row++) {
      const written = book.commit([heard(row % 2 === 0 ? 'live' : 'stale')], durability)
      if (!written.ok) throw new Error(written.error.detail)
    }
  }
  const cut = (after: number) => {
    const db = new DatabaseSync(file)
    db.exec(`DELETE FROM row WHERE cursor > ${after}`)
    db.close()
  }
  const verdict = () => {
    const found = verifyJournal(file, () => {})
    if (!found.ok) throw new Error(found.error.detail)
    return found.value
  }
  return { run, write, cut, verdict, clock }
}
const open = (book: Book) => [...book.projection.duty.incidents.open()]

test('[J124] an end that is gone is told at the next start, with its rows, until a person says that they know', () => {
  const { run, write, cut } = place()
  run(write('process', 20))
  cut(15)
  run((book) => {
    const [told, ...others] = open(book)
    expect([told?.state, told?.evidence, others]).toMatchObject([
      'triggered',
      { is: 'lost-end', after: 15, through: 21, saved: false },
      [],
    ])
    // Looking again neither ends it nor finds it anew.
    const facts = { now: 1, lookingSince: 0, book, committees: [], freeBytes: null, quarantinedLately: 0, target: null }
    const link = { state: 'live', clockSkew: null }
    const judge = new Judge()
    const look = (elapsed: number) =>
      judge.look({ ...facts, link, last: () => null } as never, book.projection.duty.incidents, elapsed)
    for (const elapsed of [0, 60_000, 120_000, 1_000_000]) expect(look(elapsed)).toEqual([])
  })
  run((book) => {
    const [told, ...others] = open(book)
    expect([told?.state, others]).toEqual(['triggered', []])
    const by = 'dana@ems.example'
    book.commit([{ is: 'incident', id: told?.id ?? '', turn: { does: 'resolved', by, note: 'power cut' } }], 'power')
  })
  run((book) => expect(open(book)).toEqual([]))
})

test('[J125] whether anything told as saved was in it is known: then it is an alarm, and no power cut', () => {
  const { run, write, cut } = place()
  run(write('power', 5))
  run(write('process', 10))
  cut(7)
  run((book) => expect(open(book)).toMatchObject([{ severity: 'warning', evidence: { saved: false } }]))
  const other = place()
  other.run(write('process', 5))
  other.run((book) => {
    other.write('power', 3)(book)
    other.write('process', 4)(book)
  })
  other.cut(8)
  other.run((book) =>
    expect(open(book)).toMatchObject([{ severity: 'alarm', evidence: { after: 8, through: 14, saved: true } }]),
  )
})

test('[J126] once told, the verifier calls it known and located, and the chain after it whole; a second cut is another', () => {
  const { run, write, cut, verdict, clock } = place()
  run(write('process', 20))
  cut(12)
  expect(verdict()).toMatchObject({ missing: { cursor: 21 }, lost: [] })
  run(write('process', 30))
  const lost = { after: 12, through: 21, saved: false, at: clock.now() }
  expect(verdict()).toMatchObject({ fault: null, damage: null, missing: null, lost: [lost] })
  cut(40)
  expect(verdict()).toMatchObject({ missing: { cursor: 45 }, lost: [lost] })
  run()
  expect(verdict()).toMatchObject({ missing: null, lost: [lost, { after: 40, through: 45 }] })
  // Who cuts off the telling as well leaves the end cut off again.
  cut(12)
  expect(verdict()).toMatchObject({ missing: {}, lost: [] })
})
