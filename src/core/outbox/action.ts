import { z } from 'zod'
import type { Topic } from '../../shared/model/change.ts'
import {
  AttendanceId,
  CandidateId,
  CommitteeCode,
  CommitteeId,
  ElectorNumber,
  GroupId,
  GuaranteeId,
} from '../../shared/model/ids.ts'
import { FieldName } from '../../shared/sheet/sheet.ts'
import { Explained } from '../../shared/sheet/sheet-view.ts'
import { assertNever } from '../../shared/result.ts'

const promise = z.enum(['PENDING', 'GUARANTEED'])
const confirmation = z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'])

/** What an operator did, as it is written to the journal and later sent. */
export const Action = z.discriminatedUnion('does', [
  z.object({ does: z.literal('attendance.mark'), elector: ElectorNumber, committee: CommitteeCode, notes: z.string() }),
  z.object({
    does: z.literal('attendance.pending'),
    elector: ElectorNumber,
    committee: CommitteeCode,
    /** Of an elector the register does not have; else empty. */
    name: z.string(),
    notes: z.string(),
  }),
  z.object({
    does: z.literal('attendance.correct'),
    id: AttendanceId,
    elector: ElectorNumber,
    committee: CommitteeCode,
    to: z.enum(['ATTENDED', 'PENDING', 'removed']),
  }),
  z.object({
    does: z.literal('guarantee.create'),
    elector: ElectorNumber,
    status: promise,
    group: GroupId.nullable(),
    mobile: z.string(),
    note: z.string(),
  }),
  z.object({
    does: z.literal('guarantee.update'),
    id: GuaranteeId,
    status: promise.optional(),
    confirmation: confirmation.optional(),
    group: GroupId.nullable().optional(),
    mobile: z.string().optional(),
    note: z.string().optional(),
  }),
  z.object({ does: z.literal('guarantee.confirm'), id: GuaranteeId, confirmation }),
  z.object({ does: z.literal('guarantee.remove'), id: GuaranteeId }),
  z.object({ does: z.literal('guarantee.note'), id: GuaranteeId, text: z.string(), important: z.boolean() }),
  z.object({
    does: z.literal('count.enter'),
    committee: CommitteeId,
    cast: z.number().int(),
    invalid: z.number().int(),
    votes: z.array(z.object({ candidate: CandidateId, votes: z.number().int() })),
    /** What was said to its warnings: goes with it to a server that has a place for that. */
    remarks: z.array(Explained).optional(),
  }),
  /** One of two blind entries of a sheet, kept sealed by the server; or the correction of one's own. */
  z.object({
    does: z.literal('count.type'),
    committee: CommitteeId,
    /** Whose entry it is, by e-mail: the server tells of an entry by that and shows none of its figures. */
    by: z.string(),
    cast: z.number().int(),
    invalid: z.number().int(),
    votes: z.array(z.object({ candidate: CandidateId, votes: z.number().int() })),
    remarks: z.array(Explained),
  }),
  /** What the paper says in the fields in which two entries differ. */
  z.object({
    does: z.literal('count.resolve'),
    committee: CommitteeId,
    take: z.array(z.object({ field: FieldName, value: z.number().int() })),
    reason: z.string(),
  }),
  z.object({ does: z.literal('count.drop'), committee: CommitteeId, reason: z.string() }),
  z.object({ does: z.literal('count.verify'), committee: CommitteeId }),
  z.object({ does: z.literal('results.generate') }),
  z.object({ does: z.literal('results.publish') }),
  // Read from older journals; written no more: `guarantee.update` says both.
  z.object({ does: z.literal('guarantee.set-status'), id: GuaranteeId, status: promise }),
  z.object({
    does: z.literal('guarantee.edit'),
    id: GuaranteeId,
    mobile: z.string().optional(),
    note: z.string().optional(),
  }),
])
export type Action = z.infer<typeof Action>

/** Of a sheet that two people type. */
export type TwoPeopleAct = Extract<Action, { does: 'count.type' | 'count.resolve' | 'count.drop' }>

/** The topic an action changes on the server. */
export function topicOfAction({ does }: Action): Topic {
  switch (does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'attendance.correct':
      return 'attendance'
    case 'count.enter':
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
    case 'count.verify':
      return 'counts'
    case 'guarantee.create':
    case 'guarantee.update':
    case 'guarantee.confirm':
    case 'guarantee.remove':
    case 'guarantee.note':
    case 'guarantee.set-status':
    case 'guarantee.edit':
      return 'guarantees'
    case 'results.generate':
    case 'results.publish':
      return 'results'
    default:
      return assertNever(does)
  }
}

export const electorLane = (elector: ElectorNumber): string => `elector/${elector}`
export const promiseLane = (elector: ElectorNumber): string => `promise/${elector}`
export const guaranteeLane = (id: GuaranteeId): string => `guarantee/${id}`
export const committeeLane = (committee: CommitteeId): string => `committee/${committee}`
export const RESULTS_LANE = 'results'

/** The record an action is about: those of one record are sent in the order typed, whatever else goes beside them. */
export function laneOf(action: Action): string {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'attendance.correct':
      return electorLane(action.elector)
    case 'guarantee.create':
      return promiseLane(action.elector)
    case 'guarantee.update':
    case 'guarantee.confirm':
    case 'guarantee.remove':
    case 'guarantee.note':
    case 'guarantee.set-status':
    case 'guarantee.edit':
      return guaranteeLane(action.id)
    case 'count.enter':
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
    case 'count.verify':
      return committeeLane(action.committee)
    case 'results.generate':
    case 'results.publish':
      return RESULTS_LANE
    default:
      return assertNever(action)
  }
}
