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
    /** One for each mark, in the order they were sent. */
    results: z.array(z.looseObject({ result: z.enum(['created', 'refused']), message: z.string().optional() })),
  }),
})

/** What a mark's time of day becomes on the record. */
export type Stamp = {
  /** Epoch ms taken as the opening of polls. */
  readonly dayStart: number
  /** Epoch ms. A server believes no time ahead of its own clock, so such a mark is left to be stamped on arrival. */
  now(): number
}

/** One mark, as a clerk types it. */
export async function markOne(sessions: Sessions, action: Attend, stamp: Stamp): Promise<Result<Outcome, Halt>> {
  const path = '/api/attendees/mark/'
  const body = { ...markOf(action, stamp), notes: '' }
  const answer = await sessions.as(action.by, { method: 'POST', path, body })
  if (!answer.ok) return answer
  return ok(outcomeOf(answer.value, `POST ${path}`, action))
}

/** Up to {@link MARKS_PER_CALL} marks in one call, in the administrator's name. Null: this server has no such call. */
export async function markMany(
  sessions: Sessions,
  chief: string,
  actions: readonly Attend[],
  stamp: Stamp,
): Promise<Result<readonly Outcome[] | null, Halt>> {
  const path = '/api/attendees/bulk_mark/'
  const body = { marks: actions.map((action) => markOf(action, stamp)) }
  const answer = await sessions.as(chief, { method: 'POST', path, body })
  if (!answer.ok) return answer
  const { status, json } = answer.value
  if (status === 404 || status === 405) return ok(null)
  if (status !== 200 && status !== 201) return err(refusedBy(answer.value, `POST ${path}`, actions[0] ?? null))
  const parsed = bulkShape.safeParse(json)
  if (!parsed.success) return err(odd(`POST ${path}`, status, parsed.error))
  const { results } = parsed.data.data
  if (results.length !== actions.length) {
    const message = `${actions.length} marks were sent, ${results.length} answered`
    return err({ is: 'unexpected-answer', call: `POST ${path}`, status, message, action: null })
  }
  return ok(actions.map((action, index) => outcomeInBulk(action, results[index], status)))
}

function outcomeInBulk(
  action: Attend,
  result: z.output<typeof bulkShape>['data']['results'][number] | undefined,
  status: number,
): Outcome {
  if (result?.result === 'created') return { is: 'done' }
  const message = result?.message ?? 'no explanation'
  if (isAlready(message)) return { is: 'already' }
  const call = 'POST /api/attendees/bulk_mark/'
  return { is: 'refused', fault: { is: 'refused', call, status, message: `${action.elector}: ${message}`, action } }
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

function markOf(action: Attend, stamp: Stamp) {
  const mark = { kocId: action.elector, committeeCode: action.committee }
  const at = stamp.dayStart + action.at
  return at > stamp.now() ? mark : { ...mark, attendedAt: kuwaitIso(at) }
}
