import type { Topic } from '../shared/model/change.ts'
import { TOPICS } from '../shared/model/change.ts'
import type { DoubtCause } from '../shared/model/trust.ts'
import { ok, type Result } from '../shared/result.ts'
import { AttendanceByCommittee } from './projection/index-by-committee.ts'
import { Feed } from './projection/feed.ts'
import { Figures, type Moved } from './projection/figures.ts'
import { Projection } from './projection/fold.ts'
import type { Shift } from './projection/table.ts'
import type { Clock, Digest, DiskFault, Durability, JournalStore } from './ports.ts'
import type { JournalEvent, JournalRecord } from './journal/event.ts'
import { type ChainBroken, Journal } from './journal/journal.ts'

/** What changed on screen, told after the journal has it. */
export type BookListener = {
  shifted?(shift: Shift, moved: Moved, record: JournalRecord): void
  feedGrew?(): void
  trustChanged?(): void
  outboxChanged?(key: string): void
  quarantined?(record: JournalRecord): void
  /** Every record, as written. */
  written?(record: JournalRecord): void
}

/**
 * A book is an open journal together with everything folded from it: records, sums, feed, trust, outbox. It owns the one
 * rule of the house, append before fold; nothing reaches a listener that is not on disk. It talks to no server.
 */
export class Book {
  readonly journal: Journal
  readonly projection = new Projection()
  readonly figures = new Figures()
  readonly feed = new Feed(this.figures)
  readonly attendanceByCommittee = new AttendanceByCommittee()
  readonly #listeners = new Set<BookListener>()

  constructor(store: JournalStore, digest: Digest, clock: Clock) {
    this.journal = new Journal(store, digest, clock)
    this.projection.listen({
      shifted: (shift, record) => this.#shifted(shift, record),
      trustChanged: () => this.#each((listener) => listener.trustChanged?.()),
      outboxChanged: (key) => this.#each((listener) => listener.outboxChanged?.(key)),
      quarantined: (record) => this.#each((listener) => listener.quarantined?.(record)),
    })
  }

  /** Folds what the journal holds. The figures are then those of the last run, and their trust too. */
  recover(): Result<void, ChainBroken> {
    return this.journal.recover((record) => this.projection.apply(record))
  }

  listen(listener: BookListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Writes, then folds. On a fault nothing changed, here or on disk. */
  commit(
    events: readonly JournalEvent[],
    durability: Durability = 'process',
  ): Result<readonly JournalRecord[], DiskFault> {
    if (events.length === 0) return ok([])
    const written = this.journal.append(events, durability)
    if (!written.ok) return written
    for (const record of written.value) {
      this.projection.apply(record)
      this.#each((listener) => listener.written?.(record))
    }
    return written
  }

  /** Says in the journal that topics may be wrong since `since`, ms. */
  doubt(
    because: DoubtCause,
    since: number,
    topics: readonly Topic[] = TOPICS,
  ): Result<readonly JournalRecord[], DiskFault> {
    return this.commit([{ is: 'doubted', topics, since, because }])
  }

  close(): void {
    this.#listeners.clear()
    this.journal.close()
  }

  #each(tell: (listener: BookListener) => void): void {
    for (const listener of this.#listeners) tell(listener)
  }

  #shifted(shift: Shift, record: JournalRecord): void {
    const moved = this.figures.shift(shift)
    if (shift.kind === 'attendance') this.attendanceByCommittee.shift(shift)
    this.#each((listener) => listener.shifted?.(shift, moved, record))
    if (this.feed.shift(shift, record)) this.#each((listener) => listener.feedGrew?.())
  }
}
