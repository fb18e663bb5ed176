import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import { useCall } from '../../store/core-context.tsx'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { say } from '../../ui/say.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useDoesWords } from '../../ui/use-does-words.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'

/** Takes an action back, with a reason: unsent it is withdrawn, done it is reversed. */
export function UndoDialog({ item, onClose }: { readonly item: OutboxItem; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const does = useDoesWords()
  const about = useAboutWords()
  const undo = async (reason: string) => {
    const undone = await call('outbox.undo', { key: item.key, reason })
    if (!undone.ok) return failure(undone.error)
    say(t(undone.value.key === null ? 'acts.withdrawn' : 'acts.reversing'))
    return null
  }
  const what = `${does(item.does)} \u2068${about(item.about, item.does.startsWith('count.'))}\u2069`
  return (
    <ReasonDialog title={t('acts.undoTitle', { what })} give={t('acts.undoGive')} onGive={undo} onClose={onClose}>
      <p>{t(`acts.undoText.${item.undo ?? 'reverse'}`)}</p>
    </ReasonDialog>
  )
}
