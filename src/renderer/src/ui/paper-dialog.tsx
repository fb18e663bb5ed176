import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readCount } from '../../../shared/sheet/read-count.ts'
import type { ReconcileRow } from '../../../shared/view/reconcile.ts'
import { useFormat } from '../i18n/format.ts'
import { useCall } from '../store/core-context.tsx'
import { useKept } from '../store/drafts.ts'
import acts from './acts.module.css'
import { Dialog } from './dialog.tsx'
import { DialogForm } from './dialog-form.tsx'
import { say } from './say.ts'
import { useFailureWords } from './use-failure-words.ts'

type PaperDialogProps = { readonly row: ReconcileRow; readonly onClose: () => void }

/** Takes the count of a committee's paper list, and why where it was counted before. What was typed stays until it is saved. */
export function PaperDialog({ row, onClose }: PaperDialogProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { paper, code, electors } = row
  const kept = useKept(`paper ${code}`)
  const { text = '', reason = '' } = kept.typed
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const count = readCount(text)
  const needsReason = paper !== null && reason.trim() === ''
  const save = async () => {
    setAsked(true)
    if (count === null || needsReason) return
    setBusy(true)
    const saved = await call('paper.enter', { committee: code, count, reason: reason.trim() })
    setBusy(false)
    if (!saved.ok) return setFailed(failure(saved.error))
    say(t('attend.reconcile.saved'))
    done()
  }
  const over =
    count !== null && count > electors ? t('attend.reconcile.overElectors', { n: format.number(electors) }) : null
  return (
    <Dialog
      title={t('attend.reconcile.dialog', { committee: `\u2068${format.digitsOf(code)}\u2069` })}
      onClose={onClose}
    >
      <DialogForm
        kept={kept}
        failed={failed}
        give={t('common.save')}
        busy={busy}
        onGive={() => void save()}
        onCancel={done}
      >
        <TextInput
          label={t('attend.reconcile.field')}
          description={t('attend.reconcile.fieldHint')}
          value={text}
          onChange={(event) => kept.type({ text: event.currentTarget.value })}
          inputMode="numeric"
          autoComplete="off"
          dir="ltr"
          maxLength={9}
          data-autofocus
          error={asked && count === null ? t('attend.reconcile.needNumber') : undefined}
        />
        {over && <p className={acts.fault}>{over}</p>}
        {paper && (
          <TextInput
            label={t('attend.reconcile.why')}
            description={t('attend.reconcile.whyHint', {
              n: format.number(paper.count),
              by: `\u2068${paper.by}\u2069`,
              time: format.clock(paper.at),
            })}
            value={reason}
            onChange={(event) => kept.type({ reason: event.currentTarget.value })}
            maxLength={500}
            error={asked && needsReason ? t('attend.reconcile.needReason') : undefined}
          />
        )}
      </DialogForm>
    </Dialog>
  )
}
