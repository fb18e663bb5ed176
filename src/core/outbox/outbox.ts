import type { Unsubscribe } from '../../shared/port.ts'
import type { CommandKey } from '../../shared/model/ids.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { DiskFault } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import { Deadlines, expired } from './deadlines.ts'
import type { OutboxParts, Verdict } from './outbox-contract.ts'
import { isLate, readyOf } from './ready.ts'
import type { Draft } from './wish.ts'

/** Waits between tries, ms: doubling, with chance, for ever. */
const RETRY = { base: 500, cap: 15_000 }
/** What the server took and no frame has shown within this, ms, is read: a frame overtaken by another's never comes. */
const SEEN_WITHIN = 10_000

/**
 * Carries what operators typed to the server: on disk first, then in the order typed, again and again until the server takes
 * or refuses it. It owns the sending; what is in the outbox, and whether it was seen back, is a fold of the journal.
 */
export class Outbox {
  readonly #parts: OutboxParts
  #book: Book | null = null
  #open = false
  #underWay = new Set<CommandKey>()
  #failures = 0
  /** Not before these, elapsed ms, whatever is typed meanwhile: our own backing off, and what the server asked for. */
  #notBefore = 0
  #askedUntil = 0
  /** When the book was taken up, elapsed ms. */
  #begunAt = 0
  #timer: Unsubscribe | null = null
  readonly #deadlines: Deadlines
  #sight: Unsubscribe | null = null
  /** Numbers the books taken up: an answer to an older one is let go, and asked for again under the same key. */
  #run = 0

  constructor(parts: OutboxParts) {
    this.#parts = parts
    this.#deadlines = new Deadlines({
      clock: parts.clock,
      isUnderWay: (key) => this.#underWay.has(key),
      expired: (late) => this.#expired(late),
    })
  }

  /** Takes up this book's waiting actions; null: none is open. */
  use(book: Book | null): void {
    this.#run += 1
    this.#book = book
    this.#begunAt = this.#parts.clock.elapsed()
    this.#underWay = new Set()
    this.#deadlines.use(book)
    this.#sight?.()
    this.#sight = null
    this.#watchUnseen()
    this.#kick()
  }

  /** The server can be asked, or cannot: while it cannot, actions wait. */
  setOpen(open: boolean): void {
    if (open && !this.#open) {
      this.#failures = 0
      this.#notBefore = 0
    }
    this.#open = open
    this.#kick()
  }

  /**
   * Writes the actions to disk, all or none, so that they survive a power cut, then sends each in its turn. `beside`: what has to
   * be written with them, knowing their keys.
   */
  queue(
    drafts: readonly Draft[],
    beside: (keys: readonly CommandKey[]) => readonly JournalEvent[] = () => [],
  ): Result<readonly CommandKey[], DiskFault | { readonly is: 'not-open' }> {
    if (!this.#book) return err({ is: 'not-open' })
    const keys = drafts.map(() => this.#parts.random.id() as CommandKey) // the one place where command keys are made
    const queued = drafts.flatMap((draft, index): JournalEvent[] => {
      const key = keys[index]
      return key === undefined ? [] : [{ is: 'queued', key, ...draft }]
    })
    const written = this.#book.commit([...beside(keys), ...queued], 'power')
    if (!written.ok) return written
    if (drafts.some(({ deadline }) => deadline !== undefined)) this.#deadlines.look()
    this.#kick()
    return ok(keys)
  }

  /** Takes an action back that was not sent. False: it is on its way, or ended. */
  withdraw(key: CommandKey, why: string): Result<boolean, DiskFault | { readonly is: 'not-open' }> {
    if (!this.#book) return err({ is: 'not-open' })
    if (this.#underWay.has(key) || !this.#book.projection.outbox.waiting.has(key)) return ok(false)
    const written = this.#book.commit([{ is: 'settled', key, outcome: 'withdrawn', reason: why }], 'power')
    return written.ok ? ok(true) : written
  }

  stop(): void {
    this.use(null)
  }

  /** Sends now what may be sent now, or later. */
  #kick(): void {
    this.#timer?.()
    this.#timer = null
    const book = this.#book
    const who = this.#parts.who()
    if (!this.#open || !book || who === null) return
    const room = this.#parts.delivery.width() - this.#underWay.size
    const ready = room <= 0 ? [] : readyOf(book.projection.outbox.waitingOf(who), this.#underWay, room)
    if (ready.length === 0) return
    // What an earlier run sent, just before it ended, may not be done yet.
    const settled = ready.some(({ unsure }) => unsure > 0) ? this.#begunAt + this.#parts.delivery.settles() : 0
    const wait = Math.max(this.#notBefore, this.#askedUntil, settled) - this.#parts.clock.elapsed()
    if (wait > 0) this.#timer = this.#parts.clock.after(wait, () => this.#kick())
    else this.#send(book, ready)
  }

  #send(book: Book, ready: readonly OutboxEntry[]): void {
    const now = this.#parts.clock.now()
    const inTime = ready.filter((entry) => !isLate(entry, now) || entry.unsure > 0)
    // After a power cut it must be known that the first may have reached the server; later ones add nothing to that.
    const durability = inTime.some(({ unsure }) => unsure === 0) ? 'power' : 'process'
    const serverAt = this.#parts.serverNow?.() ?? null
    const sent = inTime.map(({ key }): JournalEvent => ({ is: 'sent', key, ...(serverAt !== null && { serverAt }) }))
    if (!book.commit(sent, durability).ok) {
      this.#later(null)
      return this.#kick()
    }
    for (const { key } of inTime) this.#underWay.add(key)
    // What they are now: the judge counts the sendings before this one.
    for (const entry of inTime) void this.#carry(book, entry)
    if (inTime.length < ready.length) this.#deadlines.look()
  }

  async #carry(book: Book, entry: OutboxEntry): Promise<void> {
    const [run, { key }] = [this.#run, entry]
    const verdict = await this.#parts.delivery.deliver(entry, book.projection.desk)
    if (run !== this.#run) return
    this.#underWay.delete(key)
    this.#judged(book, entry, verdict)
    this.#deadlines.look()
    this.#kick()
  }

  #judged(book: Book, entry: OutboxEntry, verdict: Verdict): void {
    const { key } = entry
    switch (verdict.is) {
      case 'again':
        // Unwritten it counts as unsure, which only makes the next judgement more careful of doing it twice.
        if (verdict.undone) book.commit([{ is: 'undone', key }])
        return this.#later(verdict.afterMs)
      case 'accepted': {
        const { already, row, seen } = verdict
        const accepted: JournalEvent = {
          is: 'accepted',
          key,
          ...(already && { already }),
          ...(row !== undefined && { row }),
        }
        const confirmed: JournalEvent = { is: 'settled', key, outcome: 'confirmed', reason: null }
        return this.#end(book, entry, verdict, seen ? [accepted, confirmed] : [accepted])
      }
      case 'rejected': {
        const { reason, next } = verdict
        return this.#end(book, entry, verdict, [{ is: 'settled', key, outcome: 'rejected', reason, next }])
      }
      case 'conflict':
        return this.#end(book, entry, verdict, [{ is: 'conflicted', key, clash: verdict.clash }])
      case 'expired':
        return this.#end(book, entry, verdict, [expired(key)])
      default:
        return assertNever(verdict)
    }
  }

  #end(book: Book, { action }: OutboxEntry, { is }: Verdict, events: readonly JournalEvent[]): void {
    // Unwritten, or lost with the power, it is asked for again: the key or a look at the record makes that safe.
    const written = book.commit(events, events.length === 1 && is === 'accepted' ? 'process' : 'power')
    if (!written.ok) return this.#later(null)
    this.#failures = 0
    this.#watchUnseen()
    if (is !== 'accepted') this.#parts.log.warn(`action ${is}`, { does: action.does })
    this.#parts.answered(action, is)
  }

  #expired(late: readonly OutboxEntry[]): void {
    for (const { action } of late) {
      this.#parts.log.warn('action expired', { does: action.does })
      this.#parts.answered(action, 'expired')
    }
    this.#kick()
  }

  #later(asked: number | null): void {
    const { clock, random } = this.#parts
    const now = clock.elapsed()
    this.#askedUntil = Math.max(this.#askedUntil, now + (asked ?? 0))
    // Others of the same moment failed of the same cause.
    if (this.#notBefore > now) return
    const wait = Math.min(RETRY.cap, RETRY.base * 2 ** Math.min(this.#failures, 10)) * (0.5 + random.next() / 2)
    this.#failures += 1
    this.#notBefore = now + wait
  }

  /** What was taken is shown by a frame or a read sooner or later; where neither comes by itself, a read is asked for. */
  #watchUnseen(): void {
    const oldest = this.#book?.projection.outbox.taken()
    if (this.#sight || !oldest) return
    this.#sight = this.#parts.clock.after(SEEN_WITHIN, () => {
      this.#sight = null
      const now = this.#book?.projection.outbox.taken()
      if (this.#open && now?.key === oldest.key) this.#parts.unseen(now.action)
      this.#watchUnseen()
    })
  }
}
