import { useTranslation } from 'react-i18next'
import type { QuarantineEntry } from '../../../../shared/view/meters.ts'
import { useFormat } from '../../i18n/format.ts'
import { EmptyState } from '../../ui/state-notes.tsx'
import classes from './link.module.css'

/** Messages that did not parse: kept, counted, shown. */
export function Quarantine({ entries }: { readonly entries: readonly QuarantineEntry[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className="panel" aria-labelledby="link-quarantine">
      <div className="panel-head">
        <h2 id="link-quarantine">{t('link.quarantine')}</h2>
      </div>
      {entries.length === 0 ? (
        <EmptyState text={t('link.quarantineNone')} />
      ) : (
        <>
          <p className={classes.reasons}>{t('link.quarantineText')}</p>
          <ul className={classes.kept}>
            {entries.map((entry) => (
              <li key={entry.cursor}>
                <span>
                  <bdi dir="ltr">{format.clockSeconds(entry.at)}</bdi> · <bdi dir="ltr">{entry.reason}</bdi> ·{' '}
                  <span className="quiet">{t('link.bytes', { n: format.number(entry.bytes) })}</span>
                </span>
                <code className="ltr">{entry.excerpt}</code>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
