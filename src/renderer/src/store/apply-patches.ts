import type { CommitteeRow, FeedItem } from '../../../shared/view/board.ts'
import type { SheetRow } from '../../../shared/sheet/sheet-view.ts'
import type { Incident } from '../../../shared/view/incident.ts'
import type { WallTile } from '../../../shared/view/wall.ts'
import type { StreamName, StreamPatch, StreamValue } from './streams.ts'

/** The feed keeps as many lines as the core sends at first. */
const FEED_LENGTH = 100

/** The value after these patches. Committees, sheets, tiles and incidents are merged by id, the feed grows at its top, all else is replaced whole. */
export function applyPatches<S extends StreamName>(
  name: S,
  before: StreamValue<S>,
  patches: readonly StreamPatch<S>[],
): StreamValue<S> {
  // The name decides the shapes; the compiler cannot follow a generic into a branch.
  if (name === 'committees') {
    return mergeRows(before as CommitteeRow[], patches as readonly CommitteeRow[]) as StreamValue<S> // shapes of 'committees'
  }
  if (name === 'wall-tiles') {
    return mergeRows(before as WallTile[], patches as readonly WallTile[]) as StreamValue<S> // shapes of 'wall-tiles'
  }
  if (name === 'incidents') {
    return mergeRows(before as Incident[], patches as readonly Incident[]) as StreamValue<S> // shapes of 'incidents'
  }
  if (name === 'sheets') {
    return mergeRows(before as SheetRow[], patches as readonly SheetRow[]) as StreamValue<S> // shapes of 'sheets'
  }
  if (name === 'feed') return growFeed(before as FeedItem[], patches as readonly FeedItem[][]) as StreamValue<S> // shapes of 'feed'
  const last = patches.at(-1)
  if (last === undefined) return before
  if (LISTS.has(name)) return keepRows(before as RowsOf, last as RowsOf) as StreamValue<S> // shapes of a list
  return last as StreamValue<S> // every other stream's patch is its whole value
}

/** Lists of which a window looks at a slice. */
const LISTS: ReadonlySet<StreamName> = new Set(['attendance', 'guarantees', 'counts', 'calls'])
type RowsOf = { readonly rows: readonly object[] }

/** A row as text; rows are never changed, so it is made once. */
const texts = new WeakMap<object, string>()
function textOf(row: object): string {
  const text = texts.get(row) ?? JSON.stringify(row)
  texts.set(row, text)
  return text
}

/** What came over the wire is new in every part; a row that says the same stays the same object and is not drawn again. */
function keepRows(before: RowsOf, after: RowsOf): RowsOf {
  const known = new Map(before.rows.map((row) => [textOf(row), row]))
  return { ...after, rows: after.rows.map((row) => known.get(textOf(row)) ?? row) }
}

function mergeRows<Row extends { readonly id: unknown }>(before: readonly Row[], patches: readonly Row[]): Row[] {
  const changed = new Map(patches.map((row) => [row.id, row]))
  const known = new Set(before.map((row) => row.id))
  const merged = before.map((row) => changed.get(row.id) ?? row)
  for (const [id, row] of changed) if (!known.has(id)) merged.push(row)
  return merged
}

function growFeed(before: readonly FeedItem[], patches: readonly (readonly FeedItem[])[]): FeedItem[] {
  const lines = new Map(before.map((item) => [item.id, item]))
  for (const item of patches.flat()) {
    // A line that grew takes the place of what it was.
    if (item.cursor >= (lines.get(item.id)?.cursor ?? 0)) lines.set(item.id, item)
  }
  return [...lines.values()].sort((a, b) => b.id - a.id).slice(0, FEED_LENGTH)
}
