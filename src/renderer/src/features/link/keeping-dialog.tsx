import { Checkbox, Stack, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type KeepingView, MOST_KEEP_MB, MOST_PART_MB, USUAL_PART_MB } from '../../../../shared/keeping-contract.ts'
import { toAscii, useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { closeNow, useOpen } from '../../store/open.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { asksForLess, type KeepingFault, readKeeping } from './keeping-wish.ts'
import classes from './keeping.module.css'

/** Asks how large a journal's files grow and how much of it is kept. `words`: what is so now. */
export function KeepingDialog({ words }: { readonly words: string }) {
  const { t } = useTranslation()
  const { isOpen, close } = useOpen('keeping')
  const view = useValue('keeping')
  if (!isOpen || !view) return null
  return (
    <Dialog title={t('keeping.title')} onClose={close}>
      <Stack gap="sm">
        <p>{words}</p>
        <Stays />
        <Ask view={view} />
      </Stack>
    </Dialog>
  )
}

function Stays() {
  const { t } = useTranslation()
  return (
    <div>
      <h3>{t('keeping.stays')}</h3>
      <ul className={classes.stays}>
        <li>{t('keeping.staysWeek')}</li>
        <li>{t('keeping.staysOpen')}</li>
        <li>{t('keeping.staysOutcome')}</li>
      </ul>
    </div>
  )
}

const shown = (megabytes: number | null): string => (megabytes === null ? '' : String(megabytes))

function Ask({ view }: { readonly view: KeepingView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const past = useReplayRefusal()
  const kept = useKept('keeping')
  const { part = format.digitsOf(shown(view.partMb)), keep = format.digitsOf(shown(view.keepMb)) } = kept.typed
  // What lets go for good is said anew.
  const [isSure, setSure] = useState(false)
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    closeNow('keeping')
  }
  const refusal = past ?? (view.may ? null : t('keeping.mayNot'))
  const { fields, fault, send } = useSend(view, { part, keep, isSure }, done)
  const words = useFaultWords(fault, part)
  return (
    <DialogForm kept={kept} give={t('keeping.save')} why={refusal} onGive={() => void send()} onCancel={done}>
      {refusal !== null && <p className="quiet">{refusal}</p>}
      <TextInput
        ref={fields.part}
        label={t('keeping.part')}
        description={t('keeping.partText', { mb: format.number(USUAL_PART_MB) })}
        error={fault === 'part-bad' && words}
        value={part}
        inputMode="numeric"
        readOnly={refusal !== null}
        data-autofocus
        onChange={(event) => kept.type({ part: event.currentTarget.value })}
      />
      <TextInput
        ref={fields.keep}
        label={t('keeping.keep')}
        description={t('keeping.keepText')}
        error={(fault === 'keep-bad' || fault === 'keep-little') && words}
        value={keep}
        inputMode="numeric"
        readOnly={refusal !== null}
        onChange={(event) => kept.type({ keep: event.currentTarget.value })}
      />
      {asksForLess(keep, view) && (
        <div role="note" className={classes.gone}>
          <p>{t('keeping.gone')}</p>
          <Checkbox
            ref={fields.sure}
            mt="xs"
            label={t('keeping.sure')}
            error={fault === 'sure-needed' && words}
            checked={isSure}
            onChange={(event) => setSure(event.currentTarget.checked)}
          />
        </div>
      )}
    </DialogForm>
  )
}

type Typed = { readonly part: string; readonly keep: string; readonly isSure: boolean }

/** Sends what was typed; where a field is wrong, names it and puts the focus there. */
function useSend(view: KeepingView, { part, keep, isSure }: Typed, done: () => void) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const [fault, setFault] = useState<KeepingFault | null>(null)
  const fields = {
    part: useRef<HTMLInputElement>(null),
    keep: useRef<HTMLInputElement>(null),
    sure: useRef<HTMLInputElement>(null),
  }
  const FIELD = {
    'part-bad': fields.part,
    'keep-bad': fields.keep,
    'keep-little': fields.keep,
    'sure-needed': fields.sure,
  }
  const send = async () => {
    const wish = readKeeping(part, keep, view, isSure)
    setFault('fault' in wish ? wish.fault : null)
    if ('fault' in wish) return FIELD[wish.fault].current?.focus()
    const set = await call('keeping.set', wish.keeping)
    if (!set.ok) return say(failure(set.error), 'failed')
    say(t('keeping.saved'))
    done()
  }
  return { fields, fault, send }
}

function useFaultWords(fault: KeepingFault | null, part: string): string {
  const { t } = useTranslation()
  const format = useFormat()
  switch (fault) {
    case 'part-bad':
      return t('keeping.partBad', { most: format.number(MOST_PART_MB) })
    case 'keep-bad':
      return t('keeping.keepBad', { most: format.number(MOST_KEEP_MB) })
    case 'keep-little':
      return t('keeping.keepLittle', { mb: format.number(Number(toAscii(part.trim())) || USUAL_PART_MB) })
    case 'sure-needed':
      return t('keeping.sureNeeded')
    case null:
      return ''
  }
}
