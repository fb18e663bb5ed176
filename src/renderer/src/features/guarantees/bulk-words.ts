import { useTranslation } from 'react-i18next'
import type { BulkChange } from '../../../../shared/view/bulk.ts'
import { assertNever } from '../../../../shared/result.ts'
import { useValue } from '../../store/core-context.tsx'

/** `Confirmation: Confirmed`. */
export function useBulkWords(): (change: BulkChange) => string {
  const { t } = useTranslation()
  const groups = useValue('guarantee-choices')?.groups ?? []
  return (change) => {
    switch (change.is) {
      case 'confirmation':
        return `${t('lists.guarantees.confirmationLabel')}: ${t(`lists.guarantees.confirmation.${change.to}`)}`
      case 'status':
        return `${t('common.status')}: ${t(`lists.guarantees.status.${change.to}`)}`
      case 'group': {
        const name = groups.find(({ id }) => id === change.to)?.name ?? t('lists.guarantees.noGroup')
        return `${t('lists.guarantees.group')}: ${name}`
      }
      default:
        return assertNever(change)
    }
  }
}

/** What a guarantee is now, as the preview tells it. */
export function useBeforeWords(): (change: BulkChange, before: string | null) => string {
  const { t } = useTranslation()
  return (change, before) => {
    if (before === null) return t('lists.guarantees.noGroup')
    if (change.is === 'status') return t(`lists.guarantees.status.${before === 'PENDING' ? 'PENDING' : 'GUARANTEED'}`)
    if (change.is === 'group') return before
    const known = before === 'CONFIRMED' || before === 'NOT_AVAILABLE' ? before : 'PENDING'
    return t(`lists.guarantees.confirmation.${known}`)
  }
}
