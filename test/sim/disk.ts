import type { CheckpointStore, Disk, DiskFault, Durability, JournalRow, JournalStore } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'
import type { Chance } from './chance.ts'
import type { Life } from './machine.ts'
import { Died } from './world.ts'

type Kept = { readonly rows: JournalRow[]; safe: number; holder: object | null; readonly parts: number[] }
/** A disk that has no room left begins so in the middle of what a desk does, at the `in`th write from here on. */
export type FullAt = { in: number; readonly begin: () => void }
/** Where in a write the process ends: before any of it, or after all of it and before anybody hears. A write is whole or nothing. */
export type CrashAt = {
  in: number
  readonly when: 'before' | 'after'
  /** Counts only what ends a journal's part or begins one. */
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
  /** Rows, and checkpoints, of which only a part is there after a loss of power. */
  readonly torn = { rows: new Map<string, number>(), checkpoints: 0 }
  readonly #journals = new Map<string, Kept>()
  readonly #checkpoints = new Map<string, Map<number, readonly string[]>>()
  /** Those whose bytes may not be through to the disk yet. */
  readonly #unsafe: { readonly name: string; readonly cursor: number }[] = []
  #settings: string | null = null
  /** Told of every text that is written, whoever wrote it. */
  onText: (text: string) => void = () => {}

  kept(name: string): { readonly rows: readonly JournalRow[]; readonly safe: number } | null {
    return this.#journals.get(name) ?? null
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
      this.torn.checkpoints += 1
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
    const kept = this.#journals.get(name) ?? { rows: [], safe: 0, holder: null, parts: [] }
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
        // As many bytes as it has rows.
        bytes: () => held().rows.length + 1 - (held().parts.at(-1) ?? 1),
        parts: () => [1, ...held().parts].map((first) => ({ first, bytes: 0 })),
        letGo: () => ok(undefined),
        begin: (rows) => this.#begin(held(), name, rows, life),
      },
      read: (after, limit) => held().rows.slice(Math.max(0, after), Math.max(0, after) + limit),
      last: () => held().rows.at(-1) ?? null,
      length: () => held().rows.length,
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
    const crash = this.#due(rows)
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
    const written = this.#append(kept, name, rows, 'power', life)
    if (!written.ok) return written
    kept.parts.push(length + 1)
    this.parts += 1
    return written
  }

  #due(rows: readonly JournalRow[]): CrashAt | null {
    if (this.crashAt?.seam && !rows.some(({ text }) => text.startsWith('{"is":"part"'))) return null
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
