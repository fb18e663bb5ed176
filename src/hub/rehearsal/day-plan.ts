/** Polls are open from 08:00 to 20:00. */
export const POLLS_OPEN_MS = 12 * 60 * 60_000
const OPENING_HOUR = 8
/** Asia/Kuwait is UTC+3 all year round. */
const ZONE = '+03:00'
const ZONE_MS = 3 * 60 * 60_000

export type Phase = 'GUARANTEE_PHASE' | 'VOTING_DAY' | 'COUNTING' | 'CLOSED'
export type Confirmation = 'PENDING' | 'CONFIRMED' | 'NOT_AVAILABLE'

/**
 * One thing somebody does on the day. `at` is ms since polls open (negative before 08:00), `by` the e-mail of the user
 * who does it. Committees, electors and candidates are named by code and number, never by a server's id.
 */
export type DayAction =
  | { readonly kind: 'phase'; readonly at: number; readonly by: string; readonly phase: Phase }
  | {
      readonly kind: 'attend'
      readonly at: number
      readonly by: string
      readonly elector: string
      readonly committee: string
    }
  /** An elector turns up at a committee that is not theirs: recorded as pending there. */
  | {
      readonly kind: 'attend-elsewhere'
      readonly at: number
      readonly by: string
      readonly elector: string
      readonly committee: string
    }
  /** A mark made under the wrong number is taken back. */
  | {
      readonly kind: 'withdraw'
      readonly at: number
      readonly by: string
      readonly elector: string
      readonly committee: string
    }
  | {
      readonly kind: 'confirm'
      readonly at: number
      readonly by: string
      readonly elector: string
      readonly confirmation: Confirmation
    }
  | {
      readonly kind: 'pledge'
      readonly at: number
      readonly by: string
      readonly elector: string
      readonly status: 'PENDING' | 'GUARANTEED'
    }
  | ({ readonly kind: 'count'; readonly at: number; readonly by: string } & CountSheet)
  | { readonly kind: 'verify'; readonly at: number; readonly by: string; readonly committee: string }
  | { readonly kind: 'results'; readonly at: number; readonly by: string }
  | { readonly kind: 'publish'; readonly at: number; readonly by: string }

export type CountSheet = {
  readonly committee: string
  readonly ballotsCast: number
  readonly invalid: number
  readonly votes: readonly { readonly candidate: number; readonly votes: number }[]
}

/** A whole day in order of time. `actions` starts again each time it is called and always gives the same. */
export type DayPlan = {
  /** Names the plan in keys and logs; URL-safe. */
  readonly id: string
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly date: string
  /** E-mail of the administrator: reads ids, makes bulk calls, changes phases. */
  readonly chief: string
  /** How many actions there are. */
  readonly total: number
  /** Ms since polls open at the first and the last action. */
  readonly first: number
  readonly last: number
  readonly expected: DayTotals
  actions(): Iterable<DayAction>
}

/** What the hub must hold once the whole plan has been played. */
export type DayTotals = {
  readonly committees: number
  readonly electors: number
  /** Electors marked as attended and not withdrawn. */
  readonly attendance: number
  readonly ballotsCast: number
  /** Votes by candidate name, in candidate order. */
  readonly counts: Readonly<Record<string, number>>
}

/** Epoch ms at which polls open on a local calendar day. */
export function openingOf(date: string): number {
  return Date.parse(`${date}T${String(OPENING_HOUR).padStart(2, '0')}:00:00${ZONE}`)
}

/** ISO 8601 in Kuwait time with its offset, whole ms, as the election server family writes record times. */
export function kuwaitIso(epoch: number): string {
  return new Date(epoch + ZONE_MS).toISOString().replace('Z', ZONE)
}

/** Ms since polls open for a clock time such as `10:30`; null when it is not one. */
export function dayTimeOf(clockTime: string): number | null {
  const match = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clockTime.trim())
  if (match === null) return null
  return ((Number(match[1]) - OPENING_HOUR) * 60 + Number(match[2])) * 60_000
}

/** Clock time `HH:MM` for ms since polls open, for progress lines. */
export function clockTimeOf(at: number): string {
  const minutes = (((Math.floor(at / 60_000) + OPENING_HOUR * 60) % 1440) + 1440) % 1440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
