import type { RuleCode } from '../../shared/sheet/rules.ts'
import type { Listed, Window } from './tables.ts'

/** What was said to a warning of a committee's sheet, and what was done about it; keys as on the wire. */
export type RemarkRecord = {
  readonly code: RuleCode
  readonly field: string
  readonly n: number
  readonly most: number
  readonly place: string | null
  readonly content: string
  readonly user_email: string
  readonly user_name: string
  readonly created_at: string
  readonly handled: {
    readonly content: string
    readonly user_email: string
    readonly user_name: string
    readonly created_at: string
  } | null
}
/** What goes with the sheet of a committee beside its figures. */
export type SheetRecord = {
  readonly committee: number
  readonly remarks: readonly RemarkRecord[]
  /** Of two blind entries that wait: who, when and how often, never what. */
  readonly first: EntryMark | null
  readonly second: EntryMark | null
  /** Fields in which the two are not the same; whose figure is which is not said. */
  readonly differs: readonly string[]
  /** How the sheet on record came about, where two people typed it. */
  readonly typed: TypedMark | null
}
export type EntryMark = {
  readonly user_email: string
  readonly user_name: string
  readonly created_at: string
  readonly turns: number
}
/** Who brought it about, when, and, where the two did not agree, why so. */
export type TypedMark = {
  readonly how: 'agreed' | 'resolved'
  readonly user_email: string
  readonly user_name: string
  readonly content: string
  readonly created_at: string
  readonly first: EntryMark | null
  readonly second: EntryMark | null
}
export type RemarkDraft = Pick<RemarkRecord, 'code' | 'field' | 'n' | 'most' | 'place' | 'content'>
export type SaidRemark = RemarkDraft & { readonly user: number; readonly at: number }
export type About = Pick<RemarkRecord, 'code' | 'field'>

export type Remarks = {
  /** Committees whose sheet has words, or was typed by two people, by their id. */
  list(window: Window): Listed<SheetRecord>
  of(committee: number): SheetRecord
  /** In place of what was said to the sheet before. */
  put(committee: number, remarks: readonly SaidRemark[]): void
  handle(committee: number, about: About, done: { readonly user: number; readonly content: string }, at: number): void
}
