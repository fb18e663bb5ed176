import type { MouseEvent } from 'react'
import { MARGIN } from './axis.ts'

/** A chart's whole box and the width of what is written at its left, px. */
export type PlotBox = { readonly width: number; readonly height: number; readonly left: number }

/** The points of a chart, how far right each stands in the plot (0 to 1; time is not mirrored), and where each leads. */
export type Leads<P> = {
  readonly points: readonly P[]
  readonly shareOf: (point: P, index: number) => number
  readonly box: PlotBox
  readonly hrefOf: (point: P) => string
}

/** How wide the plot itself is, px. */
export const plotWidth = ({ width, left }: PlotBox): number => Math.max(1, width - left - MARGIN.right)

/** A press on a chart goes where the row of the nearest point leads in its table. By finger as well: nothing has to be hovered first. */
export const leading =
  <P>({ points, shareOf, box, hrefOf }: Leads<P>) =>
  (event: MouseEvent<HTMLElement>): void => {
    // The keyboard's point is a link of its own.
    if (event.target instanceof Element && event.target.closest('a')) return
    const share = (event.clientX - event.currentTarget.getBoundingClientRect().left - box.left) / plotWidth(box)
    const far = points.map((point, index) => Math.abs(shareOf(point, index) - share))
    const point = points[far.indexOf(Math.min(...far))]
    if (point) location.hash = hrefOf(point)
  }
