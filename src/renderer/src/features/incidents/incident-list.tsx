import { useTranslation } from 'react-i18next'
import { type Incident, isCalling } from '../../../../shared/view/incident.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { Owner } from './incident-card.tsx'
import { useEvidenceWords, useIncidentTitle } from './incident-words.ts'
import shared from './incidents.module.css'
import classes from './incident-list.module.css'
import { SeverityMark } from './severity-mark.tsx'

type ListProps = {
  readonly incidents: readonly Incident[]
  readonly chosen: string | null
  readonly onChoose: (id: string) => void
}

/** One line a fault: how loud, what, since when, whose. */
export function IncidentList({ incidents, chosen, onChoose }: ListProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const title = useIncidentTitle()
  const evidence = useEvidenceWords()
  return (
    <ul className={classes.list} aria-label={t('incidents.page')}>
      {incidents.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className={shared.line}
            data-severity={one.severity}
            data-calling={isCalling(one, now) || undefined}
            aria-current={one.id === chosen || undefined}
            ref={one.id === chosen ? intoView : undefined}
            onClick={() => onChoose(one.id)}
          >
            <span className={shared.mark}>
              <SeverityMark severity={one.severity} />
              <span className="visually-hidden">{t(`incidents.severity.${one.severity}`)}</span>
            </span>
            <span className={classes.what}>
              <span className={shared.title}>{title(one)}</span>
              <span className={classes.proof}>{evidence(one.evidence)}</span>
            </span>
            <span className={classes.since}>
              {one.snoozedUntil !== null && one.snoozedUntil > now
                ? t('incidents.snoozed', { time: format.clock(one.snoozedUntil) })
                : format.age(now - one.since)}
              <span className={classes.whose}>
                <Owner owner={one.owner} />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function intoView(element: HTMLElement | null) {
  element?.scrollIntoView?.({ block: 'nearest' })
}
