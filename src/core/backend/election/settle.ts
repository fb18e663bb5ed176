import { assertNever } from '../../../shared/result.ts'
import type { NextStep } from '../../../shared/view/outbox.ts'
import type { Action } from '../../outbox/action.ts'
import type { RestFault } from '../backend.ts'
import { isObject } from './fields.ts'

/** What a refusal of a sending means. `check`: it may be so already, or be another's; the record has to be looked at. */
export type Settlement =
  /** The server will never take it as it is. `reason` is for the operator. */
  | { readonly is: 'rejected'; readonly reason: string; readonly next: NextStep }
  /** Not known, or not yet: wait at least so long. `undone`: it was turned away unread. */
  | { readonly is: 'again'; readonly afterMs: number; readonly undone?: true }
  | { readonly is: 'check'; readonly reason: string }

/** The first wait before an action is sent again; it doubles with each attempt. */
const AGAIN_FIRST_MS = 1_000
/** The longest wait between two attempts: an operator looks at the outbox more often than that. */
const AGAIN_LONGEST_MS = 30_000
/** A sign-in refreshes by itself or by the operator; looking more often would not hasten it. */
const AGAIN_SIGNED_OUT_MS = 5_000
/** A server that fails over the same action this many times fails over what is in it: a person has to look. */
const SERVER_FAULTS_BORNE = 6

type Answered = Extract<RestFault, { is: 'answer' }>

/** Judges the refusal of an action. `attemptsBefore` counts the earlier sendings, over restarts too. */
export function settle(action: Action, fault: RestFault, attemptsBefore: number): Settlement {
  switch (fault.is) {
    case 'network':
      return again(attemptsBefore)
    case 'signed-out':
      return { is: 'again', afterMs: AGAIN_SIGNED_OUT_MS, undone: true }
    case 'too-late':
      return { is: 'again', afterMs: 0, undone: true }
    case 'not-ours':
      return byPage(fault.status, fault.detail, attemptsBefore)
    case 'answer':
      return byAnswer(action, fault, attemptsBefore)
    default:
      return assertNever(fault)
  }
}

/** A read before or after a sending failed: nothing was done by it. */
export function afterLook(fault: RestFault, attemptsBefore: number): Extract<Settlement, { is: 'again' }> {
  if (fault.is === 'signed-out') return { is: 'again', afterMs: AGAIN_SIGNED_OUT_MS }
  return again(attemptsBefore, fault.is === 'answer' ? (fault.retryAfterMs ?? 0) : 0)
}

const again = (attemptsBefore: number, atLeastMs = 0): Extract<Settlement, { is: 'again' }> => ({
  is: 'again',
  afterMs: Math.max(atLeastMs, Math.min(AGAIN_LONGEST_MS, AGAIN_FIRST_MS * 2 ** Math.min(attemptsBefore, 10))),
})
const rejected = (reason: string, next: NextStep): Settlement => ({ is: 'rejected', reason, next })

/** A page instead of an answer: the server broke down over it (500), or something in between answered. */
function byPage(status: number, detail: string, attemptsBefore: number): Settlement {
  const aboutThis = status === 500 || status === 404
  return aboutThis ? borne(`${status}: ${detail}`, attemptsBefore) : again(attemptsBefore)
}

function borne(what: string, attemptsBefore: number): Settlement {
  if (attemptsBefore + 1 < SERVER_FAULTS_BORNE) return again(attemptsBefore)
  return rejected(
    `The server failed ${attemptsBefore + 1} times over this (${what}). Check what was entered and enter it again.`,
    'enter-again',
  )
}

function byAnswer(action: Action, fault: Answered, attemptsBefore: number): Settlement {
  const { status, message } = fault
  if (status === 429) return { ...again(attemptsBefore, fault.retryAfterMs ?? 0), undone: true }
  if (isWaitStatus(status)) return again(attemptsBefore, fault.retryAfterMs ?? 0)
  if (status === 401) return { is: 'again', afterMs: AGAIN_SIGNED_OUT_MS, undone: true }
  if (status >= 500) return borne(`${status}: ${message}`, attemptsBefore)
  if (isAlready(action, fault)) return { is: 'check', reason: message }
  if (status === 403) return rejected(`This account may not do this: ${message}`, 'ask-admin')
  if (status === 404) return rejected(`The server does not have it: ${message}`, nextAfterMissing(action))
  return rejected(message === '' ? `The server refused it (${status}).` : message, nextStep(action, fault))
}

/** Too early, too many, or a proxy whose server is away: nothing is wrong with the action. */
const isWaitStatus = (status: number): boolean => [408, 425, 429, 502, 503, 504].includes(status)

/** The server says that it is so already, or that another version is there: by whom has to be seen. */
function isAlready({ does }: Action, { status, message }: Answered): boolean {
  if (status === 412) return true
  switch (does) {
    case 'attendance.mark':
      return status === 400 && /already\b.*\battended/i.test(message)
    case 'guarantee.create':
      return status === 400 && /already/i.test(message)
    case 'count.verify':
    case 'results.publish':
    case 'results.generate':
      return status === 400 && /already (verified|published)/i.test(message)
    case 'guarantee.remove':
    case 'attendance.correct':
      return status === 404
    default:
      return false
  }
}

const nextAfterMissing = ({ does }: Action): NextStep =>
  does === 'attendance.mark' || does === 'attendance.pending' || does === 'guarantee.create'
    ? 'look-up-elector'
    : 'look-again'

function nextStep({ does }: Action, { message, errors }: Answered): NextStep {
  if (does === 'attendance.mark') {
    const elsewhere = isObject(errors) && 'electorCommittee' in errors
    if (elsewhere || /assigned to/i.test(message)) return 'record-arrival'
    if (/inactive|not (active|eligible)/i.test(message)) return 'not-eligible'
    if (/elector/i.test(message)) return 'look-up-elector'
  }
  if (does === 'results.generate' && /verified/i.test(message)) return 'verify-first'
  return 'enter-again'
}
