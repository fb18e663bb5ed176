import { assertNever } from '../../../../shared/result.ts'
import { toAscii } from '../../i18n/format.ts'

/** A field of the sheet: the two figures of the ballots, and one a candidate, named by its id. */
export type FieldName = 'cast' | 'invalid' | `${number}`

/** The sheet as typed. */
export type Typed = Readonly<Partial<Record<FieldName, string>>>

/** What the sheet is held against. Counts of people; `perBallot` 0: not known. */
export type Paper = {
  /** The candidates' ids in the paper's order. */
  readonly candidates: readonly number[]
  readonly attended: number
  readonly electors: number
  readonly perBallot: number
}

/** `fault`: no count sheet can be so. `warning`: unlikely, but papers say such things. `n` and `most` are what is compared. */
export type Finding =
  | { readonly is: 'missing'; readonly weight: 'fault'; readonly field: FieldName }
  | { readonly is: 'not-a-number'; readonly weight: 'fault'; readonly field: FieldName }
  | {
      readonly is: 'invalid-over-cast' | 'over-valid' | 'sum-over-ballots'
      readonly weight: 'fault'
      readonly field: FieldName
      readonly n: number
      readonly most: number
    }
  | {
      readonly is: 'cast-over-attended' | 'cast-over-electors' | 'sum-under-ballots'
      readonly weight: 'warning'
      readonly field: FieldName
      readonly n: number
      readonly most: number
    }

export type Checked = {
  readonly cast: number | null
  readonly invalid: number | null
  readonly valid: number | null
  /** Votes typed so far. */
  readonly sum: number
  /** Votes the valid ballots can carry; null while not known. */
  readonly room: number | null
  readonly filled: number
  readonly fields: readonly FieldName[]
  readonly findings: readonly Finding[]
}

/** The server's own bound on a figure of the sheet. */
const LARGEST = 10_000_000
const GROUPING = /[\s\u00a0\u202f,٬'’]/g

/** A whole number in either digit set, with or without grouping; null where it is none. */
export function readCount(text: string): number | null {
  const digits = toAscii(text).replace(GROUPING, '')
  if (!/^\d{1,8}$/.test(digits)) return null
  const value = Number(digits)
  return value <= LARGEST ? value : null
}

export const fieldsOf = (paper: Paper): readonly FieldName[] => [
  'cast',
  'invalid',
  ...paper.candidates.map((id): FieldName => `${id}`),
]

/** Every rule at once, in the paper's order: what is missing or no number, then what cannot be, then what is unlikely. */
export function checkSheet(typed: Typed, paper: Paper): Checked {
  const fields = fieldsOf(paper)
  const value = (field: FieldName) => readCount(typed[field] ?? '')
  const cast = value('cast')
  const invalid = value('invalid')
  const valid = cast === null || invalid === null || invalid > cast ? null : cast - invalid
  const sum = paper.candidates.reduce((so, id) => so + (value(`${id}`) ?? 0), 0)
  const room = valid === null || paper.perBallot === 0 ? null : valid * paper.perBallot
  const filled = fields.filter((field) => value(field) !== null).length
  const whole = { cast, invalid, valid, sum, room, filled, fields }
  const unread = fields.flatMap((field): Finding[] => {
    if (value(field) !== null) return []
    return [{ is: (typed[field] ?? '').trim() === '' ? 'missing' : 'not-a-number', weight: 'fault', field }]
  })
  return { ...whole, findings: [...unread, ...compare(whole, paper, value)] }
}

function compare(
  { cast, invalid, valid, sum, room, filled, fields }: Omit<Checked, 'findings'>,
  paper: Paper,
  value: (field: FieldName) => number | null,
): Finding[] {
  const found: Finding[] = []
  if (cast !== null && cast > paper.electors)
    found.push({ is: 'cast-over-electors', weight: 'warning', field: 'cast', n: cast, most: paper.electors })
  else if (cast !== null && cast > paper.attended)
    found.push({ is: 'cast-over-attended', weight: 'warning', field: 'cast', n: cast, most: paper.attended })
  if (cast !== null && invalid !== null && invalid > cast)
    found.push({ is: 'invalid-over-cast', weight: 'fault', field: 'invalid', n: invalid, most: cast })
  if (valid === null) return found
  for (const id of paper.candidates) {
    const votes = value(`${id}`)
    if (votes !== null && votes > valid)
      found.push({ is: 'over-valid', weight: 'fault', field: `${id}`, n: votes, most: valid })
  }
  const [first] = paper.candidates
  if (first === undefined) return found
  if (room !== null && sum > room)
    found.push({ is: 'sum-over-ballots', weight: 'fault', field: `${first}`, n: sum, most: room })
  if (filled === fields.length && sum < valid)
    found.push({ is: 'sum-under-ballots', weight: 'warning', field: `${first}`, n: sum, most: valid })
  return found
}

/** True for what is said at the field itself; sums are said beside the sheet only. */
export function isAtField({ is }: Finding): boolean {
  switch (is) {
    case 'missing':
    case 'not-a-number':
    case 'invalid-over-cast':
    case 'over-valid':
    case 'cast-over-attended':
    case 'cast-over-electors':
      return true
    case 'sum-over-ballots':
    case 'sum-under-ballots':
      return false
    default:
      return assertNever(is)
  }
}
