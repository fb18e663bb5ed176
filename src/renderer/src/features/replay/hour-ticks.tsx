import { memo } from 'react'
import { useFormat } from '../../i18n/format.ts'
import classes from './hour-ticks.module.css'

const HOUR = 3_600_000
/** At most so many hours are written under the bar: more would touch. */
const MOST = 13
const STEPS = [1 / 60, 1 / 12, 1 / 4, 1 / 2, 1, 2, 3, 6, 12, 24, 24 * 7] as const

/** Hours under the lanes. */
export const HourTicks = memo(function HourTicks({ from, to }: { readonly from: number; readonly to: number }) {
  const format = useFormat()
  const span = Math.max(1, to - from)
  const step = (STEPS.find((each) => span / (each * HOUR) <= MOST) ?? STEPS[STEPS.length - 1] ?? 1) * HOUR
  const first = Math.ceil(from / step) * step
  const hours: number[] = []
  for (let at = first; at <= to; at += step) hours.push(at)
  return (
    <div className={classes.hours} aria-hidden>
      {hours.map((at) => (
        <span key={at} style={{ left: `${((at - from) / span) * 100}%` }}>
          {format.clock(at)}
        </span>
      ))}
    </div>
  )
})
