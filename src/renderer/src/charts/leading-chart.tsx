import type { ReactNode } from 'react'
import type { TopicTrust } from '../../../shared/model/trust.ts'
import { useSize } from '../ui/use-size.ts'
import { ChartPoint } from './chart-point.tsx'
import { type Leads, leading } from './leading.ts'
import classes from './chart.module.css'

type Size = { readonly width: number; readonly height: number }

type LeadingChartProps<P> = Omit<Leads<P>, 'box'> & {
  /** The chart in a sentence. */
  readonly words: string
  readonly trust: TopicTrust['state']
  /** How wide what is written at its left is, px. */
  readonly left: number
  /** The name of a point. */
  readonly wordsOf: (point: P) => string
  /** What is told at a point, to the keyboard as to a pointer. */
  readonly tip: (point: P) => ReactNode
  /** Draws it, once there is room. */
  readonly children: (size: Size) => ReactNode
}

/** A chart whose points lead somewhere, by press and by keyboard. Time runs left to right in both scripts. */
export function LeadingChart<P extends { readonly at: number }>(props: LeadingChartProps<P>) {
  const { words, trust, left, wordsOf, tip, children, points, shareOf, hrefOf } = props
  const [ref, size] = useSize<HTMLElement>()
  const leads = { points, shareOf, hrefOf, box: { ...size, left } }
  return (
    <figure className={classes.chart} dir="ltr" ref={ref} data-trust={trust} data-leads onClick={leading(leads)}>
      <figcaption className="visually-hidden">{words}</figcaption>
      {size.width > 0 && size.height > 0 && (
        <>
          {children(size)}
          <ChartPoint leads={leads} words={wordsOf} tip={tip} />
        </>
      )}
    </figure>
  )
}
