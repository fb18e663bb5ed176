import type { CheckpointStore, Disk, DiskFault, Durability, JournalRow, JournalStore } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'
import type { Chance } from './chance.ts'
import type { Life } from './machine.ts'
import { Died } from './world.ts'

/** `rows`: every one that was ever written, also those that were let go, for whoever judges; `begins`: the first there is. */
type Kept = {
  readonly rows: JournalRow[]
  begins: number
  safe: number
  holder: object | null
  readonly parts: number[]
}
/** A row is as long as this, so that what a person sets in MB is a number of rows. */
export const ROW_BYTES = 1024 * 1024
/** A disk that has no room left begins so in the middle of what a desk does, at the `in`th write from here on. */
export type FullAt = { in: number; readonly begin: () => void }
/** Where in a write the process ends: before any of it, or after all of it and before anybody hears. A write is whole or nothing. */
export type CrashAt = {
  in: number
  readonly when: 'before' | 'after'
  /** Counts only what ends a journal's part, begins one or lets one go. */
  readonly seam: boolean
  readonly die: () => void
}

/** Of the losses of power that take a row, so many leave a part of it. */
const TORN = 0.3

/**
 * The disk of one desk. What was asked to survive the loss of power does; what was not may go, from its end. It fails and
 * fills up when told to, and ends the process in the middle of a write.
 */
export class SimDisk {
  fault: DiskFault['is'] | null = null
  crashAt: CrashAt | null = null
  fullAt: FullAt | null = null
  writes = 0
  /** Parts begun after the first of each journal. */
  parts = 0
  /** Parts that were let go. */
  letGo = 0
  /**
   * Rows, and checkpoints, of which only a part is there after a loss of power; and journals of which each checkpoint that
   * stood for rows which were let go was such when they were opened: a desk could but read its server anew.
   */
  readonly torn = { rows: new Map<string, number>(), checkpoints: new Set<string>(), beginnings: new Set<string>() }
  readonly #journals = new Map<string, Kept>()
  readonly #checkpoints = new Map<string, Map<number, readonly string[]>>()
  /** Those whose bytes may not be through to the disk yet. */
  readonly #unsafe: { readonly name: string; readonly cursor: number }[] = []
  #settings: string | null
  /** Told of every text that is written, whoever wrote it. */
  onText: (text: string) => void = () => {}
  /** Told before the rows before `first` go. */
  onLetGo: (name: string, first: number) => void = () => {}

  /** `settings`: what lies there before the first start. */
  constructor(settings: unknown = null) {
    this.#settings = settings === null ? null : JSON.stringify(settings)
  }

  kept(name: string): { readonly rows: readonly JournalRow[]; readonly begins: number; readonly safe: number } | null {
    return this.#journals.get(name) ?? null
  }
  /** Rows at which there are checkpoints of which all is there. */
  wholeCheckpoints(name: string): readonly number[] {
    const cursors = [...(this.#checkpoints.get(name)?.keys() ?? [])]
    return cursors.filter((cursor) => !this.torn.checkpoints.has(`${name} ${cursor}`))
  }
  names(): Iterable<string> {
    return this.#journals.keys()
  }

  /** The process is gone; with the power what was not made safe may go too. */
  release(power: boolean, chance: Chance): void {
    for (const [name, kept] of this.#journals) {
      kept.holder = null
      if (!power) continue
      const lost = kept.rows.splice(kept.safe + chance.upTo(kept.rows.length - kept.safe + 1))
      const [first] = lost
      if (first && chance.is(TORN)) this.#tear(name, kept, first, chance)
      kept.safe = kept.rows.length
    }
    for (const { name, cursor } of this.#unsafe.splice(0)) {
      const lines = this.#checkpoints.get(name)?.get(cursor)
      if (!power || !lines || !chance.is(TORN)) continue
      this.#checkpoints.get(name)?.set(cursor, lines.slice(0, chance.upTo(lines.length)))
      this.torn.checkpoints.add(`${name} ${cursor}`)
    }
  }

  /** A database would have put it away whole or not at all; not everything that calls itself a disk lets it. */
  #tear(name: string, kept: Kept, row: JournalRow, chance: Chance): void {
    kept.rows.push({ ...row, text: row.text.slice(0, chance.upTo(row.text.length)) })
    this.torn.rows.set(name, row.cursor)
  }

  port(life: Life): Disk {
    return {
      journal: (name) => this.#open(name, life),
      journals: () => ok([...this.#journals.keys()]),
      checkpoints: (name) => this.#checkpointsOf(name, life),
      freeBytes: () => null,
      readSettings: () => ok(this.#settings === null ? null : JSON.parse(this.#settings)),
      writeSettings: (value) => {
        const refused = this.#refused('settings', life)
        if (refused) return err(refused)
        this.#settings = JSON.stringify(value)
        this.onText(this.#settings)
        return ok(undefined)
      },
    }
  }

  /** Whole or not there: one that was not finished is gone with its process. */
  #checkpointsOf(name: string, life: Life): CheckpointStore {
    const kept = this.#checkpoints.get(name) ?? new Map<number, readonly string[]>()
    this.#checkpoints.set(name, kept)
    return {
      list: () => [...kept.keys()].sort((a, b) => b - a),
      read: (cursor) => kept.get(cursor) ?? null,
      remove: (cursor) => void kept.delete(cursor),
      begin: (cursor) => {
        const refused = this.#refused(`${name} checkpoint`, life)
        if (refused) return err(refused)
        const lines: string[] = []
        const write = (run: () => void): Result<void, DiskFault> => {
          const fault = this.#refused(`${name} checkpoint`, life)
          if (fault) return err(fault)
          run()
          return ok(undefined)
        }
        return ok({
          add: (line) => write(() => void lines.push(line)),
          finish: () =>
            write(() => {
              kept.set(cursor, lines)
              this.torn.checkpoints.delete(`${name} ${cursor}`)
              this.#unsafe.push({ name, cursor })
            }),
          abandon: () => {},
        })
      },
    }
  }

  #refused(where: string, life: Life): DiskFault | null {
    if (!life.alive) throw new Died()
    return this.fault ? { is: this.fault, detail: `${where}: ${this.fault}` } : null
  }

  #open(name: string, life: Life): Result<JournalStore, DiskFault> {
    const refused = this.#journals.has(name) ? null : this.#refused(name, life)
    if (refused) return err(refused)
    const kept = this.#journals.get(name) ?? { rows: [], begins: 1, safe: 0, holder: null, parts: [1] }
    if (kept.holder) return err({ is: 'in-use', detail: `${name}: open already` })
    this.#journals.set(name, kept)
    const holder = {}
    kept.holder = holder
    const held = () => {
      if (!life.alive) throw new Died()
      if (kept.holder !== holder) throw new Error(`${name}: the journal is closed`)
      return kept
    }
    return ok({
      append: (rows, durability) => this.#append(held(), name, rows, durability, life),
      parting: {
        bytes: () => partsOf(held()).at(-1)?.bytes ?? 0,
        parts: () => partsOf(held()),
        letGo: (first) => this.#letGo(held(), name, first, life),
        begin: (rows) => this.#begin(held(), name, rows, life),
      },
      read: (after, limit) => {
        const from = Math.max(held().begins - 1, after)
        return kept.rows.slice(from, from + limit)
      },
      last: () => held().rows.at(-1) ?? null,
      length: () => held().rows.length + 1 - kept.begins,
      close: () => {
        if (kept.holder === holder) kept.holder = null
      },
    })
  }

  #append(
    kept: Kept,
    name: string,
    rows: readonly JournalRow[],
    durability: Durability,
    life: Life,
  ): Result<void, DiskFault> {
    let head = kept.rows.at(-1)?.cursor ?? 0
    for (const row of rows) if (row.cursor !== ++head) throw new RangeError(`row ${row.cursor} where ${head} belongs`)
    if (this.fullAt && --this.fullAt.in <= 0) this.fullAt.begin()
    const refused = this.#refused(name, life)
    if (refused) return err(refused)
    const crash = this.#due(rows.some(({ text }) => text.startsWith('{"is":"part"')))
    if (crash?.when === 'before') this.#end(crash)
    this.writes += 1
    for (const row of rows) {
      kept.rows.push(row)
      this.onText(row.text)
    }
    if (durability === 'power') kept.safe = kept.rows.length
    if (crash) this.#end(crash)
    return ok(undefined)
  }

  /** The end of each part goes with the power by itself: what is not safe in the old one would leave a hole before the new one. */
  #begin(kept: Kept, name: string, rows: readonly JournalRow[], life: Life): Result<void, DiskFault> {
    const { length } = kept.rows
    if (kept.safe < length) throw new Error(`${name}: a part is begun before the one before it is safe`)
    kept.parts.push(length + 1)
    try {
      return this.#append(kept, name, rows, 'power', life)
    } finally {
      // Whoever dies before its first row is written has begun none.
      if (kept.rows.length === length) kept.parts.pop()
      else this.parts += 1
    }
  }

  /** One part at a time, the oldest first; the last stays. Once it is gone no loss of power brings it back. */
  #letGo(kept: Kept, name: string, first: number, life: Life): Result<void, DiskFault> {
    this.onLetGo(name, first)
    for (let [, next] = kept.parts; next !== undefined && next <= first; [, next] = kept.parts) {
      const refused = this.#refused(name, life)
      if (refused) return err(refused)
      const crash = this.#due(true)
      if (crash?.when === 'before') this.#end(crash)
      kept.parts.shift()
      kept.begins = next
      this.letGo += 1
      if (crash) this.#end(crash)
    }
    return ok(undefined)
  }

  /** `isSeam`: it ends a part, begins one, or lets one go. */
  #due(isSeam: boolean): CrashAt | null {
    if (this.crashAt?.seam && !isSeam) return null
    if (!this.crashAt || --this.crashAt.in > 0) return null
    const due = this.crashAt
    this.crashAt = null
    return due
  }
  #end({ die }: CrashAt): never {
    die()
    throw new Died()
  }
}

const partsOf = ({ parts, rows }: Kept): readonly { readonly first: number; readonly bytes: number }[] =>
  parts.map((first, index) => ({ first, bytes: ROW_BYTES * ((parts[index + 1] ?? rows.length + 1) - first) }))
