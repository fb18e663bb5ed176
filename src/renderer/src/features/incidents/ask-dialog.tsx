import { Button, Group, NativeSelect, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../../shared/view/session.ts'
import { useFormat } from '../../i18n/format.ts'
import { Dialog } from '../../ui/dialog.tsx'
import classes from './ask-dialog.module.css'
import type { Act, Wish } from './use-incident-acts.ts'

/** Minutes. */
const SNOOZES = [5, 15, 30, 60, 120]
/** Who may be called to act. */
const CALLED = ['SUPERVISOR', 'ADMIN', 'SUPER_ADMIN'] as const satisfies readonly Role[]
const LONGEST = 1_000

type AskProps = {
  readonly act: Exclude<Act, 'acknowledge'>
  readonly title: string
  readonly onClose: () => void
  readonly onSay: (wish: Wish) => void
}

/** What an act needs to know: how long, what was done, who. */
export function AskDialog({ act, title, onClose, onSay }: AskProps) {
  const { t } = useTranslation()
  return (
    <Dialog title={t(`incidents.ask.${act}`)} onClose={onClose}>
      <p className="quiet">{title}</p>
      {act === 'snooze' ? <Snoozes onSay={onSay} /> : <Words act={act} onSay={onSay} onClose={onClose} />}
    </Dialog>
  )
}

function Snoozes({ onSay }: { readonly onSay: AskProps['onSay'] }) {
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

type WordsProps = Pick<AskProps, 'onSay' | 'onClose'> & { readonly act: 'resolve' | 'escalate' | 'note' }

function Words({ act, onSay, onClose }: WordsProps) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const [to, setTo] = useState<Role>('SUPERVISOR')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const text = note.trim()
    setEmpty(text === '')
    if (text !== '') onSay(act === 'escalate' ? { act, to, note: text } : { act, note: text })
  }
  return (
    <form className={classes.ask} onSubmit={send}>
      {act === 'escalate' && (
        <NativeSelect
          label={t('incidents.ask.escalate')}
          value={to}
          onChange={(event) => setTo(CALLED.find((role) => role === event.currentTarget.value) ?? 'SUPERVISOR')}
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
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event)
        }}
      />
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit">{t(`incidents.act.${act}`)}</Button>
      </Group>
    </form>
  )
}
