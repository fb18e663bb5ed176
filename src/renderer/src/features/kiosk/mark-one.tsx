import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { ElectorNumber } from '../../../../shared/model/ids.ts'
import { toAscii } from '../../i18n/format.ts'
import { openArrival, useSavedArrival } from '../../store/arrival.ts'
import { useElectorHint } from '../../store/elector-hint.ts'
import { ElectorCard } from './elector-card.tsx'
import { KeyPad } from './key-pad.tsx'
import classes from './mark-one.module.css'
import { SaidLine } from './said-line.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import type { Marks } from './use-marks.ts'

/** Number, card, Enter. The number goes only after it was saved at this desk. */
export function MarkOne({ committee, marks }: { readonly committee: CommitteeRow; readonly marks: Marks }) {
  const { t } = useTranslation()
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  useKeptFocus(field)
  const elector = ElectorNumber.safeParse(toAscii(typed).trim())
  const hint = useElectorHint(elector.success ? elector.data : '', committee.code)
  const isPending = hint.is === 'other-committee' || hint.is === 'not-found'
  useEffect(() => field.current?.focus(), [])
  const recorded = useSavedArrival((last) => last.saved)
  useEffect(() => {
    if (recorded) setTyped((now) => (toAscii(now).trim() === recorded.elector ? '' : now))
  }, [recorded])

  const change = (text: string) => {
    setTyped(text)
    marks.hush()
  }
  const mark = async (event: FormEvent) => {
    event.preventDefault()
    field.current?.focus()
    if (marks.busy) return
    if (!elector.success) return marks.fault(t('lists.attendance.needNumber'))
    if (hint.is === 'not-found') {
      return openArrival({ elector: elector.data, committee: committee.code, isUnknown: true })
    }
    const before = typed
    const saved = isPending
      ? await marks.arrive(elector.data)
      : await marks.mark(elector.data, hint.is === 'found' ? hint.name : null)
    // What was typed meanwhile is the next number.
    if (saved) setTyped((now) => (now === before ? '' : now))
  }

  return (
    <form className={classes.form} onSubmit={(event) => void mark(event)} aria-label={t('lists.attendance.markTitle')}>
      <label className={classes.label} htmlFor="kiosk-number">
        {t('lists.attendance.markNumber')}
      </label>
      <input
        id="kiosk-number"
        ref={field}
        className={classes.number}
        value={typed}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && change('')}
        inputMode={TOUCH ? 'none' : 'numeric'}
        autoComplete="off"
        dir="ltr"
        maxLength={20}
        aria-invalid={marks.said.is === 'fault' || undefined}
      />
      <ElectorCard number={elector.success ? elector.data : ''} committee={committee} hint={hint} />
      <button
        type="submit"
        className={classes.mark}
        data-pending={isPending || undefined}
        aria-disabled={marks.busy || undefined}
      >
        {t(isPending ? 'acts.pending.button' : 'lists.attendance.mark')} <span aria-hidden>⏎</span>
      </button>
      <SaidLine said={marks.said} />
      <KeyPad onKey={(digit) => change(typed + digit)} onBack={() => change(typed.slice(0, -1))} />
    </form>
  )
}

/** With a pad of its own on the page the system's keyboard would only cover it. */
const TOUCH = typeof matchMedia === 'function' && matchMedia('(any-pointer: coarse)').matches
