import { useTranslation } from 'react-i18next'
import type { Kept } from '../store/drafts.ts'

/** What stands in a dialog's fields was typed when it was open before: it must not be taken for what the server has. */
export function TypedBefore({ kept }: { readonly kept: Kept }) {
  const { t } = useTranslation()
  return kept.wasKept ? <p className="quiet small">{t('acts.typedBefore')}</p> : null
}
