import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DoctorFinding } from '../../../../shared/view/doctor.ts'
import { useFormat } from '../../i18n/format.ts'
import { NEXT_STEP } from '../../ui/use-link-words.ts'
import classes from './doctor.module.css'

const ICON = {
  good: IconCircleCheck,
  doubtful: IconAlertTriangle,
  bad: IconCircleX,
  skipped: IconMinus,
} as const

/** Each step with its verdict, what it means, and for the technician what was seen. */
export function DoctorFindings({ findings }: { readonly findings: readonly DoctorFinding[] }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.findings} aria-label={t('doctor.steps')}>
      {findings.map((finding) => (
        <Finding key={finding.step} finding={finding} />
      ))}
    </ol>
  )
}

function Finding({
  finding: { step, verdict, note, cause, proof, technician, ms },
}: {
  readonly finding: DoctorFinding
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = ICON[verdict]
  const words =
    note === null && cause !== null
      ? `${t(`link.cause.${cause}`)} ${t(`link.next.${NEXT_STEP[cause]}`)}`
      : t(`doctor.note.${note ?? 'not-asked'}`)
  return (
    <li data-verdict={verdict}>
      <span className={classes.sign}>
        <Icon size={18} aria-hidden />
        <span className="visually-hidden">{t(`doctor.verdict.${verdict}`)}</span>
      </span>
      <span className={classes.found}>
        <b>{t(`doctor.step.${step}`)}</b> {words}
        {verdict !== 'skipped' && (
          <details>
            <summary className="quiet">{t('link.technician')}</summary>
            <code className="ltr">{proof}</code>
            <span className="quiet">
              <bdi dir="ltr">{technician}</bdi> · {t('doctor.took', { ms: format.number(ms) })}
            </span>
          </details>
        )}
      </span>
    </li>
  )
}
