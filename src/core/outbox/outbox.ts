import type { Unsubscribe } from '../../shared/port.ts'
import type { CommandKey } from '../../shared/model/ids.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { Rest, RestCall, RestFault, RestReply } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { Clock, DiskFault, Log, Random } from '../ports.ts'
import type { Action } from './action.ts'

/** What the server's answer means for an action. `again`: not known, or not yet; try later. */
export type Outcome =
  | { readonly is: 'confirmed' }
  | { readonly is: 'rejected'; readonly reason: string }
  | { readonly is: 'again'; readonly afterMs: number | null }

/** How actions are said to this family of servers. */
export type Delivery = {
  call(action: Action, key: CommandKey): RestCall
  outcome(action: Action, answer: Result<RestReply, RestFault>, attemptsBefore: number): Outcome
}

/** Waits between tries of the same action, ms: doubling, with chance, for ever. */
const RETRY = { base: 500, cap: 15_000 }

/**
 * Carries what operators typed to the server: on disk first, then in the order typed, one at a time, again and again
 * until the server confirms or rejects it. It owns the sending; what is in the outbox is a fold of the journal.
 */
export class Outbox {
  readonly #clock: Clock
  readonly #random: Random
  readonly #rest: Rest
  readonly #delivery: Delivery
  readonly #log: Log
  readonly #settled: (action: Action, outcome: 'confirmed' | 'rejected') => void
  #book: Book | null = null
  #open = false
  #sending = false
  #failures = 0
  #timer: Unsubscribe | null = null
  #run = 0

  constructor(deps: {
    readonly clock: Clock
    readonly random: Random
    readonly rest: Rest
    readonly delivery: Delivery
    readonly log: Log
    /** An action found its end: what it changed may be read. */
    readonly settled: (action: Action, outcome: 'confirmed' | 'rejected') => void
  }) {
    this.#clock = deps.clock
    this.#random = deps.random
    this.#rest = deps.rest
    this.#delivery = deps.delivery
    this.#log = deps.log
    this.#settled = deps.settled
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
    this.#open = open
    if (open) this.#failures = 0
    this.#kick()
  }

  /** Writes the action to disk so that it survives a power cut, then sends it in its turn. */
  queue(action: Action, by: string): Result<CommandKey, DiskFault | { readonly is: 'not-open' }> {
    if (!this.#book) return err({ is: 'not-open' })
    const key = this.#random.id() as CommandKey // the one place where command keys are made
    const written = this.#book.commit([{ is: 'queued', key, action, by }], 'power')
    if (!written.ok) return written
    this.#kick()
    return ok(key)
  }

  stop(): void {
    this.use(null)
    this.#timer?.()
  }

  #kick(): void {
    this.#timer?.()
    this.#timer = null
    if (this.#open && this.#book && !this.#sending && this.#book.projection.outbox.waiting.size > 0)
      void this.#send(this.#book)
  }

  async #send(book: Book): Promise<void> {
    const run = this.#run
    this.#sending = true
    for (const key of book.projection.outbox.waiting) {
      const entry = book.projection.outbox.entries.get(key)
      if (!entry) continue
      if (!book.commit([{ is: 'sent', key }]).ok) break
      const answer = await this.#rest(this.#delivery.call(entry.action, key))
      if (run !== this.#run) return
      const outcome = this.#delivery.outcome(entry.action, answer, entry.attempts)
      if (!this.#settle(book, key, entry.action, outcome)) break
    }
    this.#sending = false
    if (book.projection.outbox.waiting.size > 0 && this.#timer === null) this.#later(null)
  }

  /** True when the next may be sent. */
  #settle(book: Book, key: CommandKey, action: Action, outcome: Outcome): boolean {
    switch (outcome.is) {
      case 'again':
        this.#failures += 1
        this.#later(outcome.afterMs)
        return false
      case 'confirmed':
      case 'rejected': {
        this.#failures = 0
        const reason = outcome.is === 'rejected' ? outcome.reason : null
        if (!book.commit([{ is: 'settled', key, outcome: outcome.is, reason }], 'power').ok) return false
        if (outcome.is === 'rejected') this.#log.warn('action rejected', { does: action.does })
        this.#settled(action, outcome.is)
        return true
      }
      default:
        return assertNever(outcome)
    }
  }

  #later(asked: number | null): void {
    const wait = Math.min(RETRY.cap, RETRY.base * 2 ** Math.min(this.#failures, 10)) * (0.5 + this.#random.next() / 2)
    this.#timer?.()
    this.#timer = this.#clock.after(Math.max(wait, asked ?? 0), () => {
      this.#timer = null
      this.#kick()
    })
  }
}
