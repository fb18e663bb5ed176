import { Button, NativeSelect, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../../shared/view/session.ts'
import { useFormat } from '../../i18n/format.ts'
import { type Kept, useKept } from '../../store/drafts.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import classes from './ask-dialog.module.css'
import { type Asking, useIncidentActs, type Wish } from './use-incident-acts.ts'

/** Minutes. */
const SNOOZES = [5, 15, 30, 60, 120]
/** Who may be called to act. */
const CALLED = ['SUPERVISOR', 'ADMIN', 'SUPER_ADMIN'] as const satisfies readonly Role[]
const LONGEST = 1_000

type AskProps = {
  readonly act: Asking
  /** The fault's. */
  readonly id: string
  readonly title: string
  readonly onClose: () => void
}

/** What an act needs to know: how long, what was done, who. What was typed stays until it is done. */
export function AskDialog({ act, id, title, onClose }: AskProps) {
  const { t } = useTranslation()
  const does = useIncidentActs()
  const kept = useKept(`${act} ${id}`)
  const busy = useRef(false)
  /** Done or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const give = async (wish: Wish) => {
    if (busy.current) return
    busy.current = true
    if (await does(id, wish)) done()
    busy.current = false
  }
  return (
    <Dialog title={t(`incidents.ask.${act}`)} onClose={onClose}>
      <p className={`quiet ${classes.title}`}>{title}</p>
      {act === 'snooze' ? (
        <Snoozes onSay={(wish) => void give(wish)} />
      ) : (
        <Words act={act} kept={kept} onSay={(wish) => void give(wish)} onCancel={done} />
      )}
    </Dialog>
  )
}

type SayProps = { readonly onSay: (wish: Wish) => void }

function Snoozes({ onSay }: SayProps) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <p>{t('incidents.ask.snoozeText')}</p>
      <div className={classes.snoozes}>
        {SNOOZES.map((minutes, index) => (
          <Button
            key={minutes}
            variant="default"
            data-autofocus={index === 1 || undefined}
            onClick={() => onSay({ act: 'snooze', minutes })}
          >
            {t('incidents.ask.minutes', { count: minutes, n: format.number(minutes) })}
          </Button>
        ))}
      </div>
    </>
  )
}

type WordsProps = SayProps & {
  readonly act: Exclude<Asking, 'snooze'>
  readonly kept: Kept
  readonly onCancel: () => void
}

function Words({ act, kept, onSay, onCancel }: WordsProps) {
  const { t } = useTranslation()
  const [isEmpty, setEmpty] = useState(false)
  const { note = '' } = kept.typed
  const to = CALLED.find((role) => role === kept.typed.to) ?? 'SUPERVISOR'
  const send = () => {
    const text = note.trim()
    setEmpty(text === '')
    if (text !== '') onSay(act === 'escalate' ? { act, to, note: text } : { act, note: text })
  }
  return (
    <DialogForm kept={kept} give={t(`incidents.act.${act}`)} onGive={send} onCancel={onCancel}>
      {act === 'escalate' && (
        <NativeSelect
          label={t('incidents.ask.escalateTo')}
          value={to}
          onChange={(event) => kept.type({ to: event.currentTarget.value })}
          data={CALLED.map((role) => ({ value: role, label: t(`frame.role.${role}`) }))}
        />
      )}
      <Textarea
        data-autofocus
        label={act === 'escalate' ? t('incidents.ask.escalateWhy') : t('incidents.ask.noteField')}
        {...(act === 'resolve' ? { description: t('incidents.ask.resolveText') } : {})}
        rows={3}
        maxLength={LONGEST}
        value={note}
        error={isEmpty && note.trim() === '' && t('acts.needReason')}
        onChange={(event) => kept.type({ note: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
    </DialogForm>
  )
}
