import { type Position, TOPICS, type Topic } from '../../shared/model/change.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { ReadFault, Reader, Totals } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Clock, Log, Random } from '../ports.ts'
import { COMMIT_GRACE, difference } from './difference.ts'

/** How often the server is asked, by what it can promise. Ms. */
export type ReadPolicy = {
  /** Between two whole readings, although nothing moved. */
  readonly sweepEvery: number
  /** Between two looks at the cheap totals; null: the stream itself tells of everything. */
  readonly totalsEvery: { readonly least: number; readonly most: number } | null
  /** After a frame that a read has to confirm. */
  readonly confirmAfter: number
}
/** A numbered stream tells of everything; reading it again now and then only proves that. */
export const NUMBERED: ReadPolicy = { sweepEvery: 15 * 60_000, totalsEvery: null, confirmAfter: 5_000 }
/** A stream that loses frames in silence: look often, read what moved, read everything now and then. */
export const UNNUMBERED: ReadPolicy = {
  sweepEvery: 120_000,
  totalsEvery: { least: 5_000, most: 30_000 },
  confirmAfter: 3_000,
}
/** Waits after a failed read, ms: doubling with chance up to the cap. */
const RETRY = { base: 1_000, cap: 30_000 }
/** Reads may run late by this factor before the topic is in doubt. */
const OVERDUE = 2

export type ReconcileMeters = { reads: number; readFailures: number }
export type ReconcileEvents = {
  /** Nothing is left to read now. */
  settled(): void
  /** The server answered: contact, even where there is no socket. */
  answered(): void
  /** A read failed because nobody is signed in any more, or the disk is full: the caller knows what to do. */
  stuck(): void
}

/**
 * Keeps what is here equal to what the server has: reads topics whole, compares, and writes the difference as events.
 * It owns when to read what and its timers; one read is under way at a time. It never touches the socket.
 */
export class Reconcile {
  readonly meters: ReconcileMeters = { reads: 0, readFailures: 0 }
  readonly #clock: Clock
  readonly #random: Random
  readonly #reader: Reader
  readonly #log: Log
  readonly #on: ReconcileEvents
  #book: Book | null = null
  #policy: ReadPolicy = NUMBERED
  /** Topics to read, and from when on, elapsed ms. */
  readonly #due = new Map<Topic, number>()
  readonly #failures = new Map<Topic, number>()
  #timer: Unsubscribe | null = null
  #reading = false
  /** Numbers the runs: a read that ends after `stop` is of an old run and is let go. */
  #run = 0
  #lastTotals: Totals = {}
  #totalsWait = 0
  #totalsAt = Number.POSITIVE_INFINITY
  #sweepAt = Number.POSITIVE_INFINITY

  constructor(clock: Clock, random: Random, reader: Reader, log: Log, on: ReconcileEvents) {
    this.#clock = clock
    this.#random = random
    this.#reader = reader
    this.#log = log
    this.#on = on
  }

  /** Begins to keep this book true; reads nothing yet. */
  start(book: Book, policy: ReadPolicy): void {
    this.stop()
    this.#book = book
    this.#policy = policy
    this.#lastTotals = {}
    this.#totalsWait = policy.totalsEvery?.least ?? 0
    this.#planAhead()
    this.#schedule()
  }

  stop(): void {
    this.#run += 1
    this.#book = null
    this.#reading = false
    this.#due.clear()
    this.#failures.clear()
    this.#timer?.()
    this.#timer = null
  }

  /** Wants these topics read after `delay` ms; an earlier wish stands. */
  want(topics: readonly Topic[], delay = 0): void {
    if (!this.#book) return
    const at = this.#clock.elapsed() + delay
    for (const topic of topics) this.#due.set(topic, Math.min(at, this.#due.get(topic) ?? Number.POSITIVE_INFINITY))
    this.#schedule()
  }

  /** Frames came that a read has to confirm. Wishes of one moment become one read. */
  confirm(topics: readonly Topic[]): void {
    const unplanned = topics.filter((topic) => !this.#due.has(topic))
    if (unplanned.length > 0) this.want(unplanned, this.#policy.confirmAfter * (0.75 + this.#random.next() / 2))
  }

  get busy(): boolean {
    return this.#reading || [...this.#due.values()].some((at) => at <= this.#clock.elapsed())
  }

  #planAhead(): void {
    const now = this.#clock.elapsed()
    const jitter = 0.75 + this.#random.next() / 2
    this.#sweepAt = now + this.#policy.sweepEvery * jitter
    this.#totalsAt = this.#policy.totalsEvery ? now + this.#totalsWait * jitter : Number.POSITIVE_INFINITY
  }

  #schedule(): void {
    if (this.#reading || !this.#book) return
    this.#timer?.()
    const next = Math.min(this.#sweepAt, this.#totalsAt, ...this.#due.values())
    this.#timer = this.#clock.after(Math.max(0, next - this.#clock.elapsed()), () => void this.#next())
  }

  async #next(): Promise<void> {
    const book = this.#book
    if (this.#reading || !book) return
    const run = this.#run
    const now = this.#clock.elapsed()
    if (now >= this.#sweepAt) {
      this.want(TOPICS)
      this.#planAhead()
    }
    this.#doubtOverdue(book)
    const topic = TOPICS_IN_ORDER.find((each) => (this.#due.get(each) ?? Number.POSITIVE_INFINITY) <= now)
    this.#reading = true
    if (topic) await this.#read(book, topic, run)
    else if (now >= this.#totalsAt) await this.#look(run)
    if (run !== this.#run) return
    this.#reading = false
    if (topic && !this.busy) this.#on.settled()
    this.#schedule()
  }

  async #read(book: Book, topic: Topic, run: number): Promise<void> {
    this.#due.delete(topic)
    const begun = { from: this.#clock.now(), after: book.journal.cursor }
    const positions: (Position | null)[] = []
    let failed = false
    const commit = (events: readonly JournalEvent[]) => {
      if (run !== this.#run || failed) return
      failed = !book.commit(events).ok
    }
    this.meters.reads += 1
    const read = await this.#reader.read(
      topic,
      (part) => {
        commit(difference(book, part, begun))
        positions.push(part.position)
      },
      () => run !== this.#run || failed,
    )
    if (run !== this.#run) return
    if (!read.ok) return this.#failed(book, topic, read.error)
    if (failed) return this.#diskFailed(topic)
    const position = oldestOf(positions)
    commit([{ is: 'covered', topic, ...begun, settles: begun.from - COMMIT_GRACE, ...(position && { position }) }])
    if (failed) return this.#diskFailed(topic)
    this.#failures.delete(topic)
    this.#on.answered()
    // What came or was doubted while it was read needs another read.
    const { state } = book.projection.trust.of(topic)
    if (state === 'provisional' || state === 'doubtful') this.confirm([topic])
  }

  /** A look at the cheap totals: what moved is read, and a quiet server is asked less often. */
  async #look(run: number): Promise<void> {
    const { totalsEvery } = this.#policy
    const totals = await this.#reader.totals()
    if (run !== this.#run || !totalsEvery) return
    if (totals.ok) {
      this.#on.answered()
      const moved = TOPICS.filter(
        (topic) => totals.value[topic] !== this.#lastTotals[topic] && topic in this.#lastTotals,
      )
      this.#lastTotals = totals.value
      this.#totalsWait = moved.length > 0 ? totalsEvery.least : Math.min(this.#totalsWait * 1.5, totalsEvery.most)
      if (moved.length > 0) this.want(moved)
    } else {
      this.meters.readFailures += 1
      this.#totalsWait = totalsEvery.most
    }
    this.#totalsAt = this.#clock.elapsed() + this.#totalsWait * (0.75 + this.#random.next() / 2)
  }

  #failed(book: Book, topic: Topic, { fault }: ReadFault): void {
    this.meters.readFailures += 1
    if (fault.is === 'signed-out') return this.#on.stuck()
    const notAllowed = fault.is === 'answer' && fault.status === 403
    const detail =
      fault.is === 'answer'
        ? `${fault.status} ${fault.message}`
        : fault.is === 'network'
          ? fault.fault.is
          : fault.detail
    this.#log.warn('read failed', { topic, is: fault.is, detail })
    book.commit([
      { is: 'doubted', topics: [topic], since: this.#clock.now(), because: notAllowed ? 'not-allowed' : 'read-failed' },
    ])
    const asked = fault.is === 'answer' ? fault.retryAfterMs : null
    // What a role may not see will not change in seconds: the next sweep asks again.
    if (!notAllowed) this.#again(topic, asked)
  }

  #diskFailed(topic: Topic): void {
    this.#on.stuck()
    this.#again(topic, null)
  }

  #again(topic: Topic, asked: number | null): void {
    const failures = (this.#failures.get(topic) ?? 0) + 1
    this.#failures.set(topic, failures)
    const wait = Math.min(RETRY.cap, RETRY.base * 2 ** failures) * (0.5 + this.#random.next() / 2)
    this.want([topic], Math.max(wait, asked ?? 0))
  }

  /** Where frames can be lost in silence, a topic not read for too long is in doubt. */
  #doubtOverdue(book: Book): void {
    if (!this.#policy.totalsEvery) return
    const oldest = this.#clock.now() - this.#policy.sweepEvery * OVERDUE
    const overdue = TOPICS.filter((topic) => {
      const trust = book.projection.trust.of(topic)
      return trust.state !== 'doubtful' && (trust.state === 'confirmed' ? trust.at : (trust.confirmedAt ?? 0)) < oldest
    })
    if (overdue.length > 0) book.doubt('read-overdue', oldest, overdue)
  }
}

/** Up to here every part holds what frames told; null where that cannot be said of them all. */
function oldestOf([first = null, ...others]: readonly (Position | null)[]): Position | null {
  let oldest = first
  for (const position of others) {
    if (!oldest || position?.epoch !== oldest.epoch) return null
    if (position.seq < oldest.seq) oldest = position
  }
  return oldest
}

/** Names before the figures that refer to them. */
const TOPICS_IN_ORDER: readonly Topic[] = ['phase', 'committees', 'attendance', 'counts', 'guarantees', 'results']
