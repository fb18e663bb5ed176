import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, memo, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CommandKey, CommitteeCode, ElectorNumber } from '../../../../shared/model/ids.ts'
import { toAscii, useFormat } from '../../i18n/format.ts'
import { openArrival, useSavedArrival } from '../../store/arrival.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { mayMarkAt } from '../../store/may.ts'
import { type ElectorHint, useElectorHint } from '../../store/elector-hint.ts'
import { useOutboxItem } from '../../store/outbox-item.ts'
import { useRoute } from '../../store/route.ts'
import { ownDirection } from '../../ui/own-direction.ts'
import { refusing } from '../../ui/refused.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import classes from './mark-field.module.css'

/** What became of the last mark, in words. */
type Outcome =
  | { readonly is: 'none' }
  | { readonly is: 'fault'; readonly text: string }
  | { readonly is: 'saved'; readonly key: CommandKey; readonly number: string; readonly committee: string }

/** Number, committee, Enter. Takes both digit sets; the number is cleared only after it was saved. */
export function MarkField() {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const field = useRef<HTMLInputElement>(null)
  const [number, setNumber] = useState('')
  const [committee, setCommittee] = useCommitteeChoice()
  const [outcome, setOutcome] = useState<Outcome>({ is: 'none' })
  const [busy, setBusy] = useState(false)
  const refusal = useMarkRefusal(committee)
  const elector = ElectorNumber.safeParse(toAscii(number).trim())
  const place = CommitteeCode.safeParse(committee)
  const hint = useElectorHint(elector.success ? elector.data : '', committee)
  const saved = useSavedArrival((last) => last.saved)
  useEffect(() => {
    if (saved) setNumber((typed) => (toAscii(typed).trim() === saved.elector ? '' : typed))
  }, [saved])
  const isWrong = hint.is === 'not-found' || hint.is === 'other-committee'
  const wrong =
    isWrong && refusal === null && elector.success && place.success
      ? { elector: elector.data, committee: place.data, isUnknown: hint.is === 'not-found' }
      : null

  const mark = async (event: FormEvent) => {
    event.preventDefault()
    if (busy || refusal !== null) return
    if (!elector.success) return setOutcome({ is: 'fault', text: t('lists.attendance.needNumber') })
    if (!place.success) return setOutcome({ is: 'fault', text: t('lists.attendance.needCommittee') })
    setBusy(true)
    const result = await call('attendance.mark', { elector: elector.data, committee: place.data, notes: '' })
    setBusy(false)
    if (!result.ok) return setOutcome({ is: 'fault', text: failure(result.error) })
    setOutcome({ is: 'saved', key: result.value.key, number: elector.data, committee: place.data })
    setNumber('')
    field.current?.focus()
  }

  return (
    <form
      className={`panel ${classes.mark}`}
      onSubmit={(event) => void mark(event)}
      aria-label={t('lists.attendance.markTitle')}
    >
      <TextInput
        id="mark-number"
        ref={field}
        label={t('lists.attendance.markNumber')}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
        inputMode="numeric"
        autoComplete="off"
        dir="ltr"
        maxLength={20}
        size="md"
        error={outcome.is === 'fault'}
        readOnly={refusal !== null}
        aria-disabled={refusal !== null || undefined}
        aria-description={refusal ?? undefined}
        className={classes.numberBox}
        classNames={{ input: classes.number }}
      />
      <CommitteeChoice value={committee} onChange={setCommittee} />
      <Button
        type="submit"
        size="md"
        loading={busy}
        {...refusing(refusal)}
        className={classes.button}
        variant={wrong === null ? 'filled' : 'default'}
      >
        {t('lists.attendance.mark')} {wrong === null && '⏎'}
      </Button>
      {wrong !== null && (
        <Button size="md" onClick={() => openArrival(wrong)} id="mark-pending">
          {t('acts.pending.button')}
        </Button>
      )}
      <div className={classes.words} role="status">
        {refusal !== null && <p className={classes.warn}>{refusal}</p>}
        {outcome.is === 'fault' && <p className={classes.fault}>{outcome.text}</p>}
        {outcome.is === 'saved' && number === '' && <Saved outcome={outcome} />}
        <HintWords hint={hint} />
      </div>
    </form>
  )
}

type ChoiceProps = { readonly value: string; readonly onChange: (code: string) => void }

/** Only where this account may mark, and the one the list is filtered by, so that one sees what is meant. */
const CommitteeChoice = memo(function CommitteeChoice({ value, onChange }: ChoiceProps) {
  const { t } = useTranslation()
  const may = useValue('session')?.may
  const known = useCommitteeNames()
  const choices = useMemo(
    () =>
      (known ?? [])
        .filter((row) => row.code === value || mayMarkAt(may, row.code))
        .map((row) => ({ value: row.code, label: `${row.code} · ${row.name}` })),
    [known, may, value],
  )
  return (
    <NativeSelect
      label={t('lists.attendance.markCommittee')}
      size="md"
      className={classes.place}
      {...ownDirection(choices.find((choice) => choice.value === value)?.label ?? '')}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[{ value: '', label: t('lists.attendance.chooseCommittee') }, ...choices]}
    />
  )
})

/** Why nothing can be marked there; null while nothing is known, for the core refuses what may not be. */
function useMarkRefusal(committee: string): string | null {
  const { t } = useTranslation()
  const format = useFormat()
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  if (past !== null) return past
  if (may === undefined || may.markAnywhere) return null
  if (may.committees.length === 0) return t('lists.attendance.mayNot')
  if (committee === '' || mayMarkAt(may, committee)) return null
  return t('lists.attendance.mayNotHere', { committee: `\u2068${format.digitsOf(committee)}\u2069` })
}

/** The clerk's own committee at first; the list's filter when it is set later. */
function useCommitteeChoice() {
  const own = useValue('session')?.may.committees[0] ?? ''
  const filtered = useRoute((route) => route.query.committee ?? '')
  const [chosen, setChosen] = useState<string | null>(null)
  useEffect(() => {
    if (filtered !== '') setChosen(filtered)
  }, [filtered])
  return [chosen ?? own, setChosen] as const
}

/** Saved here → sent → confirmed, or refused with the server's words. */
function Saved({ outcome }: { readonly outcome: Extract<Outcome, { is: 'saved' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  const item = useOutboxItem(outcome.key)
  const state = item?.state ?? 'queued'
  const alreadyWords = (by: string | null) =>
    by === null ? t('acts.already') : t('acts.alreadyBy', { who: `\u2068${by}\u2069` })
  return (
    <p>
      {t('lists.attendance.markSaved', {
        number: format.digitsOf(outcome.number),
        committee: format.digitsOf(outcome.committee),
      })}{' '}
      <strong className={state === 'rejected' ? classes.fault : undefined}>
        {t(`lists.attendance.result.${state}`)}
      </strong>
      {item?.reason && (
        <>
          {' '}
          <bdi>{item.reason}</bdi>
        </>
      )}
      {item?.already && ` ${alreadyWords(item.already.by)}.`}
      {item?.next && ` ${t(`acts.next.${item.next}`)}`}
    </p>
  )
}

function HintWords({ hint }: { readonly hint: ElectorHint }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (hint.is === 'none' || hint.is === 'no-answer') return null
  if (hint.is === 'not-found') return <p className={classes.warn}>{t('acts.pending.notFound')}</p>
  if (hint.is === 'other-committee') return <p className={classes.warn}>{t('acts.pending.otherCommittee')}</p>
  const name = `\u2068${hint.name}\u2069`
  if (!hint.attended) return <p>{t('lists.attendance.found', { name, committee: hint.committee })}</p>
  const time = hint.at === null ? t('common.unknown') : format.clock(hint.at)
  return <p className={classes.warn}>{t('lists.attendance.foundAttended', { name, time })}</p>
}
