import type { CommandKey } from '../../shared/model/ids.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Clock } from '../ports.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import { isLate } from './ready.ts'

/** What may not be late is looked at this often at least, ms: somebody may set the clock. */
const LOOK_AT_DEADLINES = 5_000
/** What is late and could not be written so is tried again after this, ms: there may be room on the disk. */
const AFTER_REFUSAL = 15_000
const LATE = 'Its time had passed before it could be sent, so it was not sent.'

export type DeadlinesParts = {
  readonly clock: Clock
  /** Being sent just now: its answer says what became of it. */
  readonly isUnderWay: (key: CommandKey) => boolean
  /** These have expired, and are written so. What was typed behind them may go now. */
  readonly expired: (late: readonly OutboxEntry[]) => void
}

/**
 * Watches what may not be late and says so at once, whether or not the server can be asked. It owns one timer. What was sent, and
 * may have been done, it leaves to whoever looks for it.
 */
export class Deadlines {
  readonly #parts: DeadlinesParts
  #book: Book | null = null
  #timer: Unsubscribe | null = null

  constructor(parts: DeadlinesParts) {
    this.#parts = parts
  }

  /** Watches this book's actions; null: none is open. */
  use(book: Book | null): void {
    this.#book = book
    this.look()
  }

  /** Looks now, and goes on by itself as long as anything has a deadline. */
  look(): void {
    this.#timer?.()
    this.#timer = null
    const book = this.#book
    if (!book) return
    const { clock, isUnderWay } = this.#parts
    let soonest = Number.POSITIVE_INFINITY
    const late: OutboxEntry[] = []
    for (const entry of book.projection.outbox.timed()) {
      if (isUnderWay(entry.key) || entry.unsure > 0) continue
      if (isLate(entry, clock.now())) late.push(entry)
      else soonest = Math.min(soonest, (entry.deadline ?? soonest) - clock.now())
    }
    if (late.length > 0) {
      const events = late.map(({ key }) => expired(key))
      if (book.commit(events, 'power').ok) this.#parts.expired(late)
      else soonest = AFTER_REFUSAL
    }
    if (!Number.isFinite(soonest)) return
    const wait = Math.min(LOOK_AT_DEADLINES, Math.max(1, soonest))
    this.#timer = clock.after(wait, () => this.look())
  }
}

export const expired = (key: CommandKey): JournalEvent => ({
  is: 'settled',
  key,
  outcome: 'expired',
  reason: LATE,
  next: 'do-again',
})
