import { canonicalJson } from '../../src/core/projection/state.ts'
import { TOPICS, type Topic } from '../../src/shared/model/change.ts'
import type { ElectionServer } from '../doubles/election-server/start.ts'
import type { Truth } from '../doubles/election-server/truth.ts'

/** From `at`, ms, on the record read so; null: it was not there. */
type Turn = { readonly at: number; readonly text: string | null }

/** The kinds of the truth that make up a topic; a record is named `kind/key`. */
export const KINDS_OF: Readonly<Record<Topic, readonly (keyof Truth)[]>> = {
  phase: ['election'],
  committees: ['committees', 'parties', 'candidates'],
  guarantees: ['guarantees', 'groups'],
  attendance: ['attendance'],
  counts: ['counts', 'entries'],
  results: ['results'],
}

/**
 * Everything one account could ever have been shown: each record of the imitation's database at each moment it was
 * committed. It owns that history and the hook in the database; it never looks at a console.
 */
export class Chronicle {
  readonly #server: ElectionServer
  readonly #email: string
  readonly #records = new Map<Topic, Map<string, Turn[]>>(TOPICS.map((topic) => [topic, new Map()]))
  readonly #unhook: () => void

  /** `turned` is called after each commit, when it is written down: the moment at which most is out of date. */
  constructor(server: ElectionServer, email: string, turned: () => void = () => {}) {
    this.#server = server
    this.#email = email
    this.#write()
    this.#unhook = onCommit(server, () => {
      this.#write()
      turned()
    })
  }

  /** Whether the record is `text` at this very moment; null: it is not there. */
  isNow(topic: Topic, name: string, text: string | null): boolean {
    return (this.#records.get(topic)?.get(name)?.at(-1)?.text ?? null) === text
  }
  /** How far back the record last was something else than `text`, ms; 0 when it is `text` now. Infinity: it never was. */
  ageOf(topic: Topic, name: string, text: string | null, now: number): number {
    const turns = this.#records.get(topic)?.get(name) ?? [{ at: 0, text: null }]
    for (let index = turns.length - 1; index >= 0; index--) {
      if (turns[index]?.text !== text) continue
      const next = turns[index + 1]
      return next === undefined ? 0 : now - next.at
    }
    return Number.POSITIVE_INFINITY
  }
  /** Which of the record's versions this text is, the latest that fits, from 0 on; -1: none. */
  versionOf(topic: Topic, name: string, text: string | null): number {
    return (this.#records.get(topic)?.get(name) ?? []).findLastIndex((turn) => turn.text === text)
  }
  /** The number of the record's newest version. */
  newest(topic: Topic, name: string): number {
    return (this.#records.get(topic)?.get(name)?.length ?? 0) - 1
  }
  /** Every record of the topic that ever was. */
  namesOf(topic: Topic): readonly string[] {
    return [...(this.#records.get(topic)?.keys() ?? [])]
  }
  stop(): void {
    this.#unhook()
  }

  #write(): void {
    const at = Date.now()
    const truth = this.#server.truth(this.#email)
    for (const [topic, records] of this.#records) {
      const there = new Set<string>()
      for (const kind of KINDS_OF[topic])
        for (const [key, record] of Object.entries(truth[kind])) {
          there.add(`${kind}/${key}`)
          note(records, `${kind}/${key}`, at, canonicalJson(record))
        }
      for (const name of records.keys()) if (!there.has(name)) note(records, name, at, null)
    }
  }
}

function note(records: Map<string, Turn[]>, name: string, at: number, text: string | null): void {
  const turns = records.get(name)
  if (turns === undefined)
    records.set(name, [
      { at: 0, text: null },
      { at, text },
    ])
  else if (turns.at(-1)?.text !== text) turns.push({ at, text })
}

/** Calls after each commit, once, before anybody could have read it over a socket. */
function onCommit(server: ElectionServer, run: () => void): () => void {
  const { db } = server
  const [store, erase] = [db.store.bind(db), db.erase.bind(db)]
  let planned = false
  const plan = () => {
    if (planned) return
    planned = true
    queueMicrotask(() => {
      planned = false
      run()
    })
  }
  db.store = (table, row) => {
    store(table, row)
    plan()
  }
  db.erase = (table, key) => {
    erase(table, key)
    plan()
  }
  return () => {
    db.store = store
    db.erase = erase
  }
}
