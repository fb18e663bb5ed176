import { z } from 'zod'

const rowId = z.number().int().nonnegative()

export const ElectionId = rowId.brand<'ElectionId'>()
export type ElectionId = z.infer<typeof ElectionId>
export const CommitteeId = rowId.brand<'CommitteeId'>()
export type CommitteeId = z.infer<typeof CommitteeId>
export const PartyId = rowId.brand<'PartyId'>()
export type PartyId = z.infer<typeof PartyId>
export const CandidateId = rowId.brand<'CandidateId'>()
export type CandidateId = z.infer<typeof CandidateId>
export const GuaranteeId = rowId.brand<'GuaranteeId'>()
export type GuaranteeId = z.infer<typeof GuaranteeId>
export const GroupId = rowId.brand<'GroupId'>()
export type GroupId = z.infer<typeof GroupId>
export const AttendanceId = rowId.brand<'AttendanceId'>()
export type AttendanceId = z.infer<typeof AttendanceId>
export const UserId = rowId.brand<'UserId'>()
export type UserId = z.infer<typeof UserId>

/** What people call an elector by; `koc_id` on the wire. Text, because leading zeros matter. */
export const ElectorNumber = z.string().min(1).max(20).brand<'ElectorNumber'>()
export type ElectorNumber = z.infer<typeof ElectorNumber>
/** Short code of a committee, unique within an election; the key of attendance. */
export const CommitteeCode = z.string().min(1).max(20).brand<'CommitteeCode'>()
export type CommitteeCode = z.infer<typeof CommitteeCode>
/** `committeeId:candidateId`: the key of one vote count. */
export const CountKey = z.string().brand<'CountKey'>()
export type CountKey = z.infer<typeof CountKey>
/** Made by this desk when the operator acts; the same key never takes effect twice. */
export const CommandKey = z.string().min(8).max(64).brand<'CommandKey'>()
export type CommandKey = z.infer<typeof CommandKey>

export const countKey = (committee: CommitteeId, candidate: CandidateId): CountKey =>
  `${committee}:${candidate}` as CountKey // built here and nowhere else, so the brand means "of this form"
