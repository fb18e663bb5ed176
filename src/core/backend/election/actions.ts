import { assertNever } from '../../../shared/result.ts'
import type { Action } from '../../outbox/action.ts'
import type { RestCall } from '../backend.ts'

/** How long one act is waited for; after that it may or may not have happened, and is sent again under the same key. */
const ACT_TIMEOUT_MS = 15_000
/** A count sheet of a large ballot is many rows in one transaction. */
const SHEET_TIMEOUT_MS = 30_000

/** The call that carries out what an operator did. `key` is the action's own: a server that knows keys takes it once. */
export function restCallFor(action: Action, key: string): RestCall {
  switch (action.does) {
    case 'attendance.mark':
      return post('/api/attendees/mark/', key, {
        kocId: action.elector,
        committeeCode: action.committee,
        notes: action.notes,
      })
    case 'guarantee.set-status':
      return patch(`/api/guarantees/${action.id}/quick-update/`, key, { guaranteeStatus: action.status })
    case 'guarantee.confirm':
      return post(`/api/guarantees/${action.id}/confirm/`, key, { confirmationStatus: action.confirmation })
    case 'guarantee.edit':
      return patch(`/api/guarantees/${action.id}/`, key, {
        ...(action.mobile === undefined ? {} : { mobile: action.mobile }),
        ...(action.note === undefined ? {} : { quickNote: action.note }),
      })
    case 'count.enter':
      return { ...post('/api/voting/vote-counts/bulk_entry/', key, countSheet(action)), timeoutMs: SHEET_TIMEOUT_MS }
    default:
      return assertNever(action)
  }
}

/** Zeroes are sent too: a candidate left out would keep an earlier figure. */
const countSheet = (action: Extract<Action, { does: 'count.enter' }>): unknown => ({
  committeeId: action.committee,
  voteCounts: action.votes.map(({ candidate, votes }) => ({ candidateId: candidate, voteCount: votes })),
  totalBallotsCast: action.cast,
  invalidBallots: action.invalid,
  notes: '',
})

const post = (path: string, key: string, body: unknown): RestCall => call('POST', path, key, body)
const patch = (path: string, key: string, body: unknown): RestCall => call('PATCH', path, key, body)
const call = (method: RestCall['method'], path: string, key: string, body: unknown): RestCall => ({
  method,
  path,
  body,
  key,
  timeoutMs: ACT_TIMEOUT_MS,
})
