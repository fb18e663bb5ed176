import { Textarea } from '@mantine/core'
import { IconAlertOctagonFilled, IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { Keys } from '../../ui/kbd.tsx'
import classes from './count-sheet.module.css'
import { useFindingWords } from './finding-words.ts'
import { type Finding, isAtField, nameOf, weightOf } from './sheet-check.ts'
import { type SheetState, whyId } from './use-sheet.ts'

type FindingsProps = { readonly sheet: SheetState; readonly candidates: readonly CandidateRow[] }

/** Said here: sums at once, everything else once its field was left; what is empty only when it is to be saved. */
const isSaid = (sheet: SheetState) => (finding: Finding) =>
  finding.code === 'F101' ? false : !isAtField(finding) || sheet.spoken.has(finding.field)

/**
 * Every rule that speaks, all of them at once, each the way to its field. Beside each warning is where one says why the paper
 * has it; as long as there is a fault that is not asked for.
 */
export function SheetFindings({ sheet, candidates }: FindingsProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const said = sheet.checked.findings.filter(isSaid(sheet))
  const empty = sheet.asked ? sheet.checked.findings.filter(({ code }) => code === 'F101') : []
  const hasFaults = sheet.checked.findings.some((finding) => weightOf(finding) === 'fault')
  const [first] = empty
  return (
    <>
      <ul className={classes.findings} aria-live="polite" aria-label={t('sheet.findings')}>
        {first && (
          <li data-weight="fault">
            <IconAlertOctagonFilled size={16} aria-hidden />
            <button type="button" className={classes.jump} onClick={() => lookAt(first)}>
              <bdi className={classes.rule}>F101</bdi>{' '}
              {t('sheet.missing', { count: empty.length, n: format.number(empty.length) })}
            </button>
          </li>
        )}
        {said.map((finding) => (
          <Said key={nameOf(finding)} sheet={sheet} candidates={candidates} finding={finding} explain={!hasFaults} />
        ))}
      </ul>
      {said.length + empty.length > 0 && (
        <p className="quiet small">
          <Keys keys="F8" /> {t('sheet.nextFinding')}
        </p>
      )}
    </>
  )
}

type SaidProps = FindingsProps & { readonly finding: Finding; readonly explain: boolean }

function Said({ sheet, candidates, finding, explain }: SaidProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFindingWords()
  const weight = weightOf(finding)
  const row = isAtField(finding) ? candidates.find(({ id }) => String(id) === finding.field) : undefined
  const why = sheet.said[nameOf(finding)] ?? ''
  return (
    <li data-weight={weight}>
      {weight === 'fault' ? (
        <IconAlertOctagonFilled size={16} aria-hidden />
      ) : (
        <IconAlertTriangle size={16} aria-hidden />
      )}
      <button type="button" className={classes.jump} onClick={() => lookAt(finding)}>
        <bdi className={classes.rule}>{finding.code}</bdi> {row && <bdi>{format.plain(row.number)} · </bdi>}
        {words(finding)}
      </button>
      {weight === 'warning' && explain && (
        <Textarea
          id={whyId(finding)}
          className={classes.why ?? ''}
          label={t('sheet.why', { code: finding.code })}
          value={why}
          rows={2}
          maxLength={500}
          error={sheet.asked && why.trim() === '' ? t('sheet.whyNeeded') : undefined}
          onChange={(event) => sheet.explain(finding, event.currentTarget.value)}
        />
      )}
    </li>
  )
}

const lookAt = ({ field }: Finding) => document.getElementById(`sheet-${field}`)?.focus()

/** F8 goes to the next field a rule speaks of, with Shift to the one before. */
export function goToFinding(fields: readonly string[], step: 1 | -1) {
  const ids = fields.map((field) => `sheet-${field}`)
  if (ids.length === 0) return
  const at = ids.indexOf(document.activeElement?.id ?? '')
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : (at + step + ids.length) % ids.length
  document.getElementById(ids[next] ?? '')?.focus()
}
