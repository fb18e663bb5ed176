import { useTranslation } from 'react-i18next'
import { type Incident, isOpen } from '../../../../shared/view/incident.ts'
import { useFormat } from '../../i18n/format.ts'
import { EmptyState } from '../../ui/state-notes.tsx'
import { useIncidentTitle } from './incident-words.ts'
import shared from './incidents.module.css'
import classes from './history.module.css'
import { SeverityMark } from './severity-mark.tsx'

type HistoryProps = {
  readonly incidents: readonly Incident[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** What was resolved, the latest first, with who did it and what they said. */
export function History({ incidents, chosen, onChoose }: HistoryProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const title = useIncidentTitle()
  const past = incidents.filter((one) => !isOpen(one)).sort((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0))
  return (
    <section className="panel" aria-labelledby="incidents-history">
      <div className="panel-head">
        <h2 id="incidents-history">{t('incidents.history')}</h2>
        <span className="quiet small">{format.number(past.length)}</span>
      </div>
      {past.length === 0 && <EmptyState text={t('incidents.historyNone')} />}
      <ul className={classes.past}>
        {past.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={shared.pastLine}
              aria-current={one.id === chosen || undefined}
              onClick={() => onChoose(one.id)}
            >
              <bdi dir="ltr">{format.clock(one.resolvedAt ?? one.triggeredAt)}</bdi>
              <SeverityMark severity={one.severity} size={13} />
              <span className={shared.title}>{title(one)}</span>
              <span className="quiet">
                {t('incidents.lasted', { age: format.age((one.resolvedAt ?? one.triggeredAt) - one.triggeredAt) })} ·{' '}
                {one.resolvedBy === null
                  ? t('incidents.byItself')
                  : t('incidents.byName', { name: `\u2068${one.resolvedBy}\u2069` })}
                {one.stands && one.resolvedBy !== null && <> · {t('incidents.standsStill')}</>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
