import type { Feature, Heard, ReadPart } from '../../../src/core/backend/backend.ts'
import { type Change, type Kind, kindsOf, type Position, type Topic } from '../../../src/shared/model/change.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { refName, refOf } from '../../../src/core/projection/table.ts'
import { code } from '../projection/records.ts'

type Sent = { readonly position: Position; readonly frame: Heard }
/** What became of a record, by the number of the frame that told of it; null: taken away. */
type Story = { readonly seq: number; readonly value: string | null }[]

export const COMMITTEES = ['C1', 'C2', 'C3', 'C4'].map(code)

/**
 * A server as small as can be: records, a numbered log of frames of which it keeps the last few, and its word on what any
 * record was at any number. Times play no part in it.
 */
export class ModelServer {
  readonly numbered: boolean
  readonly #keeps: number
  #records = new Map<string, Extract<Change, { op: 'upsert' }>>()
  #stories = new Map<string, Story>()
  #log: Sent[] = []
  epoch = 'epoch-1'
  seq = 0

  constructor(numbered: boolean, keeps: number) {
    this.numbered = numbered
    this.#keeps = keeps
  }

  get position(): Position {
    return { epoch: this.epoch, seq: this.seq }
  }
  hello(): Extract<Heard, { is: 'hello' }> {
    const features = new Set<Feature>(this.numbered ? ['seq', 'resume'] : [])
    return {
      is: 'hello',
      features,
      position: this.numbered ? this.position : null,
      mode: 'rehearsal',
      serverTime: null,
    }
  }

  /** Writes a change and gives the frame that tells of it. */
  write(change: Change): Heard {
    const name = refName(refOf(change))
    if (change.op === 'upsert') this.#records.set(name, change)
    else this.#records.delete(name)
    this.seq += 1
    const story = this.#stories.get(name) ?? []
    story.push({ seq: this.seq, value: change.op === 'upsert' ? canonicalJson(change.record) : null })
    this.#stories.set(name, story)
    return this.#say({ is: 'changes', changes: [change], position: this.#position(), sentAt: null })
  }
  /** Something this desk may not see: its frame only moves the number on. */
  writeHidden(): Heard {
    this.seq += 1
    return this.#say({ is: 'skip', from: this.seq, position: this.position })
  }
  #position(): Position | null {
    return this.numbered ? this.position : null
  }
  #say(frame: Heard): Heard {
    this.#log.push({ position: this.position, frame })
    if (this.#log.length > this.#keeps) this.#log.shift()
    return frame
  }

  /** A new stream begins; records stay. */
  restart(): void {
    this.epoch = `epoch-${Number(this.epoch.slice(6)) + 1}`
    this.seq = 0
    this.#log = []
    this.#stories = new Map(
      [...this.#records].map(([name, change]) => [name, [{ seq: 0, value: canonicalJson(change.record) }]]),
    )
  }

  /** The answer to a resume: the frames missed, or the word that they are not to be had. */
  resume({ epoch, seq }: Position): readonly Heard[] {
    const oldest = this.#log[0]?.position.seq ?? this.seq + 1
    if (epoch !== this.epoch || seq > this.seq || seq + 1 < oldest)
      return [{ is: 'resync', position: this.position, because: 'too-old' }]
    const missed = this.#log.filter(({ position }) => position.seq > seq).map(({ frame }) => frame)
    return [{ is: 'resumed', from: seq, to: this.seq }, ...missed]
  }

  /** Everything of a topic as it is now, in parts as the reader makes them. */
  read(topic: Topic): readonly ReadPart[] {
    const all = [...this.#records.values()]
    const position = this.#position()
    if (topic === 'attendance') {
      return COMMITTEES.map((place) => ({
        topic,
        scope: { is: 'committee', code: place },
        changes: all.filter((change) => change.kind === 'attendance' && change.record.committeeCode === place),
        position,
      }))
    }
    return kindsOf(topic).map((kind) => ({
      topic,
      scope: { is: 'kind', kind },
      changes: all.filter((change) => change.kind === kind),
      position,
    }))
  }

  /** Each record it ever had in this epoch, with whether `value` is what it was at `seq` or became later. */
  couldBe(name: string, value: string | null, since: number): boolean {
    const story = this.#stories.get(name) ?? []
    const before = story.findLast(({ seq }) => seq <= since)?.value ?? null
    return value === before || story.some((told) => told.seq > since && told.value === value)
  }
  names(): Iterable<string> {
    return this.#stories.keys()
  }
  /** Everything as it is now, by name. */
  now(): Map<string, string> {
    return new Map([...this.#records].map(([name, change]) => [name, canonicalJson(change.record)]))
  }
}

export const kindOf = (name: string): Kind => name.slice(0, name.indexOf('/')) as Kind
