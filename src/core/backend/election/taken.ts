import type { Action } from '../../outbox/action.ts'
import type { Verdict } from '../../outbox/outbox-contract.ts'
import type { OutboxEntry } from '../../projection/outbox-entry.ts'
import type { Rest, RestReply } from '../backend.ts'
import { isObject, understood } from './fields.ts'
import { lookAt } from './look.ts'
import { afterLook } from './settle.ts'

/** The server did it. What no figure shows is read back at once, that it may be called confirmed. */
export async function taken(rest: Rest, { action, attempts }: OutboxEntry, reply: RestReply): Promise<Verdict> {
  const row = rowIn(reply)
  const made = { is: 'accepted', ...(row !== null && makesRow(action) && { row }) } as const
  if (endsTwo(action, reply)) return { ...made, seen: true }
  const isHidden = action.does === 'guarantee.note' || (action.does === 'attendance.pending' && row === null)
  if (!isHidden) return made
  const looked = await lookAt(rest, action, null)
  if (looked.ok && looked.value.fields !== null) return { ...made, seen: true }
  // A note shows on its guarantee as well; an elector added shows nowhere, so it is asked for until it was seen.
  return action.does === 'guarantee.note' ? made : afterLookAgain(attempts)
}
const afterLookAgain = (attempts: number): Verdict =>
  afterLook({ is: 'network', fault: { is: 'aborted', detail: '' } }, attempts)

/** What waited for a second person is over: the server says so, and no record shows by whose doing. */
const endsTwo = ({ does }: Action, { data }: RestReply): boolean =>
  does === 'count.resolve' ||
  does === 'count.drop' ||
  (does === 'count.type' && isObject(data) && data['is'] === 'agreed')

const makesRow = ({ does }: Action): boolean =>
  does === 'attendance.mark' || does === 'attendance.pending' || does === 'guarantee.create'

function rowIn({ data }: RestReply): number | null {
  const read = understood(data, 'data', 'rest', (f) => (f.isNumber('id') ? f.count('id') : null))
  return read.ok ? read.value : null
}
