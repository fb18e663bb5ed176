import { useTranslation } from 'react-i18next'
import type { ShiftFigures, ShiftReport, WatchPoint } from '../../../../shared/view/shift.ts'
import { assertNever } from '../../../../shared/result.ts'
import { useFormat } from '../../i18n/format.ts'
import { Owner } from './incident-card.tsx'
import { useEvidenceWords, useIncidentTitle } from './incident-words.ts'
import shared from './incidents.module.css'
import classes from './shift-report.module.css'
import { SeverityMark } from './severity-mark.tsx'

/** What is open, what changed, what to watch. */
export function ShiftReportView({ report }: { readonly report: ShiftReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const watch = useWatchWords()
  return (
    <div className={shared.report}>
      <section>
        <h3>{t('incidents.shift.whatOpen')}</h3>
        <Open report={report} />
      </section>
      <section>
        <h3>
          {t('incidents.shift.whatChanged')}{' '}
          <span className="quiet small">
            {report.since === null
              ? t('incidents.shift.sinceStart')
              : t('incidents.shift.sinceLast', { time: format.clock(report.since) })}
          </span>
        </h3>
        <Changed report={report} />
      </section>
      <section>
        <h3>{t('incidents.shift.whatWatch')}</h3>
        {report.watch.length === 0 && <p className="quiet">{t('incidents.shift.watchNone')}</p>}
        <ul>
          {report.watch.map((point) => (
            <li key={point.is === 'doubt' ? point.topic : point.is}>{watch(point)}</li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Open({ report }: { readonly report: ShiftReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const title = useIncidentTitle()
  const evidence = useEvidenceWords()
  const more = report.openInAll - report.open.length
  if (report.openInAll === 0) return <p className="quiet">{t('incidents.shift.openNone')}</p>
  return (
    <ul>
      {report.open.map((one) => (
        <li key={one.id}>
          <SeverityMark severity={one.severity} size={13} /> <strong>{title(one)}</strong>{' '}
          <span className="quiet">
            {evidence(one.evidence)} {t('incidents.owner')}: <Owner owner={one.owner} />
          </span>
        </li>
      ))}
      {more > 0 && <li>{t('incidents.shift.openMore', { count: more, n: format.number(more) })}</li>}
    </ul>
  )
}

const FIGURES = [
  'attended',
  'pledgedAttended',
  'entriesCompleted',
  'entriesVerified',
  'votes',
] as const satisfies readonly (keyof ShiftFigures)[]
const COUNTS = ['triggered', 'resolved', 'linkLosses'] as const satisfies readonly (keyof ShiftReport)[]

function Changed({ report }: { readonly report: ShiftReport }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { figures, before } = report
  const change = (now: string, was: string | null) =>
    was === null || was === now ? now : t('incidents.shift.change', { now, before: was })
  const phase = (of: ShiftFigures | null) => (of?.phase ? t(`frame.phase.${of.phase}`) : null)
  return (
    <dl className={classes.figures}>
      <dt>{t('incidents.shift.phase')}</dt>
      <dd>{change(phase(figures) ?? '—', phase(before))}</dd>
      {FIGURES.map((name) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{t(`incidents.shift.${name}`)}</dt>
          <dd>{change(format.number(figures[name]), before && format.number(before[name]))}</dd>
        </div>
      ))}
      {COUNTS.map((name) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{t(`incidents.shift.${name}`)}</dt>
          <dd>{format.number(report[name])}</dd>
        </div>
      ))}
    </dl>
  )
}

function useWatchWords(): (point: WatchPoint) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (point) => {
    switch (point.is) {
      case 'doubt':
        return t('incidents.shift.watch.doubt', {
          topic: t(`common.topic.${point.topic}`),
          why: t(`common.doubt.${point.because}`),
        })
      case 'snoozed': {
        const { count, firstUntil } = point
        return t('incidents.shift.watch.snoozed', { count, n: format.number(count), time: format.clock(firstUntil) })
      }
      case 'unsent': {
        const { count, oldestAt } = point
        return t('incidents.shift.watch.unsent', { count, n: format.number(count), time: format.clock(oldestAt) })
      }
      case 'unowned':
      case 'conflicts':
      case 'wrong-committee':
        return t(`incidents.shift.watch.${point.is}`, { count: point.count, n: format.number(point.count) })
      default:
        return assertNever(point)
    }
  }
}
