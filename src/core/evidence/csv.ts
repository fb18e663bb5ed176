/** One cell: a figure stays a figure; null is an empty cell. */
export type Cell = string | number | boolean | null

/** Excel takes a file without this for the system's own code page, and Arabic for noise. */
const BYTE_ORDER_MARK = '\uFEFF'
/**
 * Texts that a spreadsheet would run as a formula. The full-width signs are taken for the plain ones by some. A text that
 * begins with apostrophes before such a sign counts as well, so that taking one apostrophe away always gives the text back.
 */
const RUNS = /^'*[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n\t]|^[\s']|\s$/

/** A text made harmless: one apostrophe before what would run as a formula. `plain` undoes it. */
export const harmless = (text: string): string => (RUNS.test(text) ? `'${text}` : text)
/** The text as it was before `harmless`. */
export const plain = (cell: string): string => (cell.startsWith("'") && RUNS.test(cell) ? cell.slice(1) : cell)

/** A line of RFC 4180, with its CRLF. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  const text = harmless(cell)
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export type Sheet = {
  readonly name: string
  readonly columns: readonly string[]
  rows(): Iterable<readonly Cell[]>
}

/** Rows put together before they are handed on: a page of text, not a line. */
const ROWS_AT_ONCE = 500

/** The text of a sheet, piece by piece. */
export function* csvText(sheet: Sheet): Generator<string, void, undefined> {
  let piece = BYTE_ORDER_MARK + csvLine(sheet.columns)
  let rows = 0
  for (const row of sheet.rows()) {
    piece += csvLine(row)
    if (++rows % ROWS_AT_ONCE > 0) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
