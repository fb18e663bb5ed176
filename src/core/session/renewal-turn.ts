import type { Result } from '../../shared/result.ts'
import type { Clock } from '../ports.ts'
import type { TokenFault } from './session.ts'

type Renewed = Promise<Result<string, TokenFault>>

/**
 * When a renewal runs, and that it runs once: the second of two with one token would be taken for a thief. It owns the timer of the
 * next renewal and the one under way; what a renewal does it does not know.
 */
export class RenewalTurn {
  readonly #clock: Clock
  readonly #renew: () => Renewed
  #underWay: Renewed | null = null
  #stopTimer: () => void = () => {}
  #stopped = false

  constructor(clock: Clock, renew: () => Renewed) {
    this.#clock = clock
    this.#renew = renew
  }

  /** Now: the renewal under way, whoever asked for it, or a new one in place of the next. */
  take(): Renewed {
    if (this.#underWay !== null) return this.#underWay
    this.#stopTimer()
    const renewing = this.#renew().finally(() => {
      if (this.#underWay === renewing) this.#underWay = null
    })
    this.#underWay = renewing
    return renewing
  }

  /** The next by itself after `ms`, in place of the one that was to come. */
  schedule(ms: number): void {
    this.#stopTimer()
    if (this.#stopped) return
    this.#stopTimer = this.#clock.after(ms, () => void this.take())
  }

  /** The tokens are others now. What is still under way is of the former ones: its answer is late and nobody shall wait for it. */
  forget(): void {
    this.#stopTimer()
    this.#underWay = null
  }

  /** What is under way is let finish. */
  stop(): void {
    this.#stopped = true
    this.#stopTimer()
  }
}
