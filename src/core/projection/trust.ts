import { TOPICS, type Topic } from '../../shared/model/change.ts'
import { topicOf } from '../../shared/model/change.ts'
import type { DoubtCause, TopicTrust, TrustView } from '../../shared/model/trust.ts'
import { type Ref, refName } from './table.ts'

/** Doubts that end when the server delivers every frame missed; all others need a read. */
const CURED_BY_CATCHING_UP: ReadonlySet<DoubtCause> = new Set(['link-down', 'silent', 'gap', 'signed-out'])

type Standing = {
  confirmedAt: number | null
  /** Latest event since the read, ms. */
  liveAt: number | null
  doubt: { readonly since: number; readonly because: DoubtCause } | null
  /** Records that only a frame vouches for, oldest first, with when they came. */
  readonly provisional: Map<string, { readonly ref: Ref; readonly at: number }>
}

/** How far each topic can be trusted: a fold of reads, frames and doubts. */
export class Trust {
  readonly #standings = new Map<Topic, Standing>()

  constructor() {
    for (const topic of TOPICS) {
      this.#standings.set(topic, {
        confirmedAt: null,
        liveAt: null,
        doubt: { since: 0, because: 'not-read-yet' },
        provisional: new Map(),
      })
    }
  }

  #of(topic: Topic): Standing {
    const standing = this.#standings.get(topic)
    if (!standing) throw new Error(`no standing for ${topic}`)
    return standing
  }

  /** The journal begins: nothing was read yet, since now. */
  begin(at: number): void {
    for (const standing of this.#standings.values()) standing.doubt = { since: at, because: 'not-read-yet' }
  }

  /** A frame told of this record; `provisional` when a read has yet to confirm it. */
  heard(ref: Ref, at: number, provisional: boolean): void {
    const standing = this.#of(topicOf(ref.kind))
    if (provisional) standing.provisional.set(refName(ref), { ref, at })
    else standing.liveAt = at
  }

  /** A record is settled: read, deleted or never written. */
  settled(ref: Ref): void {
    this.#of(topicOf(ref.kind)).provisional.delete(refName(ref))
  }

  /** A read that began at `from` showed the topic whole. Gives the records it has confirmed: those told before `settles`. */
  covered(topic: Topic, from: number, settles: number): readonly Ref[] {
    const standing = this.#of(topic)
    standing.confirmedAt = from
    standing.liveAt = null
    if (standing.doubt && standing.doubt.since <= from) standing.doubt = null
    const confirmed = [...standing.provisional.values()].filter(({ at }) => at < settles).map(({ ref }) => ref)
    for (const ref of confirmed) standing.provisional.delete(refName(ref))
    return confirmed
  }

  caughtUp(at: number): void {
    for (const standing of this.#standings.values()) {
      if (!standing.doubt || !CURED_BY_CATCHING_UP.has(standing.doubt.because)) continue
      standing.doubt = null
      standing.liveAt = at
    }
  }

  /** The earliest doubt keeps its time; a cause that needs a read outweighs one that does not. */
  doubted(topic: Topic, since: number, because: DoubtCause): void {
    const standing = this.#of(topic)
    const old = standing.doubt
    if (!old) standing.doubt = { since, because }
    else if (CURED_BY_CATCHING_UP.has(old.because) && !CURED_BY_CATCHING_UP.has(because)) {
      standing.doubt = { since: old.since, because }
    }
  }

  of(topic: Topic): TopicTrust {
    const { confirmedAt, liveAt, doubt, provisional } = this.#of(topic)
    if (doubt) return { state: 'doubtful', ...doubt, confirmedAt }
    for (const oldest of provisional.values()) {
      return { state: 'provisional', confirmedAt, since: oldest.at, frames: provisional.size }
    }
    if (confirmedAt === null) return { state: 'doubtful', since: 0, because: 'not-read-yet', confirmedAt }
    return liveAt === null ? { state: 'confirmed', at: confirmedAt } : { state: 'live', confirmedAt, at: liveAt }
  }

  view(): TrustView {
    return Object.fromEntries(TOPICS.map((topic) => [topic, this.of(topic)])) as TrustView // every topic is in TOPICS
  }
}
