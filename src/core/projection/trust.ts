import { z } from 'zod'
import { TOPICS, Topic } from '../../shared/model/change.ts'
import { topicOf } from '../../shared/model/change.ts'
import { DoubtCause, type TopicTrust, type TrustView } from '../../shared/model/trust.ts'
import { isSettled } from './settled.ts'
import { type Ref, refName, SavedRef } from './table.ts'

/** Doubts about frames not received: they end too when the server delivers every one of them. All others need a read. */
const BRIDGEABLE: ReadonlySet<DoubtCause> = new Set(['link-down', 'silent', 'gap', 'signed-out'])

/** `noted`: cursor at which it was last said, so that only a read begun after it can speak against it. */
const Doubt = z.object({ since: z.number(), noted: z.number(), bridgeable: z.boolean() }).readonly()
type Doubt = z.infer<typeof Doubt>
/** A record that only frames vouch for: since when, and the latest of those frames. */
const Unread = z.object({ ref: SavedRef, since: z.number(), at: z.number(), cursor: z.number() }).readonly()
type Unread = z.infer<typeof Unread>
type Standing = {
  confirmedAt: number | null
  /** Latest event since the read, ms. */
  liveAt: number | null
  /** Each cause once, in the order first said. */
  readonly doubts: Map<DoubtCause, Doubt>
  /** Longest waiting first. */
  readonly provisional: Map<string, Unread>
}
const SavedStanding = z.object({
  topic: Topic,
  confirmedAt: z.number().nullable(),
  liveAt: z.number().nullable(),
  doubts: z.array(z.tuple([DoubtCause, Doubt])),
  provisional: z.array(Unread),
})
export const SavedTrust = z.object({ losesInSilence: z.boolean(), standings: z.array(SavedStanding) })
type SavedTrust = z.infer<typeof SavedTrust>
/** A read of one topic: begun at `from`, ms, when the journal stood at `after`; it confirms frames older than `settles`, ms. */
type Read = { readonly from: number; readonly after: number; readonly settles: number }

/**
 * How far each topic can be trusted: a fold of reads, frames and doubts. On a stream without numbers a frame may be lost and
 * nothing shows it, so that what was read is never more than as it was read.
 */
export class Trust {
  readonly #standings = new Map<Topic, Standing>()
  #losesInSilence = false

  constructor() {
    for (const topic of TOPICS) {
      this.#standings.set(topic, { confirmedAt: null, liveAt: null, doubts: new Map(), provisional: new Map() })
    }
    this.begin(0, 0)
  }

  #of(topic: Topic): Standing {
    const standing = this.#standings.get(topic)
    if (!standing) throw new Error(`no standing for ${topic}`)
    return standing
  }

  /** The journal begins: nothing was read yet, since now. */
  begin(at: number, cursor: number): void {
    for (const { doubts } of this.#standings.values()) {
      doubts.set('not-read-yet', { since: at, noted: cursor, bridgeable: false })
    }
  }

  /** A frame told of this record; `provisional` when a read has yet to confirm it. */
  heard(ref: Ref, at: number, cursor: number, provisional: boolean): void {
    const standing = this.#of(topicOf(ref.kind))
    if (!provisional) {
      standing.liveAt = at
      return
    }
    const name = refName(ref)
    standing.provisional.set(name, { ref, since: standing.provisional.get(name)?.since ?? at, at, cursor })
  }

  /** A record is settled: read, deleted or never written. */
  settled(ref: Ref): void {
    this.#of(topicOf(ref.kind)).provisional.delete(refName(ref))
  }

  /** A read showed the topic whole. It ends what was doubted before it began, and gives the records it has confirmed. */
  covered(topic: Topic, { from, after, settles }: Read): readonly Ref[] {
    const standing = this.#of(topic)
    standing.confirmedAt = from
    standing.liveAt = null
    for (const [because, doubt] of standing.doubts) {
      if (doubt.noted <= after) standing.doubts.delete(because)
      else standing.doubts.set(because, { ...doubt, since: Math.max(doubt.since, from) })
    }
    const confirmed: Ref[] = []
    for (const { ref, at, cursor } of standing.provisional.values()) {
      if (cursor <= after && isSettled(at, settles, from)) confirmed.push(ref)
    }
    for (const ref of confirmed) standing.provisional.delete(refName(ref))
    return confirmed
  }

  /** Every frame missed is here. */
  caughtUp(at: number): void {
    for (const standing of this.#standings.values()) {
      if (standing.doubts.size === 0) continue
      for (const [because, { bridgeable }] of standing.doubts) if (bridgeable) standing.doubts.delete(because)
      if (standing.doubts.size === 0) standing.liveAt = at
    }
  }

  /**
   * Frames are followed from elsewhere; those between will never come, so each doubt now needs a read. `numbered`: whether
   * a loss will show from here on.
   */
  joined(at: number, cursor: number, numbered: boolean): void {
    this.#losesInSilence = !numbered
    for (const { doubts } of this.#standings.values()) {
      if (doubts.size === 0) doubts.set('gap', { since: at, noted: cursor, bridgeable: false })
      for (const [because, doubt] of doubts) doubts.set(because, { ...doubt, bridgeable: false })
    }
  }

  /** The earliest doubt keeps its time. */
  doubted(topic: Topic, since: number, because: DoubtCause, cursor: number): void {
    const { doubts } = this.#of(topic)
    const old = doubts.get(because)
    doubts.set(because, {
      since: Math.min(since, old?.since ?? since),
      noted: cursor,
      bridgeable: BRIDGEABLE.has(because) && old?.bridgeable !== false,
    })
  }

  of(topic: Topic): TopicTrust {
    const { confirmedAt, liveAt, doubts, provisional } = this.#of(topic)
    if (doubts.size > 0) return { state: 'doubtful', ...heaviest(doubts), confirmedAt }
    for (const oldest of provisional.values()) {
      return { state: 'provisional', confirmedAt, since: oldest.since, frames: provisional.size }
    }
    if (confirmedAt === null) return { state: 'doubtful', since: 0, because: 'not-read-yet', confirmedAt }
    if (this.#losesInSilence) return { state: 'provisional', confirmedAt, since: confirmedAt, frames: 0 }
    return liveAt === null ? { state: 'confirmed', at: confirmedAt } : { state: 'live', confirmedAt, at: liveAt }
  }

  save(): SavedTrust {
    const standings = [...this.#standings].map(([topic, { doubts, provisional, ...times }]) => {
      return { topic, ...times, doubts: [...doubts], provisional: [...provisional.values()] }
    })
    return { losesInSilence: this.#losesInSilence, standings }
  }
  load({ losesInSilence, standings }: SavedTrust): void {
    this.#losesInSilence = losesInSilence
    this.#standings.clear()
    for (const { topic, doubts, provisional, ...times } of standings) {
      const unread = provisional.map((one) => [refName(one.ref), one] as const)
      this.#standings.set(topic, { ...times, doubts: new Map(doubts), provisional: new Map(unread) })
    }
  }

  view(): TrustView {
    return Object.fromEntries(TOPICS.map((topic) => [topic, this.of(topic)])) as TrustView // every topic is in TOPICS
  }
}

/** Doubt since the earliest; because of what was said last, a cause that only a read can end before one that frames can. */
function heaviest(doubts: ReadonlyMap<DoubtCause, Doubt>): { readonly since: number; readonly because: DoubtCause } {
  let since = Number.POSITIVE_INFINITY
  let weight = Number.NEGATIVE_INFINITY
  let because: DoubtCause = 'not-read-yet'
  for (const [cause, doubt] of doubts) {
    since = Math.min(since, doubt.since)
    const its = doubt.bridgeable ? doubt.noted - Number.MAX_SAFE_INTEGER : doubt.noted
    if (its < weight) continue
    weight = its
    because = cause
  }
  return { since, because }
}
