import type { CommitteeRow, FeedItem } from '../../../shared/view/board.ts'
import type { StreamName, StreamPatch, StreamValue } from './streams.ts'

/** The feed keeps as many lines as the core sends at first. */
const FEED_LENGTH = 100

/** The value after these patches. Committees are merged by id, the feed grows at its top, all else is replaced whole. */
export function applyPatches<S extends StreamName>(
  name: S,
  before: StreamValue<S>,
  patches: readonly StreamPatch<S>[],
): StreamValue<S> {
  // The name decides the shapes; the compiler cannot follow a generic into a branch.
  if (name === 'committees') {
    return mergeRows(before as CommitteeRow[], patches as readonly CommitteeRow[]) as StreamValue<S> // shapes of 'committees'
  }
  if (name === 'feed') return growFeed(before as FeedItem[], patches as readonly FeedItem[][]) as StreamValue<S> // shapes of 'feed'
  const last = patches.at(-1)
  return last === undefined ? before : (last as StreamValue<S>) // every other stream's patch is its whole value
}

function mergeRows(before: readonly CommitteeRow[], patches: readonly CommitteeRow[]): CommitteeRow[] {
  const changed = new Map(patches.map((row) => [row.id, row]))
  const known = new Set(before.map((row) => row.id))
  const merged = before.map((row) => changed.get(row.id) ?? row)
  for (const [id, row] of changed) if (!known.has(id)) merged.push(row)
  return merged
}

function growFeed(before: readonly FeedItem[], patches: readonly (readonly FeedItem[])[]): FeedItem[] {
  const newest = before[0]?.cursor ?? -1
  const seen = new Map<number, FeedItem>()
  for (const item of patches.flat()) if (item.cursor > newest) seen.set(item.cursor, item)
  const added = [...seen.values()].sort((a, b) => b.cursor - a.cursor)
  return [...added, ...before].slice(0, FEED_LENGTH)
}
