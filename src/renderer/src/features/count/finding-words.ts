import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import type { Finding } from './sheet-check.ts'

/** What a rule says, in words with the figures it compared. */
export function useFindingWords(): (finding: Finding) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return (finding) => {
    if (finding.is === 'missing' || finding.is === 'not-a-number') return t(`sheet.finding.${finding.is}`)
    return t(`sheet.finding.${finding.is}`, { n: format.number(finding.n), most: format.number(finding.most) })
  }
}
