import { Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useKept } from '../store/drafts.ts'
import { Dialog } from './dialog.tsx'
import { DialogForm } from './dialog-form.tsx'

type ReasonDialogProps = {
  readonly title: string
  /** The dialog and its record: what was typed about it is there again when it opens again. */
  readonly about: string
  /** The word on the button that does it. */
  readonly give: string
  /** It takes something away. */
  readonly grave?: boolean
  /** Does it; answers why it could not be, in words, or null when it is done and the dialog may close. */
  readonly onGive: (reason: string) => Promise<string | null>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asks for what a correction, an undoing or a decision may not do without: why. What was typed stays until it is saved. */
export function ReasonDialog({ title, about, give, grave = false, onGive, onClose, children }: ReasonDialogProps) {
  const { t } = useTranslation()
  const kept = useKept(about)
  const reason = kept.typed.reason ?? ''
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const submit = async () => {
    setAsked(true)
    if (reason.trim() === '') return
    setBusy(true)
    const why = await onGive(reason.trim())
    setBusy(false)
    if (why === null) return done()
    setFailed(why)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <DialogForm
        kept={kept}
        failed={failed}
        give={give}
        busy={busy}
        grave={grave}
        onGive={() => void submit()}
        onCancel={done}
      >
        {children}
        <Textarea
          label={t('acts.reason')}
          description={t('acts.reasonHint')}
          value={reason}
          maxLength={500}
          rows={2}
          data-autofocus
          error={asked && reason.trim() === '' ? t('acts.needReason') : undefined}
          onChange={(event) => kept.type({ reason: event.currentTarget.value })}
        />
      </DialogForm>
    </Dialog>
  )
}
