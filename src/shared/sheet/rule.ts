import type { FieldName, SheetFacts } from './sheet.ts'

/** Who reads a rule: the clerk with the paper in hand, or the supervisor who looks at the sheet afterwards. */
export type Reader = 'clerk' | 'supervisor'
export type RuleLanguage = 'en' | 'ar'
type Texts = Readonly<Record<RuleLanguage, string>>

/** What a rule found: where, and the two figures it compared. `place`: the code of another committee, where that is what it found. */
export type Found = {
  readonly field: FieldName
  readonly n: number
  readonly most: number
  readonly place?: string
}
export type Rule = {
  /** No paper can be so as well as so: told to whoever is on duty as an alarm. A warning of this kind may still be entered. */
  readonly urgent?: true
  /** About sums: said beside the sheet, not at a field. */
  readonly sums?: true
  readonly find: (facts: SheetFacts) => readonly Found[]
  readonly clerk: Texts
  readonly supervisor: Texts
}

/** Valid ballots; null while not known, or where more are invalid than were cast. */
export const validOf = ({ cast, invalid }: Pick<SheetFacts, 'cast' | 'invalid'>) =>
  cast === null || invalid === null || invalid > cast ? null : cast - invalid
/** Votes the valid ballots can carry; null while not known. */
export function roomOf(facts: Pick<SheetFacts, 'cast' | 'invalid' | 'perBallot'>) {
  const valid = validOf(facts)
  return valid === null || facts.perBallot === 0 ? null : valid * facts.perBallot
}
