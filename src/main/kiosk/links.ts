import type { Clock } from '../../core/ports.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import { AFTER_USE_MS, type Gate, type LinkFor } from './gate.ts'

/**
 * The launch keys made for people. A person must always have one that works: when theirs was used and its time is over,
 * `onSpent` is told, so that another can be printed. It owns the timers and nothing else; the gate decides who comes in.
 */
export class Links {
  readonly #gate: Gate
  readonly #clock: Pick<Clock, 'after'>
  readonly #onSpent: () => void
  /** Keys that were made for a person and not used yet. */
  readonly #unused = new Set<string>()
  readonly #timers = new Set<Unsubscribe>()

  constructor(gate: Gate, clock: Pick<Clock, 'after'>, onSpent: () => void) {
    this.#gate = gate
    this.#clock = clock
    this.#onSpent = onSpent
  }

  newKey(who: LinkFor): string {
    const key = this.#gate.newKey(who)
    if (who === 'person') this.#unused.add(key)
    return key
  }

  /** The session value for a launch key, or null. */
  redeem(key: string): string | null {
    const session = this.#gate.redeem(key)
    if (session !== null && this.#unused.delete(key)) {
      const stop = this.#clock.after(AFTER_USE_MS, () => {
        this.#timers.delete(stop)
        this.#onSpent()
      })
      this.#timers.add(stop)
    }
    return session
  }

  stop(): void {
    for (const stop of this.#timers) stop()
    this.#timers.clear()
  }
}
