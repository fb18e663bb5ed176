/** Why a file cannot be imported, said so that the person who has it can put it right. */
export type ImportFault = {
  readonly is:
    | 'not-text'
    | 'too-big'
    | 'empty'
    | 'not-csv'
    | 'missing-column'
    | 'bad-row'
    | 'bad-value'
    | 'no-such-contest'
    | 'several-districts'
    | 'nothing-to-count'
    | 'more-faults'
  /** 1-based line of the file; null when the whole file is meant. */
  readonly line: number | null
  /** The column's own heading; null when the whole line is meant. */
  readonly column: string | null
  readonly message: string
  /** What to do next. */
  readonly remedy: string
}

/** Something the importer assumed or left out. `line` is the first of `count` places. */
export type ImportWarning = {
  readonly is: string
  readonly line: number | null
  readonly count: number
  readonly message: string
}

/** One line for a terminal or a card: where, what, what to do. */
export function describeFault(fault: ImportFault): string {
  const line = fault.line === null ? [] : [`line ${fault.line}`]
  const column = fault.column === null ? [] : [`column "${fault.column}"`]
  const where = [...line, ...column].join(', ')
  return `${where === '' ? '' : `${where}: `}${fault.message} ${fault.remedy}`
}

/** One line for a terminal: what was assumed, how often, and where first. */
export function describeWarning(warning: ImportWarning): string {
  const where =
    warning.line === null
      ? ''
      : warning.count > 1
        ? ` (${warning.count} times, first at line ${warning.line})`
        : ` (line ${warning.line})`
  return `${warning.message}${where}`
}

/** More than this many of one kind of trouble tell the reader nothing new. */
const FAULTS_SHOWN = 20

/** What is found wrong or odd on the way through a file. Keeps the first faults and counts the rest. */
export class Findings {
  readonly #faults: ImportFault[] = []
  readonly #warnings = new Map<string, ImportWarning>()
  #hidden = 0

  fault(fault: ImportFault): void {
    if (this.#faults.length < FAULTS_SHOWN) this.#faults.push(fault)
    else this.#hidden += 1
  }

  /** Warnings that read the same are counted, not repeated. */
  warn(is: string, line: number | null, message: string): void {
    const known = this.#warnings.get(message)
    this.#warnings.set(
      message,
      known === undefined ? { is, line, count: 1, message } : { ...known, count: known.count + 1 },
    )
  }

  get faults(): readonly ImportFault[] {
    if (this.#hidden === 0) return this.#faults
    const message = `${this.#hidden} more fault${this.#hidden === 1 ? '' : 's'} of this sort.`
    return [
      ...this.#faults,
      { is: 'more-faults', line: null, column: null, message, remedy: 'Mend these first, then import again.' },
    ]
  }

  get warnings(): readonly ImportWarning[] {
    return [...this.#warnings.values()]
  }
}
