import type { DayAction } from './day-plan.ts'

/** Why a day stopped playing, with the call and the action it happened in. */
export type PlayFault = {
  readonly is: 'sign-in-refused' | 'unreachable' | 'refused' | 'unexpected-answer' | 'unknown-name'
  /** `POST /api/attendees/mark/`. */
  readonly call: string
  /** HTTP status; null when there was no answer or none is meant. */
  readonly status: number | null
  readonly message: string
  readonly action: DayAction | null
}

/** One line for a terminal or a log. */
export function describePlayFault(fault: PlayFault): string {
  const status = fault.status === null ? '' : ` (HTTP ${fault.status})`
  const action = fault.action === null ? '' : `, at "${fault.action.kind}" by ${fault.action.by}`
  return `${NEXT[fault.is]}: ${fault.call}${status}: ${fault.message}${action}`
}

const NEXT: Readonly<Record<PlayFault['is'], string>> = {
  'sign-in-refused': 'The server refused a rehearsal user; play on the server the election was seeded in',
  unreachable: 'The server did not answer for too long; see that it runs, then play again',
  refused: 'The server refused a call',
  'unexpected-answer': 'The server answered something else than its protocol says',
  'unknown-name': 'The server does not hold this election; seed it first',
}
