import type { Unsubscribe } from '../../shared/port.ts'
import type { CommandKey } from '../../shared/model/ids.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { Rest, RestCall, RestFault, RestReply } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { Clock, DiskFault, Log, Random } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox.ts'
import type { Action } from './action.ts'

/** What the server's answer means for an action. `again`: not known, or not yet; try later. */
export type Outcome =
  | { readonly is: 'confirmed' }
  | { readonly is: 'rejected'; readonly reason: string }
  /** `undone`: the server turned it away unread; what stands there now is not of this sending. */
  | { readonly is: 'again'; readonly afterMs: number | null; readonly undone?: true }

/** How actions are said to this family of servers. */
export type Delivery = {
  call(action: Action, key: CommandKey): RestCall
  /** `unsureBefore`: those of the earlier sendings whose end is not known. */
  outcome(action: Action, answer: Result<RestReply, RestFault>, attemptsBefore: number, unsureBefore: number): Outcome
}

export type OutboxParts = {
  readonly clock: Clock
  readonly random: Random
  readonly rest: Rest
  readonly delivery: Delivery
  readonly log: Log
  /** The e-mail of whoever is signed in; null: nobody. What another typed waits for them: it is never sent in a wrong name. */
  readonly who: () => string | null
  /** An action found its end: what it changed may be read. */
  readonly settled: (action: Action, outcome: 'confirmed' | 'rejected') => void
}

/** Waits between tries of the same action, ms: doubling, with chance, for ever. */
const RETRY = { base: 500, cap: 15_000 }

/**
 * Carries what operators typed to the server: on disk first, then in the order typed, one at a time, again and again
 * until the server confirms or rejects it. It owns the sending; what is in the outbox is a fold of the journal.
 */
export class Outbox {
  readonly #parts: OutboxParts
  #book: Book | null = null
  #open = false
  #sending = false
  #failures = 0
  /** Not before these, elapsed ms, whatever is typed meanwhile: our own backing off, and what the server asked for. */
  #notBefore = 0
  #askedUntil = 0
  #timer: Unsubscribe | null = null
  /** Numbers the books taken up: an answer to an older one is let go, and asked for again under the same key. */
  #run = 0

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** Takes up this book's waiting actions; null: none is open. */
  use(book: Book | null): void {
    this.#run += 1
    this.#book = book
    this.#sending = false
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

  /** Writes the action to disk so that it survives a power cut, then sends it in its turn. */
  queue(action: Action, by: string): Result<CommandKey, DiskFault | { readonly is: 'not-open' }> {
    if (!this.#book) return err({ is: 'not-open' })
    const key = this.#parts.random.id() as CommandKey // the one place where command keys are made
    const written = this.#book.commit([{ is: 'queued', key, action, by }], 'power')
    if (!written.ok) return written
    this.#kick()
    return ok(key)
  }

  stop(): void {
    this.use(null)
  }

  /** Sends now, or when it may. */
  #kick(): void {
    this.#timer?.()
    this.#timer = null
    const book = this.#book
    if (!this.#open || !book || this.#sending || !this.#next(book)) return
    const wait = Math.max(this.#notBefore, this.#askedUntil) - this.#parts.clock.elapsed()
    if (wait > 0) this.#timer = this.#parts.clock.after(wait, () => this.#kick())
    else void this.#send(book)
  }

  async #send(book: Book): Promise<void> {
    const run = this.#run
    this.#sending = true
    for (let entry = this.#next(book); entry && this.#open; entry = this.#next(book)) {
      const isEnded = await this.#sendOne(book, entry)
      if (run !== this.#run) return
      if (!isEnded) break
    }
    this.#sending = false
    this.#kick()
  }

  #next(book: Book): OutboxEntry | null {
    const who = this.#parts.who()
    return who === null ? null : book.projection.outbox.oldest(who)
  }

  /** True when this one found its end and the next may be sent. */
  async #sendOne(book: Book, entry: OutboxEntry): Promise<boolean> {
    const run = this.#run
    const { key, action, attempts, unsure } = entry
    // After a power cut it must be known that the first may have reached the server; later ones add nothing to that.
    if (!book.commit([{ is: 'sent', key }], unsure === 0 ? 'power' : 'process').ok) return this.#later(null)
    const answer = await this.#parts.rest(this.#parts.delivery.call(action, key))
    if (run !== this.#run) return false
    const outcome = this.#parts.delivery.outcome(action, answer, attempts, unsure)
    switch (outcome.is) {
      case 'again':
        // Unwritten it counts as unsure, which only makes the next judgement more careful of doing it twice.
        if (outcome.undone) book.commit([{ is: 'undone', key }])
        return this.#later(outcome.afterMs)
      case 'confirmed':
        return this.#settle(book, entry, 'confirmed', null)
      case 'rejected':
        return this.#settle(book, entry, 'rejected', outcome.reason)
      default:
        return assertNever(outcome)
    }
  }

  #settle(book: Book, { key, action }: OutboxEntry, outcome: 'confirmed' | 'rejected', reason: string | null): boolean {
    // Unwritten, it would be asked for again anyway: the key makes that safe.
    if (!book.commit([{ is: 'settled', key, outcome, reason }], 'power').ok) return this.#later(null)
    this.#failures = 0
    if (outcome === 'rejected') this.#parts.log.warn('action rejected', { does: action.does })
    this.#parts.settled(action, outcome)
    return true
  }

  #later(asked: number | null): false {
    const { clock, random } = this.#parts
    const wait = Math.min(RETRY.cap, RETRY.base * 2 ** Math.min(this.#failures, 10)) * (0.5 + random.next() / 2)
    this.#failures += 1
    this.#notBefore = clock.elapsed() + wait
    this.#askedUntil = clock.elapsed() + (asked ?? 0)
    return false
  }
}
