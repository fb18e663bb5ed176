import type {
  AttendanceId,
  CandidateId,
  CommitteeId,
  ElectionId,
  GroupId,
  GuaranteeId,
  PartyId,
  UserId,
} from '../../../shared/model/ids.ts'
import { countKey } from '../../../shared/model/ids.ts'
import type {
  Attendance,
  BallotEntry,
  Candidate,
  Committee,
  Election,
  Group,
  Guarantee,
  Party,
  Results,
  SharedCall,
  VoteCount,
} from '../../../shared/model/records.ts'
import { RULE_CODES } from '../../../shared/sheet/rules.ts'
import { FieldName } from '../../../shared/sheet/sheet.ts'
import type { Entry, Remark, SharedSheet, TypedByTwo } from '../../../shared/sheet/sheet-view.ts'
import { CALL_OUTCOMES } from '../../../shared/view/calls.ts'
import type { User } from '../../../shared/view/session.ts'
import type { Fields } from './fields.ts'

/** The records of the server family, from frames and from REST answers alike. Each reads only what the console keeps. */

export const election = (f: Fields): Election => ({
  id: f.id<ElectionId>('id'),
  name: f.text('name'),
  phase: f.oneOf('status', ['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED']),
  votingMode: f.oneOf('voting_mode', ['FULL_PARTY', 'MIXED', 'BOTH']),
  maxCandidatesPerBallot: f.count('max_candidates_per_ballot'),
  date: f.textOrNull('election_date'),
})

export const committee = (f: Fields): Committee => ({
  id: f.id<CommitteeId>('id'),
  code: f.code('code'),
  name: f.text('name'),
  gender: f.oneOf('gender', ['MALE', 'FEMALE', 'MIXED']),
  location: f.textOrEmpty('location'),
  electors: f.count('elector_count'),
})

export const party = (f: Fields): Party => ({ id: f.id<PartyId>('id'), name: f.text('name'), color: f.text('color') })

export const candidate = (f: Fields): Candidate => ({
  id: f.id<CandidateId>('id'),
  name: f.text('name'),
  number: f.whole('candidate_number'),
  party: f.idOrNull<PartyId>('party'),
  active: f.truth('is_active'),
})

/** Frames of the plain server name neither the collector nor the committee's code: those fields are then absent. */
export function guarantee(f: Fields): Guarantee {
  const record: Guarantee = {
    id: f.id<GuaranteeId>('id'),
    elector: f.elector('elector_koc_id'),
    electorName: f.text('elector_name'),
    electorMobile: f.textOrEmpty('elector_mobile'),
    committeeName: f.textOrNull('elector_committee_name'),
    status: f.oneOf('guarantee_status', ['PENDING', 'GUARANTEED']),
    confirmation: f.oneOf('confirmation_status', ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']),
    group: f.idOrNull<GroupId>('group'),
    groupName: f.textOrNull('group_name'),
    groupColor: f.textOrNull('group_color'),
    mobile: f.textOrEmpty('mobile'),
    note: f.textOrEmpty('quick_note'),
    hasNotes: f.truth('has_notes'),
    createdAt: f.moment('created_at'),
  }
  if (f.has('user')) record.collector = f.id<UserId>('user')
  if (f.has('user_name')) record.collectorName = f.text('user_name')
  if (f.has('elector_committee_code')) record.committeeCode = f.codeOrNull('elector_committee_code')
  return record
}

export const group = (f: Fields): Group => ({
  id: f.id<GroupId>('id'),
  name: f.text('name'),
  color: f.text('color'),
  order: f.whole('order'),
})

/** Who rings whom: of servers that keep it for all desks. */
export const sharedCall = (f: Fields): SharedCall => ({
  elector: f.elector('elector'),
  claim: f.isNull('claim')
    ? null
    : f.object<SharedCall['claim']>('claim', null, (claim) => ({
        caller: claim.text('caller'),
        window: claim.text('window'),
        by: claim.text('user_name'),
        since: claim.moment('since'),
        until: claim.moment('until'),
      })),
  called: f.isNull('called')
    ? null
    : f.object<SharedCall['called']>('called', null, (called) => ({
        outcome: called.oneOf('outcome', CALL_OUTCOMES),
        caller: called.text('caller'),
        at: called.moment('at'),
        times: called.count('times'),
      })),
})

/** One of two blind entries: who and when. */
const entryIn = (f: Fields, name: 'first' | 'second'): Entry | null =>
  f.isNull(name)
    ? null
    : f.object<Entry | null>(name, null, (entry) => ({
        ...{ by: entry.textOrEmpty('user_email'), at: entry.moment('created_at'), turns: entry.count('turns') },
      }))
const typedByTwo = (f: Fields): TypedByTwo => ({
  ...{ how: f.oneOf('how', ['agreed', 'resolved']), by: f.textOrEmpty('user_email'), at: f.moment('created_at') },
  ...{ reason: f.textOrEmpty('content'), first: entryIn(f, 'first'), second: entryIn(f, 'second') },
})

/** Words to a sheet's warnings, and who typed it: of servers that keep them for all desks. */
export const sharedSheet = (f: Fields): SharedSheet => ({
  committee: f.id<CommitteeId>('committee'),
  remarks: f.objects('remarks', (one) => ({
    code: one.oneOf('code', RULE_CODES),
    field: one.text('field') as FieldName, // the server takes nothing else
    ...{ n: one.whole('n'), most: one.whole('most'), words: one.text('content') },
    ...(one.isNull('place') ? {} : { place: one.text('place') }),
    ...{ by: one.textOrEmpty('user_email'), at: one.moment('created_at') },
    handled: one.isNull('handled')
      ? null
      : one.object<Remark['handled']>('handled', null, (done) => ({
          ...{ by: done.textOrEmpty('user_email'), at: done.moment('created_at'), note: done.textOrEmpty('content') },
        })),
  })),
  ...(f.has('first') && {
    entries: {
      ...{ first: entryIn(f, 'first'), second: entryIn(f, 'second') },
      differs: f.texts('differs').flatMap((field) => FieldName.safeParse(field).data ?? []),
      typed: f.isNull('typed') ? null : f.object<TypedByTwo | null>('typed', null, typedByTwo),
    },
  }),
})

export const attendance = (f: Fields): Attendance => ({
  id: f.id<AttendanceId>('id'),
  elector: f.elector('elector_koc_id'),
  electorName: f.text('elector_name'),
  committeeCode: f.code('committee_code'),
  markedBy: f.textOrNull('marked_by_name'),
  attendedAt: f.moment('attended_at'),
  notes: f.textOrEmpty('notes'),
  status: f.oneOf('status', ['ATTENDED', 'PENDING']),
})

export function voteCount(f: Fields): VoteCount {
  const committeeId = f.id<CommitteeId>('committee')
  const candidateId = f.id<CandidateId>('candidate')
  return {
    key: countKey(committeeId, candidateId),
    committee: committeeId,
    candidate: candidateId,
    votes: f.count('vote_count'),
    status: f.oneOf('status', ['DRAFT', 'SUBMITTED', 'VERIFIED', 'REJECTED']),
    verified: f.truth('is_verified'),
    enteredBy: f.textOrNull('entered_by_name'),
    updatedAt: f.moment('updated_at'),
    row: f.count('id'),
  }
}

export const ballotEntry = (f: Fields): BallotEntry => ({
  committee: f.id<CommitteeId>('committee'),
  status: f.oneOf('status', ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED']),
  cast: f.count('total_ballots_cast'),
  invalid: f.count('invalid_ballots'),
  row: f.count('id'),
})

export const results = (f: Fields): Results => ({
  status: f.oneOf('status', ['DRAFT', 'PRELIMINARY', 'FINAL', 'PUBLISHED']),
  electors: f.whole('total_registered_electors'),
  attendance: f.whole('total_attendance'),
  cast: f.whole('total_ballots_cast'),
  valid: f.whole('total_valid_ballots'),
  invalid: f.whole('total_invalid_ballots'),
  generatedAt: f.momentOrNull('generated_at'),
  publishedAt: f.momentOrNull('published_at'),
  candidates: f.object('results_data', [], rankedCandidates),
})

/** Empty while the results were created and not yet computed. */
const rankedCandidates = (f: Fields): Results['candidates'] =>
  f.has('candidates') ? f.objects('candidates', rankedCandidate) : []

const rankedCandidate = (f: Fields): Results['candidates'][number] => ({
  number: f.whole('candidate_number'),
  name: f.text('candidate_name'),
  party: f.text('party'),
  votes: f.whole('total_votes'),
  rank: f.whole('rank'),
})

export const user = (f: Fields): User => ({
  id: f.id<UserId>('id'),
  email: f.text('email'),
  name: f.text('full_name'),
  role: f.oneOf('role', ['SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'USER', 'VIEWER']),
  committees: f.texts('committees'),
})
