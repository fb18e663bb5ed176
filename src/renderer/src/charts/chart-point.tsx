import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AXIS_HEIGHT, MARGIN } from './axis.ts'
import { type Leads, plotWidth } from './leading.ts'
import classes from './chart-point.module.css'

type ChartPointProps<P> = {
  readonly leads: Leads<P>
  readonly words: (point: P) => string
  /** What a pointer would be told there. */
  readonly tip: (point: P) => ReactNode
}

/** From the newest point back: how far a key goes. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }

function steppedTo(key: string, at: number, last: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return last
  const step = STEPS[key]
  return step === undefined ? null : Math.min(last, Math.max(0, at + step))
}

/** The keyboard's point on a chart: one stop for Tab, arrows move it along, Enter goes where a press on that point goes. */
export function ChartPoint<P extends { readonly at: number }>({ leads, words, tip }: ChartPointProps<P>) {
  const { points, shareOf, box, hrefOf } = leads
  const { t } = useTranslation()
  const [held, hold] = useState<number | null>(null)
  const [isHere, come] = useState(false)
  // New points come at the end: who stands on one stays there.
  const found = points.findIndex(({ at }) => at === held)
  const index = found === -1 ? points.length - 1 : found
  const point = points[index]
  if (!point) return null
  const share = Math.min(1, Math.max(0, shareOf(point, index)))
  const move = (event: KeyboardEvent) => {
    const next = steppedTo(event.key, index, points.length - 1)
    if (next === null) return
    event.preventDefault()
    hold(points[next]?.at ?? null)
  }
  const left = box.left + share * plotWidth(box)
  return (
    <>
      <a
        className={classes.point}
        href={hrefOf(point)}
        aria-label={words(point)}
        aria-description={t('charts.point')}
        style={{ left, top: MARGIN.top, height: Math.max(0, box.height - MARGIN.top - AXIS_HEIGHT) }}
        onKeyDown={move}
        onFocus={() => {
          hold(point.at)
          come(true)
        }}
        onBlur={() => come(false)}
      />
      {/* Beside the link, not in it: the link has a name of its own. */}
      {isHere && (
        <div
          className={classes.tip}
          style={{ left, top: MARGIN.top, transform: `translateX(${-share * 100}%)` }}
          aria-hidden
        >
          {tip(point)}
        </div>
      )}
    </>
  )
}
