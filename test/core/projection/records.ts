import type { Change } from '../../../src/shared/model/change.ts'
import type { AttendanceId, CommitteeCode, ElectorNumber, GuaranteeId } from '../../../src/shared/model/ids.ts'
import { CandidateId, CommitteeId, countKey, ElectionId, PartyId } from '../../../src/shared/model/ids.ts'
import type {
  Attendance,
  BallotEntry,
  Candidate,
  Committee,
  Election,
  Guarantee,
  Results,
  VoteCount,
} from '../../../src/shared/model/records.ts'

/** 2030-01-15 09:00 in Kuwait: a voting day, ms. */
export const NINE = Date.UTC(2030, 0, 15, 6)
export const MINUTE = 60_000

export const code = (text: string) => text as CommitteeCode
export const number = (text: string | number) => String(text) as ElectorNumber

export const election = (over: Partial<Election> = {}): Change => {
  const record: Election = {
    id: ElectionId.parse(1),
    name: 'Sample',
    phase: 'VOTING_DAY',
    votingMode: 'MIXED',
    maxCandidatesPerBallot: 2,
    date: '2030-01-15',
    ...over,
  }
  return { kind: 'election', op: 'upsert', key: record.id, record }
}
export const committee = (id: number, over: Partial<Committee> = {}): Change => {
  const record: Committee = {
    id: CommitteeId.parse(id),
    code: code(`C${id}`),
    name: `Committee ${id}`,
    gender: 'MIXED',
    location: 'Hall',
    electors: 100,
    ...over,
  }
  return { kind: 'committee', op: 'upsert', key: record.id, record }
}
export const party = (id: number, name = `Party ${id}`): Change => ({
  kind: 'party',
  op: 'upsert',
  key: PartyId.parse(id),
  record: { id: PartyId.parse(id), name, color: '#00f' },
})
export const candidate = (id: number, over: Partial<Candidate> = {}): Change => {
  const record: Candidate = {
    id: CandidateId.parse(id),
    name: `Candidate ${id}`,
    number: id,
    party: null,
    active: true,
  }
  return { kind: 'candidate', op: 'upsert', key: record.id, record: { ...record, ...over } }
}
export const attendance = (id: number, over: Partial<Attendance> = {}): Change => {
  const record: Attendance = {
    id: id as AttendanceId,
    elector: number(70_000 + id),
    electorName: `Elector ${id}`,
    committeeCode: code('C1'),
    markedBy: 'Dana Test',
    attendedAt: NINE,
    notes: '',
    status: 'ATTENDED',
    ...over,
  }
  return { kind: 'attendance', op: 'upsert', key: record.id, record }
}
export const guarantee = (id: number, over: Partial<Guarantee> = {}): Change => {
  const record: Guarantee = {
    id: id as GuaranteeId,
    elector: number(70_000 + id),
    electorName: `Elector ${id}`,
    electorMobile: '',
    committeeName: 'Committee 1',
    status: 'GUARANTEED',
    confirmation: 'PENDING',
    group: null,
    groupName: null,
    groupColor: null,
    mobile: '',
    note: '',
    hasNotes: false,
    createdAt: NINE,
    ...over,
  }
  return { kind: 'guarantee', op: 'upsert', key: record.id, record }
}
export const count = (
  committeeId: number,
  candidateId: number,
  votes: number,
  over: Partial<VoteCount> = {},
): Change => {
  const place = CommitteeId.parse(committeeId)
  const who = CandidateId.parse(candidateId)
  const key = countKey(place, who)
  const record: VoteCount = {
    key,
    committee: place,
    candidate: who,
    votes,
    status: 'SUBMITTED',
    verified: false,
    enteredBy: null,
    updatedAt: NINE,
    ...over,
  }
  return { kind: 'count', op: 'upsert', key, record }
}
export const entry = (id: number, over: Partial<BallotEntry> = {}): Change => {
  const record: BallotEntry = { committee: CommitteeId.parse(id), status: 'IN_PROGRESS', cast: 10, invalid: 1, ...over }
  return { kind: 'entry', op: 'upsert', key: record.committee, record }
}
export const results = (over: Partial<Results> = {}): Change => ({
  kind: 'results',
  op: 'upsert',
  key: 'results',
  record: {
    status: 'PRELIMINARY',
    electors: 100,
    attendance: 50,
    cast: 50,
    valid: 49,
    invalid: 1,
    generatedAt: NINE,
    publishedAt: null,
    candidates: [],
    ...over,
  },
})
export const removal = (change: Change): Change => ({ kind: change.kind, op: 'remove', key: change.key }) as Change
