import { z } from 'zod'
import { LinkState } from '../model/link.ts'
import { Mode } from '../model/records.ts'
import { DoubtCause } from '../model/trust.ts'

const whole = z.number().int()

/** A lane of the scrub bar never holds more marks. */
export const MOST_MARKS = 240

/** One part of a file that is brought, characters of base64: below what a message may hold. */
export const BROUGHT_PART = 400_000

/** A journal that can be looked at as it was: of this desk, or the file the console was started on. */
export const Recording = z.object({
  /** Names it in `replay.open`. */
  name: z.string(),
  /** `now`: the journal being written. `kept`: another in the data directory. `file`: given at the start, from any desk. */
  is: z.enum(['now', 'kept', 'file']),
  /** The server's name where this desk knows it, else its id; null where nothing was ever written. */
  server: z.string().nullable(),
  election: whole.nullable(),
  mode: Mode.nullable(),
  /** First and last thing written, ms. */
  from: z.number().nullable(),
  to: z.number().nullable(),
  /** Rows written. */
  rows: whole,
})
export type Recording = z.infer<typeof Recording>

/** Why a recording is not shown, or not to its end. */
export const ReplayFault = z.object({
  is: z.enum(['chain-broken', 'empty', 'no-room', 'not-readable', 'part']),
  /** The row where the chain breaks, or which is in another file (`part`); what is before it is as it was written. */
  cursor: whole.nullable(),
  /** For the technician. */
  detail: z.string(),
})
export type ReplayFault = z.infer<typeof ReplayFault>

/** A stretch of a recording with no long silence in it: a day with its night. */
export const RecordedDay = z.object({ from: z.number(), to: z.number(), rows: whole })
export type RecordedDay = z.infer<typeof RecordedDay>

/** What a recording can do that the live link cannot. */
export const ReplayCan = z.object({
  seek: z.boolean(),
  pause: z.boolean(),
  /** Times the speed of the day; null: only as it goes. */
  speed: z.object({ least: z.number(), most: z.number() }).nullable(),
})
export const RECORDED_CAN: z.infer<typeof ReplayCan> = { seek: true, pause: true, speed: { least: 1, most: 1_000 } }

/** What a window looks at. */
export const ReplayView = z.discriminatedUnion('is', [
  /** The link, as it comes. `fault`: why a recording that was asked for is not shown. */
  z.object({ is: z.literal('live'), fault: ReplayFault.nullable() }),
  /** A recording is being read and its chain checked; the window still shows what it did. `share`: 0 to 1. */
  z.object({ is: z.literal('reading'), of: Recording, share: z.number() }),
  z.object({
    is: z.literal('replay'),
    of: Recording,
    can: ReplayCan,
    /** The moment the figures show, ms. Ages on screen are told from it. */
    at: z.number(),
    /** The moment asked for while it is being reached; null: reached. */
    wanted: z.number().nullable(),
    speed: z.number(),
    playing: z.boolean(),
    /** Rows folded into what is shown. */
    cursor: whole,
    /** The day `at` is in, and all there are, oldest first. */
    day: RecordedDay,
    days: z.array(RecordedDay),
    /** The recording is not whole: it ends where its chain breaks. */
    fault: ReplayFault.nullable(),
  }),
])
export type ReplayView = z.infer<typeof ReplayView>

/** Where the fold that is shown stands. */
export const Pulse = z.object({ cursor: whole })
export type Pulse = z.infer<typeof Pulse>

/** The day in lanes. Marks that would lie on one another are one, which says how many and names the weightiest. */
export const ReplayMarks = z.object({
  from: z.number(),
  to: z.number(),
  link: z.array(z.object({ from: z.number(), to: z.number(), state: LinkState })).max(MOST_MARKS),
  doubts: z.array(z.object({ at: z.number(), count: whole, because: DoubtCause })).max(MOST_MARKS),
  /** What was typed at that desk. `does`: the action; `outcome`: what became of it within the recording. */
  commands: z
    .array(
      z.object({
        at: z.number(),
        count: whole,
        does: z.string(),
        outcome: z.enum(['confirmed', 'rejected', 'waiting']),
      }),
    )
    .max(MOST_MARKS),
  /** Turns of the election itself: phases, count sheets, results. `says`: the phase or the results' status. */
  election: z
    .array(z.object({ at: z.number(), count: whole, what: z.enum(['phase', 'counted', 'results']), says: z.string() }))
    .max(MOST_MARKS),
  /** Frames that could not be understood. */
  quarantine: z.array(z.object({ at: z.number(), count: whole, reason: z.string() })).max(MOST_MARKS),
  /** Changes told in each of equal parts of the day. */
  activity: z.array(whole).max(MOST_MARKS),
})
export type ReplayMarks = z.infer<typeof ReplayMarks>
