import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { RevokedView } from '../../../../shared/view/session.ts'
import { useFormat } from '../../i18n/format.ts'
import { forgetMessages } from '../../store/messages.ts'
import classes from './session.module.css'

/** What became of this desk when its account was taken away, by whose order, and what is left to do. */
export function RevokedNote({ revoked }: { readonly revoked: RevokedView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { account, by, at, is, waiting } = revoked
  // What was said to the operator names people too.
  useEffect(() => {
    notifications.clean()
    forgetMessages()
  }, [])
  return (
    <section className={classes.fault} role="alert" aria-labelledby="revoked-title">
      <h2 id="revoked-title">{t('revoked.title')}</h2>
      <p>
        {t('revoked.by', {
          account: isolated(account),
          by: isolated(by),
          at: `${format.date(at)} ${format.clock(at)}`,
        })}
      </p>
      <p>{t(`revoked.${is}`)}</p>
      {waiting > 0 && (
        <p>
          {t('revoked.waiting', { count: waiting, n: format.number(waiting) })} {t('revoked.next')}
        </p>
      )}
    </section>
  )
}

/** An address stays in one piece in words of either direction. */
const isolated = (text: string): string => `\u2068${text}\u2069`
