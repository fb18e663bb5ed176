import { type Change, type Topic, topicOf } from '../../shared/model/change.ts'
import type { User } from '../../shared/view/session.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import { type Held, refName, refOf } from '../projection/table.ts'
import { saysNothingNew } from './same.ts'
import { sightOf } from './sight.ts'

/** What a change of an unnumbered stream comes to. `told`: a read has to confirm this topic. */
export type Sifted = {
  readonly is: 'new' | 'known' | 'hidden'
  readonly event: JournalEvent | null
  readonly told: Topic | null
}

/**
 * What a server without sequence numbers tells: it repeats itself, and shows everybody everything. It owns what that stream told
 * since the last commit, and lets go what says nothing new or is not this user's to see.
 */
export class Unnumbered {
  readonly #book: () => Book | null
  readonly #viewer: () => User | null
  /** By record. */
  readonly #fresh = new Map<string, Change>()

  constructor(book: () => Book | null, viewer: () => User | null) {
    this.#book = book
    this.#viewer = viewer
  }

  sift(change: Change): Sifted {
    const known = this.#known(change)
    // A server that keeps no sequence also keeps no secrets: what is not this user's to see is let go here.
    const sight = sightOf(this.#viewer(), change, known !== undefined)
    if (sight === 'no') return { is: 'hidden', event: null, told: null }
    const told = topicOf(change.kind)
    if (sight === 'ask') return { is: 'new', event: { is: 'hinted', ref: refOf(change) }, told }
    // Without sequence numbers the server repeats itself; a frame that tells nothing new is not an event.
    if (change.op === 'upsert' && saysNothingNew(known, change.record)) return { is: 'known', event: null, told }
    this.#fresh.set(refName(refOf(change)), change)
    return { is: 'new', event: { is: 'change', change, from: 'live', provisional: true }, told }
  }

  /** What was told is written: the records say it from here on. */
  written(): void {
    this.#fresh.clear()
  }

  /** The record as it will be once what is taken so far is written; undefined where there is none. */
  #known(change: Change): unknown {
    const table = this.#book()?.projection.tables[change.kind] as ReadonlyMap<unknown, Held<unknown>> | undefined // any kind will do here
    const held = table?.get(change.key)?.record
    const fresh = this.#fresh.get(refName(refOf(change)))
    if (!fresh) return held
    return fresh.op === 'remove' ? undefined : { ...(held ?? {}), ...fresh.record }
  }
}
