import { IconGitFork } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conflict, ConflictVersion } from '../../../../shared/view/conflict.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useRoute } from '../../store/route.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useConflictWords } from './conflict-words.ts'
import classes from './conflicts.module.css'
import { Decide } from './decide.tsx'

/** Both versions side by side: what, who, when, and how this desk knows; then the decision. */
export function ConflictCard({ card }: { readonly card: Conflict }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const about = useAboutWords()
  const isAsked = useRoute((route) => route.query.card === card.id)
  const ref = useRef<HTMLElement>(null)
  useEffect(() => {
    if (!isAsked) return
    ref.current?.scrollIntoView?.({ block: 'start' })
    ref.current?.querySelector('textarea')?.focus({ preventScroll: true })
  }, [isAsked])
  const title = `conflict-${card.id}`
  return (
    <article className={`panel ${classes.card}`} ref={ref} aria-labelledby={title}>
      <h2 id={title} className={classes.head}>
        <IconGitFork size={18} aria-hidden />
        <span>{t(`acts.conflicts.kind.${card.kind}`)}</span>
        <span className={classes.about}>
          {card.name !== '' && <bdi>{card.name}</bdi>}
          <bdi className="quiet">{about(card.about, card.kind === 'count')}</bdi>
        </span>
        <span className={classes.since}>{t('acts.conflicts.since', { age: format.age(now - card.openedAt) })}</span>
      </h2>
      <Versions card={card} />
      <Decide card={card} />
    </article>
  )
}

function Versions({ card }: { readonly card: Conflict }) {
  const { t } = useTranslation()
  const words = useConflictWords()
  const line = (label: string, of: (version: ConflictVersion) => ReactNode) => (
    <tr>
      <th scope="row">{label}</th>
      <td>{of(card.mine)}</td>
      <td>{of(card.theirs)}</td>
    </tr>
  )
  const hasPlaces = card.mine.committee !== null || card.theirs.committee !== null
  const isPlaceTold = card.fields.some(({ field }) => field === 'committee')
  return (
    <table className={classes.versions}>
      <caption className="visually-hidden">{t('acts.conflicts.versions')}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{words.side(card, 'mine')}</th>
          <th scope="col">{words.side(card, 'theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {card.fields.map((field) => (
          <tr key={`${field.field} ${field.of ?? ''}`} className={classes.differs}>
            <th scope="row">{words.field(field)}</th>
            <td>
              <bdi>{words.value(card, field, 'mine')}</bdi>
            </td>
            <td>
              <bdi>{words.value(card, field, 'theirs')}</bdi>
            </td>
          </tr>
        ))}
        {hasPlaces && !isPlaceTold && line(t('acts.conflicts.where'), ({ committee }) => <Told text={committee} />)}
        {line(t('acts.conflicts.who'), ({ by }) => (
          <Told text={by} />
        ))}
        {line(t('acts.conflicts.when'), ({ at }) => (
          <When at={at} />
        ))}
        {line(t('acts.conflicts.origin'), ({ origin }) => t(`acts.conflicts.originOf.${origin}`))}
      </tbody>
    </table>
  )
}

function Told({ text }: { readonly text: string | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (text === null || text === '') return <span className="quiet">{t('acts.conflicts.notSaid')}</span>
  return <bdi>{format.digitsOf(text)}</bdi>
}

function When({ at }: { readonly at: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (at === null) return <span className="quiet">{t('acts.conflicts.notSaid')}</span>
  return (
    <>
      <bdi>{format.date(at)}</bdi> <bdi dir="ltr">{format.clockSeconds(at)}</bdi>
    </>
  )
}
