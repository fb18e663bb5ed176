import type { Clock } from './ports.ts'

/**
 * What the server's clock shows, as far as its last hello or the last token it issued said it. Counted on in elapsed time, so that it
 * stays right when somebody sets this desk's clock; where that stood still in a sleep it is behind until the server says it again.
 */
export class ServerClock {
  readonly #clock: Clock
  /** The server's clock when this desk's elapsed clock showed 0, ms; null: it never told. */
  #zero: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `at`: UTC ms; null: it did not tell, and what was known stands. */
  told(at: number | null): void {
    if (at !== null) this.#zero = at - this.#clock.elapsed()
  }
  /** UTC ms; null: not known. */
  now(): number | null {
    return this.#zero === null ? null : Math.round(this.#zero + this.#clock.elapsed())
  }
}
