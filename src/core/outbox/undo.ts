import type { GroupId } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { UndoBar } from '../../shared/view/outbox.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import { undoBarOf } from '../projection/outbox-item.ts'
import { Action } from './action.ts'
import type { Holdings, Seen } from './standing.ts'

/** What takes an action back: nothing was sent, so nothing need be; or the action that does the opposite. */
export type Undoing = { readonly is: 'withdraw' } | { readonly is: 'reverse'; readonly action: Action }

export function undoingOf(entry: OutboxEntry, viewer: string, held: Holdings): Result<Undoing, UndoBar> {
  const bar = undoBarOf(entry, viewer)
  if (bar !== null) return err(bar)
  if (entry.acceptedFrom === null && entry.state !== 'confirmed') return ok({ is: 'withdraw' })
  const action = oppositeOf(entry, held)
  return action === null ? err('no-way-back') : ok({ is: 'reverse', action })
}

/** Null: the server has no way back, or what it would take back is not here. */
function oppositeOf({ action, seen, row }: OutboxEntry, held: Holdings): Action | null {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending': {
      const { elector, committee } = action
      const status = action.does === 'attendance.mark' ? 'ATTENDED' : 'PENDING'
      const found = held
        .attendanceOf(elector)
        .find(({ record }) => record.id === row || (record.committeeCode === committee && record.status === status))
      return found ? { does: 'attendance.correct', id: found.record.id, elector, committee, to: 'removed' } : null
    }
    case 'attendance.correct': {
      const before = seen?.['status']?.at(-1)
      return before === 'ATTENDED' || before === 'PENDING' ? { ...action, to: before } : null
    }
    case 'guarantee.create': {
      const found = held.guaranteesOf(action.elector).find(({ record }) => row === null || record.id === row)
      return found ? { does: 'guarantee.remove', id: found.record.id } : null
    }
    case 'guarantee.update':
    case 'guarantee.confirm':
      return seen === null ? null : asSeen(action, seen)
    case 'count.enter':
      return seen === null ? null : sheetAsSeen(action, seen)
    default:
      return null
  }
}

function asSeen(
  { id }: Extract<Action, { does: 'guarantee.update' | 'guarantee.confirm' }>,
  seen: Seen,
): Action | null {
  const was = Object.fromEntries(Object.entries(seen).map(([name, values]) => [name, values.at(-1) as GroupId])) // parsed below
  const parsed = Action.safeParse({ does: 'guarantee.update', id, ...was })
  return parsed.success ? parsed.data : null
}

function sheetAsSeen(action: Extract<Action, { does: 'count.enter' }>, seen: Seen): Action | null {
  const was = (name: string) => seen[name]?.at(-1)
  const votes = action.votes.map(({ candidate }) => ({ candidate, votes: was(`votes/${candidate}`) }))
  // What was said was said to the figures that are taken back.
  const { remarks: _, ...sheet } = action
  const parsed = Action.safeParse({ ...sheet, cast: was('cast'), invalid: was('invalid'), votes })
  return parsed.success ? parsed.data : null
}
