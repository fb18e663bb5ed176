import { z } from 'zod'
import { CommitteeCode, GroupId, GuaranteeId, UserId } from '../model/ids.ts'
import { Attendance, Guarantee } from '../model/records.ts'
import { Span } from './board.ts'

const whole = z.number().int().nonnegative()

/** The part of a long list a window is looking at. At most 200 rows travel. */
const slice = { offset: whole.default(0), limit: whole.max(200).default(100) }
const search = z.string().max(100).default('')

export const AttendanceQuery = z.object({
  committee: CommitteeCode.nullable().default(null),
  status: z.enum(['ATTENDED', 'PENDING']).nullable().default(null),
  /** Marked in this part of the day; absent or null: at any time. */
  during: Span.nullable().optional(),
  search,
  ...slice,
})
export type AttendanceQuery = z.infer<typeof AttendanceQuery>

export const GuaranteeQuery = z.object({
  committee: z.string().nullable().default(null),
  status: z.enum(['PENDING', 'GUARANTEED']).nullable().default(null),
  confirmation: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']).nullable().default(null),
  /** `seen`: the elector attended; `not-seen`: pledged and not yet come. */
  attendance: z.enum(['seen', 'not-seen']).nullable().default(null),
  /** This one alone; absent or null: all. */
  id: GuaranteeId.nullable().optional(),
  /** The elector was marked in this part of the day; absent or null: at any time, or not at all. */
  during: Span.nullable().optional(),
  /** One of the viewer's own groups; `none`: their own that are in no group. */
  group: z
    .union([GroupId, z.literal('none')])
    .nullable()
    .default(null),
  /** `mine`: the signed-in user's own. */
  collector: z
    .union([UserId, z.literal('mine')])
    .nullable()
    .default(null),
  /** Null: the newest first. */
  sort: z.enum(['name', 'number', 'committee']).nullable().default(null),
  search,
  ...slice,
})
export type GuaranteeQuery = z.infer<typeof GuaranteeQuery>

/** What a list of guarantees can be narrowed to, with how many there are. */
export const GuaranteeChoices = z.object({
  /** The viewer's own groups, in their order. */
  groups: z.array(z.object({ id: GroupId, name: z.string(), color: z.string(), guarantees: whole })),
  /** The viewer's own in no group. */
  ungrouped: whole,
  /** Whose guarantees this desk shows; `mine`: the signed-in user. */
  collectors: z.array(z.object({ id: UserId, name: z.string().nullable(), mine: z.boolean(), guarantees: whole })),
})
export type GuaranteeChoices = z.infer<typeof GuaranteeChoices>

export const CountQuery = z.object({
  committee: CommitteeCode.nullable().default(null),
  verified: z.boolean().nullable().default(null),
  /** By the number on the list; absent or null: all. */
  candidate: z.number().int().nullable().optional(),
  /** By the party's name; empty: those without one; absent or null: all. */
  party: z.string().max(200).nullable().optional(),
  search,
  ...slice,
})
export type CountQuery = z.infer<typeof CountQuery>

/** Where a record came from: pushed, read, or typed at this desk. */
export const Provenance = z.object({
  source: z.enum(['live', 'snapshot', 'desk']),
  /** When this desk learnt it, ms. */
  at: z.number(),
  /** Not yet confirmed by a read. */
  provisional: z.boolean(),
})
export type Provenance = z.infer<typeof Provenance>

export const AttendanceRow = Attendance.extend({ provenance: Provenance })
export type AttendanceRow = z.infer<typeof AttendanceRow>
export const GuaranteeRow = Guarantee.extend({
  attended: z.boolean(),
  /** The elector's number is known but not this user's to see: they are not assigned to the committee. */
  mobileHidden: z.boolean(),
  /** Only its own collector may change it; to others it is shown, with the reason. */
  mine: z.boolean(),
  provenance: Provenance,
})
export type GuaranteeRow = z.infer<typeof GuaranteeRow>
export const CountRow = z.object({
  key: z.string(),
  committeeCode: z.string(),
  committeeName: z.string(),
  candidateNumber: z.number().int(),
  candidateName: z.string(),
  party: z.string().nullable(),
  votes: z.number().int(),
  status: z.enum(['DRAFT', 'SUBMITTED', 'VERIFIED', 'REJECTED']),
  verified: z.boolean(),
  enteredBy: z.string().nullable(),
  updatedAt: z.number(),
  provenance: Provenance,
})
export type CountRow = z.infer<typeof CountRow>

/** A slice as it is now. It is replaced whole: at most 200 rows, and only when something in it changed. */
const sliceOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ total: whole, offset: whole, rows: z.array(row).max(200) })
export const AttendanceSlice = sliceOf(AttendanceRow)
export const GuaranteeSlice = sliceOf(GuaranteeRow)
export const CountSlice = sliceOf(CountRow)
