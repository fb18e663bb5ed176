import { type Contest, isOf } from './contests.ts'
import type { Findings } from './fault.ts'
import type { Columns } from './header.ts'
import { choiceOf, isWholeCounty, plain, type Turnout, turnoutOf } from './labels.ts'
import type { Row } from './rows.ts'
import { amountOf } from './value.ts'

/** A figure that may be spread over rows. Where a row gives the total itself, the rows by way of voting are not added to it. */
export class Figure {
  #sum = 0
  #total: number | null = null
  #rows = 0
  readonly #seen = new Map<string, number>()

  /** Whether the same thing had already been given, and if so whether with the same value. */
  add(value: number, key: string, isTotal: boolean): 'new' | 'same-again' | 'other-again' {
    const before = this.#seen.get(key)
    this.#seen.set(key, value)
    this.#rows += 1
    if (isTotal) this.#total = (this.#total ?? 0) + value
    else this.#sum += value
    if (before === undefined) return 'new'
    return before === value ? 'same-again' : 'other-again'
  }

  get amount(): number {
    return this.#total ?? this.#sum
  }

  get known(): boolean {
    return this.#rows > 0
  }

  /** Takes back a value that had been given before. */
  takeBack(value: number, isTotal: boolean): void {
    if (isTotal) this.#total = (this.#total ?? 0) - value
    else this.#sum -= value
  }
}

type TurnoutFigures = { readonly whole: Figure; readonly parts: Figure; readonly inContest: Figure }
const turnoutFigures = (): TurnoutFigures => ({ whole: new Figure(), parts: new Figure(), inContest: new Figure() })

/** What the file says about one precinct. */
export type PrecinctTally = {
  readonly county: string
  readonly name: string
  readonly line: number
  readonly registered: TurnoutFigures
  readonly ballots: TurnoutFigures
  readonly blank: TurnoutFigures
  readonly over: Figure
  readonly under: Figure
  /** By candidate key. */
  readonly votes: Map<string, Figure>
}

export type CandidateTally = { readonly key: string; readonly name: string; readonly parties: string[] }

/** The figure of a turnout kind, from the best rows there are; null when there are none. */
export function turnoutAmount({ whole, parts, inContest }: TurnoutFigures): number | null {
  const best = [whole, inContest, parts].find((figure) => figure.known)
  return best?.amount ?? null
}

/** Adds up one contest, precinct by precinct, row by row. Rows of other contests are none of its business. */
export class Tally {
  readonly precincts = new Map<string, PrecinctTally>()
  readonly candidates = new Map<string, CandidateTally>()
  readonly #columns: Columns
  readonly #contest: Contest
  readonly #findings: Findings

  constructor(columns: Columns, contest: Contest, findings: Findings) {
    this.#columns = columns
    this.#contest = contest
    this.#findings = findings
  }

  add(row: Row): void {
    const general = turnoutOf(row.office, row.party)
    const ours = general === null && isOf(this.#contest, row)
    const turnout = general ?? turnoutOf(row.candidate, row.party)
    if (general === null && !ours && !(row.office === '' && turnout !== null)) {
      if (row.office === '') this.#findings.warn('no-office', row.line, 'A line without an office was left out')
      return
    }
    if (isWholeCounty(row.precinct))
      return this.#findings.warn(
        'sum-left-out',
        row.line,
        `Lines of "${row.precinct}", which add up the others, were left out`,
      )
    if (row.precinct === '') return this.#blankName(row, 'precinct', this.#columns.precinct)
    if (turnout !== null) return this.#addTurnout(row, turnout, general !== null || row.office === '')
    this.#addChoice(row)
  }

  #addTurnout(row: Row, turnout: Turnout, general: boolean): void {
    const value = this.#value(row)
    if (value === null) return
    const figures = this.#precinct(row)[turnout.of]
    const figure = turnout.part ? figures.parts : general ? figures.whole : figures.inContest
    const again = this.#put(figure, row, value, `${plain(row.office)}|${plain(row.candidate)}|${plain(row.party)}`)
    if (again !== 'same-again' || row.mode !== '') return
    figure.takeBack(value, isTotalRow(row))
    this.#findings.warn(
      'same-turnout-again',
      row.line,
      `"${row.office}" is given twice with the same figure for a precinct; it was counted once`,
    )
  }

  #addChoice(row: Row): void {
    if (row.candidate === '') return this.#blankName(row, 'candidate', this.#columns.candidate)
    const choice = choiceOf(row.candidate)
    if (choice === 'total')
      return this.#findings.warn(
        'sum-left-out',
        row.line,
        `Lines of "${row.candidate}", which add up the candidates, were left out`,
      )
    const value = this.#value(row)
    if (value === null) return
    const precinct = this.#precinct(row)
    const key = plain(row.candidate)
    if (choice === 'over') this.#put(precinct.over, row, value, key)
    else if (choice === 'under') this.#put(precinct.under, row, value, key)
    else if (
      this.#put(this.#votesOf(precinct, row), row, value, `${key}|${plain(row.party)}`) !== 'new' &&
      row.mode === ''
    )
      this.#findings.warn('added-up', row.line, 'Several lines for the same candidate and precinct were added up')
  }

  #put(figure: Figure, row: Row, value: number, key: string) {
    return figure.add(value, `${key}|${plain(row.district)}|${plain(row.mode)}`, isTotalRow(row))
  }

  #votesOf(precinct: PrecinctTally, row: Row): Figure {
    const key = plain(row.candidate)
    const candidate = this.candidates.get(key) ?? { key, name: row.candidate, parties: [] }
    this.candidates.set(key, candidate)
    if (row.party !== '' && !candidate.parties.includes(row.party)) candidate.parties.push(row.party)
    const figure = precinct.votes.get(key) ?? new Figure()
    precinct.votes.set(key, figure)
    return figure
  }

  #precinct(row: Row): PrecinctTally {
    const key = `${plain(row.county)}|${row.precinct.toLowerCase()}`
    const known = this.precincts.get(key)
    if (known !== undefined) return known
    const made: PrecinctTally = {
      county: row.county,
      name: row.precinct,
      line: row.line,
      registered: turnoutFigures(),
      ballots: turnoutFigures(),
      blank: turnoutFigures(),
      over: new Figure(),
      under: new Figure(),
      votes: new Map(),
    }
    this.precincts.set(key, made)
    return made
  }

  /** The row's figure; the sum of its ways of voting where the total is empty; null when it cannot be read. */
  #value(row: Row): number | null {
    const { votes, ways } = this.#columns
    const amount = votes < 0 ? ({ is: 'empty' } as const) : amountOf(row.cells[votes] ?? '')
    if (amount.is === 'number') return amount.value
    if (amount.is === 'bad') return this.#badValue(row, votes, amount.why)
    const given = ways.map((way) => ({ way, amount: amountOf(row.cells[way] ?? '') }))
    let sum: number | null = null
    for (const { way, amount: part } of given) {
      if (part.is === 'bad') return this.#badValue(row, way, part.why)
      if (part.is === 'number') sum = (sum ?? 0) + part.value
    }
    if (sum === null) this.#findings.warn('empty-votes', row.line, 'Lines without a number were read as 0')
    else if (votes >= 0)
      this.#findings.warn('ways-added', row.line, 'Where the total is empty, the ways of voting were added up')
    return sum ?? 0
  }

  #badValue(row: Row, column: number, why: string): null {
    const text = (row.cells[column] ?? '').slice(0, 60)
    const remedy = 'Write digits only, or leave the cell empty for 0.'
    this.#findings.fault({
      is: 'bad-value',
      line: row.line,
      column: this.#columns.headings[column] ?? null,
      message: `"${text}" ${why}.`,
      remedy,
    })
    return null
  }

  #blankName(row: Row, what: string, column: number): void {
    const message = `The ${what} is empty.`
    const remedy = `Write the ${what}, or delete the line.`
    this.#findings.fault({
      is: 'bad-row',
      line: row.line,
      column: this.#columns.headings[column] ?? null,
      message,
      remedy,
    })
  }
}

const isTotalRow = (row: Row): boolean => plain(row.mode) === 'total' || plain(row.mode) === 'totals'
