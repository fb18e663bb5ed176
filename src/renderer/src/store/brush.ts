import { useEffect, useMemo } from 'react'
import { create } from 'zustand'
import { refine, useRoute } from './route.ts'

/** The part of the day all charts show, ms. */
export type Span = { readonly from: number; readonly to: number }

/** What was brushed last, for the next screen with charts. */
const useBrushed = create<{ readonly span: Span | null }>()(() => ({ span: null }))

export function parseSpan(text: string | undefined): Span | null {
  const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(text ?? '') ?? []
  return Number(from) < Number(to) ? { from: Number(from), to: Number(to) } : null
}

/** Brushes for every chart and writes it into the address; null: the whole day again. */
export function brush(span: Span | null): void {
  useBrushed.setState({ span })
  refine({ span: span && `${Math.round(span.from)}-${Math.round(span.to)}` })
}

/** The part of the day to draw; null: all of it. A screen opened with another address takes what was brushed elsewhere. */
export function useBrush(): Span | null {
  const told = useRoute((route) => route.query.span)
  const kept = useBrushed(({ span }) => span)
  const span = useMemo(() => parseSpan(told), [told])
  useEffect(() => {
    if (span) useBrushed.setState({ span })
    else if (kept) brush(kept)
    // Only what the address says is followed: what was kept is written into it once, when a screen opens without.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [span])
  return span
}

/** The points within, and one on either side so that a line goes on to the edge. */
export function within<P extends { readonly at: number }>(points: readonly P[], span: Span | null): readonly P[] {
  if (span === null) return points
  const first = points.findIndex(({ at }) => at >= span.from)
  const after = points.findIndex(({ at }) => at > span.to)
  if (first < 0) return points.slice(-1)
  return points.slice(Math.max(0, first - 1), after < 0 ? points.length : after + 1)
}
