import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import { type DayAction, kuwaitIso } from './day-plan.ts'
import type { PlayFault } from './play-fault.ts'
import { type Answer, refusalWords } from './play-rest.ts'
import type { Halt, Sessions } from './play-session.ts'

export type Attend = Extract<DayAction, { readonly kind: 'attend' }>

/** How an action ended: done now, found already done by somebody else, or refused with the server's words. */
export type Outcome =
  | { readonly is: 'done' }
  | { readonly is: 'already' }
  | { readonly is: 'refused'; readonly fault: PlayFault }

/** The server's own limit on one bulk call. */
export const MARKS_PER_CALL = 1_000

const bulkShape = z.looseObject({
  data: z.looseObject({
    refused: z.array(z.looseObject({ kocId: z.string(), message: z.string() })).optional(),
  }),
})

/** One mark, as a clerk types it. */
export async function markOne(sessions: Sessions, action: Attend, dayStart: number): Promise<Result<Outcome, Halt>> {
  const path = '/api/attendees/mark/'
  const body = { ...markOf(action, dayStart), notes: '' }
  const answer = await sessions.as(action.by, { method: 'POST', path, body })
  if (!answer.ok) return answer
  return ok(outcomeOf(answer.value, `POST ${path}`, action))
}

/** Up to {@link MARKS_PER_CALL} marks in one call, in the administrator's name. Null: this server has no such call. */
export async function markMany(
  sessions: Sessions,
  chief: string,
  actions: readonly Attend[],
  dayStart: number,
): Promise<Result<readonly Outcome[] | null, Halt>> {
  const path = '/api/attendees/bulk_mark/'
  const body = { marks: actions.map((action) => markOf(action, dayStart)) }
  const answer = await sessions.as(chief, { method: 'POST', path, body })
  if (!answer.ok) return answer
  const { status, json } = answer.value
  if (status === 404 || status === 405) return ok(null)
  if (status !== 200 && status !== 201) return err(refusedBy(answer.value, `POST ${path}`, actions[0] ?? null))
  const parsed = bulkShape.safeParse(json)
  if (!parsed.success) return err(odd(`POST ${path}`, status, parsed.error))
  const refused = new Map((parsed.data.data.refused ?? []).map((entry) => [entry.kocId, entry.message]))
  return ok(
    actions.map((action) => {
      const message = refused.get(action.elector)
      if (message === undefined) return { is: 'done' }
      if (isAlready(message)) return { is: 'already' }
      return {
        is: 'refused',
        fault: { is: 'refused', call: `POST ${path}`, status, message: `${action.elector}: ${message}`, action },
      }
    }),
  )
}

/** What an answer means for the action it belongs to. */
export function outcomeOf(answer: Answer, call: string, action: DayAction): Outcome {
  if (answer.status >= 200 && answer.status < 300) return { is: 'done' }
  if (answer.status === 400 && isAlready(refusalWords(answer))) return { is: 'already' }
  return { is: 'refused', fault: refusedBy(answer, call, action) }
}

export function refusedBy(answer: Answer, call: string, action: DayAction | null): PlayFault {
  return { is: 'refused', call, status: answer.status, message: refusalWords(answer), action }
}

export function odd(call: string, status: number, error: z.ZodError): PlayFault {
  const issue = error.issues[0]
  const message = issue === undefined ? 'not the shape expected' : `${issue.path.join('.')}: ${issue.message}`
  return { is: 'unexpected-answer', call, status, message, action: null }
}

/** The server family says so in words only. */
const isAlready = (message: string): boolean => /\balready\b/i.test(message)

const markOf = (action: Attend, dayStart: number) => ({
  kocId: action.elector,
  committeeCode: action.committee,
  attendedAt: kuwaitIso(dayStart + action.at),
})
