import { z } from 'zod'
import { CandidateId, CommitteeCode, CommitteeId } from '../model/ids.ts'
import { Election } from '../model/records.ts'
import { Target } from './incident.ts'
import { TrailOf } from './trail.ts'

const whole = z.number().int()

/** Headline figures of the whole election. Counts of people and votes, times in ms since 1970. */
export const Headline = z.object({
  election: Election.nullable(),
  /** Electors entitled to vote. */
  electors: whole,
  attended: whole,
  /** The way to the target this desk was given: a straight line from opening to closing; `now`: electors by now. Null: none is set. */
  expected: Target.extend({ now: whole }).nullable(),
  /** Turned up at the wrong committee. */
  pendingAttendance: whole,
  /** Marks in the last 15, 30 and 60 minutes of the election's clock. */
  attendedLast: z.object({ m15: whole, m30: whole, m60: whole }),
  /** Guarantees by stage; one elector promised to two collectors counts twice here. */
  guarantees: whole,
  pledged: whole,
  confirmed: whole,
  notAvailable: whole,
  /** Of the pledged, those whose elector came: counted by guarantee as well. */
  pledgedAttended: whole,
  /**
   * Electors who promised, each once, and those of them who came; `beyond`: at committees whose attendance the viewer does not
   * see, or of none this desk knows, and in neither of the two.
   */
  promised: z.object({ electors: whole, seen: whole, beyond: whole }),
  committees: whole,
  /** Committees with a ballot entry begun, completed, verified. */
  entries: z.object({ started: whole, completed: whole, verified: whole }),
  ballotsCast: whole,
  ballotsInvalid: whole,
  votes: whole,
  votesVerified: whole,
  /** The latest attendance on record: the day's own clock in a rehearsal. */
  latestAttendanceAt: z.number().nullable(),
})
export type Headline = z.infer<typeof Headline>

export const CommitteeRow = z.object({
  id: CommitteeId,
  code: CommitteeCode,
  name: z.string(),
  gender: z.enum(['MALE', 'FEMALE', 'MIXED']),
  electors: whole,
  attended: whole,
  pending: whole,
  pledged: whole,
  pledgedAttended: whole,
  /** Marks per 10 minutes over the last two hours, oldest first: the sparkline. */
  rhythm: z.array(whole),
  lastMarkAt: z.number().nullable(),
  entry: z.enum(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED']),
  ballotsCast: whole,
  votes: whole,
  /**
   * `over`: more came than there are electors; `silent`: no mark for far longer than usual; `count`: the ballots of its sheet do
   * not fit those who came; `behind`: turnout far below the others'.
   */
  condition: z.enum(['fine', 'silent', 'count', 'behind', 'over']),
})
export type CommitteeRow = z.infer<typeof CommitteeRow>

export const CandidateRow = z.object({
  id: CandidateId,
  number: whole,
  name: z.string(),
  party: z.string().nullable(),
  color: z.string().nullable(),
  votes: whole,
  votesVerified: whole,
  committeesCounted: whole,
  rank: whole,
  active: z.boolean(),
})
export type CandidateRow = z.infer<typeof CandidateRow>

/** One line of the feed: something people would want to hear of. */
export const FeedItem = z.object({
  /** Journal cursor of its first telling. A line that grows (a count sheet, candidate by candidate) keeps it. */
  id: whole,
  /** Journal cursor of its latest telling: in order. */
  cursor: whole,
  at: z.number(),
  source: z.enum(['live', 'snapshot', 'desk']),
  /** The record it tells of, as it was told last: leads to the journal's rows about it. */
  of: TrailOf,
  what: z.discriminatedUnion('is', [
    z.object({
      is: z.literal('attended'),
      elector: z.string(),
      name: z.string(),
      committee: z.string(),
      pending: z.boolean(),
    }),
    z.object({ is: z.literal('attendance-removed'), committee: z.string() }),
    z.object({
      is: z.literal('guarantee'),
      name: z.string(),
      status: z.string(),
      confirmation: z.string(),
      isNew: z.boolean(),
    }),
    z.object({ is: z.literal('guarantee-removed'), name: z.string() }),
    z.object({ is: z.literal('counted'), committee: z.string(), candidates: whole, votes: whole }),
    z.object({ is: z.literal('entry'), committee: z.string(), status: z.string() }),
    z.object({ is: z.literal('results'), status: z.string() }),
    z.object({ is: z.literal('phase'), phase: z.string() }),
  ]),
})
export type FeedItem = z.infer<typeof FeedItem>

/** A part of the day, ms. */
export const Span = z.object({ from: z.number(), to: z.number() })
export type Span = z.infer<typeof Span>

/** At most 240 points; `at` in ms, the middle of the bucket. */
export const TurnoutPoint = z.object({
  at: z.number(),
  /** Marks up to here. */
  attended: whole,
  /** Pledged electors seen up to here. */
  pledgedAttended: whole,
  /** Electors who should have come by then, on the way to the target; null: none is set. */
  expected: whole.nullable(),
})
export type TurnoutPoint = z.infer<typeof TurnoutPoint>
