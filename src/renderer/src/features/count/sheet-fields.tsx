import { type KeyboardEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { type FieldName, isAtField, weightOf } from './sheet-check.ts'
import classes from './count-sheet.module.css'
import { useFindingWords } from './finding-words.ts'
import { goToFinding } from './sheet-findings.tsx'
import type { SheetState } from './use-sheet.ts'

type FieldsProps = {
  readonly sheet: SheetState
  readonly candidates: readonly CandidateRow[]
  /** How many came here: what the ballots cast are compared with. */
  readonly came: number
  /** A second person must not see what was typed before. */
  readonly blind?: boolean
  /** The only fields asked for; null: all. */
  readonly only?: ReadonlySet<FieldName> | null
}

/** The paper's order, one column. Enter and the arrows go on; the last Enter goes to the button. */
export function SheetFields({ sheet, candidates, came, blind = false, only = null }: FieldsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const recorded = (id: number) => {
    const votes = sheet.before(`${id}`)
    return votes === undefined || blind ? '' : `· ${t('sheet.onRecord', { n: format.number(votes) })}`
  }
  return (
    <div className={classes.fields} ref={box} onKeyDown={(event) => moveOn(event, box.current, sheet)}>
      <h2>{t('sheet.ballots')}</h2>
      <Field
        sheet={sheet}
        name="cast"
        only={only}
        label={t('lists.count.ballots')}
        below={t('lists.count.came', { n: format.number(came) })}
      />
      <Field sheet={sheet} name="invalid" only={only} label={t('sheet.invalid')} below={t('sheet.invalidHint')} />
      <h2>{t('sheet.candidates')}</h2>
      {candidates.map((row) => (
        <Field
          key={row.id}
          sheet={sheet}
          name={`${row.id}`}
          only={only}
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
  readonly only: ReadonlySet<FieldName> | null
  readonly number?: string
  readonly label: string
  readonly below?: ReactNode
}

/** One line of the sheet. What a rule says takes the place of the small line, so that nothing moves. */
function Field({ sheet, name, only, number = '', label, below }: FieldProps) {
  const words = useFindingWords()
  const finding = sheet.spoken.has(name)
    ? sheet.checked.findings.find((each) => each.field === name && isAtField(each))
    : undefined
  return (
    <label
      className={classes.field}
      data-weight={finding && (finding.code === 'F101' ? 'missing' : weightOf(finding))}
      data-asked={only?.has(name) || undefined}
    >
      <span className={classes.number}>
        <bdi>{number}</bdi>
      </span>
      <span className={classes.label}>
        <span className={classes.name}>
          <bdi>{label}</bdi>
        </span>
        <span className={classes.below} id={`sheet-note-${name}`}>
          {finding ? `${finding.code} · ${words(finding)}` : below}
        </span>
      </span>
      <input
        id={`sheet-${name}`}
        className={classes.input}
        value={sheet.typed[name] ?? ''}
        onChange={(event) => sheet.type(name, event.currentTarget.value)}
        onBlur={(event) => event.currentTarget.value !== '' && sheet.leave(name)}
        onFocus={(event) => event.currentTarget.select()}
        readOnly={sheet.fixed || (only !== null && !only.has(name))}
        aria-invalid={(finding && weightOf(finding) === 'fault') || undefined}
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

function moveOn(event: KeyboardEvent<HTMLElement>, box: HTMLElement | null, { checked }: SheetState) {
  if (event.key === 'F8') {
    event.preventDefault()
    return goToFinding([...new Set(checked.findings.map(({ field }) => field))], event.shiftKey ? -1 : 1)
  }
  const step = STEP[event.key]
  if (step === undefined || event.nativeEvent.isComposing) return
  event.preventDefault()
  const inputs = [...(box?.querySelectorAll<HTMLInputElement>('input:not([readonly])') ?? [])]
  const next = inputs[inputs.findIndex((input) => input === event.target) + step]
  if (next) next.focus()
  else if (step > 0) document.getElementById('sheet-save')?.focus()
}
