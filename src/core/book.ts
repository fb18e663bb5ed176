import type { Topic } from '../shared/model/change.ts'
import { TOPICS } from '../shared/model/change.ts'
import type { DoubtCause } from '../shared/model/trust.ts'
import { ok, type Result } from '../shared/result.ts'
import type { AttendanceByCommittee } from './projection/index-by-committee.ts'
import type { Feed } from './projection/feed.ts'
import type { Figures } from './projection/figures.ts'
import type { Projection } from './projection/fold.ts'
import { type FoldListener, Folded } from './projection/folded.ts'
import type { Clock, Digest, DiskFault, Durability, JournalStore } from './ports.ts'
import { UNCHECKED } from './journal/chain.ts'
import type { Through } from './journal/checkpoint-text.ts'
import type { JournalEvent, JournalRecord } from './journal/event.ts'
import { type ChainBroken, Journal } from './journal/journal.ts'
import { threaded } from './journal/thread.ts'

/** What changed on screen, told after the journal has it. */
export type BookListener = FoldListener & {
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
  /** Everything folded from the journal; a checkpoint is taken of it. */
  readonly folded: Folded
  readonly #listeners = new Set<BookListener>()
  readonly #clock: Clock
  #missingSince: number | null = null

  /** `folded`: what the rows up to some cursor made, where a checkpoint holds it. */
  constructor(store: JournalStore, digest: Digest, clock: Clock, folded = new Folded()) {
    this.#clock = clock
    this.folded = folded
    this.journal = new Journal(store, digest, clock)
  }

  get projection(): Projection {
    return this.folded.projection
  }
  get figures(): Figures {
    return this.folded.figures
  }
  get feed(): Feed {
    return this.folded.feed
  }
  get attendanceByCommittee(): AttendanceByCommittee {
    return this.folded.attendanceByCommittee
  }

  /**
   * Folds what the journal holds after `from`, which is what a checkpoint was folded through; else all of it. The figures are
   * then those of the last run, and their trust too.
   */
  recover(from: Through | null = null, each?: (record: JournalRecord) => void): Result<void, ChainBroken> {
    return this.journal.recover(
      (record) => {
        this.folded.apply(record)
        each?.(record)
      },
      from ? { ...from, fault: null } : UNCHECKED,
    )
  }

  listen(listener: BookListener): () => void {
    const stop = this.folded.listen(listener)
    this.#listeners.add(listener)
    return () => {
      stop()
      this.#listeners.delete(listener)
    }
  }

  /** Writes, then folds. On a fault nothing changed, here or on disk. */
  commit(
    events: readonly JournalEvent[],
    durability: Durability | 'new-part' = 'process',
  ): Result<readonly JournalRecord[], DiskFault> {
    if (events.length === 0) return ok([])
    const all = threaded([...this.#owed(), ...events], this.journal.cursor, this.projection.toldOf)
    const written = this.journal.append(all, durability)
    if (!written.ok) {
      if (events.some((event) => FACTS.has(event.is))) this.#mistrust()
      return written
    }
    this.#missingSince = null
    for (const record of written.value) {
      this.folded.apply(record)
      for (const listener of this.#listeners) listener.written?.(record)
    }
    return written
  }

  /** Goes on in a new part of the journal, which names the end of the part before it. */
  beginPart(): Result<readonly JournalRecord[], DiskFault> {
    const { identity } = this.projection
    if (!identity) return ok([])
    const { server, election, mode } = identity
    // With it all that is in the old part is through to the disk, before anything is in the new one.
    const ended = this.commit([{ is: 'part', does: 'ended' }], 'power')
    if (!ended.ok) return ended
    const { cursor: after, head } = this.journal
    return this.commit([{ is: 'part', does: 'begun', after, head, server, election, mode }], 'new-part')
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
    this.folded.trustChanged()
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
}
