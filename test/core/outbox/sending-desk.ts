import type { RestFault, RestReply } from '../../../src/core/backend/backend.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import type { Verdict } from '../../../src/core/outbox/outbox-contract.ts'
import { Outbox } from '../../../src/core/outbox/outbox.ts'
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

export const note = (text: string): Action => ({
  does: 'guarantee.update',
  id: 1 as never,
  note: text,
})

/** An action, and who typed it. */
export const typed = (text: string, by: string) => ({ action: note(text), by })

/** Lost: again. 400: rejected with its words. 429, 503: again after what was asked. */
export function verdict(answer: Answer): Verdict {
  if (answer.ok) return { is: 'accepted' }
  if (answer.error.is !== 'answer') return { is: 'again', afterMs: null }
  const { status, message, retryAfterMs } = answer.error
  if (status === 429) return { is: 'again', afterMs: retryAfterMs, undone: true }
  return status === 400
    ? { is: 'rejected', reason: message, next: 'enter-again' }
    : { is: 'again', afterMs: retryAfterMs }
}

export const DANA = 'dana@ems.example'

/** An outbox over a disk in memory; each call waits until the test answers it. */
export function sendingDesk({
  desk = bookOnDisk(),
  random = fixedRandom(0.5),
  open = true,
  who = (): string | null => DANA,
  width = 1,
  settles = 0,
  serverNow = (): number | null => null,
} = {}) {
  const sent: Sent[] = []
  const answered: string[] = []
  const unseen: string[] = []
  const attemptsBefore: number[] = []
  const unsureBefore: number[] = []
  const log = new LogLines()
  const outbox = new Outbox({
    ...{ who, serverNow },
    clock: desk.clock,
    random,
    log,
    delivery: {
      width: () => width,
      settles: () => settles,
      deliver: async ({ key, action, attempts, unsure }) => {
        attemptsBefore.push(attempts)
        unsureBefore.push(unsure)
        const answer = await new Promise<Answer>((resolve) => {
          sent.push({ key, body: action, at: desk.clock.elapsed(), answer: resolve })
        })
        return verdict(answer)
      },
    },
    answered: (action, is) => answered.push(`${action.does} ${is}`),
    unseen: ({ does }) => unseen.push(does),
  })
  outbox.use(desk.book)
  outbox.setOpen(open)
  const type = (text: string) => {
    const queued = outbox.queue([typed(text, DANA)])
    if (!queued.ok) throw new Error('not queued')
    const [key] = queued.value
    return key!
  }
  const notes = () => sent.map(({ body }) => (body as { note: string }).note)
  const last = () => sent.at(-1)!
  const view = () => desk.book.projection.outbox.view(desk.book.projection.conflicts.open, null)
  return { ...desk, outbox, sent, answered, unseen, attemptsBefore, unsureBefore, log, type, notes, last, view }
}
