import type { Book } from '../../src/core/book.ts'
import { canonicalJson } from '../../src/core/projection/state.ts'
import type { Kind, Topic } from '../../src/shared/model/change.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import type { LinkState } from '../../src/shared/model/link.ts'
import type { TopicTrust } from '../../src/shared/model/trust.ts'
import type { ElectionServer } from '../doubles/election-server/start.ts'
import type { Truth } from '../doubles/election-server/truth.ts'
import { type Chronicle, KINDS_OF } from './chronicle.ts'

/** A frame may be sampled between its arrival here and the commit it ran ahead of. Ms. */
const RACE = 2_000

const WITH_CONTACT: ReadonlySet<LinkState> = new Set(['live', 'catching-up'])

const KIND_NAMES: Readonly<Record<keyof Truth, Kind>> = {
  election: 'election',
  committees: 'committee',
  parties: 'party',
  candidates: 'candidate',
  guarantees: 'guarantee',
  attendance: 'attendance',
  counts: 'count',
  entries: 'entry',
  results: 'results',
}

/** A record shown as it was not, on a topic that claimed otherwise. */
export type FalseClaim = {
  readonly at: number
  readonly email: string
  readonly topic: Topic
  readonly record: string
  /** What the topic said of itself, and how long what it shows is out of date, ms. */
  readonly trust: TopicTrust
  readonly outOfDate: number
  readonly shown: string | null
}
export type Verdict = {
  readonly samples: number
  /** Topics looked at, by the state they were in. */
  readonly states: Readonly<Record<TopicTrust['state'], number>>
  readonly falseClaims: readonly FalseClaim[]
  /** Topics sampled that differed from the server at that very moment, and how many of those said so. */
  readonly differed: number
  readonly differedAndSaid: number
  /** The longest a topic went on calling confirmed what the server no longer had, ms. */
  readonly longestUnsaid: number
  /** The oldest read that was still called confirmed, ms. */
  readonly oldestClaim: number
  /** Times a topic claimed something while the link was stale, offline or signed out. */
  readonly claimsWithoutLink: number
}

/**
 * Holds what one desk shows against what its server had, by the rule: `confirmed` and `live` name a moment T, and every
 * record of the topic, those not shown too, is then as the server had it at some moment not before T. `provisional` and
 * `doubtful` claim nothing.
 */
export class Judge {
  readonly #email: string
  readonly #chronicle: Chronicle
  readonly #book: () => Book | null
  readonly #link: () => LinkState
  readonly #texts = new WeakMap<object, string>()
  readonly #falseClaims: FalseClaim[] = []
  readonly #states = { confirmed: 0, live: 0, provisional: 0, doubtful: 0 }
  #samples = 0
  #differed = 0
  #said = 0
  #longestUnsaid = 0
  #oldestClaim = 0
  #claimsWithoutLink = 0

  constructor(email: string, chronicle: Chronicle, book: () => Book | null, link: () => LinkState) {
    this.#email = email
    this.#chronicle = chronicle
    this.#book = book
    this.#link = link
  }

  sample(now = Date.now()): void {
    const book = this.#book()
    if (book === null) return
    this.#samples++
    for (const topic of TOPICS) this.#look(book, topic, now)
  }

  verdict(): Verdict {
    return {
      samples: this.#samples,
      states: this.#states,
      falseClaims: this.#falseClaims,
      differed: this.#differed,
      differedAndSaid: this.#said,
      longestUnsaid: this.#longestUnsaid,
      oldestClaim: this.#oldestClaim,
      claimsWithoutLink: this.#claimsWithoutLink,
    }
  }

  /** Records of all topics that are not as the server has them now. */
  differences(server: ElectionServer): readonly string[] {
    return differencesOf(this.#book(), server.truth(this.#email))
  }

  #look(book: Book, topic: Topic, now: number): void {
    const trust = book.projection.trust.of(topic)
    this.#states[trust.state]++
    const claimed = trust.state === 'confirmed' ? trust.at : trust.state === 'live' ? trust.confirmedAt : null
    if (claimed !== null && !WITH_CONTACT.has(this.#link())) this.#claimsWithoutLink++
    if (claimed !== null) this.#oldestClaim = Math.max(this.#oldestClaim, now - claimed)
    const shown = this.#shown(book, topic)
    let worst = 0
    for (const name of new Set([...shown.keys(), ...this.#chronicle.namesOf(topic)])) {
      const text = shown.get(name) ?? null
      const outOfDate = this.#chronicle.ageOf(topic, name, text, now)
      worst = Math.max(worst, outOfDate)
      if (claimed === null || outOfDate <= now - claimed + RACE) continue
      this.#falseClaims.push({ at: now, email: this.#email, topic, record: name, trust, outOfDate, shown: text })
    }
    if (worst === 0) return
    this.#differed++
    if (claimed === null) this.#said++
    else if (Number.isFinite(worst)) this.#longestUnsaid = Math.max(this.#longestUnsaid, worst)
  }

  #shown(book: Book, topic: Topic): Map<string, string> {
    return shownBy(book, topic, (record) => this.#text(record))
  }
  #text(record: object): string {
    const known = this.#texts.get(record)
    if (known !== undefined) return known
    const text = canonicalJson(record)
    this.#texts.set(record, text)
    return text
  }
}

/** Each record of the topic as the book has it, by `kind/key`. */
function shownBy(book: Book, topic: Topic, textOf: (record: object) => string): Map<string, string> {
  const shown = new Map<string, string>()
  for (const kind of KINDS_OF[topic])
    for (const [key, { record }] of book.projection.of(KIND_NAMES[kind])) shown.set(`${kind}/${key}`, textOf(record))
  return shown
}

/** Records of all topics that a book has otherwise than the truth. */
export function differencesOf(book: Book | null, truth: Truth): readonly string[] {
  return TOPICS.flatMap((topic) => {
    const shown = book ? shownBy(book, topic, canonicalJson) : new Map<string, string>()
    const had = new Map<string, string>()
    for (const kind of KINDS_OF[topic])
      for (const [key, record] of Object.entries(truth[kind])) had.set(`${kind}/${key}`, canonicalJson(record))
    return [...new Set([...shown.keys(), ...had.keys()])]
      .filter((name) => shown.get(name) !== had.get(name))
      .map((name) => `${name}: shown ${shown.get(name) ?? 'nothing'}, is ${had.get(name) ?? 'nothing'}`)
  })
}
