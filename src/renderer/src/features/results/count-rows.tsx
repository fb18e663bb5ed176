import { useTranslation } from 'react-i18next'
import { filtersIn, useRoute } from '../../store/route.ts'
import { CountList } from '../../ui/count-list.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import classes from './results.module.css'

const KEPT = ['view'] as const

/** The vote counts that the figures are made of. */
export function CountRows() {
  const { t } = useTranslation()
  const filtered = useRoute((route) => filtersIn(route.query, KEPT).length > 0)
  return (
    <div className={classes.counts}>
      <CountList
        label={t('results.view.counts')}
        keep={KEPT}
        empty={<EmptyList topic="counts" filtered={filtered} text={t('lists.count.empty')} />}
      />
    </div>
  )
}
