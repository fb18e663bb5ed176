import { useTranslation } from 'react-i18next'
import type { OutboxItem, OutboxView } from '../../../../shared/view/outbox.ts'
import { useCall } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import { useLast } from '../../store/use-last.ts'
import { ReasonDialog } from '../../ui/reason-dialog.tsx'
import { say } from '../../ui/say.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useDoesWords } from '../../ui/use-does-words.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'

/** The undoing of the action that the address names, where it can be undone. */
export function OpenedUndo({ outbox }: { readonly outbox: OutboxView }) {
  const { of, close } = useOpen('undo')
  const past = useReplayRefusal()
  return of === null || past !== null ? null : <Opened key={of} outbox={outbox} of={of} onClose={close} />
}

type OpenedProps = { readonly outbox: OutboxView; readonly of: string; readonly onClose: () => void }

function Opened({ outbox, of, onClose }: OpenedProps) {
  const found = outbox.recent.find(({ key, undo }) => key === of && undo !== null) ?? null
  // While its reason is typed it may go on its way: giving the reason says what became of it.
  const item = useLast(found)
  return item === null ? null : <UndoDialog item={item} onClose={onClose} />
}

/** Takes an action back, with a reason: unsent it is withdrawn, done it is reversed. */
function UndoDialog({ item, onClose }: { readonly item: OutboxItem; readonly onClose: () => void }) {
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
    <ReasonDialog
      about={`undo ${item.key}`}
      title={t('acts.undoTitle', { what })}
      give={t('acts.undoGive')}
      onGive={undo}
      onClose={onClose}
    >
      <p>{t(`acts.undoText.${item.undo ?? 'reverse'}`)}</p>
    </ReasonDialog>
  )
}
