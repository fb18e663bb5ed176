import { useTranslation } from 'react-i18next'
import { useValue } from '../../store/core-context.tsx'
import { useRoute } from '../../store/route.ts'
import { PaperHead } from '../../ui/paper-head.tsx'

/** The first lines of a printed screen. */
export function OnPaper() {
  const { t } = useTranslation()
  const screen = useRoute((route) => route.screen)
  if (!useValue('headline')) return null
  return (
    <div className="on-paper" aria-hidden>
      <PaperHead title={t(`frame.screens.${screen}`)} />
    </div>
  )
}
