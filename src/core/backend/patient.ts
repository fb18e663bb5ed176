import type { Rest, RestFault } from './backend.ts'

/** So often one call is asked again before its reading fails. */
const TIMES = 4
/** A server that asks for a longer rest than this, ms, is left alone: the reading is tried again later. */
const LONGEST_REST = 5_000

/**
 * Calls that are asked again when the server or its proxy said "too many": a reading of a hundred calls is not begun anew
 * because one of them came too early. The queue below sees to the wait. For reads only: an act has its own order.
 */
export function patient(rest: Rest): Rest {
  return async (call) => {
    for (let again = 0; ; again++) {
      const reply = await rest(call)
      if (reply.ok || again === TIMES || !isTooMany(reply.error)) return reply
    }
  }
}

function isTooMany(fault: RestFault): boolean {
  if (fault.is !== 'answer' && fault.is !== 'not-ours') return false
  if (fault.is === 'answer' && (fault.retryAfterMs ?? 0) > LONGEST_REST) return false
  return fault.status === 429 || fault.status === 503
}
