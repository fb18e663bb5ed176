import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Answer } from './envelope.ts'
import type { RestFault } from './fault.ts'
import { fieldFault, notFound } from './fault.ts'
import type { Listed, Window } from '../store/tables.ts'

export const PAGE_SIZE = 50
export const LARGEST_PAGE = 500

export type Query = Readonly<Record<string, string>>
export type Page = Window & { readonly page: number }

/** A whole number of the query, null when absent. */
export function wholeNumber(query: Query, name: string): Result<number | null, RestFault> {
  const text = query[name]
  if (text === undefined || text === '') return ok(null)
  return /^\d{1,15}$/.test(text) ? ok(Number(text)) : err(fieldFault(name, 'A whole number is required.'))
}

/** `page`, `page_size` and `after` of a query. `after` walks by key, so a long list read while it grows misses nothing. */
export function pageOf(query: Query, keyed: 'number' | 'text' = 'number', size = PAGE_SIZE): Result<Page, RestFault> {
  const page = wholeNumber(query, 'page')
  if (!page.ok) return page
  const asked = wholeNumber(query, 'page_size')
  if (!asked.ok) return asked
  const limit = Math.min(Math.max(asked.value ?? size, 1), LARGEST_PAGE)
  const number = page.value ?? 1
  if (number < 1) return err(notFound('Invalid page.'))
  const after = query['after']
  if (after === undefined) return ok({ page: number, offset: (number - 1) * limit, limit, after: null })
  if (keyed === 'text') return ok({ page: 1, offset: 0, limit, after })
  const key = wholeNumber(query, 'after')
  return key.ok ? ok({ page: 1, offset: 0, limit, after: key.value ?? 0 }) : key
}

/** The family's page: items in `data`, `{count, next, previous}` in `meta.pagination`. */
export function pageAnswer<T>(
  listed: Listed<T>,
  page: Page,
  url: string,
  keyOf?: (item: T) => string | number,
): Result<Answer, RestFault> {
  if (page.after !== null && keyOf !== undefined) {
    const last = listed.items.at(-1)
    const more = listed.items.length === page.limit && last !== undefined
    const next = more ? linked(url, 'after', String(keyOf(last))) : null
    return ok({ data: listed.items, meta: { pagination: { count: listed.count, next, previous: null } } })
  }
  if (page.page > 1 && page.offset >= listed.count) return err(notFound('Invalid page.'))
  const next = page.offset + page.limit < listed.count ? linked(url, 'page', String(page.page + 1)) : null
  const previous = page.page > 1 ? linked(url, 'page', String(page.page - 1)) : null
  return ok({ data: listed.items, meta: { pagination: { count: listed.count, next, previous } } })
}

function linked(url: string, name: string, value: string): string {
  const link = new URL(url)
  link.searchParams.set(name, value)
  return link.href
}
