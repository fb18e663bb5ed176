import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useHostPresence } from '../../store/core-context.tsx'
import classes from './host-overlay.module.css'

/** A restart takes a second or two: only what lasts is worth a word, ms. */
const QUIET_MS = 800
/** After this long the page says what else can be done, ms. */
const LONG_MS = 20_000

/** Calm words over everything while the console's own host is away, or is of another version. */
export function HostOverlay() {
  const { t } = useTranslation()
  const format = useFormat()
  const presence = useHostPresence()
  const now = useDeskNow()
  if (presence.is === 'mismatch') {
    return (
      <Note title={t('frame.hostMismatch')} text={t('frame.hostMismatchText')}>
        <Button onClick={() => location.reload()}>{t('frame.reload')}</Button>
      </Note>
    )
  }
  if (presence.is !== 'away' || now - presence.since < QUIET_MS) return null
  if (presence.refused) return <Note title={t('frame.hostRefused')} text={t('frame.hostRefusedText')} />
  const away = now - presence.since
  return (
    <Note title={t('frame.hostAway')} text={t('frame.hostAwayText')}>
      <p className="quiet">{t('frame.hostAwaySince', { age: format.age(away) })}</p>
      {away > LONG_MS && <p>{t('frame.hostAwayLong')}</p>}
    </Note>
  )
}

function Note({
  title,
  text,
  children,
}: {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  return (
    <div className={classes.overlay}>
      <section className={classes.away} role="alertdialog" aria-label={title}>
        <h1>{title}</h1>
        <p>{text}</p>
        {children}
      </section>
    </div>
  )
}
