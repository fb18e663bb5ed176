import type { JournalEvent } from '../src/core/journal/event.ts'
import type { Change, Position } from '../src/shared/model/change.ts'
import { TOPICS } from '../src/shared/model/change.ts'
import { AttendanceId, CandidateId, CommitteeCode, CommitteeId, countKey } from '../src/shared/model/ids.ts'
import { ElectionId, ElectorNumber, GroupId, GuaranteeId, PartyId, UserId } from '../src/shared/model/ids.ts'
import type { Guarantee } from '../src/shared/model/records.ts'

/** A large election: what a desk holds at the end of its day. */
const SIZE = { committees: 420, electors: 100_000, guarantees: 60_000, candidates: 50, parties: 5, clerks: 300 }
const DAY = Date.UTC(2026, 2, 7, 5)

/** The events of a whole day at one desk, for ever: first what is read, then marks, pledges and counts as frames tell them. */
export function* electionEvents(): Generator<JournalEvent> {
  const chance = seeded(20_260_307)
  let seq = 0
  const live = (change: Change): JournalEvent => {
    const position: Position = { epoch: 'bench', seq: ++seq }
    return { is: 'change', change, from: 'live', position }
  }
  yield { is: 'opened', version: 1, server: 'bench', election: 1, mode: 'official' }
  for (const change of whatIsRead()) yield { is: 'change', change, from: 'snapshot' }
  for (const topic of TOPICS) yield { is: 'covered', topic, from: DAY, after: 1, settles: DAY }
  for (let marked = 0; ; ) {
    const kind = chance(1_000)
    if (kind < 150 && marked < SIZE.electors * 0.9) yield live(mark(++marked))
    else if (kind < 600) yield live(pledge(1 + chance(SIZE.guarantees), chance(2) === 0, chance(3)))
    else if (kind < 900) yield live(count(1 + chance(SIZE.committees), 1 + chance(SIZE.candidates), chance(200)))
    else if (kind < 995) yield live(entry(1 + chance(SIZE.committees), chance(240)))
    else yield { is: 'link', state: 'live', cause: null, proof: null }
  }
}

/** mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const placeOf = (number: number) => 1 + (number % SIZE.committees)
const codeOf = (place: number) => CommitteeCode.parse(`f${place}`)

function* whatIsRead(): Generator<Change> {
  const id = ElectionId.parse(1)
  const rules = { phase: 'VOTING_DAY', votingMode: 'MIXED', maxCandidatesPerBallot: 2 } as const
  yield { kind: 'election', op: 'upsert', key: id, record: { id, name: 'Bench', date: '2026-03-07', ...rules } }
  for (let place = 1; place <= SIZE.committees; place++) {
    const key = CommitteeId.parse(place)
    const gender = place % 2 === 0 ? 'MALE' : 'FEMALE'
    const record = { id: key, code: codeOf(place), name: `Committee ${place}`, gender, electors: 238 } as const
    yield {
      kind: 'committee',
      op: 'upsert',
      key,
      record: { ...record, location: `School ${place}, hall ${place % 4}` },
    }
  }
  for (let number = 1; number <= SIZE.parties; number++) {
    const key = PartyId.parse(number)
    yield { kind: 'party', op: 'upsert', key, record: { id: key, name: `Party ${number}`, color: '#2266cc' } }
  }
  for (let number = 1; number <= SIZE.candidates; number++) {
    const key = CandidateId.parse(number)
    const party = PartyId.parse(1 + (number % SIZE.parties))
    yield {
      kind: 'candidate',
      op: 'upsert',
      key,
      record: { id: key, name: `Candidate ${number}`, number, party, active: true },
    }
  }
  for (let number = 1; number <= SIZE.guarantees; number++) yield pledge(number, false, 0)
}

function pledge(number: number, isPledged: boolean, confirmation: number): Change {
  const key = GuaranteeId.parse(number)
  const place = placeOf(number)
  const hasNotes = number % 10 === 0
  const digits = String(number).padStart(7, '0')
  const record: Guarantee = {
    id: key,
    elector: ElectorNumber.parse(String(700_000 + number)),
    electorName: `Elector ${number} Al Mutairi`,
    electorMobile: `+9655${digits}`,
    committeeName: `Committee ${place}`,
    status: isPledged ? 'GUARANTEED' : 'PENDING',
    confirmation: (['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'] as const)[confirmation] ?? 'PENDING',
    group: GroupId.parse(number % 20),
    groupName: `Group ${number % 20}`,
    groupColor: '#aa3311',
    mobile: `+9656${digits}`,
    note: hasNotes ? 'call after noon' : '',
    hasNotes,
    createdAt: DAY - 86_400_000 + number,
    collector: UserId.parse(number % 200),
    committeeCode: codeOf(place),
  }
  return { kind: 'guarantee', op: 'upsert', key, record }
}

function mark(number: number): Change {
  const key = AttendanceId.parse(number)
  return {
    kind: 'attendance',
    op: 'upsert',
    key,
    record: {
      id: key,
      elector: ElectorNumber.parse(String(700_000 + number)),
      electorName: `Elector ${number} Al Mutairi`,
      committeeCode: codeOf(placeOf(number)),
      markedBy: `Clerk ${number % SIZE.clerks}`,
      attendedAt: DAY + number * 400,
      notes: '',
      status: 'ATTENDED',
    },
  }
}

function count(place: number, number: number, votes: number): Change {
  const [committee, candidate] = [CommitteeId.parse(place), CandidateId.parse(number)]
  const key = countKey(committee, candidate)
  const record = { key, committee, candidate, votes, enteredBy: `Clerk ${place}`, updatedAt: DAY + 43_200_000 }
  return {
    kind: 'count',
    op: 'upsert',
    key,
    record: { ...record, status: 'SUBMITTED', verified: false, row: place * 100 + number },
  }
}

function entry(place: number, cast: number): Change {
  const key = CommitteeId.parse(place)
  const record = { committee: key, status: 'IN_PROGRESS', cast, invalid: cast % 9, row: place } as const
  return { kind: 'entry', op: 'upsert', key, record }
}
