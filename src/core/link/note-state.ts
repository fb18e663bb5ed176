import type { Log } from '../ports.ts'
import type { Link } from './link-model.ts'

/** One line in the log for each change of state, with the cause when that is new. */
export function noteState(log: Log, before: Link, next: Link): void {
  const fields = { from: before.at, to: next.at, attempt: next.attempt }
  if (next.cause === null || next.cause === before.cause) log.info('link.state', fields)
  else log.info('link.state', { ...fields, cause: next.cause.code, proof: next.cause.proof })
}
