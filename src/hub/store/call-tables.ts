import type { Owners } from './guarantee-tables.ts'
import type { Listed, Window } from './tables.ts'

export const CALL_OUTCOMES = ['coming', 'came', 'no-answer', 'wrong-number', 'not-coming'] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** Who rings an elector now, and what the last call came to; keys as on the wire. */
export type CallRecord = {
  readonly elector: string
  readonly claim: {
    /** As the person wrote it; several windows are signed in to one account. */
    readonly caller: string
    readonly window: string
    readonly user: number
    readonly user_name: string
    readonly since: string
    readonly until: string
  } | null
  readonly called: {
    readonly outcome: CallOutcome
    readonly caller: string
    readonly user: number
    readonly user_name: string
    readonly at: string
    readonly times: number
  } | null
}

/** One window of one account. */
export type Holder = { readonly user: number; readonly window: string }
export type Calls = {
  /** Electors somebody rings or has rung, as far as these collectors promised them; null: all. */
  list(window: Window, owners: Owners): Listed<CallRecord>
  of(elector: string): CallRecord | null
  /** Who holds the call at that time, ms; a claim past its time holds nothing. */
  holderOf(elector: string, at: number): Holder | null
  heldBy(user: number, at: number): number
  claim(elector: string, by: Holder & { readonly caller: string }, at: number, until: number): void
  release(elector: string): void
  called(
    elector: string,
    by: { readonly user: number; readonly caller: string; readonly outcome: CallOutcome },
    at: number,
  ): void
  /** Electors whose claim is past its time. */
  overdue(at: number): string[]
  /** Collectors who promised this elector. */
  ownersOf(elector: string): number[]
}
