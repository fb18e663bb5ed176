import { ElectionId } from '../../../shared/model/ids.ts'
import type { Election, Group } from '../../../shared/model/records.ts'
import type { CandidateRow, CommitteeRow, FeedItem, TurnoutPoint } from '../../../shared/view/board.ts'
import type { AttendanceRow, CountRow, GuaranteeRow } from '../../../shared/view/lists.ts'
import { seeded } from './seeded.ts'
import { makeCandidates, makeCounts } from './world-count.ts'
import { makeCommittees, makeTurnout } from './world-committees.ts'
import { GROUPS, makeAttendance, makeGuarantees } from './world-people.ts'

/** A made-up voting day that moves; the dev server and the tests draw from it. */
export type World = {
  readonly election: Election | null
  readonly committees: CommitteeRow[]
  readonly candidates: CandidateRow[]
  readonly attendance: AttendanceRow[]
  readonly guarantees: GuaranteeRow[]
  readonly groups: readonly Group[]
  readonly counts: CountRow[]
  readonly feed: FeedItem[]
  readonly turnout: TurnoutPoint[]
  readonly random: () => number
}

/** What a made-up day is to be like. */
export type WorldPlan = {
  readonly committees: number
  readonly counting: boolean
  /** An election is there, but nothing has happened. */
  readonly quiet: boolean
  readonly now: number
  /** Names and figures as long as they come. */
  readonly long?: boolean
  /** Committees and attendance alone. */
  readonly partRead?: boolean
  /** Nobody is known to have come. */
  readonly cameUnread?: boolean
}

export function createWorld(plan: WorldPlan): World {
  const random = seeded(20261120)
  const committees = makeCommittees(plan, random)
  const attendance = plan.quiet || plan.cameUnread ? [] : makeAttendance(committees, plan, random)
  const candidates = makeCandidates(plan, committees, random)
  return {
    election: {
      id: ElectionId.parse(1),
      name: 'Union election 2026',
      phase: plan.quiet ? 'SETUP' : plan.counting ? 'COUNTING' : 'VOTING_DAY',
      votingMode: 'MIXED',
      maxCandidatesPerBallot: 5,
      date: '2026-11-20',
    },
    committees,
    candidates,
    attendance,
    groups: plan.quiet || plan.partRead ? [] : GROUPS,
    guarantees: plan.quiet || plan.partRead ? [] : makeGuarantees(committees, plan, random),
    counts: plan.counting ? makeCounts(committees, candidates, plan, random) : [],
    feed: attendance.slice(0, 60).map((row, index) => ({
      id: 10_000 - index,
      cursor: 10_000 - index,
      at: plan.now - index * 4_000,
      source: index % 7 === 3 ? 'snapshot' : 'live',
      of: { kind: 'attendance', key: String(row.id) },
      what: {
        is: 'attended',
        elector: row.elector,
        name: row.electorName,
        committee: row.committeeCode,
        pending: row.status === 'PENDING',
      },
    })),
    turnout: plan.quiet ? [] : makeTurnout(committees, plan),
    random,
  }
}
