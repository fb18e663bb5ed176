import { IconAlertOctagonFilled, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import classes from './results.module.css'

/** The last time somebody at this desk published; null: nobody among the latest of the outbox. */
export const useLatestPublishing = (): OutboxItem | null =>
  useValue('outbox')?.recent.find((item) => item.does === 'results.publish') ?? null

/** While results are being published: how long it is still tried. Afterwards, loud, that it came to nothing. */
export function Publishing() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const item = useLatestPublishing()
  if (item === null || item.state === 'confirmed' || item.state === 'withdrawn') return null
  if (item.settledAt === null) {
    const left = `\u2066${format.countdown((item.deadline ?? now) - now)}\u2069`
    return (
      <section className={classes.publishing} role="status">
        <IconClock size={18} aria-hidden />
        <span>{item.accepted ? t('acts.results.taken') : t('acts.results.running', { left })}</span>
      </section>
    )
  }
  return (
    <section className={classes.publishing} data-bad role="alert">
      <IconAlertOctagonFilled size={18} aria-hidden />
      <span>
        {item.state === 'expired'
          ? t('acts.results.expired', { time: format.clock(item.settledAt) })
          : t('acts.results.refused')}{' '}
        {item.state !== 'expired' && item.reason && <bdi>{item.reason}</bdi>}{' '}
        {item.state !== 'expired' && item.next && t(`acts.next.${item.next}`)}
      </span>
    </section>
  )
}
