import type { Clock } from '../../src/core/ports.ts'
import type { Unsubscribe } from '../../src/shared/port.ts'

type Timer = { readonly due: number; readonly run: () => void }
/** After so much of its own time the clock lets the machine's own queue run, ms. */
const BREATH_MS = 1_000

/**
 * A clock that only moves when it is told to: the day of a desk in minutes. It owns the timers set on it. It runs them one by
 * one, each at its very moment, and waits in between for what the desk began outside of itself, so that the network takes no time.
 */
export class DayClock implements Clock {
  readonly #begin: number
  #elapsed = 0
  readonly #timers = new Set<Timer>()

  /** `begin`: UTC ms. */
  constructor(begin: number) {
    this.#begin = begin
  }

  now(): number {
    return Math.floor(this.#begin + this.#elapsed)
  }
  elapsed(): number {
    return this.#elapsed
  }
  after(ms: number, run: () => void): Unsubscribe {
    const timer = { due: this.#elapsed + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }
  soon(run: () => void): void {
    setImmediate(run)
  }

  /** Moves on to `to`, ms elapsed; `settled` resolves once nothing is under way outside. */
  async advance(to: number, settled: () => Promise<void>): Promise<void> {
    let breathed = this.#elapsed
    await settled()
    for (let next = this.#next(to); next !== null; next = this.#next(to)) {
      this.#timers.delete(next)
      this.#elapsed = Math.max(this.#elapsed, next.due)
      next.run()
      if (this.#elapsed - breathed < BREATH_MS) continue
      breathed = this.#elapsed
      await settled()
    }
    this.#elapsed = to
    await settled()
  }

  #next(to: number): Timer | null {
    let first: Timer | null = null
    for (const timer of this.#timers) if (timer.due <= to && (first === null || timer.due < first.due)) first = timer
    return first
  }
}
