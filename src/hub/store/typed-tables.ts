import type { SheetFigures } from '../../shared/sheet/sheet.ts'
import type { RemarkDraft } from './remark-tables.ts'

/** One of two blind entries of a sheet. Its figures leave the store for who typed it, and for who decides between two. */
export type TypedEntry = {
  readonly user: number
  readonly user_email: string
  readonly user_name: string
  /** How often it was typed once there were two, the first time included. */
  readonly turns: number
  readonly at: number
  readonly figures: SheetFigures
  readonly remarks: readonly RemarkDraft[]
}
export type TypedDraft = Omit<TypedEntry, 'user_email' | 'user_name'>
/** The latest entry of each of the two, in the order in which they came. */
export type Pair = { readonly first: TypedEntry | null; readonly second: TypedEntry | null }

export type RoundEnd = 'agreed' | 'resolved' | 'dropped'
/** How two entries ended. `content`: the reason of whoever decided; empty where both agreed. */
export type EndedRound = {
  readonly how: RoundEnd
  readonly user_email: string
  readonly user_name: string
  readonly content: string
  readonly at: number
  /** Everything that was typed, corrections and all, oldest first. */
  readonly entries: readonly TypedEntry[]
}

/** Sheets typed by two people. Nothing of it is ever rewritten: what was typed stays, how it ended is added. */
export type TypedSheets = {
  /** What waits: of an ended round nothing does. */
  of(committee: number): Pair
  put(committee: number, entry: TypedDraft): void
  end(committee: number, how: RoundEnd, by: { readonly user: number; readonly content: string }, at: number): void
  /** How the sheet on record came about; null: one person entered it, or nobody. */
  onRecord(committee: number): EndedRound | null
  /** Another sheet took the place of the one that two people typed. */
  replaced(committee: number): void
  /** Ended rounds, oldest first. */
  ended(committee: number): readonly EndedRound[]
}
