import { useTranslation } from 'react-i18next'
import type { Kept } from '../store/drafts.ts'

type TypedBeforeProps = {
  readonly kept: Kept
  /** There is no button that drops it. */
  readonly stays?: boolean
}

/** What stands in a dialog's fields was typed when it was open before: it must not be taken for what the server has. */
export function TypedBefore({ kept, stays = false }: TypedBeforeProps) {
  const { t } = useTranslation()
  return kept.wasKept ? <p className="quiet small">{t(stays ? 'acts.typedBeforeStays' : 'acts.typedBefore')}</p> : null
}
