import { z } from 'zod'
import { CandidateId } from '../model/ids.ts'
import { LARGEST } from './read-count.ts'

const figure = z.number().int().nonnegative().max(LARGEST)

/** A field of the sheet: the two figures of the ballots, and one a candidate, named by its id. */
export const FieldName = z.union([z.enum(['cast', 'invalid']), z.templateLiteral([z.number().int()])])
export type FieldName = z.infer<typeof FieldName>

/** A count sheet as it is on paper. */
export const SheetFigures = z.object({
  cast: figure,
  invalid: figure,
  votes: z.array(z.object({ candidate: CandidateId, votes: figure })).max(1000),
})
export type SheetFigures = z.infer<typeof SheetFigures>

/** What a sheet is held against, and the sheet as far as it can be read. Counts of people and votes. */
export type SheetFacts = {
  readonly cast: number | null
  readonly invalid: number | null
  /** In the paper's order; empty where only sums are known. */
  readonly votes: readonly { readonly candidate: number; readonly votes: number | null }[]
  readonly sum: number
  /** Every field was read. */
  readonly whole: boolean
  /** Fields that are no number, as typed. */
  readonly unread: readonly { readonly field: FieldName; readonly text: string }[]
  readonly attended: number
  readonly electors: number
  /** Names one ballot may carry; 0: not known. */
  readonly perBallot: number
  /** Pledged electors who came here. */
  readonly pledged: number
  /** The code of another committee with the very same figures; null: none. */
  readonly twin: string | null
  /** What was entered for a field before; null: nothing was. */
  readonly before: ((field: FieldName) => number | undefined) | null
}

/** Every field with its figure. */
export const fieldsOf = ({ cast, invalid, votes }: SheetFigures): ReadonlyMap<FieldName, number> =>
  new Map<FieldName, number>([
    ['cast', cast],
    ['invalid', invalid],
    ...votes.map((row): [FieldName, number] => [`${row.candidate}`, row.votes]),
  ])

/** The fields in which two sheets are not the same, in the first one's order. */
export function differing(one: SheetFigures, other: SheetFigures): readonly FieldName[] {
  const [those, others] = [fieldsOf(one), fieldsOf(other)]
  const fields = new Set([...those.keys(), ...others.keys()])
  return [...fields].filter((field) => those.get(field) !== others.get(field))
}

/** The sheet with these fields as given. */
export function withFields(sheet: SheetFigures, fields: ReadonlyMap<FieldName, number>): SheetFigures {
  const of = (field: FieldName, otherwise: number) => fields.get(field) ?? otherwise
  return {
    cast: of('cast', sheet.cast),
    invalid: of('invalid', sheet.invalid),
    votes: sheet.votes.map(({ candidate, votes }) => ({ candidate, votes: of(`${candidate}`, votes) })),
  }
}

/**
 * Two sheets with the same figures have the same print. It shows none of them, so that it may be told where the figures may
 * not. Null where there is nothing to compare: no vote at all.
 */
export function printOf({ cast, invalid, votes }: SheetFigures): string | null {
  if (votes.every((row) => row.votes === 0)) return null
  const rows = [...votes].sort((a, b) => a.candidate - b.candidate).map((row) => `${row.candidate}:${row.votes}`)
  return hash([cast, invalid, ...rows].join(' '))
}

/** Two 32-bit FNV-1a walks, the second from the other end: enough to tell a few hundred sheets apart. */
function hash(text: string): string {
  let [one, other] = [0x811c9dc5, 0x811c9dc5]
  for (let index = 0; index < text.length; index++) {
    one = Math.imul(one ^ text.charCodeAt(index), 0x01000193)
    other = Math.imul(other ^ text.charCodeAt(text.length - 1 - index), 0x01000193)
  }
  return `${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}`
}
