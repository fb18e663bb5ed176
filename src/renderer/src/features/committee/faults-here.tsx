import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { type Incident, isOpen } from '../../../../shared/view/incident.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useConditionWords } from '../../ui/condition-words.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './committee.module.css'

/** Older ones are on the faults screen. */
const SHOWN = 6

/** What rules found wrong in this committee, open ones first. */
export function FaultsHere({ row }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const { code } = row
  const state = useStream('incidents')
  const here = to('incidents', { committee: code })
  return (
    <section className={`panel ${classes.card}`} aria-label={t('committee.faults.title')}>
      <h2>
        <a href={here}>{t('committee.faults.title')}</a>
      </h2>
      <WhenReady state={state} loading={<Skeleton width="100%" height={80} />}>
        {(all) => {
          const found = all.filter(({ committee }) => committee?.code === code)
          const sorted = [...found.filter(isOpen), ...found.filter((one) => !isOpen(one)).reverse()]
          if (sorted.length === 0) return <NoneFound row={row} />
          return (
            <ul className={classes.faults}>
              {sorted.slice(0, SHOWN).map((one) => (
                <Fault key={one.id} one={one} href={here} />
              ))}
            </ul>
          )
        }}
      </WhenReady>
    </section>
  )
}

/** Not every state is a fault that calls somebody; it stands in the head all the same and is not to be denied here. */
function NoneFound({ row }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const words = useConditionWords()
  if (row.condition === 'fine') return <p className="quiet">{t('committee.faults.none')}</p>
  return (
    <p>
      {t('committee.faults.noneBut', {
        meaning: t(`board.conditionText.${row.condition}`),
        condition: words(row),
      })}
    </p>
  )
}

function Fault({ one, href }: { readonly one: Incident; readonly href: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const open = isOpen(one)
  return (
    <li data-severity={open ? one.severity : undefined}>
      <a href={href}>{t(`incidents.title.${one.evidence.is}`)}</a>{' '}
      <span className="quiet">
        {t('committee.faults.since', { time: format.clock(one.since) })} ·{' '}
        {!open
          ? t('committee.faults.resolved')
          : one.owner === null
            ? t('committee.faults.nobody')
            : t('committee.faults.owner', { owner: `\u2068${one.owner}\u2069` })}
      </span>
    </li>
  )
}
