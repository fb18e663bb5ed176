import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readCount } from '../../../shared/sheet/read-count.ts'
import type { CountingView } from '../../../shared/sheet/sheet-view.ts'
import { useFormat } from '../i18n/format.ts'
import { useCall, useValue } from '../store/core-context.tsx'
import { useKept } from '../store/drafts.ts'
import { useOpen } from '../store/open.ts'
import { Dialog } from './dialog.tsx'
import { DialogForm } from './dialog-form.tsx'
import { Refused } from './refused.tsx'
import { say } from './say.ts'
import { useFailureWords } from './use-failure-words.ts'
import { useReplayRefusal } from './use-replay-refusal.ts'

const MOST_SEATS = 500

/** How this desk counts: whether two people type each sheet, and how many are elected. */
export function CountSettings({ seats: saysSeats = false }: { readonly seats?: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { isOpen, open, close } = useOpen('counting')
  const counting = useValue('counting')
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  const perBallot = useValue('headline')?.election?.maxCandidatesPerBallot ?? 0
  if (counting === null) return null
  const why = past ?? (may && !may.verifyCounts ? t('results.settings.mayNot') : null)
  const seats = counting.seats ?? perBallot
  const words = saysSeats
    ? t('results.settings.seatsNow', { n: seats > 0 ? format.number(seats) : '—' })
    : t(counting.double ? 'results.settings.doubleOn' : 'results.settings.doubleOff')
  return (
    <>
      <Refused why={why}>
        <Button
          size="compact-sm"
          variant="default"
          {...(why === null
            ? { onClick: () => open() }
            : { 'aria-disabled': true, 'data-disabled': true, 'aria-description': why })}
        >
          {words}
        </Button>
      </Refused>
      {isOpen && why === null && <Settings counting={counting} onClose={close} />}
    </>
  )
}

function Settings({ counting, onClose }: { readonly counting: CountingView; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const kept = useKept('counting')
  const double = kept.typed.double === undefined ? counting.double : kept.typed.double === 'two'
  const typed = kept.typed.seats ?? (counting.seats === null ? '' : String(counting.seats))
  /** Saved or cancelled: nothing of it is to be there again. */
  const done = () => {
    kept.drop()
    onClose()
  }
  const [asked, setAsked] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const seats = typed.trim() === '' ? null : readCount(typed)
  const isRead = typed.trim() === '' || (seats !== null && seats >= 1 && seats <= MOST_SEATS)
  const save = async () => {
    setAsked(true)
    if (!isRead) return
    const saved = await call('count.settle', { double, seats })
    if (!saved.ok) return setFailed(failure(saved.error))
    say(t('results.settings.saved'))
    done()
  }
  return (
    <Dialog title={t('results.settings.title')} onClose={onClose}>
      <DialogForm
        kept={kept}
        failed={failed}
        give={t('results.settings.give')}
        onGive={() => void save()}
        onCancel={done}
      >
        <Checkbox
          label={t('results.settings.double')}
          description={t('results.settings.doubleHint')}
          checked={double}
          data-autofocus
          onChange={(event) => kept.type({ double: event.currentTarget.checked ? 'two' : 'one' })}
        />
        <TextInput
          label={t('results.settings.seats')}
          description={t('results.settings.seatsHint')}
          value={typed}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          error={asked && !isRead ? t('results.settings.seatsBad') : undefined}
          onChange={(event) => kept.type({ seats: event.currentTarget.value })}
        />
      </DialogForm>
    </Dialog>
  )
}
