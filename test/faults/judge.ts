import type { Book } from '../../src/core/book.ts'
import { canonicalJson } from '../../src/core/projection/state.ts'
import type { Kind, Topic } from '../../src/shared/model/change.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import type { LinkState } from '../../src/shared/model/link.ts'
import { isRead, readAtOf, type TopicTrust } from '../../src/shared/model/trust.ts'
import type { ElectionServer } from '../doubles/election-server/start.ts'
import type { Truth } from '../doubles/election-server/truth.ts'
import { type Chronicle, KINDS_OF } from './chronicle.ts'

/** What a read found may be sampled here before the commit that its frame ran ahead of; the moment it names allows for it. Ms. */
const RACE = 2_000

const WITH_CONTACT: ReadonlySet<LinkState> = new Set(['live', 'catching-up'])

const KIND_NAMES: Readonly<Record<keyof Truth, Kind>> = {
  election: 'election',
  committees: 'committee',
  parties: 'party',
  candidates: 'candidate',
  guarantees: 'guarantee',
  groups: 'group',
  attendance: 'attendance',
  counts: 'count',
  entries: 'entry',
  results: 'results',
}

/** A record shown otherwise than the server had it. */
export type Wrong = {
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
  /** Records that differed at that very moment on a topic that was neither provisional nor doubtful. No allowance is made. */
  readonly violations: readonly Wrong[]
  /** Records that were not, at any moment since the read that was named, as they were shown. */
  readonly misread: readonly Wrong[]
  /** Topics sampled that differed from the server at that very moment, how many of those said so, and in which words. */
  readonly differed: number
  readonly differedAndSaid: number
  readonly differedAs: Readonly<Record<Saying, number>>
  /** The longest a topic that said "as read" was out of date, ms. */
  readonly longestAsRead: number
  /** The oldest read that was still called one, ms. */
  readonly oldestRead: number
  /** Times a topic was not doubtful while the link was stale, offline or signed out. */
  readonly claimsWithoutLink: number
}
/** What a topic says: it stands; as read; frames wait for a read; in doubt. */
type Saying = 'standing' | 'as-read' | 'waiting' | 'doubtful'

function sayingOf(trust: TopicTrust): Saying {
  if (trust.state === 'provisional') return trust.frames === 0 ? 'as-read' : 'waiting'
  return trust.state === 'doubtful' ? 'doubtful' : 'standing'
}

/**
 * Holds what one desk shows against what its server had. The strict rule: a topic that is neither `provisional` nor
 * `doubtful` shows, at the moment sampled, exactly what the server has. Beside it: a topic with nothing waiting names the
 * moment it was read, and every record of it, those not shown too, is then as the server had it at some moment not before.
 */
export class Judge {
  readonly #email: string
  readonly #chronicle: Chronicle
  readonly #book: () => Book | null
  readonly #link: () => LinkState
  readonly #texts = new WeakMap<object, string>()
  readonly #violations: Wrong[] = []
  readonly #misread: Wrong[] = []
  readonly #states = { confirmed: 0, live: 0, provisional: 0, doubtful: 0 }
  readonly #differedAs = { standing: 0, 'as-read': 0, waiting: 0, doubtful: 0 }
  #samples = 0
  #longestAsRead = 0
  #oldestRead = 0
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
    const { standing, 'as-read': asRead, waiting, doubtful } = this.#differedAs
    return {
      samples: this.#samples,
      states: this.#states,
      violations: this.#violations,
      misread: this.#misread,
      differed: standing + asRead + waiting + doubtful,
      differedAndSaid: asRead + waiting + doubtful,
      differedAs: this.#differedAs,
      longestAsRead: this.#longestAsRead,
      oldestRead: this.#oldestRead,
      claimsWithoutLink: this.#claimsWithoutLink,
    }
  }

  /** Records of all topics that are not as the server has them now. */
  differences(server: ElectionServer): readonly string[] {
    return differencesOf(this.#book(), server.truth(this.#email))
  }

  #look(book: Book, topic: Topic, now: number): void {
    const trust = book.projection.trust.of(topic)
    const saying = sayingOf(trust)
    this.#states[trust.state]++
    const readAt = isRead(trust) ? readAtOf(trust) : null
    if (saying !== 'doubtful' && !WITH_CONTACT.has(this.#link())) this.#claimsWithoutLink++
    if (readAt !== null) this.#oldestRead = Math.max(this.#oldestRead, now - readAt)
    let isDifferent = false
    const shown = this.#shown(book, topic)
    for (const record of new Set([...shown.keys(), ...this.#chronicle.namesOf(topic)])) {
      const text = shown.get(record) ?? null
      if (this.#chronicle.isNow(topic, record, text)) continue
      isDifferent = true
      const outOfDate = this.#chronicle.ageOf(topic, record, text, now)
      const wrong = { at: now, email: this.#email, topic, record, trust, outOfDate, shown: text }
      if (saying === 'standing') this.#violations.push(wrong)
      if (readAt === null) continue
      if (outOfDate > now - readAt + RACE) this.#misread.push(wrong)
      else this.#longestAsRead = Math.max(this.#longestAsRead, outOfDate)
    }
    if (isDifferent) this.#differedAs[saying]++
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
