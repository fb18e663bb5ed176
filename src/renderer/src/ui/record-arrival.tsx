import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { type Arrival, useSavedArrival } from '../store/arrival.ts'
import { useCall } from '../store/core-context.tsx'
import { useKept } from '../store/drafts.ts'
import { Dialog } from './dialog.tsx'
import { DialogForm } from './dialog-form.tsx'
import { say } from './say.ts'
import { useFailureWords } from './use-failure-words.ts'

type RecordArrivalProps = { readonly arrival: Arrival; readonly onClose: () => void }

/** Records an arrival as pending. Nothing typed goes before it is saved at this desk. */
export function RecordArrival({ arrival, onClose }: RecordArrivalProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const failure = useFailureWords()
  const kept = useKept(`arrival ${arrival.elector} ${arrival.committee}`)
  const { name = '', notes = '' } = kept.typed
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const isShort = arrival.isUnknown && name.trim() === ''
  const save = async () => {
    setAsked(true)
    if (isShort) return
    const { elector, committee } = arrival
    const saved = await call('attendance.pending', { elector, committee, name: name.trim(), notes: notes.trim() })
    if (!saved.ok) return setFailed(failure(saved.error))
    say(t('acts.pending.saved'))
    useSavedArrival.setState({ saved: arrival })
    done()
  }
  return (
    <Dialog title={`${t('acts.pending.title')} · ${format.digitsOf(arrival.elector)}`} onClose={onClose}>
      <DialogForm kept={kept} failed={failed} give={t('acts.pending.give')} onGive={() => void save()} onCancel={done}>
        <p>{t('acts.pending.text', { committee: `\u2068${format.digitsOf(arrival.committee)}\u2069` })}</p>
        {arrival.isUnknown && (
          <TextInput
            label={t('acts.pending.name')}
            description={t('acts.pending.nameHint')}
            value={name}
            maxLength={255}
            autoComplete="off"
            data-autofocus
            error={asked && isShort ? t('acts.pending.needName') : undefined}
            onChange={(event) => kept.type({ name: event.currentTarget.value })}
          />
        )}
        <TextInput
          label={t('acts.pending.notes')}
          value={notes}
          maxLength={1000}
          autoComplete="off"
          {...(arrival.isUnknown ? {} : { 'data-autofocus': true })}
          onChange={(event) => kept.type({ notes: event.currentTarget.value })}
        />
      </DialogForm>
    </Dialog>
  )
}
