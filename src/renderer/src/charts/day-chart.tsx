import { ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import { useFormat } from '../i18n/format.ts'
import type { MeterPoint } from '../../../shared/view/meters.ts'
import { within } from '../store/brush.ts'
import { useSize } from '../ui/use-size.ts'
import { timeTicks } from './axis.ts'
import { ChartTip } from './chart-tip.tsx'
import classes from './chart.module.css'

/** Where the plot begins and ends within its box, px: the ribbon above uses the same. */
export const PLOT_LEFT = 72
export const PLOT_RIGHT = 12
/** Below this the hours would repeat under the axis, ms. */
const SHORT_MS = 15 * 60_000
const PLOT_HEIGHT = 62
const AXIS_HEIGHT = 24

export type DaySeries = {
  readonly title: string
  /** A short sum beside the title. */
  readonly note: string
  readonly lines: readonly {
    readonly key: keyof MeterPoint
    readonly color: string
    readonly dash: string
    readonly name: string
  }[]
  readonly words: (value: number) => string
}

type DayChartProps = {
  readonly series: DaySeries
  readonly points: readonly MeterPoint[]
  readonly from: number
  readonly to: number
  /** The lowest chart carries the hours for all. */
  readonly axis: boolean
}

/** One meter through the day. Several share a time axis and a cursor. Time is not mirrored. */
export function DayChart({ series, points, from, to, axis }: DayChartProps) {
  const format = useFormat()
  const [ref, { width }] = useSize<HTMLElement>()
  const height = PLOT_HEIGHT + (axis ? AXIS_HEIGHT : 0)
  const tick = { fill: 'var(--n7)', fontSize: 11 }
  return (
    <div>
      <div className={classes.dayHead}>
        <span>{series.title}</span>
        <span className="quiet small">{series.note}</span>
        {series.lines.length > 1 &&
          series.lines.map((line) => (
            <span key={line.key} className={classes.dayKey}>
              <svg width="18" height="6" aria-hidden="true">
                <path d="M0 3h18" stroke={line.color} strokeWidth="2" strokeDasharray={line.dash} />
              </svg>
              {line.name}
            </span>
          ))}
      </div>
      <figure
        className={classes.day}
        dir="ltr"
        ref={ref}
        style={{ height }}
        aria-label={`${series.title}. ${series.note}`}
      >
        {width > 0 && (
          <ComposedChart
            width={width}
            height={height}
            data={[...within(points, { from, to })]}
            margin={{ top: 4, right: PLOT_RIGHT, bottom: 0, left: 0 }}
            syncId="day"
            accessibilityLayer={false}
          >
            <XAxis
              dataKey="at"
              type="number"
              scale="time"
              domain={[from, to]}
              allowDataOverflow
              hide={!axis}
              height={AXIS_HEIGHT}
              {...(to - from >= SHORT_MS && { ticks: timeTicks(from, to) })}
              tickFormatter={to - from < SHORT_MS ? format.clockSeconds : format.clock}
              minTickGap={32}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--n4)' }}
            />
            <YAxis
              width={PLOT_LEFT}
              tickFormatter={series.words}
              tickCount={2}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: 'var(--n3)' }}
              domain={[0, 'auto']}
            />
            <Tooltip content={<DayTip series={series} />} isAnimationActive={false} cursor={{ stroke: 'var(--n6)' }} />
            {series.lines.map((line) => (
              <Line
                key={line.key}
                dataKey={line.key}
                stroke={line.color}
                strokeWidth={1.5}
                strokeDasharray={line.dash}
                dot={false}
                isAnimationActive={false}
                connectNulls={false}
                type="linear"
              />
            ))}
          </ComposedChart>
        )}
      </figure>
    </div>
  )
}

type DayTipProps = {
  readonly series: DaySeries
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: MeterPoint }[]
}

function DayTip({ series, active, payload }: DayTipProps) {
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <ChartTip at={point.at}>
      {series.lines.map(({ key, name }) => {
        const value = point[key]
        return (
          <dd key={key}>
            {series.lines.length > 1 && name} <b>{value === null ? '—' : series.words(value)}</b>
          </dd>
        )
      })}
    </ChartTip>
  )
}
