import { useEffect, useRef, useState } from 'react'
import { useStream } from './core-context.tsx'
import type { ListName, ListQuery, ListRow } from './pages.ts'
import type { StreamInput, StreamState, StreamValue } from './streams.ts'

/** Rows in one request: as many as the contract allows. */
const AT_ONCE = 200

/** A list read from its first row to its last, for paper. */
export type WholeList<Row> =
  | { readonly is: 'reading'; readonly read: number; readonly total: number | null }
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'ready'; readonly rows: readonly Row[]; readonly total: number }

/**
 * Reads a list part by part, `most` rows of it at the most. While it is read rows may come in above: one that is met twice is
 * taken once.
 */
export function useWholeList<S extends ListName>(
  name: S,
  query: ListQuery<S>,
  keyOf: (row: ListRow<S>) => string,
  most: number,
): WholeList<ListRow<S>> {
  const [part, setPart] = useState(0)
  const [whole, setWhole] = useState<WholeList<ListRow<S>>>({ is: 'reading', read: 0, total: null })
  const rows = useRef(new Map<string, ListRow<S>>())
  const input = { ...query, offset: part * AT_ONCE, limit: AT_ONCE } as unknown as StreamInput<S> // the query and its slice are the stream's input
  const state: StreamState<StreamValue<S>> = useStream(name, input)
  const key = useRef(keyOf)
  useEffect(() => {
    if (whole.is !== 'reading') return
    if (state.is === 'refused') return setWhole(state)
    if (state.is !== 'ready' || state.value.offset !== part * AT_ONCE) return
    const { total } = state.value
    for (const row of state.value.rows as readonly ListRow<S>[]) rows.current.set(key.current(row), row) // the rows of this list
    const isLast = state.value.rows.length < AT_ONCE || (part + 1) * AT_ONCE >= Math.min(total, most)
    if (isLast) return setWhole({ is: 'ready', rows: [...rows.current.values()].slice(0, most), total })
    setWhole({ is: 'reading', read: rows.current.size, total })
    setPart(part + 1)
  }, [state, part, most, whole.is])
  return whole
}
