import { useRef } from 'react'
import { useStream } from './core-context.tsx'
import type { StreamInput, StreamState, StreamValue } from './streams.ts'

/** Rows in one request; the contract allows 200. Two requests cover every screen. */
export const PAGE_ROWS = 100

export type ListName = 'attendance' | 'guarantees' | 'counts' | 'calls'
export type ListQuery<S extends ListName> = Omit<StreamInput<S>, 'offset' | 'limit'>
export type ListRow<S extends ListName> = StreamValue<S>['rows'][number]

/** A long list as this window knows it: how long it is, and the rows near what is looked at. */
export type List<Row> =
  | { readonly is: 'loading' }
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'ready'; readonly total: number; readonly rowAt: (index: number) => Row | undefined }

/** Watches the two pages that cover the rows from `first` to `last`. */
export function useList<S extends ListName>(
  name: S,
  query: ListQuery<S>,
  first: number,
  last: number,
): List<ListRow<S>> {
  const page = Math.max(0, Math.floor(first / PAGE_ROWS))
  const next = Math.max(page, Math.floor(last / PAGE_ROWS))
  const upper = usePage(name, query, page)
  const lower = usePage(name, query, next)
  const known = useRef<{ readonly key: string; readonly total: number } | null>(null)
  const key = JSON.stringify(query)
  if (upper.is === 'refused') return upper
  const total = upper.is === 'ready' ? upper.value.total : lower.is === 'ready' ? lower.value.total : null
  if (total !== null) known.current = { key, total }
  // While another page is read the list keeps its length, so that the scroll bar does not jump.
  const length = total ?? (known.current?.key === key ? known.current.total : null)
  if (length === null) return { is: 'loading' }
  const rowAt = (index: number): ListRow<S> | undefined => rowOf(upper, index) ?? rowOf(lower, index)
  return { is: 'ready', total: length, rowAt }
}

function usePage<S extends ListName>(name: S, query: ListQuery<S>, page: number): StreamState<StreamValue<S>> {
  const input = { ...query, offset: page * PAGE_ROWS, limit: PAGE_ROWS } as unknown as StreamInput<S> // the query and its slice are the stream's input
  return useStream(name, input)
}

function rowOf<S extends ListName>(state: StreamState<StreamValue<S>>, index: number): ListRow<S> | undefined {
  return state.is === 'ready' ? state.value.rows[index - state.value.offset] : undefined
}
