import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../shared/model/ids.ts'
import type { HourPoint, HoursView } from '../../../shared/view/reconcile.ts'
import { ChartTable } from '../charts/chart-table.tsx'
import { TimeBrush } from '../charts/time-brush.tsx'
import { useFormat } from '../i18n/format.ts'
import { type Span, useBrush } from '../store/brush.ts'
import { useStream } from '../store/core-context.tsx'
import { to } from '../store/route.ts'
import { useTrust } from '../store/trust.ts'
import { during } from './during-filter.tsx'
import { DoubtMark } from './doubt-mark.tsx'
import classes from './hours-panel.module.css'
import { later } from './later.tsx'
import { EmptyList } from './empty-list.tsx'
import { EmptyState, Skeleton } from './state-notes.tsx'
import { WhenReady } from './when-ready.tsx'

const PLACE = <Skeleton width="100%" height={220} />
const HoursChart = later(async () => (await import('../charts/hours-chart.tsx')).HoursChart, PLACE)
/** An hour, ms. */
const HOUR = 3_600_000

/** Arrivals by the hour, of one committee or of all: this desk's own marks apart; as a chart or as a table. */
export function HoursPanel({ committee }: { readonly committee: CommitteeCode | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = useStream('hours', { committee })
  const [asTable, setAsTable] = useState(false)
  const title =
    committee === null
      ? t('attend.hours.title')
      : t('attend.hours.of', { committee: `\u2068${format.digitsOf(committee)}\u2069` })
  return (
    <section className={`panel ${classes.hours}`} aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <DoubtMark topic="attendance" short />
        <span className="grow" />
        <Legend look="others" words={t('attend.hours.others')} />
        <Legend look="own" words={t('attend.hours.own')} />
        <Legend look="waiting" words={t('attend.hours.waiting')} />
        {committee !== null && <Legend look="usual" words={t('attend.hours.usual')} />}
        <Button size="compact-xs" variant="default" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'charts.chart' : 'charts.table')}
        </Button>
      </div>
      <WhenReady state={state} loading={PLACE}>
        {(view) =>
          view.points.length === 0 ? (
            <EmptyList
              topic="attendance"
              text={t(committee === null ? 'attend.hours.empty' : 'attend.hours.emptyHere')}
            />
          ) : (
            <Curve view={view} committee={committee} asTable={asTable} title={title} />
          )
        }
      </WhenReady>
    </section>
  )
}

function Curve({
  view,
  committee,
  asTable,
  title,
}: {
  readonly view: HoursView
  readonly committee: CommitteeCode | null
  readonly asTable: boolean
  readonly title: string
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const span = useBrush()
  const shown = useTouched(view, span)
  const words = usePeakWords(shown)
  const day = { from: view.points[0]?.at ?? 0, to: (view.points.at(-1)?.at ?? 0) + view.width }
  const hasUsual = view.points.some(({ usual }) => usual !== null)
  const hourOf = ({ at }: HourPoint) =>
    to('attendance', { committee, status: 'ATTENDED', during: during({ from: at, to: at + view.width }) })
  const columns = [
    { head: t('attend.hours.all'), cell: (point: HourPoint) => format.number(point.attended), href: hourOf },
    { head: t('attend.hours.own'), cell: (point: HourPoint) => format.number(point.own) },
    { head: t('attend.hours.others'), cell: (point: HourPoint) => format.number(point.attended - point.own) },
    { head: t('attend.hours.waiting'), cell: (point: HourPoint) => format.number(point.waiting) },
    ...(hasUsual
      ? [{ head: t('attend.hours.usual'), cell: (point: HourPoint) => format.number(point.usual ?? 0) }]
      : []),
  ]
  return (
    <>
      <div className={classes.box}>
        {shown.points.length === 0 ? (
          <EmptyState text={t('charts.nothing')} />
        ) : asTable ? (
          <ChartTable label={title} points={shown.points} columns={columns} />
        ) : (
          <HoursChart view={shown} trust={trust} words={words} hrefOf={hourOf} />
        )}
      </div>
      <TimeBrush day={day} span={span} />
      <p className="quiet small">
        {words} {span !== null && t('figures.hoursTouched')}{' '}
        {view.width > HOUR && t('attend.hours.wide', { n: format.number(view.width / HOUR) })}{' '}
        {hasUsual && t('attend.hours.usualMethod')}
      </p>
    </>
  )
}

/** The bars that the chosen part of the day touches: a bar is a whole hour, never a part of one. */
function useTouched(view: HoursView, span: Span | null): HoursView {
  return useMemo(
    () =>
      span === null
        ? view
        : { ...view, points: view.points.filter(({ at }) => at < span.to && at + view.width > span.from) },
    [view, span],
  )
}

/** Which hour brought the most. */
function usePeakWords({ points }: HoursView): string {
  const { t } = useTranslation()
  const format = useFormat()
  const [first] = points
  if (!first) return ''
  const peak = points.reduce((most, point) => (point.attended > most.attended ? point : most), first)
  return t('attend.hours.said', { time: format.clock(peak.at), n: format.number(peak.attended) })
}

type LegendProps = { readonly look: 'others' | 'own' | 'waiting' | 'usual'; readonly words: string }

function Legend({ look, words }: LegendProps) {
  return (
    <span className={classes.legend}>
      <i data-look={look} />
      {words}
    </span>
  )
}
