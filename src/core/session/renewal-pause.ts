import type { TokenFault } from './session.ts'
import type { Refreshed } from './sign-in-answer.ts'
import type { Clock, Random } from '../ports.ts'
import { AUTH_RATE, type Bucket, fullBucket, spend, waitFor } from '../backend/rate.ts'
import { jittered } from '../link/backoff.ts'
import { causeAt } from './sign-in-answer.ts'
import { SESSION_WAITS } from './waits.ts'

type Unanswered = Extract<Refreshed, { is: 'no-answer' }>
type NoAnswer = Extract<TokenFault, { is: 'no-answer' }>

/**
 * How long to let a server be after a renewal it did not grant: longer each time, never less than it asks for, and never faster
 * than its own limit on sign-in paths. Owns that limit's bucket; starts no timer.
 */
export class RenewalPause {
  readonly #clock: Clock
  readonly #random: Random
  #failures = 0
  #until = 0
  #fault: NoAnswer | null = null
  /** What a server's limit on sign-in paths has left, for renewals that may have come there. */
  #left: Bucket

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
    this.#left = fullBucket(AUTH_RATE, clock.elapsed())
  }

  /** Of the pause under way, ms. */
  get left(): number {
    return this.#fault === null ? 0 : Math.max(0, this.#until - this.#clock.elapsed())
  }

  /** Why it is paused, with what is left of it, ms; null while it is not. */
  get fault(): NoAnswer | null {
    const left = this.left
    return this.#fault === null || left === 0 ? null : { ...this.#fault, retryAfterMs: left }
  }

  /** A renewal was answered, or may have been lost on its way back: it counts against the server's limit. */
  spend(): void {
    this.#left = spend(this.#left, AUTH_RATE, this.#clock.elapsed())
  }

  /** Pauses after a renewal that was not answered. `ms`: for so long. */
  begin(answer: Unanswered): { readonly ms: number; readonly fault: NoAnswer } {
    this.#failures += 1
    const [first, longest] = answer.declined
      ? [SESSION_WAITS.declinedFirst, SESSION_WAITS.declinedLongest]
      : [SESSION_WAITS.unreachedFirst, SESSION_WAITS.unreachedLongest]
    const own = jittered(this.#failures, this.#random.next(), first, longest)
    const asked = answer.retryAfterMs === null ? 0 : answer.retryAfterMs * (1 + 0.25 * this.#random.next())
    const limit = answer.reachedNobody ? 0 : waitFor(this.#left, AUTH_RATE, this.#clock.elapsed())
    const ms = Math.ceil(Math.max(own, asked, limit))
    const cause = causeAt(answer.code, answer.proof, this.#clock.now())
    const fault: NoAnswer = { is: 'no-answer', cause, retryAfterMs: answer.retryAfterMs === null ? null : ms }
    this.#until = this.#clock.elapsed() + ms
    this.#fault = fault
    return { ms, fault }
  }

  /** A renewal was granted, or the tokens are others now. The server's limit stays spent. */
  end(): void {
    this.#failures = 0
    this.#fault = null
  }
}
