import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './count-sheet.module.css'
import { SheetFindings } from './sheet-findings.tsx'
import { SheetOutcome } from './sheet-outcome.tsx'
import type { SheetState } from './use-sheet.ts'

type SideProps = {
  readonly sheet: SheetState
  readonly candidates: readonly CandidateRow[]
  /** What entering this sheet would replace, or which of two entries it is, in words; null where there is nothing to say. */
  readonly notice: string | null
  readonly onSave: () => void
  readonly onDone: () => void
}

/** Sums against ballots while one types, all rules together, and the way to the server. */
export function SheetSide({ sheet, candidates, notice, onSave, onDone }: SideProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.side}>
      <Sums sheet={sheet} />
      {notice && !sheet.fixed && <p className={classes.replaces}>{notice}</p>}
      {!sheet.fixed && <SheetFindings sheet={sheet} candidates={candidates} />}
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
