import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../../shared/model/ids.ts'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { ReconcilePlace } from '../../ui/reconcile-place.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './committee.module.css'

/** Marked here, said by the server, counted on paper. */
export function PaperPanel({ code }: { readonly code: CommitteeCode }) {
  const { t } = useTranslation()
  const state = useStream('reconcile', { committee: code })
  return (
    <section className={`panel ${classes.card}`} aria-label={t('attend.reconcile.title')}>
      <h2>
        <a href={to('attendance', { view: 'reconcile', committee: code })}>{t('attend.reconcile.title')}</a>
      </h2>
      <WhenReady state={state} loading={<Skeleton width="100%" height={120} />}>
        {({ rows: [row] }) => (row ? <ReconcilePlace row={row} /> : <EmptyState text={t('committee.unknown')} />)}
      </WhenReady>
    </section>
  )
}
