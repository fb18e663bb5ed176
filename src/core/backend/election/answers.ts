import type { Position, Topic } from '../../../shared/model/change.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import type { ReadFault, Rest, RestCall, RestFault } from '../backend.ts'
import { type Fields, understood } from './fields.ts'

/** One read, waited for this long: a committee of thousands of electors takes the real server several seconds. */
const READ_TIMEOUT_MS = 30_000

export const getCall = (path: string): RestCall => ({
  method: 'GET',
  path,
  body: null,
  key: null,
  timeoutMs: READ_TIMEOUT_MS,
})

export const failed = (topic: Topic, fault: ReadFault['fault']): Result<never, ReadFault> => err({ topic, fault })
export const misread = (topic: Topic, detail: string): Result<never, ReadFault> =>
  failed(topic, { is: 'wrong-shape', detail })

/** The HTTP status behind a fault; null when no server answered. */
export const statusOf = (fault: ReadFault['fault']): number | null =>
  fault.is === 'answer' || fault.is === 'not-ours' ? fault.status : null
export const isRefusal = (fault: RestFault): boolean => fault.is === 'answer' && fault.status === 403

export type Answer<T> = { readonly value: T; readonly position: Position | null }

/** Asks for one object and reads it. `data` of the envelope is handed to `build` as `{data, meta}`, so paths in faults say where. */
export async function askOne<T>(
  rest: Rest,
  topic: Topic,
  path: string,
  build: (envelope: Fields) => T,
): Promise<Result<Answer<T>, ReadFault>> {
  const reply = await rest(getCall(path))
  if (!reply.ok) return failed(topic, reply.error)
  const { data, meta, position } = reply.value
  const read = understood({ data, meta }, `GET ${path}`, 'rest', build)
  return read.ok ? ok({ value: read.value, position }) : misread(topic, read.error)
}
