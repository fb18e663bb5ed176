import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CommitteeDetail, ToldRecord } from '../../../../shared/view/committee.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { useTrust } from '../../store/trust.ts'
import { Figure } from '../../ui/figure.tsx'
import { Provenance } from '../../ui/provenance.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './committee.module.css'

/** Who works there as far as it is known, and what was told of the committee last: each line leads to its journal rows. */
export function PeopleAndTold({ code }: { readonly code: CommitteeCode }) {
  const { t } = useTranslation()
  const state = useStream('committee', { committee: code })
  const loading = <Skeleton width="100%" height={120} />
  return (
    <div className={classes.wide} data-turned>
      <section className={`panel ${classes.card}`} aria-label={t('committee.people.title')}>
        <h2>{t('committee.people.title')}</h2>
        <WhenReady state={state} loading={loading}>
          {(detail) => (detail ? <People code={code} detail={detail} /> : <p>{t('committee.unknown')}</p>)}
        </WhenReady>
      </section>
      <section className={`panel ${classes.card}`} aria-label={t('committee.told.title')}>
        <h2>{t('committee.told.title')}</h2>
        <WhenReady state={state} loading={loading}>
          {(detail) => <Told told={detail?.told ?? []} />}
        </WhenReady>
      </section>
    </div>
  )
}

function People({ code, detail }: { readonly code: CommitteeCode; readonly detail: CommitteeDetail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const mine = useValue('session')?.may.committees.includes(code) ?? false
  const { markers, beyond, counters } = detail
  return (
    <>
      <p className="quiet">{t(mine ? 'committee.people.assigned' : 'committee.people.notAssigned')}</p>
      {markers.length === 0 && <p>{t('committee.people.nobody')}</p>}
      <ul className={classes.people}>
        {markers.map(({ name, marks, lastAt }) => (
          <li key={name ?? ''}>
            <bdi>{name ?? t('committee.people.unnamed')}</bdi>{' '}
            <span className={classes.said} data-trust={trust}>
              {t('committee.people.marks', { n: format.number(marks), time: format.clock(lastAt) })}
            </span>
          </li>
        ))}
      </ul>
      {beyond > 0 && <p className="quiet">{t('committee.people.beyond', { n: format.number(beyond) })}</p>}
      {counters.length > 0 && (
        <p>
          <span className="quiet">{t('committee.people.counters')}</span>{' '}
          {counters.map((name) => (
            <bdi key={name}>{name} </bdi>
          ))}
        </p>
      )}
    </>
  )
}

const TOPIC = {
  attended: 'attendance',
  pending: 'attendance',
  count: 'counts',
  entry: 'counts',
  committee: 'committees',
  paper: 'attendance',
} as const satisfies Record<ToldRecord['what'], string>

function Told({ told }: { readonly told: readonly ToldRecord[] }) {
  const { t } = useTranslation()
  if (told.length === 0) return <p className="quiet">{t('committee.told.none')}</p>
  return (
    <>
      <p className="quiet small">{t('committee.told.text')}</p>
      <ol className={classes.told}>
        {told.map(({ of, what, name, figure, provenance }) => (
          <li key={`${of.kind}/${of.key}`}>
            <bdi className={classes.toldName}>{name}</bdi>
            <span className="quiet">{t(`committee.told.what.${what}`)}</span>
            <span>{figure !== null && <Figure value={figure} topic={TOPIC[what]} />}</span>
            <Provenance from={provenance} of={of} />
          </li>
        ))}
      </ol>
    </>
  )
}
