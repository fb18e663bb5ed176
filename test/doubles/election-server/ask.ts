import type { Database, Transaction } from './database.ts'
import type { Role, UserRow } from './rows.ts'

/** One authenticated call, its body in snake_case. */
export type Ask = {
  readonly user: UserRow
  readonly params: readonly string[]
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly db: Database
  readonly origin: string
  /** Sends a frame to everybody now, committed or not. */
  readonly tell: Tell
}
export type Action = 'created' | 'updated' | 'deleted'
export type Tell = (type: string, action: Action, data: unknown) => void

/** `data` in snake_case; it is camelCased on the way out. */
export type Reply =
  | { readonly status: 200 | 201; readonly data: unknown; readonly message?: string; readonly meta?: object }
  | { readonly status: 400 | 401 | 403 | 404 | 405; readonly message: string; readonly errors?: object }
  | { readonly status: 404 | 500; readonly html: true }

export type Handler = (ask: Ask) => Reply | Promise<Reply>
export type Route = {
  readonly method: string
  /** Against the path after `/api/`. */
  readonly path: RegExp
  readonly handle: Handler
}
export const route = (method: string, path: RegExp, handle: Handler): Route => ({ method, path, handle })

export const good = (data: unknown, message?: string): Reply =>
  message === undefined ? { status: 200, data } : { status: 200, data, message }
export const made = (data: unknown, message?: string): Reply =>
  message === undefined ? { status: 201, data } : { status: 201, data, message }
export const bad = (message: string, errors?: object): Reply =>
  errors === undefined ? { status: 400, message } : { status: 400, message, errors }
export const missing = (message = 'Not found.'): Reply => ({ status: 404, message })
export const forbidden = (message = 'You do not have permission to perform this action.'): Reply => ({
  status: 403,
  message,
})
export const BROKEN: Reply = { status: 500, html: true }

/** An exception nobody catches: the request is rolled back and answered by a page. */
export class Crash extends Error {}

export const isAdmin = (role: Role): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN'
export const isSupervisor = (role: Role): boolean => isAdmin(role) || role === 'SUPERVISOR'
export const mayEnter = (user: UserRow, code: string): boolean => isAdmin(user.role) || user.committees.includes(code)

/** Runs in a transaction; a crash in it becomes the page of a 500. */
export async function atomically(ask: Ask, run: (tx: Transaction) => Reply): Promise<Reply> {
  try {
    return await ask.db.transaction(run)
  } catch (thrown) {
    if (thrown instanceof Crash) return BROKEN
    throw thrown
  }
}

/** The fixed page of 50; `page_size` is not listened to. */
export function page(ask: Ask, path: string, items: readonly unknown[]): Reply {
  const number = Number(ask.query.get('page') ?? '1')
  const last = Math.max(1, Math.ceil(items.length / 50))
  if (!Number.isInteger(number) || number < 1 || number > last) return missing('Invalid page.')
  const link = (to: number): string => {
    const query = new URLSearchParams(ask.query)
    query.set('page', String(to))
    return `${ask.origin}${path}?${query}`
  }
  const pagination = {
    count: items.length,
    next: number < last ? link(number + 1) : null,
    previous: number > 1 ? link(number - 1) : null,
  }
  return { status: 200, data: items.slice((number - 1) * 50, number * 50), meta: { pagination } }
}

export const textOf = (body: Readonly<Record<string, unknown>>, name: string): string | null => {
  const value = body[name]
  return typeof value === 'string' ? value : null
}
export const wholeOf = (body: Readonly<Record<string, unknown>>, name: string): number | null => {
  const value = body[name]
  return typeof value === 'number' && Number.isInteger(value) ? value : null
}
export const required = (field: string): Reply =>
  bad(`${field}: This field is required.`, { [field]: ['This field is required.'] })
