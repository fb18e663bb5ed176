import { useTranslation } from 'react-i18next'
import { useReplay } from '../store/replay.ts'

/** Why nothing can be done on this screen: it shows a recording. Null: it does not. */
export function useReplayRefusal(): string | null {
  const { t } = useTranslation()
  return useReplay() === null ? null : t('common.error.in-replay')
}
