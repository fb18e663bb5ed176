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
  /** A read confirmed records of this topic that were provisional. */
  confirmed?(topic: Topic): void
  outboxChanged?(key: string): void
  quarantined?(record: JournalRecord): void
  /** Every record, as written. */
  written?(record: JournalRecord): void
}

/** Events that tell of the server: one that could not be written is a fact missing here. */
const FACTS: ReadonlySet<JournalEvent['is']> = new Set([
  'change',
  'hinted',
  'phantom',
  'joined',
  'doubted',
  'quarantined',
])

/**
 * A book is an open journal together with everything folded from it: records, sums, feed, trust, outbox. It owns the one
 * rule of the house, append before fold; nothing reaches a listener that is not on disk. It talks to no server. While the
 * disk refuses, its trust says so in memory, there being nowhere else; the first thing written afterwards is that doubt.
 */
export class Book {
  readonly journal: Journal
  readonly projection = new Projection()
  readonly figures = new Figures()
  readonly feed = new Feed(this.figures)
  readonly attendanceByCommittee = new AttendanceByCommittee()
  readonly #listeners = new Set<BookListener>()
  readonly #clock: Clock
  #missingSince: number | null = null

  constructor(store: JournalStore, digest: Digest, clock: Clock) {
    this.#clock = clock
    this.journal = new Journal(store, digest, clock)
    this.projection.listen({
      shifted: (shift, record) => this.#shifted(shift, record),
      confirmed: (topic) => this.#each((listener) => listener.confirmed?.(topic)),
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
    const written = this.journal.append([...this.#owed(), ...events], durability)
    if (!written.ok) {
      if (events.some((event) => FACTS.has(event.is))) this.#mistrust()
      return written
    }
    this.#missingSince = null
    for (const record of written.value) {
      this.projection.apply(record)
      this.#each((listener) => listener.written?.(record))
    }
    return written
  }

  /** Since when facts are missing because the disk refused them, ms; null: none are. */
  get missingSince(): number | null {
    return this.#missingSince
  }
  #owed(): readonly JournalEvent[] {
    const since = this.#missingSince
    return since === null ? [] : [{ is: 'doubted', topics: TOPICS, since, because: 'journal-failed' }]
  }
  #mistrust(): void {
    this.#missingSince ??= this.#clock.now()
    for (const topic of TOPICS) {
      this.projection.trust.doubted(topic, this.#missingSince, 'journal-failed', this.journal.cursor)
    }
    this.#each((listener) => listener.trustChanged?.())
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
