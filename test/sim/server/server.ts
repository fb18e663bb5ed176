import type { Chance } from '../chance.ts'
import type { World } from '../world.ts'
import type { Typed } from './act-typing.ts'
import { frameText, isUntold, kindOf } from './frame.ts'
import { firstRows, type Kind, type Row, type Stage, wireFace } from './rows.ts'
import { Tokens } from './tokens.ts'
import { type Over, type Write, Writers } from './writers.ts'

/** One value a record had: from the `seq`th frame of its epoch, committed at `at`; null: it was not there. */
export type Told = { readonly seq: number; readonly at: number; readonly face: string | null }
export type Frame = { readonly seq: number; readonly text: string }
/** Where frames go; a socket of the model takes its text after this. */
export type Listener = { frame(text: string): void; end(code: number, reason: string): void }
/** What one desk's call did here, once and for good. `key`: the command's, which a hub goes by and an election server ignores. */
export type Effect = {
  readonly by: number
  readonly key: string | undefined
  readonly does: string
  /** The record. */
  readonly on: string
  readonly over: readonly (Over & { readonly lookedAt: number })[]
  readonly isPolling: boolean
  readonly at: number
}
export type Note = { readonly by: number; readonly content: string; readonly at: string }
export type ServerOptions = {
  readonly numbered: boolean
  readonly stage: Stage
  /** It keeps two blind entries of a sheet apart. */
  readonly double: boolean
  readonly accessMs: number
  readonly refreshMs: number
  readonly world: World
  readonly chance: Chance
}

/** Desk clocks and the server's agree on this moment at the begin of a history. */
export const BEGIN = Date.UTC(2026, 10, 21, 5)
/** Frames a hub keeps for those who come back. */
const KEPT_FRAMES = 60
/** The longest an unnumbered server's commit follows its frame, ms; the console allows two seconds. */
const LONGEST_COMMIT = 1_200

/**
 * The server of a history, as small as can be: rows, a numbered log of frames or none, tokens, and its own memory of every value
 * each record ever had. Numbered it is as the hub; unnumbered it is as the election server: frames before their commit, some of
 * which never comes, some of which is never told.
 */
export class SimServer {
  readonly numbered: boolean
  readonly double: boolean
  readonly tokens: Tokens
  readonly listeners = new Set<Listener>()
  readonly effects: Effect[] = []
  /** Answers given to a key, for a hub. */
  readonly answered = new Map<string, { readonly status: number; readonly body: string }>()
  /** Electors whom a desk added to the register, and where; notes by the record they are on. */
  readonly added = new Map<string, string>()
  readonly notes = new Map<string, Note[]>()
  /** When an account last read a record, ms of the history: what it puts in its place is held against what it was shown. */
  readonly readAt = new Map<string, number>()
  /** Blind entries that wait, by committee. */
  readonly typed = new Map<number, { readonly first: Typed | null; readonly second: Typed | null }>()
  readonly writers = new Writers()
  readonly world: World
  readonly chance: Chance
  /** Ms of the history until which it is away, busy or failing; `status`: how it says so. */
  awayUntil = 0
  busy: { until: number; status: 429 | 503; seconds: number | null } = { until: 0, status: 429, seconds: null }
  faultUntil = 0
  /** Frames of an unnumbered server that nobody will be told of. */
  toDrop = 0
  epoch = 'epoch-1'
  /** When each earlier epoch ended, ms of the history. */
  readonly endedAt = new Map<string, number>()
  seq = 0
  #rows: Map<string, Row>
  #stories = new Map<string, Map<string, Told[]>>()
  #log: Frame[] = []
  #ids = 100
  /** What a write not committed yet holds: a second writer of the same waits for the first. */
  readonly pending = new Map<string, number>()

  constructor({ numbered, double, stage, accessMs, refreshMs, world, chance }: ServerOptions) {
    this.numbered = numbered
    this.double = double
    this.world = world
    this.chance = chance
    this.tokens = new Tokens(BEGIN, accessMs, refreshMs)
    this.#rows = firstRows(BEGIN, stage)
    for (const [name, row] of this.#rows) this.writers.wrote({ name, row }, row, 0, 0)
    this.#beginStories()
  }

  get now(): number {
    return BEGIN + this.world.now
  }
  get isAway(): boolean {
    return this.world.now < this.awayUntil
  }
  nextId(): number {
    return ++this.#ids
  }
  row(name: string): Row | undefined {
    return this.#rows.get(name)
  }
  *all(kind: Kind): Generator<Row> {
    for (const [name, row] of this.#rows) if (name.startsWith(`${kind}/`)) yield row
  }
  get names(): Iterable<string> {
    return this.#rows.keys()
  }
  face(name: string): string | null {
    const row = this.#rows.get(name)
    return row === undefined ? null : wireFace(kindOf(name), row)
  }
  /** Every value this record had in an epoch, oldest first. */
  story(epoch: string, name: string): readonly Told[] {
    return this.#stories.get(epoch)?.get(name) ?? []
  }
  /** The place in the stream of the last change of any of these: the version of what they make together. */
  versionOf(names: readonly string[]): number {
    return Math.max(0, ...names.map((name) => this.story(this.epoch, name).at(-1)?.seq ?? 0))
  }
  /** The same over all epochs, by time. */
  storyOver(name: string): readonly Told[] {
    return [...this.#stories.values()].flatMap((stories) => stories.get(name) ?? [])
  }
  namesOf(epoch: string): Iterable<string> {
    return this.#stories.get(epoch)?.keys() ?? []
  }

  /** Writes, tells, and says when it is done: at once where the frame follows the commit, later where it runs ahead. */
  write(
    writes: readonly Write[],
    done: () => void,
    fate: 'commit' | 'rollback' = 'commit',
    locks: readonly string[] = writes.map(({ name }) => name),
    by = 0,
  ): void {
    if (this.numbered) {
      for (const write of writes) {
        this.#commit(write, by)
        this.#tell(write, { epoch: this.epoch, seq: this.seq })
      }
      return done()
    }
    for (const write of writes) this.#tell(write, null)
    for (const lock of locks) this.pending.set(lock, (this.pending.get(lock) ?? 0) + 1)
    this.world.after(this.chance.is(0.5) ? this.chance.upTo(20) : this.chance.upTo(LONGEST_COMMIT), () => {
      for (const lock of locks) this.#unlock(lock)
      if (fate === 'commit') for (const write of writes) this.#commit(write, by)
      this.world.say(() => `server ${fate}s ${writes.map(({ name }) => `${name} = ${this.face(name)}`).join(', ')}`)
      done()
    })
  }

  #unlock(lock: string): void {
    const left = (this.pending.get(lock) ?? 1) - 1
    if (left <= 0) this.pending.delete(lock)
    else this.pending.set(lock, left)
  }

  #commit({ name, row }: Write, by: number): void {
    this.writers.wrote({ name, row }, this.#rows.get(name), by, this.world.now)
    if (row === null) this.#rows.delete(name)
    else this.#rows.set(name, row)
    this.seq += 1
    const stories = this.#stories.get(this.epoch)!
    const story = stories.get(name) ?? []
    story.push({ seq: this.seq, at: this.world.now, face: row === null ? null : wireFace(kindOf(name), row) })
    stories.set(name, story)
  }

  #tell({ name, row }: Write, position: { readonly epoch: string; readonly seq: number } | null): void {
    const text = frameText(name, row, position, this.numbered)
    this.world.say(() => `server tells ${position?.seq ?? '-'} ${name}${row === null ? ' removed' : ''}`)
    if (position) {
      this.#log.push({ seq: position.seq, text })
      if (this.#log.length > KEPT_FRAMES) this.#log.shift()
    } else if (isUntold(name, row)) return
    else if (this.toDrop > 0) {
      this.toDrop -= 1
      return this.world.say(() => 'server drops that frame in silence')
    }
    for (const listener of this.listeners) listener.frame(text)
  }

  /** A frame of no consequence. */
  touch(): void {
    this.write([{ name: 'election/1', row: this.#rows.get('election/1') ?? null }], () => {})
  }

  hello(): string {
    const common = { type: 'connection_success', message: 'ok', timestamp: new Date(this.now).toISOString() }
    if (!this.numbered) return JSON.stringify(common)
    const features = ['seq', 'resume', 'authenticate', 'idempotency', ...(this.double ? ['remarks', 'double'] : [])]
    const { epoch, seq } = this
    return JSON.stringify({ ...common, features, epoch, seq, mode: 'rehearsal', server_time: this.now })
  }

  /** What a hub says to a desk that comes back. */
  resume(epoch: unknown, since: unknown): readonly string[] {
    const from = Number(since)
    const oldest = this.#log[0]?.seq ?? this.seq + 1
    if (epoch !== this.epoch || from > this.seq || from + 1 < oldest)
      return [JSON.stringify({ type: 'resync', epoch: this.epoch, seq: this.seq, because: 'too-old' })]
    const resumed = JSON.stringify({ type: 'resumed', epoch: this.epoch, from, to: this.seq })
    return [resumed, ...this.#log.filter(({ seq }) => seq > from).map(({ text }) => text)]
  }

  endAll(code: number, reason: string): void {
    for (const listener of [...this.listeners]) listener.end(code, reason)
  }

  /** All that was wrong with it is over. */
  calm(): void {
    this.awayUntil = this.faultUntil = this.toDrop = 0
    this.busy = { until: 0, status: 429, seconds: null }
  }

  /** Goes down for `ms`; what was written stays. */
  restart(ms: number): void {
    this.awayUntil = Math.max(this.awayUntil, this.world.now + ms)
    this.endAll(this.chance.is(0.5) ? 1012 : 1006, '')
  }

  /** Another numbering begins. A restored copy may be older than what was told: those records are then as they were. */
  beginEpoch(undo: number): void {
    const before = this.epoch
    const lost = [...this.#stories.get(before)!]
      .map(([name, story]) => ({ name, told: story.at(-1)! }))
      .filter(({ name, told }) => told.seq > this.seq - undo && !name.startsWith('count') && !name.startsWith('entry'))
    for (const { name } of lost) this.#undo(before, name)
    this.endedAt.set(before, this.world.now)
    this.epoch = `epoch-${Number(before.slice(6)) + 1}`
    this.seq = 0
    this.#log = []
    this.#beginStories()
    this.endAll(1012, 'restarting')
  }
  /** Only another's record is undone: what a desk did is kept, or no desk could be held to it. */
  #undo(epoch: string, name: string): void {
    const row = this.#rows.get(name)
    const story = this.story(epoch, name)
    if (!name.startsWith('attendance') || story.length !== 1 || !String(row?.notes).startsWith('other')) return
    this.#rows.delete(name)
  }

  #beginStories(): void {
    const stories = new Map<string, Told[]>()
    const none: Told = { seq: 0, at: this.world.now, face: null }
    for (const name of [...this.#stories.values()].at(-1)?.keys() ?? []) stories.set(name, [none])
    for (const [name, row] of this.#rows)
      stories.set(name, [{ seq: 0, at: this.world.now, face: wireFace(kindOf(name), row) }])
    this.#stories.set(this.epoch, stories)
  }
}
