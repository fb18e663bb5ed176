import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TurnoutPoint } from '../../../../shared/view/board.ts'
import { ChartTable } from '../../charts/chart-table.tsx'
import { TimeBrush } from '../../charts/time-brush.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useBrush, within } from '../../store/brush.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { useTrust } from '../../store/trust.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { later } from '../../ui/later.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './board.module.css'

const PLACE = <Skeleton width="100%" height={236} />
const TurnoutChart = later(async () => (await import('../../charts/turnout-chart.tsx')).TurnoutChart, PLACE)

/** Who came through the day, how many of them had promised, and how many were expected; as a chart or as a table. */
export function TurnoutPanel() {
  const { t } = useTranslation()
  const state = useStream('turnout', { committee: null })
  const [asTable, setAsTable] = useState(false)
  const expected = useValue('headline')?.expected ?? null
  return (
    <section className={`panel ${classes.turnout}`} aria-label={t('board.curve')}>
      <div className="panel-head">
        <h2>{t('board.curve')}</h2>
        <DoubtMark topic="attendance" short />
        <span className="grow" />
        <Legend stroke="var(--n8)" dash="" words={t('board.curveAttended')} />
        <Legend stroke="var(--c1)" dash="6 3" words={t('board.curvePledged')} />
        {expected && <Legend stroke="var(--n7)" dash="2 4" words={t('charts.expected')} />}
        <Button size="compact-xs" variant="default" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'charts.chart' : 'charts.table')}
        </Button>
      </div>
      <WhenReady state={state} loading={PLACE}>
        {(points) =>
          points.length === 0 ? <EmptyState text={t('board.curveEmpty')} /> : <Curve points={points} table={asTable} />
        }
      </WhenReady>
    </section>
  )
}

function Legend({ stroke, dash, words }: { readonly stroke: string; readonly dash: string; readonly words: string }) {
  return (
    <span className={classes.legend}>
      <svg width="22" height="8" aria-hidden="true">
        <path d="M0 4h22" stroke={stroke} strokeWidth="2.5" strokeDasharray={dash} />
      </svg>
      {words}
    </span>
  )
}

function Curve({ points, table }: { readonly points: readonly TurnoutPoint[]; readonly table: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const headline = useValue('headline')
  const span = useBrush()
  const day = { from: points[0]?.at ?? 0, to: points.at(-1)?.at ?? 0 }
  const isApart = span !== null && (span.to <= day.from || span.from >= day.to)
  const target = headline?.expected ?? null
  const line = target && headline ? { ...target, electors: Math.round(target.share * headline.electors) } : null
  const columns = [
    { head: t('board.curveAttended'), cell: (point: TurnoutPoint) => format.number(point.attended) },
    { head: t('board.curvePledged'), cell: (point: TurnoutPoint) => format.number(point.pledgedAttended) },
  ]
  return (
    <>
      <div className={classes.chartBox}>
        {isApart ? (
          <EmptyState text={t('charts.nothing')} />
        ) : table ? (
          <ChartTable label={t('board.curve')} points={within(points, span)} columns={columns} />
        ) : (
          <TurnoutChart points={points} trust={trust} span={span} expected={line} />
        )}
      </div>
      <div className={classes.brushBox}>
        <TimeBrush day={day} span={span} />
      </div>
    </>
  )
}
