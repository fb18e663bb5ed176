import { setTimeout as wait } from 'node:timers/promises'
import type { Rows, TableName } from './rows.ts'

type Key = number | string
type Tables = { readonly [T in TableName]: Map<Key, Rows[T]> }

/** Reads that see either what is committed, or that and what one transaction has done so far. */
export interface View {
  get<T extends TableName>(table: T, key: Key): Rows[T] | undefined
  all<T extends TableName>(table: T): Rows[T][]
}

/**
 * The imitation's database: tables in memory, one writer at a time. What a transaction writes is seen by others only after its
 * commit, which comes a little later than the frames it sent: that is the real server's fault, and this keeps it.
 */
export class Database implements View {
  readonly #tables: Tables = {
    users: new Map(),
    elections: new Map(),
    committees: new Map(),
    parties: new Map(),
    candidates: new Map(),
    electors: new Map(),
    groups: new Map(),
    guarantees: new Map(),
    notes: new Map(),
    history: new Map(),
    attendance: new Map(),
    counts: new Map(),
    entries: new Map(),
    results: new Map(),
  }
  readonly #lastIds = new Map<TableName, number>()
  #turn: Promise<unknown> = Promise.resolve()
  /** Ms between the frames of a write and its commit. */
  commitDelay = 2
  /** What a write waits for before its commit. */
  beforeCommit: () => Promise<void> = () => Promise.resolve()

  get<T extends TableName>(table: T, key: Key): Rows[T] | undefined {
    return this.#tables[table].get(key)
  }
  all<T extends TableName>(table: T): Rows[T][] {
    return [...this.#tables[table].values()]
  }

  /** Runs alone. What it throws undoes what it wrote, not what it told. */
  transaction<R>(run: (tx: Transaction) => R): Promise<R> {
    const done = this.#turn.then(async () => {
      const tx = new Transaction(this)
      const result = run(tx)
      await this.beforeCommit()
      if (this.commitDelay > 0) await wait(this.commitDelay)
      tx.commit()
      return result
    })
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Ids are never used twice, not even after a rollback. */
  nextId(table: TableName): number {
    const id = (this.#lastIds.get(table) ?? 0) + 1
    this.#lastIds.set(table, id)
    return id
  }
  store<T extends TableName>(table: T, row: Rows[T]): void {
    this.#tables[table].set(row.id, row)
  }
  erase(table: TableName, key: Key): void {
    this.#tables[table].delete(key)
  }
}

export class Transaction implements View {
  readonly #database: Database
  readonly #written = new Map<TableName, Map<Key, Rows[TableName] | null>>()

  constructor(database: Database) {
    this.#database = database
  }

  get<T extends TableName>(table: T, key: Key): Rows[T] | undefined {
    const written = this.#written.get(table)?.get(key)
    if (written === undefined) return this.#database.get(table, key)
    return written === null ? undefined : (written as Rows[T]) // put() stored it under its own table
  }
  all<T extends TableName>(table: T): Rows[T][] {
    const written = this.#written.get(table)
    const before = this.#database.all(table)
    if (written === undefined) return before
    const kept = before.filter((row) => !written.has(row.id))
    const mine = [...written.values()].filter((row) => row !== null) as Rows[T][] // as above
    return [...kept, ...mine]
  }
  nextId(table: TableName): number {
    return this.#database.nextId(table)
  }
  put<T extends TableName>(table: T, row: Rows[T]): Rows[T] {
    this.#of(table).set(row.id, row)
    return row
  }
  remove(table: TableName, key: Key): void {
    this.#of(table).set(key, null)
  }
  commit(): void {
    for (const [table, rows] of this.#written)
      for (const [key, row] of rows) row === null ? this.#database.erase(table, key) : this.#database.store(table, row)
  }
  #of(table: TableName): Map<Key, Rows[TableName] | null> {
    const found = this.#written.get(table) ?? new Map()
    this.#written.set(table, found)
    return found
  }
}
