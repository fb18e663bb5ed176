import { assertNever } from '../../../shared/result.ts'
import type { SheetFigures } from '../../../shared/sheet/sheet.ts'
import type { Explained } from '../../../shared/sheet/sheet-view.ts'
import type { Action, TwoPeopleAct } from '../../outbox/action.ts'
import type { RestCall } from '../backend.ts'

/** How long one act is waited for; after that it may or may not have happened, and is looked for or sent again under the same key. */
const ACT_TIMEOUT_MS = 15_000
/** A count sheet of a large ballot is many rows in one transaction; adding results up reads them all. */
const SHEET_TIMEOUT_MS = 30_000

/** What the server calls a record that an action names by another name. */
export type Names = {
  /** The server's row of the committee's entry. */
  readonly entryRow: number | null
  /** It has a place for what was said to a sheet's warnings. */
  readonly keepsWords?: boolean
}

/**
 * The call that carries out what an operator did; null: the server's name of the record is not known here. `key` is the action's own:
 * a server that knows keys takes it once. `version`: the record as this desk knows it; a server that keeps versions refuses another.
 */
export function restCallFor(action: Action, key: string, names: Names, version?: string | null): RestCall | null {
  const made = callFor(action, names)
  if (made === null) return null
  const [method, path, body, timeoutMs = ACT_TIMEOUT_MS] = made
  return { method, path, body, key, timeoutMs, ...(version !== undefined && { version }) }
}

type Made = readonly [method: RestCall['method'], path: string, body: unknown, timeoutMs?: number]

function callFor(action: Action, { entryRow, keepsWords = false }: Names): Made | null {
  switch (action.does) {
    case 'attendance.mark': {
      const { elector: kocId, committee: committeeCode, notes } = action
      return ['POST', '/api/attendees/mark/', { kocId, committeeCode, notes }]
    }
    case 'attendance.pending': {
      const { elector: kocId, committee: committeeCode, notes, name } = action
      const fullName = name === '' ? {} : { fullName: name }
      return ['POST', '/api/attendees/add-pending-elector/', { kocId, committeeCode, ...fullName, notes }]
    }
    case 'attendance.correct':
      if (action.to === 'removed') return ['DELETE', `/api/attendees/${action.id}/`, null]
      return ['PATCH', `/api/attendees/${action.id}/`, { status: action.to }]
    case 'count.enter':
      return ['POST', '/api/voting/vote-counts/bulk_entry/', countSheet(action, keepsWords), SHEET_TIMEOUT_MS]
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
      return twoPeopleCall(action)
    case 'count.verify':
      return entryRow === null
        ? null
        : ['PATCH', `/api/voting/committee-entries/${entryRow}/verify/`, {}, SHEET_TIMEOUT_MS]
    case 'results.generate':
      return ['POST', '/api/voting/results/generate/', {}, SHEET_TIMEOUT_MS]
    case 'results.publish':
      return ['POST', '/api/voting/results/publish/', {}]
    default:
      return promiseCall(action)
  }
}

function promiseCall(action: Extract<Action, { does: `guarantee.${string}` }>): Made {
  switch (action.does) {
    case 'guarantee.create': {
      const { elector, status: guaranteeStatus, group, mobile, note: quickNote } = action
      return ['POST', '/api/guarantees/', { elector, guaranteeStatus, group, mobile, quickNote }]
    }
    case 'guarantee.set-status':
      return ['PATCH', `/api/guarantees/${action.id}/quick-update/`, { guaranteeStatus: action.status }]
    case 'guarantee.confirm':
      return ['POST', `/api/guarantees/${action.id}/confirm/`, { confirmationStatus: action.confirmation }]
    case 'guarantee.update':
    case 'guarantee.edit':
      return updateCall(action)
    case 'guarantee.remove':
      return ['DELETE', `/api/guarantees/${action.id}/`, null]
    case 'guarantee.note':
      return ['POST', `/api/guarantees/${action.id}/add-note/`, { content: action.text, isImportant: action.important }]
    default:
      return assertNever(action)
  }
}

/** A change of one status alone goes its own way: that path is the one the server's own pages use. */
function updateCall(action: Extract<Action, { does: 'guarantee.update' | 'guarantee.edit' }>): Made {
  const { id, mobile, note } = action
  const { status, confirmation, group } = action.does === 'guarantee.update' ? action : {}
  const body = {
    ...(status !== undefined && { guaranteeStatus: status }),
    ...(group !== undefined && { group }),
    ...(mobile !== undefined && { mobile }),
    ...(note !== undefined && { quickNote: note }),
  }
  const only = Object.keys(body)
  if (confirmation !== undefined && only.length === 0)
    return ['POST', `/api/guarantees/${id}/confirm/`, { confirmationStatus: confirmation }]
  if (only.length === 1 && status !== undefined && confirmation === undefined)
    return ['PATCH', `/api/guarantees/${id}/quick-update/`, { guaranteeStatus: status }]
  return [
    'PATCH',
    `/api/guarantees/${id}/`,
    { ...body, ...(confirmation !== undefined && { confirmationStatus: confirmation }) },
  ]
}

/** Zeroes are sent too: a candidate left out would keep an earlier figure. */
const countSheet = (action: Extract<Action, { does: 'count.enter' }>, keepsWords: boolean): unknown => ({
  committeeId: action.committee,
  ...figuresOf(action),
  notes: '',
  ...(keepsWords && { remarks: wordsOf(action.remarks ?? []) }),
})
const figuresOf = ({ cast, invalid, votes }: Pick<SheetFigures, 'cast' | 'invalid' | 'votes'>) => ({
  voteCounts: votes.map((row) => ({ candidateId: row.candidate, voteCount: row.votes })),
  totalBallotsCast: cast,
  invalidBallots: invalid,
})
const wordsOf = (remarks: readonly Explained[]) =>
  remarks.map(({ words: content, ...warning }) => ({ ...warning, content }))

/** Of a sheet that two people type: to a server that keeps their entries apart. */
function twoPeopleCall(action: TwoPeopleAct): Made {
  const path = `/api/voting/sheets/${action.committee}`
  switch (action.does) {
    case 'count.type':
      return ['POST', `${path}/type/`, { ...figuresOf(action), remarks: wordsOf(action.remarks) }, SHEET_TIMEOUT_MS]
    case 'count.resolve':
      return ['POST', `${path}/resolve/`, { take: action.take, content: action.reason }, SHEET_TIMEOUT_MS]
    case 'count.drop':
      return ['POST', `${path}/drop/`, { content: action.reason }]
    default:
      return assertNever(action)
  }
}
