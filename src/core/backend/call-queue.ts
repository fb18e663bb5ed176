import type { Clock } from '../ports.ts'
import {
  AUTH_RATE,
  type Bucket,
  DATA_RATE,
  HUB_RATE,
  fullBucket,
  MOST_IN_FLIGHT,
  MOST_IN_FLIGHT_AT_HUB,
  type Rate,
  type Slowed,
  slowed,
  slowedRate,
  spend,
  waitFor,
} from './rate.ts'

export type Lane = 'write' | 'read' | 'auth'
type Waiting = { readonly go: () => Promise<void> }

/**
 * Owns the order and the pace of the calls to one server: what an operator did goes before what the console reads,
 * sign-in paths have a pace of their own, and a server that asked for rest gets it. It never drops a call.
 */
export class CallQueue {
  readonly #clock: Clock
  readonly #lanes: Readonly<Record<Lane, Waiting[]>> = { write: [], read: [], auth: [] }
  #data: Bucket
  #auth: Bucket
  #inFlight = 0
  #pausedUntil = 0
  #slowed: Slowed | null = null
  #atHub = false
  #stopTimer: () => void = () => {}

  constructor(clock: Clock) {
    this.#clock = clock
    this.#data = fullBucket(DATA_RATE, clock.elapsed())
    this.#auth = fullBucket(AUTH_RATE, clock.elapsed())
  }

  /** Runs it when its turn comes. */
  run<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#lanes[lane].push({ go: () => work().then(resolve, reject) })
      this.#advance()
    })
  }

  /** The server is a hub, or is not: a hub may be asked faster, until something on the way to it says that it is too fast. */
  atHub(isHub: boolean): void {
    this.#atHub = isHub
    this.#advance()
  }

  /** No call goes for `ms`, longer pauses win; then calls go more slowly for a while. */
  pause(ms: number): void {
    this.#slowed = slowed(this.#slowed, this.#clock.elapsed())
    this.#atHub = false
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.elapsed() + ms)
  }
  pauseLeft(): number {
    return Math.max(0, this.#pausedUntil - this.#clock.elapsed())
  }
  waiting(): number {
    return this.#lanes.write.length + this.#lanes.read.length + this.#lanes.auth.length
  }
  inFlight(): number {
    return this.#inFlight
  }
  stop(): void {
    this.#stopTimer()
  }

  #advance(): void {
    this.#stopTimer()
    let soonest = Number.POSITIVE_INFINITY
    for (const lane of ['write', 'read', 'auth'] as const) {
      while (this.#lanes[lane].length > 0 && this.#inFlight < this.#mostInFlight) {
        const wait = this.#waitOf(lane)
        if (wait > 0) {
          soonest = Math.min(soonest, wait)
          break
        }
        this.#start(lane)
      }
    }
    if (Number.isFinite(soonest)) this.#stopTimer = this.#clock.after(soonest, () => this.#advance())
  }

  #waitOf(lane: Lane): number {
    const at = this.#clock.elapsed()
    const pace = lane === 'auth' ? waitFor(this.#auth, AUTH_RATE, at) : waitFor(this.#data, this.#dataRate(at), at)
    return Math.max(pace, this.pauseLeft())
  }

  #dataRate(at: number): Rate {
    const rate = slowedRate(this.#slowed, at)
    return this.#atHub && rate === DATA_RATE ? HUB_RATE : rate
  }
  get #mostInFlight(): number {
    return this.#atHub ? MOST_IN_FLIGHT_AT_HUB : MOST_IN_FLIGHT
  }

  #start(lane: Lane): void {
    const next = this.#lanes[lane].shift()
    if (next === undefined) return
    const at = this.#clock.elapsed()
    const take = (bucket: Bucket, rate: Rate) => spend(bucket, rate, at)
    if (lane === 'auth') this.#auth = take(this.#auth, AUTH_RATE)
    else this.#data = take(this.#data, this.#dataRate(at))
    this.#inFlight += 1
    void next.go().finally(() => {
      this.#inFlight -= 1
      this.#advance()
    })
  }
}
