import { useEffect, useState } from 'react'
import type { FeedItem } from '../../../../shared/view/board.ts'

/** What is drawn and how many newer lines wait above it. */
export type HeldFeed = { readonly shown: readonly FeedItem[]; readonly waiting: number }

/** Holds still at `top`: only lines up to that id are drawn. Null: nothing is held. */
export function holdAt(items: readonly FeedItem[], top: number | null): HeldFeed {
  if (top === null) return { shown: items, waiting: 0 }
  const shown = items.filter((item) => item.id <= top)
  // All that was looked at has left the hundred: nothing is left to hold on to.
  if (shown.length === 0) return { shown: items, waiting: 0 }
  return { shown, waiting: items.length - shown.length }
}

/** The feed as it may move: while `looking` it keeps its lines, and new ones wait until they are asked for. */
export function useHeldFeed(items: readonly FeedItem[], looking: boolean): HeldFeed & { readonly release: () => void } {
  const newest = items[0]?.id ?? null
  const [top, setTop] = useState<number | null>(null)
  useEffect(() => {
    // Taken once, when the looking begins; later lines must not move it.
    setTop((held) => (looking ? (held ?? newest) : null))
  }, [looking, newest])
  return { ...holdAt(items, looking ? top : null), release: () => setTop(newest) }
}
