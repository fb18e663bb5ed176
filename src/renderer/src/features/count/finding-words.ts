import type { Reader } from '../../../../shared/sheet/rule.ts'
import { type Finding, ruleWords } from '../../../../shared/sheet/rules.ts'
import { useFormat } from '../../i18n/format.ts'
import { usePreferences } from '../../store/preferences.ts'

/** What a rule says to this reader, in words with the figures it compared. */
export function useFindingWords(reader: Reader = 'clerk'): (finding: Omit<Finding, 'field'>) => string {
  const format = useFormat()
  const language = usePreferences((preferences) => preferences.language)
  return ({ code, n, most, place = '' }) =>
    ruleWords(code, reader, language, {
      n: format.number(n),
      most: format.number(most),
      place: `\u2068${format.digitsOf(place)}\u2069`,
    })
}
