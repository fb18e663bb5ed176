import type { Change } from '../../shared/model/change.ts'
import { assertNever } from '../../shared/result.ts'
import type { User } from '../../shared/view/session.ts'
import { seesCommittee } from '../authority.ts'

/** Whether this user may know of a change: yes, no, or only if a read of their own records shows it. */
export type Sight = 'yes' | 'no' | 'ask'

/**
 * The election server sends everything to everybody, and guarantee frames do not say whose they are. A guarantee not yet
 * known here may be another collector's, and so may a group: only a read of one's own tells. Attendance is for those assigned to the committee.
 */
export function sightOf(user: User | null, change: Change, isKnown: boolean): Sight {
  switch (change.kind) {
    case 'guarantee':
    case 'group':
    case 'call':
      return isKnown || change.op === 'remove' ? 'yes' : 'ask'
    case 'attendance':
      if (change.op === 'remove') return 'yes'
      return seesCommittee(user, change.record.committeeCode) ? 'yes' : 'no'
    case 'election':
    case 'committee':
    case 'party':
    case 'candidate':
    case 'count':
    case 'entry':
    case 'sheet':
    case 'results':
      return 'yes'
    default:
      return assertNever(change)
  }
}
