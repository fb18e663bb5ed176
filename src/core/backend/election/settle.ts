import { assertNever, type Result } from '../../../shared/result.ts'
import type { Action } from '../../outbox/action.ts'
import type { RestFault, RestReply } from '../backend.ts'

/** What became of an action that was sent. `again`: it is not known or not possible yet; wait at least so long. */
export type Settlement =
  | { readonly is: 'confirmed' }
  /** The server will never take it as it is. `reason` is for the operator. */
  | { readonly is: 'rejected'; readonly reason: string }
  | { readonly is: 'again'; readonly afterMs: number; readonly undone?: true }

/** The first wait before an action is sent again; it doubles with each attempt. */
const AGAIN_FIRST_MS = 1_000
/** The longest wait between two attempts: an operator looks at the outbox more often than that. */
const AGAIN_LONGEST_MS = 30_000
/** A sign-in refreshes by itself or by the operator; looking more often would not hasten it. */
const AGAIN_SIGNED_OUT_MS = 5_000
/** A server that fails over the same action this many times fails over what is in it: a person has to look. */
const SERVER_FAULTS_BORNE = 6

/**
 * Judges the answer to an action. `attemptsBefore` counts the earlier sendings, over restarts too; `unsureBefore` those of them whose
 * end is not known: with one of those behind it, "already attended" is our own mark coming back.
 */
export function settle(
  action: Action,
  result: Result<RestReply, RestFault>,
  attemptsBefore: number,
  unsureBefore: number,
): Settlement {
  if (result.ok) return { is: 'confirmed' }
  const fault = result.error
  switch (fault.is) {
    case 'network':
      return again(attemptsBefore)
    case 'signed-out':
      return { is: 'again', afterMs: AGAIN_SIGNED_OUT_MS, undone: true }
    case 'not-ours':
      return byPage(fault.status, fault.detail, attemptsBefore)
    case 'answer':
      return byAnswer(action, fault, attemptsBefore, unsureBefore)
    default:
      return assertNever(fault)
  }
}

const again = (attemptsBefore: number, atLeastMs = 0): Extract<Settlement, { is: 'again' }> => ({
  is: 'again',
  afterMs: Math.max(atLeastMs, Math.min(AGAIN_LONGEST_MS, AGAIN_FIRST_MS * 2 ** Math.min(attemptsBefore, 10))),
})
const rejected = (reason: string): Settlement => ({ is: 'rejected', reason })

/** A page instead of an answer: the server broke down over it (500), or something in between answered. */
function byPage(status: number, detail: string, attemptsBefore: number): Settlement {
  const aboutThis = status === 500 || status === 404
  return aboutThis ? borne(`${status}: ${detail}`, attemptsBefore) : again(attemptsBefore)
}

function borne(what: string, attemptsBefore: number): Settlement {
  if (attemptsBefore + 1 < SERVER_FAULTS_BORNE) return again(attemptsBefore)
  return rejected(
    `The server failed ${attemptsBefore + 1} times over this (${what}). Check what was entered and enter it again.`,
  )
}

function byAnswer(
  action: Action,
  fault: Extract<RestFault, { is: 'answer' }>,
  attemptsBefore: number,
  unsureBefore: number,
): Settlement {
  const { status, message } = fault
  if (status === 429) return { ...again(attemptsBefore, fault.retryAfterMs ?? 0), undone: true }
  if (isWaitStatus(status)) return again(attemptsBefore, fault.retryAfterMs ?? 0)
  if (status === 401) return { is: 'again', afterMs: AGAIN_SIGNED_OUT_MS, undone: true }
  if (status >= 500) return borne(`${status}: ${message}`, attemptsBefore)
  if (unsureBefore > 0 && isOwnMark(action, fault)) return { is: 'confirmed' }
  if (status === 403) return rejected(`This account may not do this: ${message}`)
  if (status === 404) return rejected(`The server does not have it any more: ${message}`)
  return rejected(message === '' ? `The server refused it (${status}).` : message)
}

/** Too early, too many, or a proxy whose server is away: nothing is wrong with the action. */
const isWaitStatus = (status: number): boolean => [408, 425, 429, 502, 503, 504].includes(status)

const isOwnMark = (action: Action, { status, message }: Extract<RestFault, { is: 'answer' }>): boolean =>
  action.does === 'attendance.mark' && status === 400 && /already\b.*\battended/i.test(message)
