import { Button, Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Incident, isOpen } from '../../../../shared/view/incident.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { useReplay } from '../../store/replay.ts'
import { Keys } from '../../ui/kbd.tsx'
import { placeOf, useEvidenceWords, useIncidentTitle } from './incident-words.ts'
import classes from './incident-card.module.css'
import { SeverityMark } from './severity-mark.tsx'
import { type Act, ACT_KEY, ACTS } from './use-incident-acts.ts'

type CardProps = { readonly incident: Incident; readonly onAct: (act: Act) => void }

/** What, since when, the proof, whose it is, what to do. */
export function IncidentCard({ incident, onAct }: CardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const title = useIncidentTitle()
  const evidence = useEvidenceWords()
  const { severity, since, committee, escalatedTo, snoozedUntil } = incident
  const place = placeOf(incident)
  return (
    <article className={`panel ${classes.card}`} data-severity={isOpen(incident) ? severity : undefined}>
      <header>
        <p className={classes.kind} data-severity={severity}>
          <SeverityMark severity={severity} /> {t(`incidents.severity.${severity}`)}
          {escalatedTo && <span> · {t('incidents.escalated', { role: t(`frame.role.${escalatedTo}`) })}</span>}
        </p>
        <h2>{title(incident)}</h2>
        {committee && <bdi className="quiet">{committee.name}</bdi>}
        <p className="quiet">
          {t('incidents.since', { time: format.clock(since), age: format.age(now - since) })}
          {snoozedUntil !== null && snoozedUntil > now && (
            <span> · {t('incidents.snoozed', { time: format.clock(snoozedUntil) })}</span>
          )}
        </p>
      </header>
      <dl className={classes.facts}>
        <dt>{t('incidents.wasSo')}</dt>
        <dd>{evidence(incident.evidence)}</dd>
        <dt>{t('incidents.nextStep')}</dt>
        <dd>
          {t(`incidents.next.${incident.evidence.is}`)} {place && <a href={place}>{t('incidents.act.open')}</a>}
        </dd>
        <dt>{t('incidents.owner')}</dt>
        <dd>
          <Owner owner={incident.owner} />
        </dd>
      </dl>
      <Acts incident={incident} onAct={onAct} />
      <Turns incident={incident} />
    </article>
  )
}

export function Owner({ owner }: { readonly owner: string | null }) {
  const { t } = useTranslation()
  const me = useValue('session')?.user?.email
  if (owner === null) return <span className={classes.unowned}>{t('incidents.ownerNone')}</span>
  return owner === me ? <strong>{t('incidents.you')}</strong> : <bdi>{owner}</bdi>
}

function Acts({ incident, onAct }: CardProps) {
  const { t } = useTranslation()
  const why = useWhyNot()
  return (
    <div className={classes.acts}>
      {ACTS.map((act) => {
        const not = why(incident, act)
        return (
          <Tooltip key={act} label={not ?? t(`incidents.actText.${act}`)}>
            <Button
              size="compact-sm"
              variant={act === 'acknowledge' ? 'filled' : 'default'}
              data-disabled={not !== null}
              aria-disabled={not !== null}
              aria-description={not ?? undefined}
              onClick={() => not === null && onAct(act)}
              rightSection={<Keys keys={ACT_KEY[act]} />}
            >
              {t(`incidents.act.${act}`)}
            </Button>
          </Tooltip>
        )
      })}
    </div>
  )
}

/** Why this cannot be done with it now; null: it can. */
export function useWhyNot(): (incident: Incident, act: Act) => string | null {
  const { t } = useTranslation()
  const inReplay = useReplay() !== null
  const me = useValue('session')?.user?.email ?? null
  return (incident, act) => {
    if (inReplay) return t('common.error.in-replay')
    if (me === null) return t('common.notAllowed')
    if (act === 'note') return null
    if (!isOpen(incident)) return t('incidents.actText.closed')
    return act === 'acknowledge' && incident.owner === me ? t('incidents.actText.mine') : null
  }
}

/** Oldest first: how it came to be as it is. */
export function Turns({ incident }: { readonly incident: Incident }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section>
      <h3 className={classes.subhead}>{t('incidents.becameOf')}</h3>
      <ol className={classes.turns}>
        <li>
          <bdi dir="ltr">{format.clock(incident.triggeredAt)}</bdi> <span>{t('incidents.found')}</span>
        </li>
        {incident.turns.map(({ at, does, by, note, until, to }, place) => (
          // Turns are only ever added: the place is the turn.
          <li key={`${at}${place}`}>
            <bdi dir="ltr">{format.clock(at)}</bdi>{' '}
            <span>
              {t(`incidents.turn.${does}`, {
                time: until === null ? '' : format.clock(until),
                role: to === null ? '' : t(`frame.role.${to}`),
              })}
              {by !== null && (
                <>
                  {' '}
                  · <bdi>{by}</bdi>
                </>
              )}
              {note !== null && note !== '' && <q className={classes.said}>{note}</q>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
