import type { AttendanceId, CommitteeCode } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import type { OwnMarks } from '../../shared/view/reconcile.ts'
import type { Projection } from './fold.ts'
import type { OutboxEntry } from './outbox-entry.ts'

/** One mark typed at this desk and where it is. `at`: when the server has it to have been, or when it was typed, ms. */
export type OwnMark = { readonly fate: keyof OwnMarks; readonly committee: CommitteeCode; readonly at: number }

/**
 * The marks typed at this desk, of one committee or of all: each elector once a committee, by what was typed last. What was taken
 * back, what the server had before, and what was taken away since is nobody's mark.
 */
export function ownMarks({ outbox, desk }: Projection, committee: CommitteeCode | null): readonly OwnMark[] {
  const last = new Map<string, OutboxEntry>()
  for (const entry of outbox.entries.values()) {
    const { action } = entry
    if (action.does !== 'attendance.mark' || (committee !== null && action.committee !== committee)) continue
    last.set(`${action.elector} ${action.committee}`, entry)
  }
  const records = new Set<AttendanceId>()
  return [...last.values()].flatMap((entry): OwnMark[] => {
    const { action, undoneBy, queuedAt } = entry
    if (action.does !== 'attendance.mark' || undoneBy !== null) return []
    const held = desk
      .attendanceOf(action.elector)
      .find(({ record }) => record.committeeCode === action.committee && record.status === 'ATTENDED')
    const { committee } = action
    if (!held) {
      const fate = fateOf(entry)
      return fate === null ? [] : [{ fate, committee, at: queuedAt }]
    }
    if (!isMaker(entry) || records.has(held.record.id)) return []
    records.add(held.record.id)
    return [{ fate: 'seen', committee, at: held.record.attendedAt }]
  })
}

/** The server took it, and had no such mark before. */
const isMaker = ({ state, acceptedFrom, already }: OutboxEntry) =>
  already === null && (state === 'confirmed' || (state === 'sent' && acceptedFrom !== null))

/** Of a mark that no record shows. Null: it is not to be looked for. */
function fateOf(entry: OutboxEntry): keyof OwnMarks | null {
  switch (entry.state) {
    case 'queued':
      return 'unsent'
    case 'sent':
      return entry.acceptedFrom === null ? 'unsent' : 'unseen'
    case 'rejected':
    case 'expired':
    case 'conflict':
      return 'refused'
    case 'confirmed':
    case 'withdrawn':
      return null
    default:
      return assertNever(entry.state)
  }
}

export const NO_MARKS: OwnMarks = { seen: 0, unsent: 0, unseen: 0, refused: 0 }

/** The same as sums, by committee. */
export function ownSums(marks: readonly OwnMark[]): ReadonlyMap<CommitteeCode, OwnMarks> {
  const sums = new Map<CommitteeCode, OwnMarks>()
  for (const { committee, fate } of marks) {
    const sum = sums.get(committee) ?? NO_MARKS
    sums.set(committee, { ...sum, [fate]: sum[fate] + 1 })
  }
  return sums
}
