import type { ElectorNumber } from '../../shared/model/ids.ts'
import type { SharedCall } from '../../shared/model/records.ts'
import type { RestReply } from '../backend/backend.ts'
import { isObject, understood } from '../backend/election/fields.ts'
import { sharedCall } from '../backend/election/records.ts'
import type { Book } from '../book.ts'

const read = (value: unknown): SharedCall | null => {
  const found = understood(value, 'call', 'rest', sharedCall)
  return found.ok ? found.value : null
}

/** The call as the server has it, from its answer; null: it does not say. */
export const callIn = ({ data }: Pick<RestReply, 'data'>): SharedCall | null => read(data)
export const callInRefusal = (errors: unknown): SharedCall | null => read(isObject(errors) ? errors['current'] : null)

/** Shown at once, as read: the frame that tells the same follows. */
export function keepCall(book: Book, record: SharedCall | null, position: RestReply['position']): void {
  if (record === null) return
  const change = { kind: 'call', op: 'upsert', key: record.elector, record } as const // the literals of a change
  book.commit([{ is: 'change', change, from: 'snapshot', ...(position && { position }) }])
}

export const CALL_PATHS = {
  claimed: '/api/calls/claim/',
  released: '/api/calls/release/',
  called: '/api/calls/outcome/',
} as const

export type Named = { readonly elector: ElectorNumber; readonly window: string }
