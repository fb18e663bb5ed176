import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

/**
 * One open database and its prepared statements, prepared once and kept. It never opens, closes or shares the file:
 * that is the store's. Statement texts are constants of the program; values always travel as parameters.
 */
export class Sql {
  readonly #db: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  one<Row>(text: string, ...values: readonly SQLInputValue[]): Row | undefined {
    // the statement's column list is the shape of Row; every statement runs in a test
    return this.#prepared(text).get(...values) as Row | undefined
  }

  all<Row>(text: string, ...values: readonly SQLInputValue[]): Row[] {
    // as above: the column list is the shape
    return this.#prepared(text).all(...values) as Row[]
  }

  /** Rows touched and the id of the row inserted last. */
  run(text: string, ...values: readonly SQLInputValue[]): { readonly changes: number; readonly id: number } {
    const done = this.#prepared(text).run(...values)
    return { changes: Number(done.changes), id: Number(done.lastInsertRowid) }
  }

  exec(text: string): void {
    this.#db.exec(text)
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text)
    if (known !== undefined) return known
    const made = this.#db.prepare(text)
    this.#statements.set(text, made)
    return made
  }
}

/** A `LIKE` pattern that takes `text` literally; use with `ESCAPE '\'`. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
/** Bounds for `>= ? AND < ?`: every text that begins with `text`, found through the column's index. */
export const beginning = (text: string): readonly [string, string] => [text, `${text}\u{10FFFF}`]

/** Reads as an elector's number rather than as a name: Latin letters and digits with at least one digit. */
export const isNumberLike = (text: string): boolean => /^[\w-]*\d[\w-]*$/.test(text)
