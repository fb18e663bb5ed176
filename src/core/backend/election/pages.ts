import type { Position, Topic } from '../../../shared/model/change.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ReadFault, Rest } from '../backend.ts'
import { type Answer, askOne, misread, statusOf } from './answers.ts'
import type { Fields } from './fields.ts'

/** How often a list is read from its start again because records came or went while its pages were turned. */
const READINGS = 3
/** No list of an election is longer; a server that goes on for ever is not believed. */
const MOST_PAGES = 20_000

/** One page: its items, how many the whole list has, and the query of the page after it. */
type Page<T> = { readonly items: readonly T[]; readonly count: number; readonly next: Turn | null }
/** `page`: by number, so records that come or go shift the rest. `after`: by key, where the server can, so nothing shifts. */
type Turn = { readonly by: 'page' | 'after'; readonly query: string }

/** One paged list: where it is, what is in it, and by what its records are told apart. */
export type PagedList<T> = {
  readonly topic: Topic
  readonly path: string
  /** Query of the first page, and of each later one before its `page` or `after`. */
  readonly query: string
  /** Whether the order of the list says something, so that it must not be asked for by key. */
  readonly ordered?: boolean
  readonly build: (envelope: Fields) => Page<T>
  readonly keyOf: (item: T) => string | number
}

/**
 * A list as most are: its items straight in `data`, its count and next page in `meta.pagination`. The plain server gives 50 a page whatever
 * is asked and does not know `after`; the hub gives up to 500 and answers by key.
 */
export const pagedList = <T>(
  topic: Topic,
  where: { readonly path: string; readonly query: string },
  item: (f: Fields) => T,
  keyOf: (item: T) => string | number,
): PagedList<T> => ({ topic, path: where.path, query: joined(where.query, 'page_size=500'), build: page(item), keyOf })

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('&')

const page =
  <T>(item: (f: Fields) => T) =>
  (envelope: Fields): Page<T> => ({
    items: envelope.objects('data', item),
    ...envelope.object('meta', NO_PAGINATION, (meta) =>
      meta.object('pagination', NO_PAGINATION, (pagination) => ({
        count: pagination.count('count'),
        next: turnOf(pagination.textOrNull('next')),
      })),
    ),
  })
const NO_PAGINATION = { count: 0, next: null }

/** `next` is a whole URL, by whatever name the server goes inside its proxy: only what turns the page is taken from it. */
function turnOf(next: string | null): Turn | null {
  const found = /[?&](page)=(\d+)/.exec(next ?? '') ?? /[?&](after)=([^&#]+)/.exec(next ?? '')
  if (found === null) return null
  return { by: found[1] === 'page' ? 'page' : 'after', query: `${found[1]}=${found[2]}` }
}

/** Null: stopped on the way. */
export type WholeList<T> = Answer<readonly T[]> | null

/**
 * Turns the pages of a list to its end. The server counts the list on each page: when that count moves, a record comes twice or
 * the sum is not the count, something shifted between numbered pages and the list is read again.
 * The position is the first page's: what happened since is in the stream.
 */
export async function readAll<T>(
  rest: Rest,
  list: PagedList<T>,
  stopped: () => boolean,
): Promise<Result<WholeList<T>, ReadFault>> {
  for (let reading = 1; reading <= READINGS; reading++) {
    const attempt = await readOnce(rest, list, stopped)
    if (!attempt.ok) return attempt
    if (attempt.value !== 'shifted') return ok(attempt.value)
  }
  return misread(list.topic, `GET ${list.path}: the list kept changing while it was read, ${READINGS} times`)
}

type Once<T> = Promise<Result<WholeList<T> | 'shifted', ReadFault>>

async function readOnce<T>(rest: Rest, list: PagedList<T>, stopped: () => boolean): Once<T> {
  const found = new Map<string | number, T>()
  let turn: Turn = { by: 'after', query: list.ordered === true ? '' : 'after=0' }
  let first: { readonly count: number; readonly position: Position | null } | null = null
  for (let pages = 1; pages <= MOST_PAGES; pages++) {
    if (stopped()) return ok(null)
    const path = `${list.path}?${joined(list.query, turn.query)}`
    const answer = await askOne(rest, list.topic, path, list.build)
    if (!answer.ok) return pages > 1 && statusOf(answer.error.fault) === 404 ? ok('shifted') : answer
    const { items, count, next } = answer.value.value
    first ??= { count, position: answer.value.position }
    if (first.position?.epoch !== answer.value.position?.epoch) return ok('shifted')
    const before = found.size
    for (const item of items) found.set(list.keyOf(item), item)
    const numbered: boolean = turn.by === 'page' || next?.by === 'page'
    if (numbered && count !== first.count) return ok('shifted')
    if (next === null) return ok(numbered && found.size !== count ? 'shifted' : wholeList(found, first.position))
    // A server that does not turn the page would be asked for ever.
    if (found.size === before) return ok('shifted')
    turn = next
  }
  return misread(list.topic, `GET ${list.path}: more than ${MOST_PAGES} pages`)
}

const wholeList = <T>(found: ReadonlyMap<string | number, T>, position: Position | null): WholeList<T> => ({
  value: [...found.values()],
  position,
})
