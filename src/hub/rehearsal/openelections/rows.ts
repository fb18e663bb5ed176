import { CsvError, parse } from 'csv-parse/sync'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { Findings, ImportFault } from './fault.ts'
import { type Columns, columnsOf } from './header.ts'
import { tidy } from './labels.ts'

/** One line of the file, its names tidied, its figures still as written. */
export type Row = {
  readonly line: number
  readonly county: string
  readonly precinct: string
  readonly office: string
  readonly district: string
  readonly party: string
  readonly candidate: string
  readonly mode: string
  readonly cells: readonly string[]
}

/** A field longer than this (in characters) is a quotation mark that was never closed. */
const MAX_RECORD_CHARACTERS = 100_000

/** The table of a file: its columns, and a way to go through its rows as often as needed without keeping them. */
export type Table = {
  readonly columns: Columns
  /** Visits each row in order. Rows of the wrong length go to `findings` and are not visited. */
  visit(findings: Findings, take: (row: Row) => void): ImportFault | null
}

/** Finds the heading line and the delimiter. */
export function tableOf(text: string): Result<Table, ImportFault> {
  // One kind of line end: the parser would count a CRLF inside quotation marks as two lines.
  const bare = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  if (bare.trim() === '')
    return err({ is: 'empty', line: null, column: null, message: 'The file is empty.', remedy: 'Choose another file.' })
  const delimiter = delimiterOf(bare)
  let columns: Columns | null = null
  let refused: ImportFault | null = null
  const broken = walk(bare, delimiter, (cells) => {
    const found = columnsOf(cells)
    if (found.ok) columns = found.value
    else refused = found.error
    return false
  })
  if (refused !== null) return err(refused)
  if (columns === null)
    return err(
      broken ?? {
        is: 'empty',
        line: null,
        column: null,
        message: 'The file has no heading line.',
        remedy: 'Choose another file.',
      },
    )
  const known: Columns = columns
  return ok({ columns: known, visit: (findings, take) => visitRows(bare, delimiter, known, findings, take) })
}

function visitRows(
  text: string,
  delimiter: string,
  columns: Columns,
  findings: Findings,
  take: (row: Row) => void,
): ImportFault | null {
  let header = true
  return walk(text, delimiter, (cells, line) => {
    if (header) header = false
    else if (cells.some((cell) => cell.trim() !== '') && hasRightLength(cells, line, columns, findings))
      take(rowOf(cells, line, columns))
    return true
  })
}

/** A missing tail of empty cells is common and harmless; a surplus means a comma that split a name. */
function hasRightLength(cells: readonly string[], line: number, columns: Columns, findings: Findings): boolean {
  const width = columns.headings.length
  const needed = Math.max(columns.precinct, columns.office, columns.candidate, columns.votes)
  const surplus = cells.slice(width).some((cell) => cell.trim() !== '')
  if (!surplus && cells.length > needed) return true
  const message = `This line has ${cells.length} value${cells.length === 1 ? '' : 's'}, the heading ${width}.`
  const remedy = surplus
    ? 'Put quotation marks round a name that holds a comma.'
    : 'Add the missing values, or delete the line.'
  findings.fault({ is: 'bad-row', line, column: null, message, remedy })
  return false
}

function rowOf(cells: readonly string[], line: number, columns: Columns): Row {
  const cell = (index: number): string => (index < 0 ? '' : tidy(cells[index] ?? ''))
  return {
    line,
    county: cell(columns.county),
    precinct: cell(columns.precinct),
    office: cell(columns.office),
    district: cell(columns.district),
    party: cell(columns.party),
    candidate: cell(columns.candidate),
    mode: cell(columns.mode),
    cells,
  }
}

/** Stops the parser early: the only way out of it is to throw. */
class Enough extends Error {}

/** Goes through the records; `take` answers whether to go on. */
function walk(
  text: string,
  delimiter: string,
  take: (cells: readonly string[], line: number) => boolean,
): ImportFault | null {
  let lastLine = 0
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MAX_RECORD_CHARACTERS,
      on_record: (cells: readonly string[], { lines }) => {
        const breaks = cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0)
        lastLine = lines
        if (!take(cells, lines - breaks)) throw new Enough()
        return null
      },
    })
    return null
  } catch (thrown) {
    if (thrown instanceof Enough) return null
    if (thrown instanceof CsvError) return brokenQuotes(thrown, lastLine)
    throw thrown
  }
}

function brokenQuotes(thrown: CsvError, lastLine: number): ImportFault {
  const stray = thrown.code === 'INVALID_OPENING_QUOTE' || thrown.code === 'CSV_INVALID_CLOSING_QUOTE'
  const line = stray && typeof thrown['lines'] === 'number' ? thrown['lines'] : lastLine + 1
  const message = stray
    ? 'A quotation mark stands inside a value that is not quoted as a whole.'
    : 'A quotation mark is opened here and never closed.'
  const remedy = 'Put quotation marks round the whole value and double those inside it, as in "Ann ""Bo"" Lee".'
  return { is: 'not-csv', line, column: null, message, remedy }
}

/** Commas, unless the heading line is plainly separated by something else. */
function delimiterOf(text: string): string {
  const heading =
    text
      .slice(0, 10_000)
      .split('\n')
      .find((line) => line.trim() !== '') ?? ''
  const count = (mark: string) => heading.split(mark).length
  return [',', '\t', ';'].reduce((best, mark) => (count(mark) > count(best) ? mark : best), ',')
}
