import { assertNever } from '../../shared/result.ts'
import type { OutboxItem, UndoBar } from '../../shared/view/outbox.ts'
import type { Action } from '../outbox/action.ts'
import type { Seen } from '../outbox/standing.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** As `viewer` (an e-mail) is shown it. */
export function itemOf(entry: OutboxEntry, viewer: string | null): OutboxItem {
  const { key, action, by, state, queuedAt, settledAt, attempts, reason, next, why, deadline, undoes, undoneBy } = entry
  const { already, conflict, acceptedFrom, lookedAt } = entry
  const bar = undoBarOf(entry, viewer)
  return {
    ...{ key, does: action.does, about: aboutOf(action), by, state, accepted: acceptedFrom !== null, already },
    ...{ queuedAt, settledAt, attempts, reason, next, deadline, conflict, why, undoes, undoneBy, lookedAt },
    undo: bar !== null ? null : acceptedFrom === null ? 'withdraw' : 'reverse',
    undoBar: bar,
  }
}

/** Why it cannot be undone from here; null: it can. */
export function undoBarOf(entry: OutboxEntry, viewer: string | null): UndoBar | null {
  if (viewer !== null && entry.by !== viewer) return 'not-yours'
  if (entry.undoneBy !== null) return 'undone-already'
  switch (entry.state) {
    case 'queued':
      return null
    case 'sent':
      if (entry.unsure === 0 && entry.acceptedFrom === null) return null
      return entry.acceptedFrom === null ? 'under-way' : hasWayBack(entry)
    case 'confirmed':
      return entry.already !== null && entry.unsure === 0 ? 'nothing-done' : hasWayBack(entry)
    case 'rejected':
    case 'conflict':
    case 'expired':
    case 'withdrawn':
      return 'nothing-done'
    default:
      return assertNever(entry.state)
  }
}

function hasWayBack({ action, seen }: OutboxEntry): UndoBar | null {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'guarantee.create':
      return null
    case 'attendance.correct':
      return action.to === 'removed' ? 'no-way-back' : null
    case 'guarantee.update':
    case 'guarantee.confirm':
    case 'count.enter':
      return seen !== null && !(action.does === 'count.enter' && hasHoles(seen)) ? null : 'no-way-back'
    case 'guarantee.remove':
    case 'guarantee.note':
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
    case 'count.verify':
    case 'results.generate':
    case 'results.publish':
    case 'guarantee.set-status':
    case 'guarantee.edit':
      return 'no-way-back'
    default:
      return assertNever(action)
  }
}

/** A sheet that was not there, or not whole, cannot be put back: a server takes no figure away. */
const hasHoles = (seen: Seen): boolean => Object.values(seen).some((values) => values.at(-1) === null)

export function aboutOf(action: Action): string {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'attendance.correct':
      return `${action.elector} @ ${action.committee}`
    case 'guarantee.create':
      return action.elector
    case 'guarantee.set-status':
    case 'guarantee.confirm':
    case 'guarantee.edit':
    case 'guarantee.update':
    case 'guarantee.remove':
    case 'guarantee.note':
      return `#${action.id}`
    case 'count.enter':
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
    case 'count.verify':
      return `#${action.committee}`
    case 'results.generate':
    case 'results.publish':
      return ''
    default:
      return assertNever(action)
  }
}
