import { type Position, TOPICS, type Topic } from '../../shared/model/change.ts'
import { isRead, readAtOf } from '../../shared/model/trust.ts'
import type { DoubtCause } from '../../shared/model/trust.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { ReadFault, ReadPart, Reader, Totals } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Clock, DiskFault, Log, Random } from '../ports.ts'
import { Claims } from './claims.ts'
import { COMMIT_GRACE, difference } from './difference.ts'
import { NUMBERED, ReadingPlan, type ReadPolicy } from './reading-plan.ts'

export type ReconcileMeters = { reads: number; readFailures: number }
export type ReconcileEvents = {
  /** Everything wanted was read, or was tried and failed; confirming what frames tell goes on. */
  settled(): void
  /** The server answered: contact, even where there is no socket. */
  answered(): void
  /** A look showed changes since the one begun at `since`, ms, of which no frame told. */
  untold(since: number): void
  /** Nobody is signed in any more: nothing can be read. */
  stuck(): void
  /** What was read could not be written; it will be read again. */
  refused(fault: DiskFault): void
}

/** What one start began; a read that ends after the next start or stop belongs to an old run and is let go. */
type Run = { readonly book: Book; readonly policy: ReadPolicy; readonly plan: ReadingPlan }

/**
 * Keeps what is here equal to what the server has: reads topics whole, compares, and writes the difference as events.
 * It owns its timer; one read is under way at a time. When to read what is the plan's. It never touches the socket.
 */
export class Reconcile {
  readonly meters: ReconcileMeters = { reads: 0, readFailures: 0 }
  readonly #clock: Clock
  readonly #random: Random
  readonly #reader: Reader
  readonly #log: Log
  readonly #on: ReconcileEvents
  #run: Run | null = null
  #reading = false
  /** Wanted, and not read or tried since. */
  readonly #owed = new Set<Topic>()
  #timer: Unsubscribe | null = null
  readonly #claims: Claims
  #lastTotals: Totals = {}
  /** When the last look that was answered began, ms. */
  #lookedAt = 0

  constructor(clock: Clock, random: Random, reader: Reader, log: Log, on: ReconcileEvents) {
    this.#clock = clock
    this.#random = random
    this.#reader = reader
    this.#log = log
    this.#on = on
    this.#claims = new Claims(clock, {
      overdue: (topic, since) => this.#run && this.#doubt(this.#run.book, 'read-overdue', since, [topic]),
      looked: (overdue) => this.confirm(overdue),
    })
  }

  /** Begins to keep this book true; reads nothing yet. */
  start(book: Book, policy: ReadPolicy): void {
    this.stop()
    const plan = new ReadingPlan(policy, this.#random, this.#clock.elapsed())
    this.#run = { book, policy, plan }
    this.#lastTotals = {}
    this.#lookedAt = this.#clock.now()
    if (policy !== NUMBERED) this.#claims.watch(book, () => plan.oldestClaim)
    this.#schedule()
  }

  stop(): void {
    this.#run = null
    this.#reading = false
    this.#owed.clear()
    this.#timer?.()
    this.#timer = null
    this.#claims.stop()
  }

  /** Wants these topics read after `delay` ms; an earlier wish stands. */
  want(topics: readonly Topic[], delay = 0): void {
    const at = this.#clock.elapsed() + delay
    for (const topic of topics) {
      this.#run?.plan.want(topic, at)
      this.#owed.add(topic)
    }
    this.#schedule()
  }

  /** Frames came that a read has to confirm. Wishes of one moment become one read. */
  confirm(topics: readonly Topic[]): void {
    for (const topic of topics) this.#run?.plan.confirm(topic, this.#clock.elapsed())
    this.#schedule()
  }

  get busy(): boolean {
    return this.#reading || this.#run?.plan.isWanted(this.#clock.elapsed()) === true
  }

  #schedule(): void {
    const run = this.#run
    if (this.#reading || !run) return
    this.#timer?.()
    this.#timer = this.#clock.after(Math.max(0, run.plan.next - this.#clock.elapsed()), () => void this.#next(run))
  }

  async #next(run: Run): Promise<void> {
    if (this.#reading || run !== this.#run) return
    this.#reading = true
    const now = this.#clock.elapsed()
    const isLook = run.plan.isLookDue(now)
    const topic = isLook ? null : run.plan.take(now)
    if (topic) this.#owed.delete(topic)
    if (isLook) await this.#look(run)
    else if (topic) await this.#read(run, topic)
    if (run !== this.#run) return
    this.#reading = false
    if (topic && this.#owed.size === 0) this.#on.settled()
    this.#schedule()
  }

  async #read(run: Run, topic: Topic): Promise<void> {
    const { book, plan } = run
    const begun = { from: this.#clock.now(), after: book.journal.cursor }
    const positions: (Position | null)[] = []
    let refusal: DiskFault | null = null
    let other = false
    const commit = (events: readonly JournalEvent[]) => {
      if (run !== this.#run || refusal) return
      const written = book.commit(events)
      if (!written.ok) refusal = written.error
    }
    this.meters.reads += 1
    const callsBefore = this.#reader.calls()
    const read = await this.#reader.read(
      topic,
      (part) => {
        // Another election is another journal: nothing of it may get into this one.
        if (isOfAnother(book, part)) other = true
        if (!other) commit(difference(book, part, begun))
        positions.push(part.position)
      },
      () => run !== this.#run || refusal !== null,
    )
    if (run !== this.#run) return
    if (!read.ok) return this.#failed(run, topic, read.error)
    if (other) return this.#on.stuck()
    const position = oldestOf(positions)
    commit([{ is: 'covered', topic, ...begun, settles: begun.from - COMMIT_GRACE, ...(position && { position }) }])
    if (refusal) {
      plan.failed(topic, null, this.#clock.elapsed())
      return this.#on.refused(refusal)
    }
    plan.read(topic, this.#reader.calls() - callsBefore, this.#clock.elapsed())
    this.#answered()
    // What came or was doubted while it was read needs another read.
    if (!isRead(book.projection.trust.of(topic))) this.confirm([topic])
  }

  /** A look at the cheap totals: what moved is read; what moved and no frame told of is in doubt until then. */
  async #look(run: Run): Promise<void> {
    const [from, before] = [this.#clock.now(), { totals: this.#lastTotals, at: this.#lookedAt }]
    const totals = await this.#reader.totals()
    if (run !== this.#run) return
    if (!totals.ok) {
      this.meters.readFailures += 1
      return run.plan.looked('failed', this.#clock.elapsed())
    }
    this.#answered()
    this.#lastTotals = totals.value
    this.#lookedAt = from
    const moved = TOPICS.filter((topic) => topic in before.totals && totals.value[topic] !== before.totals[topic])
    const untold = moved.filter((topic) => {
      const trust = run.book.projection.trust.of(topic)
      return isRead(trust) && (readAtOf(trust) ?? 0) <= before.at
    })
    if (untold.length > 0) this.#doubt(run.book, 'gap', before.at, untold)
    // Read meanwhile or not: where things moved since the last look and no frame came at all, nobody tells this socket.
    if (moved.length > 0) this.#on.untold(before.at)
    run.plan.looked(moved.length > 0 ? 'moved' : 'quiet', this.#clock.elapsed())
    this.want(moved)
  }

  #answered(): void {
    this.#claims.answered()
    this.#on.answered()
  }

  /** Where the disk refuses a doubt, every topic is in doubt, also those that were read already. */
  #doubt(book: Book, because: DoubtCause, since: number, topics: readonly Topic[]): void {
    const said = book.doubt(because, since, topics)
    if (!said.ok) this.#on.refused(said.error)
  }

  #failed({ book, plan }: Run, topic: Topic, { fault }: ReadFault): void {
    this.meters.readFailures += 1
    if (fault.is === 'signed-out') return this.#on.stuck()
    const notAllowed = fault.is === 'answer' && fault.status === 403
    const detail =
      fault.is === 'answer'
        ? `${fault.status} ${fault.message}`
        : fault.is === 'network'
          ? fault.fault.is
          : 'detail' in fault
            ? fault.detail
            : fault.is
    this.#log.warn('read failed', { topic, is: fault.is, detail })
    // What a role may not see will not change in seconds: the next sweep asks again.
    if (!notAllowed) plan.failed(topic, fault.is === 'answer' ? fault.retryAfterMs : null, this.#clock.elapsed())
    this.#doubt(book, notAllowed ? 'not-allowed' : 'read-failed', this.#clock.now(), [topic])
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

/** What was read is of another election than this journal's. */
function isOfAnother(book: Book, { topic, changes }: ReadPart): boolean {
  const own = book.projection.identity?.election
  return topic === 'phase' && changes.some((change) => change.kind === 'election' && change.key !== own)
}
