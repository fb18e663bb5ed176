import { TOPICS, type Topic } from '../../shared/model/change.ts'
import type { Random } from '../ports.ts'

/** A wait that grows with what a reading costs: so many ms a call, within bounds. Ms. */
export type Pace = { readonly least: number; readonly most: number; readonly perCall: number }
/** How often the server is asked, by what it can promise. Ms. */
export type ReadPolicy = {
  /** Between two readings of a topic, although nothing moved; by the calls that all topics together cost. */
  readonly sweep: Pace
  /** Between two looks at the cheap totals; null: the stream itself tells of everything. */
  readonly look: { readonly least: number; readonly most: number } | null
  /** From a frame that a read has to confirm to that read, by the calls that its topic costs. */
  readonly confirm: Pace
}
/** A numbered stream tells of everything; reading it again now and then only proves that. */
export const NUMBERED: ReadPolicy = {
  sweep: { least: 15 * 60_000, most: 15 * 60_000, perCall: 0 },
  look: null,
  confirm: { least: 5_000, most: 5_000, perCall: 0 },
}
/**
 * A stream that loses frames in silence: look often, read what moved, read everything now and then. What a desk asks is a
 * third of a call a second for the sweep and two for confirming, so that several behind one address stay under its limit.
 */
export const UNNUMBERED: ReadPolicy = {
  sweep: { least: 40_000, most: 120_000, perCall: 3_000 },
  look: { least: 5_000, most: 30_000 },
  confirm: { least: 3_000, most: 60_000, perCall: 500 },
}
/** Waits after a failed read, ms: doubling with chance up to the cap. */
const RETRY = { base: 1_000, cap: 30_000 }
/** Sweeps may run late by this factor before what they last read is no claim any more. */
const OVERDUE = 2
/** After a frame the next look comes this soon, ms: where frames come, frames are lost. */
const LIVELY = 10_000
/** A quiet server is looked at this much less often each time. */
const CALMER = 1.5

/**
 * What is to be read and when: wishes, sweeps and looks of one run. All times are elapsed ms. It owns no timer and reads
 * nothing; what a topic costs it learns from what it is told.
 */
export class ReadingPlan {
  readonly #policy: ReadPolicy
  readonly #random: Random
  readonly #wishes = new Map<Topic, number>()
  readonly #sweeps = new Map<Topic, number>()
  readonly #calls = new Map<Topic, number>()
  readonly #failures = new Map<Topic, number>()
  #lookAt = Number.POSITIVE_INFINITY
  #lookWait: number

  constructor(policy: ReadPolicy, random: Random, now: number) {
    this.#policy = policy
    this.#random = random
    this.#lookWait = policy.look?.least ?? 0
    for (const topic of TOPICS) this.#sweep(topic, now)
    // Before the first reading: what is lost after it then moves a total that was known.
    if (policy.look) this.#lookAt = now
  }

  /** When the next thing is due. */
  get next(): number {
    return Math.min(this.#lookAt, ...this.#wishes.values(), ...this.#sweeps.values())
  }
  /** So old may a read be and still be a claim, ms. */
  get oldestClaim(): number {
    return this.#sweepEvery * OVERDUE
  }

  /** An earlier wish stands. */
  want(topic: Topic, at: number): void {
    this.#wishes.set(topic, Math.min(at, this.#wishes.get(topic) ?? Number.POSITIVE_INFINITY))
  }
  /** A read has to confirm what frames told; wishes of one moment become one read. */
  confirm(topic: Topic, now: number): void {
    if (this.#policy.look && this.#lookWait > LIVELY) {
      this.#lookWait = LIVELY
      this.#lookAt = Math.min(this.#lookAt, now + LIVELY * this.#spread())
    }
    if (this.#wishes.has(topic)) return
    this.want(topic, now + paced(this.#policy.confirm, this.#calls.get(topic) ?? 0) * this.#spread())
  }

  isWanted(now: number): boolean {
    return this.#due(this.#wishes, now) !== undefined
  }
  isLookDue(now: number): boolean {
    return now >= this.#lookAt
  }
  /** The topic to read now: what waits longest, names before the figures that refer to them; it is then under way. */
  take(now: number): Topic | null {
    const topic = this.#due(this.#wishes, now) ?? this.#due(this.#sweeps, now)
    if (topic === undefined) return null
    this.#wishes.delete(topic)
    this.#sweep(topic, now)
    return topic
  }

  /** A topic was read whole, with so many calls. */
  read(topic: Topic, calls: number, now: number): void {
    this.#calls.set(topic, calls)
    this.#failures.delete(topic)
    this.#sweep(topic, now)
  }
  /** Try again, not before `asked` ms. */
  failed(topic: Topic, asked: number | null, now: number): void {
    const failures = (this.#failures.get(topic) ?? 0) + 1
    this.#failures.set(topic, failures)
    const wait = Math.min(RETRY.cap, RETRY.base * 2 ** failures) * (0.5 + this.#random.next() / 2)
    this.want(topic, now + Math.max(wait, asked ?? 0))
  }
  /** The totals were looked at: a quiet server is asked less often, a failing one least. */
  looked(found: 'moved' | 'quiet' | 'failed', now: number): void {
    const { look } = this.#policy
    if (look === null) return
    if (found === 'quiet') this.#lookWait = Math.min(this.#lookWait * CALMER, look.most)
    else this.#lookWait = found === 'moved' ? look.least : look.most
    this.#lookAt = now + this.#lookWait * this.#spread()
  }

  #sweep(topic: Topic, now: number): void {
    this.#sweeps.set(topic, now + this.#sweepEvery * this.#spread())
  }
  get #sweepEvery(): number {
    const { sweep } = this.#policy
    if (this.#calls.size < TOPICS.length) return sweep.most
    return paced(
      sweep,
      [...this.#calls.values()].reduce((sum, calls) => sum + calls, 0),
    )
  }
  #due(moments: ReadonlyMap<Topic, number>, now: number): Topic | undefined {
    let found: Topic | undefined
    let since = now
    for (const topic of TOPICS_IN_ORDER) {
      const at = moments.get(topic) ?? Number.POSITIVE_INFINITY
      if (at > since || (at === since && found !== undefined)) continue
      found = topic
      since = at
    }
    return found
  }
  #spread(): number {
    return 0.75 + this.#random.next() / 2
  }
}

const paced = ({ least, most, perCall }: Pace, calls: number): number =>
  Math.max(least, Math.min(most, calls * perCall))

/** Names before the figures that refer to them. */
const TOPICS_IN_ORDER: readonly Topic[] = ['phase', 'committees', 'attendance', 'counts', 'guarantees', 'results']
