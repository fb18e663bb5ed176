import type { Topic } from '../../shared/model/change.ts'
import type { TopicTrust } from '../../shared/model/trust.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import type { PaperTurn } from '../paper/paper-turn.ts'
import { Folded } from '../projection/folded.ts'

/** A moment of the link, or of what was read: one line of the record. */
export type LinkMoment = {
  readonly cursor: number
  readonly at: number
  readonly event: Extract<JournalEvent, { is: 'link' | 'joined' | 'caught-up' }>
}
/** A doubt said, or a read that covered a topic. */
export type DoubtMoment = {
  readonly cursor: number
  readonly at: number
  readonly event: Extract<JournalEvent, { is: 'doubted' | 'covered' }>
}
/**
 * A paper list was counted. `trust`: how far the server's attendance could be trusted at that moment; null where the count was
 * typed before this journal began, in the one it follows.
 */
export type PaperMoment = { readonly cursor: number; readonly turn: PaperTurn; readonly trust: TopicTrust | null }
/** Frames that could not be read, by the reason given. */
export type Quarantined = { frames: number; bytes: number; readonly firstAt: number; lastAt: number }

/**
 * Everything a pack is made of, folded from a journal and nothing else: one pass over its records, in order, from the first or
 * from what a checkpoint holds.
 */
export class EvidenceFold {
  readonly #folded: Folded
  readonly links: LinkMoment[] = []
  readonly doubts: DoubtMoment[] = []
  readonly paper: PaperMoment[] = []
  readonly quarantined = new Map<string, Quarantined>()
  /** When the last record was written, ms. */
  at = 0
  /** When the first record was written, ms. */
  #begunAt: number | null = null
  readonly #lastReadOf = new Map<Topic, number>()

  constructor(folded = new Folded()) {
    this.#folded = folded
  }

  get projection(): Folded['projection'] {
    return this.#folded.projection
  }
  get figures(): Folded['figures'] {
    return this.#folded.figures
  }

  /**
   * The pack's journal begins with this record, which is folded already: no moment before it is told. None of them is a paper
   * count: a journal that has one lets nothing go.
   */
  begin({ at }: Pick<JournalRecord, 'at'>): void {
    this.at = at
    this.#begunAt = at
    this.#lastReadOf.clear()
    this.links.length = 0
    this.doubts.length = 0
    this.quarantined.clear()
  }

  apply(record: JournalRecord): void {
    this.at = record.at
    this.#begunAt ??= record.at
    this.projection.apply(record)
    this.#note(record)
  }

  #note({ cursor, at, event }: JournalRecord): void {
    switch (event.is) {
      case 'joined':
        // What is missing between has to be read: the next reads end doubts again.
        this.#lastReadOf.clear()
        return void this.links.push({ cursor, at, event })
      case 'link':
      case 'caught-up':
        return void this.links.push({ cursor, at, event })
      case 'doubted':
        for (const topic of event.topics) this.#lastReadOf.delete(topic)
        return void this.doubts.push({ cursor, at, event })
      case 'covered':
        // A read that follows a read of the same topic ends no doubt: thousands of them would say nothing.
        if (this.#lastReadOf.has(event.topic)) return
        this.#lastReadOf.set(event.topic, cursor)
        return void this.doubts.push({ cursor, at, event })
      case 'paper':
        return void this.paper.push({ cursor, turn: event.turn, trust: this.#attendanceAt(event.turn.at) })
      case 'quarantined':
        return this.#quarantine(at, event)
      default:
        return
    }
  }

  #attendanceAt(at: number): TopicTrust | null {
    return at < (this.#begunAt ?? at) ? null : this.projection.trust.of('attendance')
  }

  #quarantine(at: number, { reason, bytes }: Extract<JournalEvent, { is: 'quarantined' }>): void {
    const so = this.quarantined.get(reason)
    if (!so) return void this.quarantined.set(reason, { frames: 1, bytes, firstAt: at, lastAt: at })
    so.frames += 1
    so.bytes += bytes
    so.lastAt = at
  }
}
