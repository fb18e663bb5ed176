import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { type FieldName, isAtField } from './sheet-check.ts'
import classes from './count-sheet.module.css'
import { useFindingWords } from './finding-words.ts'
import type { SheetState } from './use-sheet.ts'

type FieldsProps = {
  readonly sheet: SheetState
  readonly candidates: readonly CandidateRow[]
  /** How many came here: what the ballots cast are compared with. */
  readonly came: number
  /** Votes the server has on record for a candidate of this committee; undefined: none. */
  readonly onRecord: (candidate: number) => number | undefined
}

/** The paper's order, one column. Enter and the arrows go on; the last Enter goes to the button. */
export function SheetFields({ sheet, candidates, came, onRecord }: FieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const recorded = (id: number) => {
    const votes = onRecord(id)
    return votes === undefined ? '' : `· ${t('sheet.onRecord', { n: format.number(votes) })}`
  }
  return (
    <div className={classes.fields} ref={box} onKeyDown={(event) => moveOn(event, box.current)}>
      <h2>{t('sheet.ballots')}</h2>
      <Field
        sheet={sheet}
        name="cast"
        label={t('lists.count.ballots')}
        below={t('lists.count.came', { n: format.number(came) })}
      />
      <Field sheet={sheet} name="invalid" label={t('sheet.invalid')} below={t('sheet.invalidHint')} />
      <h2>{t('sheet.candidates')}</h2>
      {candidates.map((row) => (
        <Field
          key={row.id}
          sheet={sheet}
          name={`${row.id}`}
          number={format.plain(row.number)}
          label={row.name}
          below={
            <>
              <bdi>{row.party ?? t('common.independent')}</bdi> {recorded(row.id)}
            </>
          }
        />
      ))}
    </div>
  )
}

type FieldProps = {
  readonly sheet: SheetState
  readonly name: FieldName
  readonly number?: string
  readonly label: string
  readonly below?: ReactNode
}

/** One line of the sheet. What a rule says takes the place of the small line, so that nothing moves. */
function Field({ sheet, name, number = '', label, below }: FieldProps) {
  const words = useFindingWords()
  const finding = sheet.spoken.has(name)
    ? sheet.checked.findings.find((each) => each.field === name && isAtField(each))
    : undefined
  return (
    <label className={classes.field} data-weight={finding?.is === 'missing' ? 'missing' : finding?.weight}>
      <bdi className={classes.number}>{number}</bdi>
      <span className={classes.label}>
        <span className={classes.name}>
          <bdi>{label}</bdi>
        </span>
        <span className={classes.below} id={`sheet-note-${name}`}>
          {finding ? words(finding) : below}
        </span>
      </span>
      <input
        id={`sheet-${name}`}
        className={classes.input}
        value={sheet.typed[name] ?? ''}
        onChange={(event) => sheet.type(name, event.currentTarget.value)}
        onBlur={(event) => event.currentTarget.value !== '' && sheet.leave(name)}
        onFocus={(event) => event.currentTarget.select()}
        readOnly={sheet.fixed}
        aria-invalid={finding?.weight === 'fault' || undefined}
        aria-describedby={`sheet-note-${name}`}
        inputMode="numeric"
        autoComplete="off"
        maxLength={14}
        dir="ltr"
      />
    </label>
  )
}

const STEP: Readonly<Record<string, number>> = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }

function moveOn(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null) {
  const step = STEP[event.key]
  if (step === undefined || event.nativeEvent.isComposing) return
  event.preventDefault()
  const inputs = [...(box?.querySelectorAll('input') ?? [])]
  const next = inputs[inputs.findIndex((input) => input === event.target) + step]
  if (next) next.focus()
  else if (step > 0) document.getElementById('sheet-save')?.focus()
}
