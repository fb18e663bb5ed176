import { Button, Checkbox } from '@mantine/core'
import { IconAlertOctagonFilled, IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './count-sheet.module.css'
import { useFindingWords } from './finding-words.ts'
import { type Finding, isAtField } from './sheet-check.ts'
import { SheetOutcome } from './sheet-outcome.tsx'
import type { SheetState } from './use-sheet.ts'

type SideProps = {
  readonly sheet: SheetState
  readonly candidates: readonly CandidateRow[]
  /** What entering this sheet would replace, in words; null where none was entered. */
  readonly replaces: string | null
  readonly onSave: () => void
  readonly onDone: () => void
}

/** Sums against ballots while one types, all rules together, and the way to the server. */
export function SheetSide({ sheet, candidates, replaces, onSave, onDone }: SideProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.side}>
      <Sums sheet={sheet} />
      {replaces && !sheet.fixed && <p className={classes.replaces}>{replaces}</p>}
      {!sheet.fixed && <Findings sheet={sheet} candidates={candidates} />}
      {!sheet.fixed && Object.values(sheet.typed).some((text) => text !== '') && (
        <p className={classes.draft}>{t('acts.draft')}</p>
      )}
      {!sheet.fixed && (
        <Button id="sheet-save" size="md" fullWidth loading={sheet.busy} onClick={onSave}>
          {t('sheet.save')}
        </Button>
      )}
      <SheetOutcome sheet={sheet} onDone={onDone} />
    </div>
  )
}

function Sums({ sheet }: { readonly sheet: SheetState }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { cast, invalid, valid, sum, room, filled, fields } = sheet.checked
  const shown = (value: number | null) => (value === null ? '—' : format.number(value))
  const over = room !== null && sum > room
  return (
    <>
      <dl className={classes.sums}>
        <Sum label={t('lists.count.ballots')} value={shown(cast)} />
        <Sum label={t('sheet.invalid')} value={shown(invalid)} />
        <Sum label={t('sheet.valid')} value={shown(valid)} strong />
        <Sum label={t('sheet.sum')} value={format.number(sum)} strong over={over} />
        <Sum label={t('sheet.room')} value={shown(room)} />
        <Sum
          label={t('sheet.filled')}
          value={t('common.ofTotal', { a: format.number(filled), b: format.number(fields.length) })}
        />
      </dl>
      <div className={classes.meter} data-over={over || undefined} aria-hidden>
        <span style={{ inlineSize: `${room ? Math.min(100, (sum / room) * 100) : 0}%` }} />
      </div>
    </>
  )
}

type SumProps = { readonly label: string; readonly value: string; readonly strong?: boolean; readonly over?: boolean }

function Sum({ label, value, strong = false, over = false }: SumProps) {
  return (
    <div className={classes.sum} data-strong={strong || undefined} data-over={over || undefined}>
      <dt>{label}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  )
}

/** Said here: sums at once, everything else once its field was left. */
const isSaid = (sheet: SheetState) => (finding: Finding) =>
  finding.is === 'missing' ? false : !isAtField(finding) || sheet.spoken.has(finding.field)

type FindingsProps = Pick<SideProps, 'sheet' | 'candidates'>

function Findings({ sheet, candidates }: FindingsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFindingWords()
  const said = sheet.checked.findings.filter(isSaid(sheet))
  const asked = sheet.checked.fields.every((field) => sheet.spoken.has(field))
  const missing = asked ? sheet.checked.findings.filter((finding) => finding.is === 'missing').length : 0
  const faults = sheet.checked.findings.some((finding) => finding.weight === 'fault')
  const numberOf = (finding: Finding) => {
    const row = isAtField(finding) ? candidates.find(({ id }) => String(id) === finding.field) : undefined
    return row ? format.plain(row.number) : null
  }
  return (
    <>
      <ul className={classes.findings} aria-live="polite">
        {missing > 0 && (
          <li data-weight="fault">
            <IconAlertOctagonFilled size={16} aria-hidden />
            {t('sheet.missing', { count: missing, n: format.number(missing) })}
          </li>
        )}
        {said.map((finding) => (
          <li key={`${finding.is} ${finding.field}`} data-weight={finding.weight}>
            {finding.weight === 'fault' ? (
              <IconAlertOctagonFilled size={16} aria-hidden />
            ) : (
              <IconAlertTriangle size={16} aria-hidden />
            )}
            <span>
              {numberOf(finding) && <bdi>{numberOf(finding)} · </bdi>}
              {words(finding)}
            </span>
          </li>
        ))}
      </ul>
      {!faults && said.some((finding) => finding.weight === 'warning') && (
        <Checkbox
          id="sheet-agree"
          label={t('sheet.agree')}
          checked={sheet.agreed}
          onChange={(event) => sheet.agree(event.currentTarget.checked)}
        />
      )}
    </>
  )
}
