import { readCount } from '../../../../shared/sheet/read-count.ts'
import { roomOf, validOf } from '../../../../shared/sheet/rule.ts'
import { type Finding, findingsOf, isFault, ruleOf } from '../../../../shared/sheet/rules.ts'
import { type FieldName, printOf, type SheetFacts, type SheetFigures } from '../../../../shared/sheet/sheet.ts'
import { CandidateId } from '../../../../shared/model/ids.ts'

export type { FieldName, Finding }

/** The sheet as typed. */
export type Typed = Readonly<Partial<Record<FieldName, string>>>

/** What the sheet is held against; see the facts of the same names. */
export type Paper = Pick<SheetFacts, 'attended' | 'electors' | 'perBallot' | 'pledged' | 'before'> & {
  /** The candidates' ids in the paper's order. */
  readonly candidates: readonly number[]
  /** The code of another committee whose sheet has this print; null: none. */
  readonly twinOf: (print: string) => string | null
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

export const fieldsOf = (paper: Pick<Paper, 'candidates'>): readonly FieldName[] => [
  'cast',
  'invalid',
  ...paper.candidates.map((id): FieldName => `${id}`),
]

/** Every rule at once, in the paper's order: what is missing or no number, then what cannot be, then what is unlikely. */
export function checkSheet(typed: Typed, paper: Paper): Checked {
  const fields = fieldsOf(paper)
  const value = (field: FieldName) => readCount(typed[field] ?? '')
  const [cast, invalid] = [value('cast'), value('invalid')]
  const votes = paper.candidates.map((candidate) => ({ candidate, votes: value(`${candidate}`) }))
  const sum = votes.reduce((so, row) => so + (row.votes ?? 0), 0)
  const unread = fields.flatMap((field) => (value(field) === null ? [{ field, text: typed[field] ?? '' }] : []))
  const { attended, electors, perBallot, pledged, before } = paper
  const whole = unread.length === 0
  const print = whole ? printOf(figuresOf(typed, paper)) : null
  const twin = print === null ? null : paper.twinOf(print)
  const facts = { cast, invalid, votes, sum, whole, unread, attended, electors, perBallot, pledged, twin, before }
  const valid = validOf(facts)
  const room = roomOf(facts)
  const filled = fields.length - unread.length
  return { cast, invalid, valid, sum, room, filled, fields, findings: findingsOf(facts) }
}

/** The sheet as it is sent. Every field was found to be a number before. */
export function figuresOf(typed: Typed, { candidates }: Pick<Paper, 'candidates'>): SheetFigures {
  const value = (field: FieldName) => readCount(typed[field] ?? '') ?? 0
  const votes = candidates.map((id) => ({ candidate: CandidateId.parse(id), votes: value(`${id}`) }))
  return { cast: value('cast'), invalid: value('invalid'), votes }
}

/** True for what is said at the field itself; sums are said beside the sheet only. */
export const isAtField = ({ code }: Pick<Finding, 'code'>): boolean => ruleOf(code).sums !== true

export const weightOf = ({ code }: Pick<Finding, 'code'>): 'fault' | 'warning' => (isFault(code) ? 'fault' : 'warning')

/** What was said to a warning is said to its figure: another figure wants words of its own. */
export const nameOf = ({ code, field, n }: Pick<Finding, 'code' | 'field' | 'n'>): string => `${code} ${field} ${n}`
