import { createHash } from 'node:crypto'
import { Book, type BookListener } from '../../../src/core/book.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { Clock, JournalRow, JournalStore } from '../../../src/core/ports.ts'
import { canonicalJson, stateOf } from '../../../src/core/projection/state.ts'
import { headlineOf } from '../../../src/core/patch/headline.ts'
import { turnoutOf } from '../../../src/core/projection/turnout.ts'
import type { Change, Position } from '../../../src/shared/model/change.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
export const OPENED: JournalEvent = { is: 'opened', version: 1, server: 'ems', election: 1, mode: 'rehearsal' }

/** A book on a disk in memory. */
export function bookOnDisk({ clock = new ManualClock(), name = 'a', disk = memoryDisk() } = {}) {
  const opened = disk.journal(name)
  if (!opened.ok) throw new Error(opened.error.detail)
  const book = new Book(opened.value, sha256, clock)
  const recovered = book.recover()
  if (!recovered.ok) throw new Error(recovered.error.detail)
  if (book.journal.cursor === 0) must(book, [OPENED])
  /** The same journal as the next run would find it. */
  const again = () => {
    disk.die()
    return bookOnDisk({ clock, name, disk })
  }
  return { clock, disk, book, name, again }
}
export type DeskBook = ReturnType<typeof bookOnDisk>

export function must(book: Book, events: readonly JournalEvent[]): void {
  const written = book.commit(events)
  if (!written.ok) throw new Error(written.error.detail)
}
/** Changes as a numbered stream, a plain one or a read tells them. */
export const live = (change: Change, seq: number, epoch = 'e'): JournalEvent => ({
  is: 'change',
  change,
  from: 'live',
  position: { epoch, seq },
})
export const frame = (change: Change): JournalEvent => ({ is: 'change', change, from: 'live', provisional: true })
export const read = (change: Change, position?: Position): JournalEvent => ({
  is: 'change',
  change,
  from: 'snapshot',
  ...(position && { position }),
})
export const told = (...changes: readonly Change[]): JournalEvent[] => changes.map((change) => read(change))

/** Everything a screen shows of a book, as one text: equal texts, equal screens. */
export function shown(book: Book, now: number): string {
  return canonicalJson({
    state: stateOf(book),
    trust: book.projection.trust.view(),
    outbox: book.projection.outbox.view(book.projection.conflicts.open, null),
    conflicts: book.projection.conflicts.view(),
    sheets: book.projection.sheets.save(),
    position: book.projection.position,
    phantoms: book.projection.phantoms,
    quarantined: book.projection.quarantined,
    headline: headlineOf(book, now, null),
    turnout: turnoutOf(book, { committee: null }),
    feed: book.feed.items,
  })
}

/** A store that fails when told to, and keeps what it was asked. */
export function watchedStore() {
  const rows: JournalRow[] = []
  const asked: string[] = []
  const state = { full: false }
  const store: JournalStore = {
    append: (fresh, durability) => {
      asked.push(`append ${fresh.length} ${durability}`)
      if (state.full) return err({ is: 'full', detail: 'no room' })
      rows.push(...fresh)
      return ok(undefined)
    },
    read: (after, limit) => rows.slice(after, after + limit),
    last: () => rows.at(-1) ?? null,
    length: () => rows.length,
    close: () => void asked.push('close'),
  }
  return { rows, asked, state, store }
}

export function bookOn(store: JournalStore, clock: Clock = new ManualClock(), listener: BookListener = {}): Book {
  const book = new Book(store, sha256, clock)
  book.listen(listener)
  return book
}
