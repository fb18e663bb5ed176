import { memo } from 'react'
import { Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslation } from 'react-i18next'
import type { TopicTrust } from '../../../shared/model/trust.ts'
import type { HourPoint, HoursView } from '../../../shared/view/reconcile.ts'
import { useFormat } from '../i18n/format.ts'
import { Figure } from '../ui/figure.tsx'
import { AXIS, MARGIN } from './axis.ts'
import { ChartTip } from './chart-tip.tsx'
import { LeadingChart } from './leading-chart.tsx'

/** Looks of the bars, lowest first: the legend shows the same. */
export const HOUR_LOOKS = {
  others: { fill: 'var(--n6)', stroke: 'var(--n6)' },
  own: { fill: 'var(--c1)', stroke: 'var(--c1)' },
  waiting: { fill: 'url(#hatched)', stroke: 'var(--c1)' },
} as const

/** What is written at the left, px. */
const LABELS_PX = 52

type Drawn = HourPoint & { readonly others: number }

/** Arrivals by the hour: who was marked elsewhere, who at this desk, and who is typed here alone. Time is not mirrored. */
export const HoursChart = memo(function HoursChart({
  view: { points },
  trust,
  words,
  hrefOf,
}: {
  readonly view: HoursView
  readonly trust: TopicTrust['state']
  readonly words: string
  /** Where the marks of an hour are: a press on its bar leads there, as its figure in the table does. */
  readonly hrefOf: (point: HourPoint) => string
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const drawn = points.map((point): Drawn => ({ ...point, others: Math.max(0, point.attended - point.own) }))
  const bar = { stackId: 'hour', isAnimationActive: false, maxBarSize: 46 } as const // literals
  return (
    <LeadingChart
      words={words}
      trust={trust}
      left={LABELS_PX}
      points={drawn}
      shareOf={(_, index) => (index + 0.5) / drawn.length}
      hrefOf={hrefOf}
      wordsOf={({ at, attended }) => `${format.clock(at)}: ${t('attend.hours.all')} ${format.number(attended)}`}
      tip={(payload) => <HourTip active payload={[{ payload }]} />}
    >
      {({ width, height }) => (
        <ComposedChart width={width} height={height} data={drawn} margin={MARGIN} accessibilityLayer={false}>
          <defs>
            <pattern id="hatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <rect width="6" height="6" fill="var(--n0)" />
              <path d="M0 0v6" stroke="var(--c1)" strokeWidth="3" />
            </pattern>
          </defs>
          <CartesianGrid vertical={false} stroke="var(--n3)" />
          <XAxis dataKey="at" tickFormatter={format.clock} minTickGap={24} {...AXIS} />
          <YAxis width={LABELS_PX} tickFormatter={format.number} allowDecimals={false} {...AXIS} axisLine={false} />
          <Tooltip content={<HourTip />} isAnimationActive={false} cursor={{ fill: 'var(--n3)', fillOpacity: 0.5 }} />
          <Bar dataKey="others" {...HOUR_LOOKS.others} {...bar} />
          <Bar dataKey="own" {...HOUR_LOOKS.own} {...bar} />
          <Bar dataKey="waiting" {...HOUR_LOOKS.waiting} {...bar} />
          <Line
            dataKey="usual"
            stroke="var(--n9)"
            strokeWidth={2}
            strokeDasharray="2 4"
            dot={false}
            isAnimationActive={false}
          />
        </ComposedChart>
      )}
    </LeadingChart>
  )
})

type TipProps = { readonly active?: boolean; readonly payload?: readonly { readonly payload?: Drawn }[] }

function HourTip({ active, payload }: TipProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <ChartTip at={point.at}>
      <dd>
        {t('attend.hours.all')} <Figure value={point.attended} topic="attendance" />
      </dd>
      <dd>
        {t('attend.hours.own')} <Figure value={point.own} topic="attendance" />
      </dd>
      {point.waiting > 0 && (
        <dd>
          {t('attend.hours.waiting')} <b>{format.number(point.waiting)}</b>
        </dd>
      )}
      {point.usual !== null && (
        <dd>
          {t('attend.hours.usual')} <Figure value={point.usual} topic="attendance" />
        </dd>
      )}
    </ChartTip>
  )
}
