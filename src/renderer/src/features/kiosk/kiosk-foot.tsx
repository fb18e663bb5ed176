import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useHostPresence, useValue } from '../../store/core-context.tsx'
import classes from './kiosk-foot.module.css'

/** "Saved here: 3 · Sent: all · Server 2 s ago": is anything of mine still only here? */
export function KioskFoot() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const outbox = useValue('outbox')
  const link = useValue('link')
  const away = useHostPresence().is === 'away'
  if (!outbox || !link) return <footer className={classes.foot} />
  const { waiting, oldestAt, unseen, rejected, expired, conflicts } = outbox
  const age = format.age(now - (oldestAt ?? now))
  return (
    <footer className={classes.foot}>
      <span data-some={waiting > 0 || undefined}>{t('kiosk.savedHere', { n: format.number(waiting) })}</span>
      <span data-some={waiting > 0 || undefined}>
        {waiting === 0 ? t('kiosk.sentAll') : oldestAt === null ? t('kiosk.sentNot') : t('kiosk.sentOldest', { age })}
      </span>
      {unseen > 0 && <span>{t('kiosk.unseenCount', { n: format.number(unseen) })}</span>}
      {rejected > 0 && <span data-refused>{t('kiosk.refusedCount', { n: format.number(rejected) })}</span>}
      {expired > 0 && <span data-refused>{t('kiosk.expiredCount', { n: format.number(expired) })}</span>}
      {conflicts > 0 && <span data-refused>{t('kiosk.conflictCount', { n: format.number(conflicts) })}</span>}
      <span>
        {away
          ? t('frame.hostAway')
          : link.heardAt === null
            ? t('kiosk.serverNever')
            : t('kiosk.server', { age: format.age(now - link.heardAt) })}
      </span>
    </footer>
  )
}
