import { z } from 'zod'
import { CommitteeCode, CommitteeId } from '../model/ids.ts'
import { LARGEST } from '../sheet/read-count.ts'

const whole = z.number().int()
/** Bars in one answer. */
const MOST_BARS = 240
/** Committees in one answer. */
const MOST_ROWS = 60

/** One bar of arrivals. `at`: its beginning, ms. */
export const HourPoint = z.object({
  at: z.number(),
  /** Marks of that time, whoever made them. */
  attended: whole,
  /** Of those, made at this desk and seen back. */
  own: whole,
  /** Typed here at that time and not seen at the server: not in `attended`. */
  waiting: whole,
  /** What the committee would have had at its own pace beside the others; null: not known, or all committees. */
  usual: whole.nullable(),
})
export type HourPoint = z.infer<typeof HourPoint>
/** Arrivals through the day. `width` of a bar: an hour, or more hours where there would be too many bars, ms. */
export const HoursView = z.object({ width: z.number(), points: z.array(HourPoint).max(MOST_BARS) })
export type HoursView = z.infer<typeof HoursView>

/** Marks typed at this desk by where they are; one elector counts once. */
export const OwnMarks = z.object({
  /** A record of the server shows them. */
  seen: whole,
  /** The server has not taken them. */
  unsent: whole,
  /** The server took them; no record shows it. */
  unseen: whole,
  /** Refused, too late, or to be decided; no record shows them. */
  refused: whole,
})
export type OwnMarks = z.infer<typeof OwnMarks>

/** The people on a committee's paper list, as somebody counted them. */
export const PaperCount = z.object({
  count: whole,
  by: z.string(),
  at: z.number(),
  /** Why it was counted again; empty: it was the first time. */
  reason: z.string(),
  /** How often it was typed. */
  times: whole,
  /** What the server had for this committee, and what this desk had not seen there, when it was typed. */
  attendedThen: whole,
  waitingThen: whole,
})
export type PaperCount = z.infer<typeof PaperCount>

/**
 * How the paper stands to the server. `when-sent`: the same once this desk's marks are seen there. `agreed`: the same when it was
 * typed; marks have come since.
 */
export const Standing = z.enum(['no-paper', 'agrees', 'when-sent', 'agreed', 'more-on-paper', 'fewer-on-paper'])
export type Standing = z.infer<typeof Standing>

/**
 * What a difference can come from, most certain first, with how many. `pending`: came to the wrong committee. `later`: marked
 * since the paper was typed. `others`: marked at other desks. `nowhere`: on paper alone. `not-on-paper`: at the server alone.
 */
export const Reason = z.object({
  is: z.enum(['unsent', 'unseen', 'refused', 'pending', 'later', 'nowhere', 'not-on-paper', 'others']),
  count: whole,
})
export type Reason = z.infer<typeof Reason>

export const ReconcileRow = z.object({
  id: CommitteeId,
  code: CommitteeCode,
  name: z.string(),
  electors: whole,
  own: OwnMarks,
  attended: whole,
  pending: whole,
  paper: PaperCount.nullable(),
  standing: Standing,
  /** Paper less server; 0 without paper. */
  apart: whole,
  reasons: z.array(Reason),
})
export type ReconcileRow = z.infer<typeof ReconcileRow>

export const ReconcileView = z.object({
  /** The instant all of it is of, ms: other figures of the same page may be a moment newer. */
  at: z.number(),
  own: OwnMarks,
  attended: whole,
  pending: whole,
  committees: whole,
  /** Of the committees whose paper was counted: how many, their paper, and what the server has for these alone. */
  counted: z.object({ committees: whole, paper: whole, attended: whole }),
  /** Those that differ first. */
  rows: z.array(ReconcileRow).max(MOST_ROWS),
  /** Rows left out, there being too many. */
  beyond: whole,
})
export type ReconcileView = z.infer<typeof ReconcileView>
export const RECONCILE_ROWS = MOST_ROWS
export const HOUR_BARS = MOST_BARS

const committee = CommitteeCode
export const ATTENDANCE_COMMANDS = {
  /**
   * Keeps the count of a committee's paper list in this desk's journal. No server has a place for it. `needs-reason`: it was
   * counted before.
   */
  'paper.enter': {
    input: z.object({
      committee,
      count: whole.nonnegative().max(LARGEST),
      reason: z.string().trim().max(500).default(''),
    }),
    output: z.null(),
    errors: ['not-allowed', 'role-too-low', 'not-your-committee', 'not-open', 'not-known', 'needs-reason', 'not-saved'],
  },
} as const

const of = z.object({ committee: committee.nullable() })
export const ATTENDANCE_STREAMS = {
  /** Arrivals by the hour; null committee: all of them. */
  hours: { input: of, snapshot: HoursView, patch: HoursView },
  /** Marked here, said by the server, counted on paper. */
  reconcile: { input: of, snapshot: ReconcileView, patch: ReconcileView },
} as const

/** All marks typed at this desk, wherever they are. */
export const typedHere = ({ seen, unsent, unseen, refused }: OwnMarks): number => seen + unsent + unseen + refused
