import { z } from 'zod'
import { CallOutcome } from '../view/calls.ts'
import {
  AttendanceId,
  CandidateId,
  CommitteeCode,
  CommitteeId,
  CountKey,
  ElectionId,
  ElectorNumber,
  GroupId,
  GuaranteeId,
  PartyId,
  UserId,
} from './ids.ts'

/** Where the election stands. Any phase may follow any other; only an administrator changes it. */
export const Phase = z.enum(['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED'])
export type Phase = z.infer<typeof Phase>

/** Rehearsal data never enters an official journal. */
export const Mode = z.enum(['official', 'rehearsal'])
export type Mode = z.infer<typeof Mode>

/** A moment, in ms since 1970 UTC, as the server stated it. */
const moment = z.number().int()

export const Election = z.object({
  id: ElectionId,
  name: z.string(),
  phase: Phase,
  votingMode: z.enum(['FULL_PARTY', 'MIXED', 'BOTH']),
  maxCandidatesPerBallot: z.number().int().nonnegative(),
  /** Local calendar day `YYYY-MM-DD`, or null while not set. */
  date: z.string().nullable(),
})
export type Election = z.infer<typeof Election>

export const Committee = z.object({
  id: CommitteeId,
  code: CommitteeCode,
  name: z.string(),
  gender: z.enum(['MALE', 'FEMALE', 'MIXED']),
  location: z.string(),
  /** Electors entitled to vote here. */
  electors: z.number().int().nonnegative(),
})
export type Committee = z.infer<typeof Committee>

export const Party = z.object({ id: PartyId, name: z.string(), color: z.string() })
export type Party = z.infer<typeof Party>

export const Candidate = z.object({
  id: CandidateId,
  name: z.string(),
  number: z.number().int(),
  /** Null for an independent. */
  party: PartyId.nullable(),
  active: z.boolean(),
})
export type Candidate = z.infer<typeof Candidate>

/** One collector's promise from one elector. The same elector may be promised to several collectors. */
export const Guarantee = z.object({
  id: GuaranteeId,
  elector: ElectorNumber,
  electorName: z.string(),
  electorMobile: z.string(),
  committeeName: z.string().nullable(),
  status: z.enum(['PENDING', 'GUARANTEED']),
  confirmation: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']),
  group: GroupId.nullable(),
  groupName: z.string().nullable(),
  groupColor: z.string().nullable(),
  mobile: z.string(),
  note: z.string(),
  hasNotes: z.boolean(),
  createdAt: moment,
  /** Absent where the server does not say whose it is; a later record keeps what an earlier one told. */
  collector: UserId.optional(),
  collectorName: z.string().optional(),
  /** Absent where the server names the committee but gives no code. */
  committeeCode: CommitteeCode.nullable().optional(),
})
export type Guarantee = z.infer<typeof Guarantee>

/** A collector's own drawer for guarantees; nobody else fills it or sees it. */
export const Group = z.object({
  id: GroupId,
  name: z.string(),
  /** `#rrggbb`. */
  color: z.string(),
  /** Where the collector put it among the others. */
  order: z.number().int(),
})
export type Group = z.infer<typeof Group>

/** Who rings an elector now and what the last call came to, where the server keeps that for all desks. Times by its clock. */
export const SharedCall = z.object({
  elector: ElectorNumber,
  claim: z
    .object({
      caller: z.string(),
      window: z.string(),
      /** Name of the account. */
      by: z.string(),
      since: moment,
      until: moment,
    })
    .nullable(),
  called: z
    .object({ outcome: CallOutcome, caller: z.string(), at: moment, times: z.number().int().nonnegative() })
    .nullable(),
})
export type SharedCall = z.infer<typeof SharedCall>

export const Attendance = z.object({
  id: AttendanceId,
  elector: ElectorNumber,
  electorName: z.string(),
  committeeCode: CommitteeCode,
  markedBy: z.string().nullable(),
  attendedAt: moment,
  notes: z.string(),
  /** PENDING: turned up at the wrong committee, recorded all the same. */
  status: z.enum(['ATTENDED', 'PENDING']),
})
export type Attendance = z.infer<typeof Attendance>

/** Votes for one candidate from one committee. */
export const VoteCount = z.object({
  key: CountKey,
  committee: CommitteeId,
  candidate: CandidateId,
  votes: z.number().int().nonnegative(),
  status: z.enum(['DRAFT', 'SUBMITTED', 'VERIFIED', 'REJECTED']),
  verified: z.boolean(),
  enteredBy: z.string().nullable(),
  updatedAt: moment,
  /** The server's row id, where it was told: deletes name it. */
  row: z.number().int().optional(),
})
export type VoteCount = z.infer<typeof VoteCount>

/** The ballots of one committee: what was cast, what was invalid, how far the entry is. */
export const BallotEntry = z.object({
  committee: CommitteeId,
  status: z.enum(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED']),
  cast: z.number().int().nonnegative(),
  invalid: z.number().int().nonnegative(),
  /** The server's row id, where it was told: verification names it. */
  row: z.number().int().optional(),
})
export type BallotEntry = z.infer<typeof BallotEntry>

export const Results = z.object({
  status: z.enum(['DRAFT', 'PRELIMINARY', 'FINAL', 'PUBLISHED']),
  electors: z.number().int(),
  attendance: z.number().int(),
  cast: z.number().int(),
  valid: z.number().int(),
  invalid: z.number().int(),
  generatedAt: moment.nullable(),
  publishedAt: moment.nullable(),
  candidates: z.array(
    z.object({
      number: z.number().int(),
      name: z.string(),
      party: z.string(),
      votes: z.number().int(),
      rank: z.number().int(),
    }),
  ),
})
export type Results = z.infer<typeof Results>
