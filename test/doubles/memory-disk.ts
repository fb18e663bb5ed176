import type { CheckpointStore, Disk, DiskFault, Durability, JournalRow, JournalStore } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'

export type MemoryDisk = Disk & {
  /** The next writes fail so, until told null. Reading goes on. */
  failWith(fault: DiskFault['is'] | null): void
  /** So many bytes are left; null: it does not say. */
  hasRoom(bytes: number | null): void
  /** As after a crash: what was not asked to survive the loss of power is lost, and every handle is dead. */
  losePower(): void
  /** As after `kill -9`: everything acknowledged is there, and every handle is dead. */
  die(): void
  /** First rows of the parts of a journal after its first. A part is as many bytes as it has rows. */
  parts(name: string): readonly number[]
  /** The rows of a journal, for a test to look at. */
  rows(name: string): readonly JournalRow[]
  /** The checkpoints of a journal as they lie there, for a test to look at and to change. */
  kept(name: string): Map<number, string[]>
}

type Kept = { rows: JournalRow[]; safe: number; holder: object | null; parts: number[] }

/** A disk in memory with the behaviour of the real one, and with the faults a test asks for. */
export function memoryDisk(): MemoryDisk {
  const journals = new Map<string, Kept>()
  const kept = new Map<string, Map<number, string[]>>()
  let settings: string | null = null
  let failing: DiskFault['is'] | null = null
  let room: number | null = null
  const fault = (where: string): DiskFault | null =>
    failing ? { is: failing, detail: `${where}: asked to fail` } : null
  const release = () => journals.forEach((kept) => void (kept.holder = null))

  function journal(name: string): Result<JournalStore, DiskFault> {
    if (name.length === 0 || name.length > 200) return err({ is: 'failed', detail: 'journal name' })
    const kept = journals.get(name) ?? { rows: [], safe: 0, holder: null, parts: [] }
    if (kept.holder) return err({ is: 'in-use', detail: `${name}: this desk has it open already` })
    const problem = journals.has(name) ? null : fault(name)
    if (problem) return err(problem)
    journals.set(name, kept)
    return ok(new MemoryJournal(kept, name, fault))
  }
  const keptOf = (name: string) => {
    const found = kept.get(name) ?? new Map<number, string[]>()
    kept.set(name, found)
    return found
  }
  return {
    journal,
    journals: () => ok([...journals.keys()]),
    checkpoints: (name) => checkpointsIn(keptOf(name), () => fault(name)),
    kept: keptOf,
    freeBytes: () => room,
    hasRoom: (bytes) => void (room = bytes),
    readSettings: () => ok(settings === null ? null : JSON.parse(settings)),
    writeSettings: (value) => {
      const problem = fault('settings')
      if (problem) return err(problem)
      settings = JSON.stringify(value)
      return ok(undefined)
    },
    failWith: (is) => void (failing = is),
    losePower: () => {
      for (const kept of journals.values()) kept.rows.length = Math.min(kept.rows.length, kept.safe)
      release()
    },
    die: release,
    parts: (name) => journals.get(name)?.parts ?? [],
    rows: (name) => journals.get(name)?.rows ?? [],
  }
}

function checkpointsIn(kept: Map<number, string[]>, fault: () => DiskFault | null): CheckpointStore {
  return {
    list: () => [...kept.keys()].sort((a, b) => b - a),
    read: (cursor) => kept.get(cursor)?.slice() ?? null,
    begin: (cursor) => {
      const lines: string[] = []
      const trying = (work: () => void): Result<void, DiskFault> => {
        const problem = fault()
        if (problem) return err(problem)
        work()
        return ok(undefined)
      }
      const begun = trying(() => {})
      if (!begun.ok) return begun
      return ok({
        add: (line) => trying(() => void lines.push(line)),
        finish: () => trying(() => void kept.set(cursor, lines)),
        abandon: () => {},
      })
    },
    remove: (cursor) => void kept.delete(cursor),
  }
}

class MemoryJournal implements JournalStore {
  readonly #kept: Kept
  readonly #name: string
  readonly #fault: (where: string) => DiskFault | null

  constructor(kept: Kept, name: string, fault: (where: string) => DiskFault | null) {
    this.#kept = kept
    this.#name = name
    this.#fault = fault
    kept.holder = this
  }

  append(rows: readonly JournalRow[], durability: Durability): Result<void, DiskFault> {
    const kept = this.#held()
    if (rows.length === 0) return ok(undefined)
    let head = kept.rows.at(-1)?.cursor ?? 0
    for (const row of rows) {
      if (row.cursor !== ++head) throw new RangeError(`journal row ${row.cursor} comes where ${head} belongs`)
    }
    const problem = this.#fault(this.#name)
    if (problem) return err(problem)
    for (const row of rows) kept.rows.push({ ...row })
    if (durability === 'power') kept.safe = kept.rows.length
    return ok(undefined)
  }

  readonly parting = {
    bytes: () => this.#kept.rows.length + 1 - (this.#kept.parts.at(-1) ?? 1),
    parts: () => [1, ...this.#kept.parts].map((first) => ({ first, bytes: 0 })),
    // All rows lie in one list: nothing of it can go.
    letGo: () => ok(undefined),
    begin: (rows: readonly JournalRow[]) => {
      const { rows: all, safe, parts } = this.#held()
      // What a disk loses with the power, it would lose from the end of each file by itself.
      if (safe < all.length) throw new Error(`${this.#name}: a part is begun before the one before it is safe`)
      const written = this.append(rows, 'power')
      if (written.ok) parts.push(all.length - rows.length + 1)
      return written
    },
  }

  read(after: number, limit: number): readonly JournalRow[] {
    return this.#held()
      .rows.slice(Math.max(0, after), Math.max(0, after) + limit)
      .map((row) => ({ ...row }))
  }

  last(): JournalRow | null {
    return this.#held().rows.at(-1) ?? null
  }

  length(): number {
    return this.#held().rows.length
  }

  close(): void {
    if (this.#kept.holder === this) this.#kept.holder = null
  }

  #held(): Kept {
    if (this.#kept.holder !== this) throw new Error(`${this.#name}: the journal is closed`)
    return this.#kept
  }
}
