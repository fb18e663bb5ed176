import type { SQLInputValue } from 'node:sqlite'
import type { Sql } from './sql.ts'
import type { Listed, Window } from '../tables.ts'

/** Conditions of one list and their values, joined with AND. */
export class Where {
  readonly #texts: string[] = []
  readonly values: SQLInputValue[] = []

  add(text: string, ...values: readonly SQLInputValue[]): this {
    this.#texts.push(text)
    this.values.push(...values)
    return this
  }

  get text(): string {
    return this.#texts.length === 0 ? '' : ` WHERE ${this.#texts.join(' AND ')}`
  }
}

export type ListQuery = {
  readonly select: string
  /** Cheaper `FROM` for the count, when the select's joins cannot change it. */
  readonly countFrom: string
  readonly key: string
  readonly order: string
}

/** One window of a list and the size of the whole. With `after`, rows follow the key and pages stay put under writes. */
export function listed<Row, T>(
  sql: Sql,
  query: ListQuery,
  where: Where,
  window: Window,
  shape: (row: Row) => T,
): Listed<T> {
  const count = sql.one<{ n: number }>(`SELECT count(*) AS n FROM ${query.countFrom}${where.text}`, ...where.values)
  if (window.after !== null) {
    where.add(`${query.key} > ?`, window.after)
    const rows = sql.all<Row>(
      `${query.select}${where.text} ORDER BY ${query.key} LIMIT ?`,
      ...where.values,
      window.limit,
    )
    return { items: rows.map(shape), count: count?.n ?? 0 }
  }
  const text = `${query.select}${where.text} ORDER BY ${query.order} LIMIT ? OFFSET ?`
  const rows = sql.all<Row>(text, ...where.values, window.limit, window.offset)
  return { items: rows.map(shape), count: count?.n ?? 0 }
}
