/** The eight name columns in table order: first … sixth, sub-family, family. */
export type SplitName = { readonly full: string; readonly columns: readonly string[] }

/** Middle names that fit between the first and the sub-family name. */
const MIDDLE_NAMES = 5

/**
 * Splits as the server family does: first word first, last word family, last but one sub-family, the rest in between.
 * The full name keeps every word (the family's server leaves the family names out, which makes namesakes of everyone).
 */
export function splitName(text: string): SplitName {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const full = words.join(' ')
  const first = words[0] ?? ''
  if (words.length < 2) return { full, columns: [first, '', '', '', '', '', '', ''] }
  const family = words[words.length - 1] ?? ''
  const subFamily = words.length > 2 ? (words[words.length - 2] ?? '') : ''
  const middle = words.slice(1, -2)
  const columns = [...middle.slice(0, MIDDLE_NAMES)]
  // more words than columns: the last column takes the rest, so no name is lost
  if (middle.length > MIDDLE_NAMES) columns[MIDDLE_NAMES - 1] = middle.slice(MIDDLE_NAMES - 1).join(' ')
  while (columns.length < MIDDLE_NAMES) columns.push('')
  return { full, columns: [first, ...columns, subFamily, family] }
}
