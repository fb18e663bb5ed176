import {
  type Change,
  type Kind,
  type Position,
  type Records,
  TOPICS,
  type Topic,
  topicOf,
} from '../../shared/model/change.ts'
import type { Attendance } from '../../shared/model/records.ts'
import type { JournalEvent } from '../journal/event.ts'
import { isSettled } from './settled.ts'
import { emptyTables, type Held, type Ref, refName, refOf, type Shift, type Tables, type Told } from './table.ts'

type Upsert<K extends Kind> = Extract<Change, { op: 'upsert'; kind: K }>
type SavedPlaces = {
  floor: [Topic, Position][]
  gone: [Topic, [string, Told][]][]
}

/**
 * The records as they were told last, and what keeps an older frame or read from bringing back what a newer one replaced. A
 * part of the projection: it knows what the journal says, tells nobody, and asks nobody.
 */
export class RecordsFold {
  readonly tables: Tables = emptyTables()
  /** Frames up to this number are already in what was read. */
  readonly #floor = new Map<Topic, Position>()
  /** Records taken away since their topic was last read: a read or a frame older than that must not bring them back. */
  readonly #gone = new Map<Topic, Map<string, Told>>(TOPICS.map((topic) => [topic, new Map()]))
  readonly #names = new Map<string, string>()

  /** A frame whose effect a later read or frame already holds. Within one epoch, versions never go back on screen. */
  isOld(change: Change, { position, from }: Extract<JournalEvent, { is: 'change' }>): boolean {
    if (!position || from !== 'live') return false
    const covers = (so: Position | null | undefined) => so?.epoch === position.epoch && so.seq >= position.seq
    return (
      covers(this.#floor.get(topicOf(change.kind))) ||
      covers(this.#table(change.kind).get(change.key)?.position) ||
      covers(this.gone(refOf(change))?.position)
    )
  }

  put<K extends Kind>(change: Upsert<K>, told: Told): Shift {
    const table = this.#table(change.kind)
    const before = table.get(change.key) ?? null
    // Spread keeps optional fields that this record does not tell but an earlier one did.
    const fresh = 'markedBy' in change.record ? this.#share(change.record) : change.record
    const merged = before ? { ...before.record, ...fresh } : fresh
    const after = { ...told, record: merged } as Held<Records[K]['record']> // the merge of two records of one kind is of that kind
    const ref = refOf(change)
    table.set(change.key, after)
    this.#goneOf(topicOf(change.kind)).delete(refName(ref))
    return { ...ref, before, after } as Shift // all four come from one change of one kind
  }

  /** Null: it was not there. */
  remove(ref: Ref, told: Told): Shift | null {
    const table = this.#table(ref.kind)
    const before = table.get(ref.key)
    this.#goneOf(topicOf(ref.kind)).set(refName(ref), told)
    if (!before) return null
    table.delete(ref.key)
    return { ...ref, before, after: null } as Shift // kind, key and record come from one change of one kind
  }

  /** Its topic was read whole; `confirmed`: what that read says of provisional records. */
  covered(event: Extract<JournalEvent, { is: 'covered' }>, confirmed: readonly Ref[]): void {
    if (event.position) this.#floor.set(event.topic, event.position)
    for (const ref of confirmed) {
      const held = this.#table(ref.kind).get(ref.key)
      if (held) this.#table(ref.kind).set(ref.key, { ...held, provisional: false })
    }
    const gone = this.#goneOf(event.topic)
    for (const [name, told] of gone)
      if (told.cursor <= event.after && isSettled(told.at, event.settles, event.from)) gone.delete(name)
  }

  /** How it was learnt that this record is no more; null where it is there, never was, or a read has settled it since. */
  gone(ref: Ref): Told | null {
    return this.#goneOf(topicOf(ref.kind)).get(refName(ref)) ?? null
  }
  /** How this record, or its end, was last told; null where nothing of this journal is known of it. */
  toldOf(ref: Ref): Told | null {
    return this.#table(ref.kind).get(ref.key) ?? this.gone(ref)
  }

  /** All but the tables. */
  savePlaces(): SavedPlaces {
    return { floor: [...this.#floor], gone: [...this.#gone].map(([topic, gone]) => [topic, [...gone]]) }
  }
  /** In place of what was here, but for the tables. */
  loadPlaces({ floor, gone }: SavedPlaces): void {
    this.#floor.clear()
    for (const [topic, position] of floor) this.#floor.set(topic, position)
    for (const [topic, those] of gone) this.#gone.set(topic, new Map(those))
  }

  #goneOf(topic: Topic): Map<string, Told> {
    const gone = this.#gone.get(topic)
    if (!gone) throw new Error(`no topic ${topic}`)
    return gone
  }

  #table(kind: Kind): Map<Change['key'], Held<Records[Kind]['record']>> {
    return this.tables[kind] // kind and key of one change belong together
  }

  /** Hundreds of thousands of marks name a few hundred committees and clerks: each name is kept once. */
  #share(record: Attendance): Attendance {
    const { committeeCode, markedBy } = record
    return {
      ...record,
      committeeCode: this.#once(committeeCode),
      markedBy: markedBy === null ? null : this.#once(markedBy),
    }
  }
  #once<Text extends string>(text: Text): Text {
    const known = this.#names.get(text)
    if (known !== undefined) return known as Text // the very same characters
    this.#names.set(text, text)
    return text
  }
}
