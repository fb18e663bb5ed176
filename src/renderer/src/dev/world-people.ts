import { AttendanceId, CommitteeCode, ElectorNumber, GroupId, GuaranteeId } from '../../../shared/model/ids.ts'
import type { Group } from '../../../shared/model/records.ts'
import type { CommitteeRow } from '../../../shared/view/board.ts'
import type { AttendanceRow, GuaranteeRow } from '../../../shared/view/lists.ts'
import { fakeName, longName } from './names.ts'
import { pick } from './seeded.ts'
import type { WorldPlan } from './world.ts'

const HOUR = 3_600_000
/** Long lists are shortened: what is drawn is the same. */
const LONGEST_LIST = 6_000

export function makeAttendance(
  committees: readonly CommitteeRow[],
  plan: WorldPlan,
  random: () => number,
): AttendanceRow[] {
  const total = Math.min(
    LONGEST_LIST,
    committees.reduce((sum, row) => sum + row.attended, 0),
  )
  return Array.from({ length: total }, (_, index) => {
    const at = plan.now - Math.floor((index / total) * 6 * HOUR) - Math.floor(random() * 20_000)
    return {
      id: AttendanceId.parse(total - index),
      elector: ElectorNumber.parse(String(100_000 + Math.floor(random() * 99_999))),
      electorName: (plan.long ? longName : fakeName)(random),
      committeeCode: committees[Math.floor(random() * committees.length)]?.code ?? CommitteeCode.parse('m1'),
      markedBy: pick(['clerk.m1@example.org', 'clerk.f2@example.org', null], random),
      attendedAt: at,
      notes: index % 40 === 5 ? 'came with identity card only' : '',
      status: random() < 0.02 ? 'PENDING' : 'ATTENDED',
      provenance: {
        source: pick(['live', 'live', 'live', 'snapshot', 'desk'], random),
        at: at + 400,
        provisional: index < 3,
      },
    }
  })
}

export const GROUPS: readonly Group[] = [
  { id: GroupId.parse(1), name: 'Family', color: '#ffd43b', order: 1 },
  { id: GroupId.parse(2), name: 'ديوانية الخميس', color: '#1971c2', order: 2 },
]

/** Groups are their collector's alone: the rows of others are in none. */
function groupAt(index: number): Pick<GuaranteeRow, 'group' | 'groupName' | 'groupColor'> {
  const group = index % 4 === 3 ? undefined : GROUPS[index % 3]
  return { group: group?.id ?? null, groupName: group?.name ?? null, groupColor: group?.color ?? null }
}

export function makeGuarantees(
  committees: readonly CommitteeRow[],
  plan: WorldPlan,
  random: () => number,
): GuaranteeRow[] {
  return Array.from({ length: Math.min(LONGEST_LIST, committees.length * 220) }, (_, index) => {
    const committee = committees[Math.floor(random() * committees.length)]
    const at = plan.now - Math.floor(random() * 900 * HOUR)
    return {
      id: GuaranteeId.parse(index + 1),
      elector: ElectorNumber.parse(String(100_000 + Math.floor(random() * 99_999))),
      electorName: (plan.long ? longName : fakeName)(random),
      electorMobile: `9${Math.floor(1_000_000 + random() * 8_999_999)}`,
      committeeName: committee?.name ?? null,
      committeeCode: committee?.code ?? null,
      status: random() < 0.86 ? 'GUARANTEED' : 'PENDING',
      confirmation: pick(['CONFIRMED', 'CONFIRMED', 'PENDING', 'NOT_AVAILABLE'], random),
      ...groupAt(index),
      mobile: '',
      note: index % 9 === 2 ? 'comes after work' : '',
      hasNotes: index % 7 === 2,
      createdAt: at,
      attended: random() < 0.68,
      mobileHidden: index % 11 === 4,
      mine: index % 4 !== 3,
      provenance: { source: index % 5 === 1 ? 'live' : 'snapshot', at: plan.now - 60_000, provisional: false },
    }
  })
}
