import { useTranslation } from 'react-i18next'
import { CountList } from '../../ui/count-list.tsx'
import { EmptyState } from '../../ui/state-notes.tsx'
import classes from './results.module.css'

const KEPT = ['view'] as const

/** The vote counts that the figures are made of. */
export function CountRows() {
  const { t } = useTranslation()
  return (
    <div className={classes.counts}>
      <CountList label={t('results.view.counts')} keep={KEPT} empty={<EmptyState text={t('lists.noMatch')} />} />
    </div>
  )
}
