import type { RestCall, RestFault, RestReply } from '../../../src/core/backend/backend.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import { Outbox, type Outcome } from '../../../src/core/outbox/outbox.ts'
import { err, ok, type Result } from '../../../src/shared/result.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { bookOnDisk } from '../journal/on-disk.ts'

type Answer = Result<RestReply, RestFault>
export type Sent = { readonly key: string; readonly body: unknown; readonly at: number; answer(with_: Answer): void }

export const DONE: Answer = ok({ data: null, meta: null, position: null })
export const LOST: Answer = err({ is: 'network', fault: { is: 'reset', detail: '' } })
export const refused = (status: number, message = 'no', retryAfterMs: number | null = null): Answer =>
  err({ is: 'answer', status, message, errors: null, retryAfterMs })

export const note = (text: string): Action => ({ does: 'guarantee.edit', id: 1 as never, note: text })

/** Lost: again. 400: rejected with its words. 429, 503: again after what was asked. */
export function outcome(_action: Action, answer: Answer): Outcome {
  if (answer.ok) return { is: 'confirmed' }
  if (answer.error.is !== 'answer') return { is: 'again', afterMs: null }
  const { status, message, retryAfterMs } = answer.error
  if (status === 429) return { is: 'again', afterMs: retryAfterMs, undone: true }
  return status === 400 ? { is: 'rejected', reason: message } : { is: 'again', afterMs: retryAfterMs }
}

export const DANA = 'dana@ems.example'

/** An outbox over a disk in memory; each call waits until the test answers it. */
export function sendingDesk({
  desk = bookOnDisk(),
  random = fixedRandom(0.5),
  open = true,
  who = (): string | null => DANA,
} = {}) {
  const sent: Sent[] = []
  const settled: string[] = []
  const attemptsBefore: number[] = []
  const unsureBefore: number[] = []
  const log = new LogLines()
  const outbox = new Outbox({
    who,
    clock: desk.clock,
    random,
    log,
    rest: ({ key, body }: RestCall) =>
      new Promise<Answer>((resolve) => {
        sent.push({ key: key ?? '', body, at: desk.clock.elapsed(), answer: resolve })
      }),
    delivery: {
      call: (action, key) => ({ method: 'POST', path: '/api/', body: action, key, timeoutMs: 1_000 }),
      outcome: (action, answer, before, unsure) => {
        attemptsBefore.push(before)
        unsureBefore.push(unsure)
        return outcome(action, answer)
      },
    },
    settled: (action, is) => settled.push(`${action.does} ${is}`),
  })
  outbox.use(desk.book)
  outbox.setOpen(open)
  const type = (text: string) => {
    const queued = outbox.queue(note(text), DANA)
    if (!queued.ok) throw new Error('not queued')
    return queued.value
  }
  const notes = () => sent.map(({ body }) => (body as { note: string }).note)
  const last = () => sent.at(-1)!
  const view = () => desk.book.projection.outbox.view()
  return { ...desk, outbox, sent, settled, attemptsBefore, unsureBefore, log, type, notes, last, view }
}
