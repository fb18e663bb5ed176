import { useTranslation } from 'react-i18next'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { type ElectorHint, SHORTEST } from '../../store/elector-hint.ts'
import classes from './elector-card.module.css'

type CardProps = { readonly number: string; readonly committee: CommitteeRow; readonly hint: ElectorHint }

/** Who the number belongs to, in a place that never moves. */
export function ElectorCard({ number, committee, hint }: CardProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const elsewhere = hint.is === 'other-committee' || hint.is === 'not-found'
  const place = hint.is === 'found' ? hint.committee : committee.name
  const warns = elsewhere || (hint.is === 'found' && hint.attended)
  return (
    <section className={classes.card} aria-label={t('common.elector')} data-warns={warns || undefined}>
      {number === '' ? (
        <p className="quiet">{t('kiosk.typeNumber')}</p>
      ) : (
        <>
          <p className={classes.name}>
            <Who number={number} hint={hint} />
          </p>
          <p className={classes.facts}>
            <bdi dir="ltr">{format.digitsOf(number)}</bdi>
            {!elsewhere && (
              <>
                <bdi>{format.digitsOf(committee.code)}</bdi>
                <bdi className={classes.place} title={place}>
                  {place}
                </bdi>
              </>
            )}
            {hint.is === 'found' && hint.section !== '' && (
              <span>{t('kiosk.section', { section: `\u2068${hint.section}\u2069` })}</span>
            )}
          </p>
          {hint.is === 'found' && hint.attended && (
            <p className={classes.warning}>
              <IconAlertTriangle size={20} aria-hidden />
              {t('kiosk.already', { time: hint.at === null ? t('common.unknown') : format.clock(hint.at) })}
            </p>
          )}
          {elsewhere && (
            <p className={classes.warning}>
              <IconAlertTriangle size={20} aria-hidden />
              {t(hint.is === 'not-found' ? 'kiosk.unknownText' : 'kiosk.otherText')}
            </p>
          )}
        </>
      )}
    </section>
  )
}

function Who({ number, hint }: Pick<CardProps, 'number' | 'hint'>) {
  const { t } = useTranslation()
  if (hint.is === 'found') return <bdi>{hint.name}</bdi>
  // A line's height, so that the number below stays where it is.
  if (number.length < SHORTEST) return '\u00a0'
  return <span className="quiet">{t(`kiosk.who.${hint.is}`)}</span>
}
