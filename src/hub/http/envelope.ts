import { randomUUID } from 'node:crypto'
import type { Position, RecordName } from '../store/store.ts'
import { utcStamp } from '../time.ts'
import type { RestFault } from './fault.ts'
import { camelized } from './keys.ts'

/** What a handler answers; `data` in snake_case. `status` is 200 unless it says otherwise. */
export type Answer = {
  readonly data: unknown
  readonly message?: string
  readonly meta?: Readonly<Record<string, unknown>>
  readonly status?: 200 | 201
  /** The record it shows, for its version in the header. */
  readonly record?: RecordName
}

/** The family's success envelope, with the position the data belongs to. */
export function successText(answer: Answer, position: Position, at: number): string {
  return JSON.stringify({
    status: 'success',
    data: camelized(answer.data) ?? null,
    ...(answer.message === undefined ? {} : { message: answer.message }),
    meta: { timestamp: utcStamp(at), requestId: randomUUID(), position, ...answer.meta },
  })
}

/** The family's error envelope: no `meta`. */
export const errorText = (fault: RestFault): string =>
  JSON.stringify({
    status: 'error',
    data: null,
    message: fault.message,
    ...(fault.errors === undefined ? {} : { errors: fault.errors }),
  })
