import { useTranslation } from 'react-i18next'
import type { CloseEntry } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { EmptyState } from '../../ui/state-notes.tsx'
import classes from './link.module.css'

/** Every connection that ended: when, why, what proved it, how long it had held. */
export function Closes({ closes }: { readonly closes: readonly CloseEntry[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className="panel" aria-labelledby="link-closes">
      <div className="panel-head">
        <h2 id="link-closes">{t('link.closes')}</h2>
      </div>
      {closes.length === 0 ? (
        <EmptyState text={t('link.closesNone')} />
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('link.when')}</th>
              <th>{t('link.causeHead')}</th>
              <th className={classes.end}>{t('link.held')}</th>
            </tr>
          </thead>
          <tbody>
            {closes.map((close) => (
              <tr key={`${close.at}${close.cause.proof}`}>
                <td>
                  <bdi dir="ltr">{format.clockSeconds(close.at)}</bdi>
                </td>
                <td>
                  {t(`link.cause.${close.cause.code}`)}
                  <code className={`ltr ${classes.proof}`}>{close.cause.proof}</code>
                </td>
                <td className={classes.end}>{format.age(close.lastedMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
