import { TOPICS, type Topic } from '../../shared/model/change.ts'
import { readAtOf } from '../../shared/model/trust.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Book } from '../book.ts'
import type { Clock } from '../ports.ts'

/** How often claims are looked at for their age, ms: reads may hang meanwhile. */
const WATCH_EVERY = 5_000
/** So long may the server leave reads and looks unanswered, ms, before no claim stands: two of the slowest looks. */
const ANSWERS_WITHIN = 75_000
/** Set back by more than this between two looks, ms, the desk's clock no longer tells how old a read is. */
const SET_BACK = 2_000

export type ClaimsEvents = {
  /** What was read of this topic is no claim any more: known until `since`, ms. */
  overdue(topic: Topic, since: number): void
  /** All that one look found overdue. */
  looked(overdue: readonly Topic[]): void
}

/**
 * How long what was read stays a claim, where frames can be lost in silence: until it is too old, until the server has left too
 * much unanswered, or until the desk's clock no longer tells. It owns one timer and both clocks' last reading; it reads nothing
 * from the server, and a read that hangs does not hold it up.
 */
export class Claims {
  readonly #clock: Clock
  readonly #on: ClaimsEvents
  #timer: Unsubscribe | null = null
  /** When anything was answered, ms. */
  #answeredAt = 0
  /** The last look at the claims, by both clocks. */
  #watched = { wall: 0, elapsed: 0 }

  constructor(clock: Clock, on: ClaimsEvents) {
    this.#clock = clock
    this.#on = on
  }

  /** Watches what this book claims. `oldest`: so old may a read be and still be a claim, ms. */
  watch(book: Book, oldest: () => number): void {
    this.stop()
    this.#answeredAt = this.#clock.now()
    this.#watched = { wall: this.#clock.now(), elapsed: this.#clock.elapsed() }
    this.#wait(book, oldest)
  }
  stop(): void {
    this.#timer?.()
    this.#timer = null
  }

  answered(): void {
    this.#answeredAt = this.#clock.now()
  }

  #wait(book: Book, oldest: () => number): void {
    this.#timer = this.#clock.after(WATCH_EVERY, () => {
      this.#wait(book, oldest)
      this.#look(book, oldest())
    })
  }

  #look(book: Book, oldest: number): void {
    const now = this.#clock.now()
    const isSetBack = this.#isSetBack(now)
    if (isSetBack) this.#answeredAt = Math.min(this.#answeredAt, now)
    const isUnanswered = now - this.#answeredAt > ANSWERS_WITHIN
    const overdue: Topic[] = []
    for (const topic of TOPICS) {
      const trust = book.projection.trust.of(topic)
      if (trust.state === 'doubtful') continue
      const readAt = readAtOf(trust) ?? 0
      if (!isUnanswered && !isSetBack && now - readAt <= oldest) continue
      this.#on.overdue(topic, Math.min(readAt, now))
      overdue.push(topic)
    }
    this.#on.looked(overdue)
  }

  /** The desk's clock fell behind the one that never goes back since the last look. */
  #isSetBack(wall: number): boolean {
    const elapsed = this.#clock.elapsed()
    const fell = elapsed - this.#watched.elapsed - (wall - this.#watched.wall)
    this.#watched = { wall, elapsed }
    return fell > SET_BACK
  }
}
