import { AttendanceId, CommitteeCode } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import type { Decision } from '../../shared/view/conflict.ts'
import type { Card } from '../projection/conflict-card.ts'
import type { OutboxEntry } from '../projection/outbox-entry.ts'
import type { Action } from './action.ts'
import type { Holdings } from './standing.ts'

/** The actions that make a decision so. Empty: it is so already. `entry`: the action of this desk that met the conflict. */
export function actionsFor(
  { card, rows }: Card,
  decision: Decision,
  entry: OutboxEntry | null,
  held: Holdings,
): readonly Action[] {
  switch (decision) {
    case 're-enter':
      return []
    case 'keep-theirs':
      // Figures of two others: what stands at the server is the later one.
      if (card.kind === 'count') return []
      return card.own ? [] : removal(rows.mine, held)
    case 'keep-mine':
      if (!card.own) return removal(rows.theirs, held)
      return entry === null ? [] : again(card, entry.action, rows.theirs, held)
    default:
      return assertNever(decision)
  }
}

function removal(row: number | null, held: Holdings): readonly Action[] {
  const id = AttendanceId.safeParse(row)
  const found = id.success ? held.of('attendance').get(id.data) : undefined
  if (!id.success || !found) return []
  const { elector, committeeCode: committee } = found.record
  return [{ does: 'attendance.correct', id: id.data, elector, committee, to: 'removed' }]
}

/** The same once more, now that the operator has seen the other. A mark elsewhere has to go first. */
function again({ kind, theirs }: Card['card'], action: Action, row: number | null, held: Holdings): readonly Action[] {
  if (kind !== 'double-mark' || action.does !== 'attendance.mark') return [action]
  const [there, id] = [CommitteeCode.safeParse(theirs.committee), AttendanceId.safeParse(row)]
  const { elector, committee, notes } = action
  const gone: readonly Action[] =
    there.success && id.success
      ? [{ does: 'attendance.correct', id: id.data, elector, committee: there.data, to: 'removed' }]
      : removal(row, held)
  // A mark stands at the elector's own committee: who was marked elsewhere belongs there, and came here all the same.
  return [...gone, { does: 'attendance.pending', elector, committee, name: '', notes }]
}
