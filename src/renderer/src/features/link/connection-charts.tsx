import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChartTable, type TableColumn } from '../../charts/chart-table.tsx'
import { DayChart, type DaySeries } from '../../charts/day-chart.tsx'
import { TimeBrush } from '../../charts/time-brush.tsx'
import type { MeterPoint, MetersView } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { useBrush, within } from '../../store/brush.ts'
import { useNow } from '../../store/clock.ts'
import classes from './link.module.css'
import { StateRibbon } from './state-ribbon.tsx'

/** Redrawn no more often than this: the axis must not creep every second. ms. */
const AXIS_STEP_MS = 15_000

/** The day as one ribbon, and below it five charts on the very same time axis. */
export function ConnectionCharts({ meters }: { readonly meters: MetersView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const span = useBrush()
  const [asTable, setAsTable] = useState(false)
  const begin = Math.min(meters.points[0]?.at ?? now, meters.ribbon[0]?.from ?? now, meters.meters.startedAt)
  const end = Math.max(Math.ceil(now / AXIS_STEP_MS) * AXIS_STEP_MS, begin + 60_000)
  const { from, to } = span ?? { from: begin, to: end }
  const points = within(meters.points, span)
  const worst = (read: (point: MeterPoint) => number | null) => Math.max(0, ...points.map((point) => read(point) ?? 0))
  const line = (title: string, key: keyof MeterPoint, words: (value: number) => string): DaySeries => {
    const value = words(worst((point) => point[key]))
    // Many frames are no fault; the others are better the smaller they are.
    const note = key === 'frames' || key === 'bytes' ? t('link.most', { value }) : t('link.worst', { value })
    return { title, note, lines: [{ key, color: 'var(--n8)', dash: '', name: title }], words }
  }
  const series: readonly DaySeries[] = [
    line(t('link.roundTrip'), 'roundTrip', format.ms),
    line(t('link.frames'), 'frames', (value) => format.number(Math.round(value))),
    line(t('charts.bytes'), 'bytes', (value) => format.number(Math.round(value))),
    line(t('link.dataAge'), 'dataAge', format.ms),
    {
      title: t('link.reconnects'),
      note: '',
      words: format.number,
      lines: [
        { key: 'reconnects', color: 'var(--warning-line)', dash: '', name: t('link.figure.reconnects') },
        { key: 'errors', color: 'var(--alarm)', dash: '5 3', name: t('link.figure.errors') },
      ],
    },
  ]
  return (
    <section className={`panel ${classes.charts}`} aria-labelledby="link-charts">
      <div className={classes.chartsHead}>
        <h2 id="link-charts">{t('link.ribbon')}</h2>
        <Button size="compact-xs" variant="default" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'charts.chart' : 'charts.table')}
        </Button>
      </div>
      <StateRibbon ribbon={meters.ribbon} from={from} to={to} />
      {asTable ? (
        <ChartTable label={t('link.ribbon')} points={points} columns={columnsOf(series)} short />
      ) : (
        series.map((each, index) => (
          <DayChart
            key={each.title}
            series={each}
            points={points}
            from={from}
            to={to}
            axis={index === series.length - 1}
          />
        ))
      )}
      <TimeBrush day={{ from: begin, to: end }} span={span} />
    </section>
  )
}

/** One column a line of each chart. */
const columnsOf = (series: readonly DaySeries[]): readonly TableColumn<MeterPoint>[] =>
  series.flatMap(({ lines, words }) =>
    lines.map(({ key, name }) => ({
      head: name,
      cell: (point: MeterPoint) => {
        const value = point[key]
        return value === null ? '—' : words(value)
      },
    })),
  )
