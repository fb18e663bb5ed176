import { memo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslation } from 'react-i18next'
import type { TopicTrust } from '../../../shared/model/trust.ts'
import type { TurnoutPoint } from '../../../shared/view/board.ts'
import { useFormat } from '../i18n/format.ts'
import { type Span, within } from '../store/brush.ts'
import { AXIS, MARGIN, timeTicks } from './axis.ts'
import { ChartTip } from './chart-tip.tsx'
import { LeadingChart } from './leading-chart.tsx'
import { useIsUnread } from '../store/trust.ts'
import { Figure } from '../ui/figure.tsx'
import { useSum } from '../ui/use-sum.ts'

/** Below this the hours would repeat under the axis, ms. */
const SHORT_MS = 10 * 60_000

/** The longest label is about as long as the last figure; a digit is about this wide, px. */
const labelWidth = (label: string) => Math.max(44, label.length * 7.5 + 16)

/** As it is: no dot at each point, nothing that grows into place. */
const STILL = { dot: false, isAnimationActive: false } as const // literals

/** Who came, up to each moment of the day, and how many of them had promised. Time runs left to right in both scripts. */
export const TurnoutChart = memo(function TurnoutChart({
  points,
  trust,
  span,
  hrefOf,
}: {
  readonly points: readonly TurnoutPoint[]
  readonly trust: TopicTrust['state']
  /** The part of the day to draw; null: all of it. */
  readonly span: Span | null
  /** Where those are who came by then: a press on a point leads there, as its row in the table does. */
  readonly hrefOf: (point: TurnoutPoint) => string
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const last = points.at(-1)
  const day = span ?? { from: points[0]?.at ?? 0, to: last?.at ?? 0 }
  const short = day.to - day.from < SHORT_MS
  const drawn = within(points, span)
  const labels = labelWidth(format.number(last?.attended ?? 0))
  const promised = useSum('guarantees')
  // A line along the bottom would say that none of them came.
  const isUnread = useIsUnread('guarantees')
  const isExpected = drawn.some(({ expected }) => expected !== null)
  const words = last
    ? t('board.curveText', {
        came: format.number(last.attended),
        time: format.clock(last.at),
        pledged: promised(last.pledgedAttended),
      })
    : t('board.curveEmpty')
  return (
    <LeadingChart
      words={words}
      trust={trust}
      left={labels}
      points={drawn.filter(({ at }) => at >= day.from && at <= day.to)}
      shareOf={({ at }) => (day.to > day.from ? (at - day.from) / (day.to - day.from) : 0)}
      hrefOf={hrefOf}
      wordsOf={({ at, attended }) => `${format.clock(at)}: ${t('board.curveAttended')} ${format.number(attended)}`}
      tip={(payload) => <TurnoutTip active payload={[{ payload }]} />}
    >
      {({ width, height }) => (
        <ComposedChart width={width} height={height} data={[...drawn]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--n3)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={[day.from, day.to]}
            allowDataOverflow
            {...(!short && { ticks: timeTicks(day.from, day.to) })}
            tickFormatter={short ? format.clockSeconds : format.clock}
            minTickGap={32}
            {...AXIS}
          />
          <YAxis width={labels} tickFormatter={format.number} allowDecimals={false} {...AXIS} axisLine={false} />
          <Tooltip content={<TurnoutTip />} isAnimationActive={false} cursor={{ stroke: 'var(--n6)' }} />
          <Area dataKey="attended" stroke="var(--n8)" strokeWidth={2} fill="var(--n6)" fillOpacity={0.14} {...STILL} />
          {!isUnread && (
            <Line dataKey="pledgedAttended" stroke="var(--c1)" strokeWidth={2} strokeDasharray="6 3" {...STILL} />
          )}
          {isExpected && (
            <Line dataKey="expected" stroke="var(--n7)" strokeWidth={1.5} strokeDasharray="2 4" {...STILL} />
          )}
        </ComposedChart>
      )}
    </LeadingChart>
  )
})

type TipProps = {
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: TurnoutPoint }[]
}

function TurnoutTip({ active, payload }: TipProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <ChartTip at={point.at}>
      <dd>
        {t('board.curveAttended')} <Figure value={point.attended} topic="attendance" />
      </dd>
      <dd>
        {t('board.curvePledged')} <Figure value={point.pledgedAttended} topic="guarantees" />
      </dd>
      {point.expected !== null && (
        <dd>
          {t('charts.expected')} <b>{format.number(point.expected)}</b>
        </dd>
      )}
    </ChartTip>
  )
}
