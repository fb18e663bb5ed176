import { z } from 'zod'
import { Topic } from '../model/change.ts'
import { Phase } from '../model/records.ts'
import { DoubtCause } from '../model/trust.ts'
import { Incident } from './incident.ts'

const whole = z.number().int()

/** Figures of the day at one moment. */
export const ShiftFigures = z.object({
  phase: Phase.nullable(),
  attended: whole,
  pledged: whole,
  pledgedAttended: whole,
  entriesCompleted: whole,
  entriesVerified: whole,
  votes: whole,
})
export type ShiftFigures = z.infer<typeof ShiftFigures>

/** Something the next person has to keep an eye on, though nothing is wrong with it yet or somebody has put it off. */
export const WatchPoint = z.discriminatedUnion('is', [
  z.object({ is: z.literal('unowned'), count: whole }),
  z.object({ is: z.literal('snoozed'), count: whole, firstUntil: z.number() }),
  z.object({ is: z.literal('doubt'), topic: Topic, because: DoubtCause, since: z.number() }),
  z.object({ is: z.literal('unsent'), count: whole, oldestAt: z.number() }),
  z.object({ is: z.literal('conflicts'), count: whole }),
  z.object({ is: z.literal('wrong-committee'), count: whole }),
])
export type WatchPoint = z.infer<typeof WatchPoint>

/** Open incidents a report lists one by one; the rest are counted. */
export const MOST_LISTED = 50

/** What the next person has to know. Times in ms by this desk's clock. */
export const ShiftReport = z.object({
  at: z.number(),
  /** The hand-over before; null: this is the first of this journal. */
  since: z.number().nullable(),
  open: z.array(Incident).max(MOST_LISTED),
  openInAll: whole,
  figures: ShiftFigures,
  /** As they were at the hand-over before. */
  before: ShiftFigures.nullable(),
  triggered: whole,
  resolved: whole,
  /** How often the link was lost. */
  linkLosses: whole,
  watch: z.array(WatchPoint),
})
export type ShiftReport = z.infer<typeof ShiftReport>

export const HandOver = z.object({
  id: z.string(),
  by: z.string(),
  note: z.string(),
  report: ShiftReport,
  acceptedBy: z.string().nullable(),
  acceptedAt: z.number().nullable(),
})
export type HandOver = z.infer<typeof HandOver>

export const ShiftTurn = z.discriminatedUnion('does', [
  z.object({
    does: z.literal('handed-over'),
    id: z.string(),
    by: z.string(),
    note: z.string(),
    report: ShiftReport,
  }),
  z.object({ does: z.literal('accepted'), id: z.string(), by: z.string() }),
])
export type ShiftTurn = z.infer<typeof ShiftTurn>

/** The last hand-over, and what one would say now. */
export const ShiftView = z.object({ last: HandOver.nullable(), now: ShiftReport })
export type ShiftView = z.infer<typeof ShiftView>
