import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TurnoutPoint } from '../../../../shared/view/board.ts'
import { ChartTable } from '../../charts/chart-table.tsx'
import { TimeBrush } from '../../charts/time-brush.tsx'
import { useFormat } from '../../i18n/format.ts'
import { type Span, useBrush, within } from '../../store/brush.ts'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useIsUnread, useTrust } from '../../store/trust.ts'
import { during } from '../../ui/during-filter.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { later } from '../../ui/later.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './turnout-panel.module.css'

const PLACE = <Skeleton width="100%" height={236} />
const TurnoutChart = later(async () => (await import('../../charts/turnout-chart.tsx')).TurnoutChart, PLACE)

/** Who came through the day, how many of them had promised, and how many were expected; as a chart or as a table. */
export function TurnoutPanel() {
  const { t } = useTranslation()
  const state = useStream('turnout', { committee: null, span: null })
  const [asTable, setAsTable] = useState(false)
  const isUnread = useIsUnread('guarantees')
  const expected = state.is === 'ready' && state.value.some((point) => point.expected !== null)
  return (
    <section className={`panel ${classes.turnout}`} aria-label={t('board.curve')}>
      <div className="panel-head">
        <h2>{t('board.curve')}</h2>
        <DoubtMark topic="attendance" short />
        <span className="grow" />
        <Legend stroke="var(--n8)" dash="" words={t('board.curveAttended')} />
        {!isUnread && <Legend stroke="var(--c1)" dash="6 3" words={t('board.curvePledged')} />}
        {expected && <Legend stroke="var(--n7)" dash="2 4" words={t('charts.expected')} />}
        <Button size="compact-xs" variant="default" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'charts.chart' : 'charts.table')}
        </Button>
      </div>
      <WhenReady state={state} loading={PLACE}>
        {(points) =>
          points.length === 0 ? (
            <EmptyList topic="attendance" text={t('board.curveEmpty')} />
          ) : (
            <Curve points={points} table={asTable} />
          )
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

/** Everybody marked up to a point: the curve is a running sum. A point is the middle of its minutes. */
const upTo = ({ at }: TurnoutPoint) => during({ from: 0, to: at + HALF_A_MINUTE })
const cameBy = (point: TurnoutPoint) => to('attendance', { status: 'ATTENDED', during: upTo(point) })
const pledgedBy = (point: TurnoutPoint) => to('guarantees', { status: 'GUARANTEED', during: upTo(point) })
/** ms. */
const HALF_A_MINUTE = 30_000

function Curve({ points, table }: { readonly points: readonly TurnoutPoint[]; readonly table: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const span = useBrush()
  const promised = useSum('guarantees')
  const drawn = useFiner(points, span)
  const day = { from: points[0]?.at ?? 0, to: points.at(-1)?.at ?? 0 }
  const isApart = span !== null && (span.to <= day.from || span.from >= day.to)
  const columns = [
    { head: t('board.curveAttended'), cell: (point: TurnoutPoint) => format.number(point.attended), href: cameBy },
    {
      head: t('board.curvePledged'),
      cell: (point: TurnoutPoint) => promised(point.pledgedAttended),
      href: pledgedBy,
    },
    ...(points.some(({ expected }) => expected !== null)
      ? [{ head: t('charts.expected'), cell: (point: TurnoutPoint) => format.number(point.expected ?? 0) }]
      : []),
  ]
  return (
    <>
      <div className={classes.chartBox}>
        {isApart ? (
          <EmptyState text={t('charts.nothing')} />
        ) : table ? (
          <ChartTable label={t('board.curve')} points={within(drawn, span)} columns={columns} />
        ) : (
          <TurnoutChart points={drawn} trust={trust} span={span} hrefOf={cameBy} />
        )}
      </div>
      <div className={classes.brushBox}>
        <TimeBrush day={day} span={span} />
      </div>
    </>
  )
}

/** A handle that is still moving asks for nothing: finer points are asked for when it rests so long, ms. */
const RESTS_MS = 250

/** The finest points there are of this part of the day; the whole day's until they have come. */
function useFiner(points: readonly TurnoutPoint[], span: Span | null): readonly TurnoutPoint[] {
  const [asked, ask] = useState<Span | null>(null)
  useEffect(() => {
    if (span === null) return ask(null)
    const timer = setTimeout(() => ask(span), RESTS_MS)
    return () => clearTimeout(timer)
  }, [span])
  const finer = useStream('turnout', { committee: null, span: asked })
  const isOf = span !== null && asked !== null && asked.from === span.from && asked.to === span.to
  return isOf && finer.is === 'ready' && finer.value.length > 0 ? finer.value : points
}
