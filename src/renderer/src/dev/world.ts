import {
  AttendanceId,
  CandidateId,
  CommitteeCode,
  CommitteeId,
  ElectionId,
  ElectorNumber,
  GroupId,
  GuaranteeId,
} from '../../../shared/model/ids.ts'
import type { CandidateRow, CommitteeRow, FeedItem, TurnoutPoint } from '../../../shared/view/board.ts'
import type { AttendanceRow, CountRow, GuaranteeRow } from '../../../shared/view/lists.ts'
import type { Election, Group } from '../../../shared/model/records.ts'
import { fakeName, longName } from './names.ts'
import { pick, seeded } from './seeded.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Long lists are shortened: what is drawn is the same. */
const LONGEST_LIST = 6_000

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

const LONG_PLACE = 'Secondary School of Sheikha Fatima Al-Abdullah Al-Salem, southern hall, first floor'

function makeCommittees(plan: WorldPlan, random: () => number): CommitteeRow[] {
  return Array.from({ length: plan.committees }, (_, index) => {
    const male = index % 2 === 0
    const number = Math.floor(index / 2) + 1
    const electors = (520 + Math.floor(random() * 300)) * (plan.long ? 400 : 1)
    const share = plan.quiet || plan.cameUnread ? 0 : 0.42 + random() * 0.25
    const fault = plan.quiet ? 1 : random()
    const condition =
      index === 3 || fault < 0.03 ? 'silent' : index === 6 || fault < 0.05 ? 'behind' : index === 111 ? 'over' : 'fine'
    const counted = plan.counting && index < plan.committees * 0.6
    const attended = Math.floor(
      electors * (plan.cameUnread ? 0 : condition === 'behind' ? 0.31 : condition === 'over' ? 1.01 : share),
    )
    const entry = !counted
      ? 'NOT_STARTED'
      : index % 3 === 0
        ? 'VERIFIED'
        : index % 5 === 1
          ? 'IN_PROGRESS'
          : 'COMPLETED'
    // One sheet has more ballots than people came.
    const isApart = entry === 'COMPLETED' && condition === 'fine' && index === 2
    return {
      id: CommitteeId.parse(index + 1),
      code: CommitteeCode.parse(`${male ? 'm' : 'f'}${number}`),
      name: plan.long
        ? LONG_PLACE
        : `${male ? 'Men' : 'Women'} ${number} · ${pick(['Salmiya', 'Hawally', 'Jahra', 'Rawda', 'Fahaheel', 'Khaitan'], random)}`,
      gender: male ? 'MALE' : 'FEMALE',
      electors,
      attended,
      pending: Math.floor(random() * 3),
      pledged: plan.partRead ? 0 : Math.floor(electors * 0.3),
      pledgedAttended: plan.partRead ? 0 : Math.floor(electors * 0.3 * Math.min(1, share * 1.3)),
      rhythm: Array.from({ length: 12 }, (_, slot) =>
        plan.quiet || (condition === 'silent' && slot > 9) ? 0 : Math.floor(6 + 10 * random() + 8 * Math.sin(slot / 2)),
      ),
      lastMarkAt: plan.quiet ? null : plan.now - (condition === 'silent' ? 24 * MINUTE : random() * 3 * MINUTE),
      entry,
      ballotsCast: counted ? attended + (isApart ? 7 : -3) : 0,
      votes: counted ? attended * 4 : 0,
      condition: isApart ? 'count' : condition,
    }
  })
}

function makeAttendance(committees: readonly CommitteeRow[], plan: WorldPlan, random: () => number): AttendanceRow[] {
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

const GROUPS: readonly Group[] = [
  { id: GroupId.parse(1), name: 'Family', color: '#ffd43b', order: 1 },
  { id: GroupId.parse(2), name: 'ديوانية الخميس', color: '#1971c2', order: 2 },
]

/** Groups are their collector's alone: the rows of others are in none. */
function groupAt(index: number): Pick<GuaranteeRow, 'group' | 'groupName' | 'groupColor'> {
  const group = index % 4 === 3 ? undefined : GROUPS[index % 3]
  return { group: group?.id ?? null, groupName: group?.name ?? null, groupColor: group?.color ?? null }
}

function makeGuarantees(committees: readonly CommitteeRow[], plan: WorldPlan, random: () => number): GuaranteeRow[] {
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

const PARTIES = [
  { name: 'قائمة الوحدة', color: '#ffd43b' },
  { name: 'Reform list', color: '#1864ab' },
] as const

function makeCandidates(plan: WorldPlan, committees: readonly CommitteeRow[], random: () => number): CandidateRow[] {
  const rows = Array.from({ length: 30 }, (_, index) => {
    const party = index % 10 === 9 ? null : PARTIES[index % 2]
    const votes = plan.counting ? Math.floor(committees.length * (40 + random() * 160)) * (plan.long ? 400 : 1) : 0
    return {
      id: CandidateId.parse(index + 1),
      number: index + 1,
      name: (plan.long ? longName : fakeName)(random),
      party: party?.name ?? null,
      color: party?.color ?? null,
      votes,
      votesVerified: Math.floor(votes * 0.4),
      committeesCounted: plan.counting ? Math.floor(committees.length * 0.5) : 0,
      active: true,
    }
  })
  const order = [...rows].sort((a, b) => b.votes - a.votes)
  return rows.map((row) => ({ ...row, rank: order.indexOf(row) + 1 }))
}

function makeCounts(
  committees: readonly CommitteeRow[],
  candidates: readonly CandidateRow[],
  plan: WorldPlan,
  random: () => number,
): CountRow[] {
  const counted = committees.filter((row) => row.entry !== 'NOT_STARTED').slice(0, 120)
  return counted.flatMap((committee) =>
    candidates.map((candidate) => ({
      key: `${committee.id}:${candidate.id}`,
      committeeCode: committee.code,
      committeeName: committee.name,
      candidateNumber: candidate.number,
      candidateName: candidate.name,
      party: candidate.party,
      votes: Math.floor(random() * 220),
      status: committee.entry === 'VERIFIED' ? 'VERIFIED' : committee.entry === 'COMPLETED' ? 'SUBMITTED' : 'DRAFT',
      verified: committee.entry === 'VERIFIED',
      enteredBy: 'count.desk@example.org',
      updatedAt: plan.now - Math.floor(random() * HOUR),
      provenance: { source: 'live', at: plan.now - Math.floor(random() * HOUR), provisional: false },
    })),
  )
}

/** A morning rush, a noon lull, an evening rush. */
function makeTurnout(committees: readonly CommitteeRow[], plan: WorldPlan): TurnoutPoint[] {
  const attended = committees.reduce((sum, row) => sum + row.attended, 0)
  const pledged = committees.reduce((sum, row) => sum + row.pledgedAttended, 0)
  const rate = (share: number) =>
    0.6 + Math.exp(-(((share - 0.2) / 0.13) ** 2)) + 0.8 * Math.exp(-(((share - 0.9) / 0.15) ** 2))
  const steps = Array.from({ length: 78 }, (_, index) => rate(index / 77))
  const whole = steps.reduce((sum, step) => sum + step, 0)
  let so = 0
  return steps.map((step, index) => {
    so += step / whole
    return {
      at: plan.now - (77 - index) * 5 * MINUTE,
      attended: Math.floor(attended * so),
      pledgedAttended: plan.partRead ? 0 : Math.floor(pledged * so ** 0.94),
      expected: null,
    }
  })
}
