import { CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from 'recharts'
import type { LeadView } from '../../../shared/sheet/lead.ts'
import type { TopicTrust } from '../../../shared/model/trust.ts'
import { useFormat } from '../i18n/format.ts'
import { AXIS, MARGIN, timeTicks } from './axis.ts'
import { ChartTip } from './chart-tip.tsx'
import { LeadingChart } from './leading-chart.tsx'

/** Each line has a colour and a dash of its own: neither alone has to be told apart. */
export const LEAD_LINES = [
  { color: 'var(--c1)', dash: '' },
  { color: 'var(--c2)', dash: '7 3' },
  { color: 'var(--c3)', dash: '2 3' },
  { color: 'var(--c4)', dash: '10 3 2 3' },
  { color: 'var(--c5)', dash: '4 2' },
] as const

/** Below this the hours would repeat under the axis, ms. */
const SHORT_MS = 10 * 60_000
const labelWidth = (label: string) => Math.max(44, label.length * 7.5 + 16)

type LeadChartProps = {
  readonly lead: LeadView
  readonly names: readonly string[]
  readonly words: string
  readonly trust: TopicTrust['state']
  /** Where the sheet that made a point is: a press on it leads there, as its row in the table does. */
  readonly hrefOf: (point: LeadView['points'][number]) => string
}

/** The votes of the foremost, sheet by sheet. Time runs left to right in both scripts. */
export function LeadChart({ lead, names, words, trust, hrefOf }: LeadChartProps) {
  const format = useFormat()
  const { points } = lead
  const most = Math.max(0, ...(points.at(-1)?.votes ?? []))
  const [begin, end] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0]
  const short = end - begin < SHORT_MS
  const labels = labelWidth(format.number(most))
  return (
    <LeadingChart
      words={words}
      trust={trust}
      left={labels}
      points={points}
      shareOf={({ at }) => (end > begin ? (at - begin) / (end - begin) : 0)}
      hrefOf={hrefOf}
      wordsOf={({ at, votes }) =>
        `${format.clock(at)}: ${names.map((name, index) => `${name} ${format.number(votes[index] ?? 0)}`).join(' · ')}`
      }
      tip={(payload) => <LeadTip names={names} active payload={[{ payload }]} />}
    >
      {({ width, height }) => (
        <ComposedChart width={width} height={height} data={[...points]} margin={MARGIN} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--n3)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="time"
            domain={['dataMin', 'dataMax']}
            {...(!short && { ticks: timeTicks(begin, end) })}
            tickFormatter={short ? format.clockSeconds : format.clock}
            minTickGap={32}
            {...AXIS}
          />
          <YAxis width={labels} tickFormatter={format.number} allowDecimals={false} {...AXIS} axisLine={false} />
          <Tooltip content={<LeadTip names={names} />} isAnimationActive={false} cursor={{ stroke: 'var(--n6)' }} />
          {lead.candidates.map((id, index) => (
            <Line
              key={id}
              dataKey={(point: LeadView['points'][number]) => point.votes[index]}
              stroke={LEAD_LINES[index]?.color ?? 'var(--n7)'}
              strokeDasharray={LEAD_LINES[index]?.dash ?? ''}
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
              type="stepAfter"
            />
          ))}
        </ComposedChart>
      )}
    </LeadingChart>
  )
}

type TipProps = {
  readonly names: readonly string[]
  readonly active?: boolean
  readonly payload?: readonly { readonly payload?: LeadView['points'][number] }[]
}

function LeadTip({ names, active, payload }: TipProps) {
  const format = useFormat()
  const point = payload?.[0]?.payload
  if (!active || !point) return null
  return (
    <ChartTip at={point.at}>
      {names.map((name, index) => (
        <dd key={name}>
          <bdi>{name}</bdi> <b>{format.number(point.votes[index] ?? 0)}</b>
        </dd>
      ))}
    </ChartTip>
  )
}
