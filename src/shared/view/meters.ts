import { z } from 'zod'
import { Cause, LinkState } from '../model/link.ts'

const whole = z.number().int()

/** One bucket of the connection charts; at most 240 travel. Times in ms. */
export const MeterPoint = z.object({
  at: z.number(),
  /** Round trip of the JSON ping, ms: the worst in the bucket. Null when none was measured. */
  roundTrip: z.number().nullable(),
  /** Frames and bytes received per second. */
  frames: z.number(),
  bytes: z.number(),
  /** Age of the data, ms: the worst in the bucket. */
  dataAge: z.number().nullable(),
  reconnects: whole,
  errors: whole,
})
export type MeterPoint = z.infer<typeof MeterPoint>

/** One stretch of the state ribbon. */
export const Stretch = z.object({
  state: LinkState,
  from: z.number(),
  to: z.number().nullable(),
  cause: Cause.nullable(),
})
export type Stretch = z.infer<typeof Stretch>

export const CloseEntry = z.object({ at: z.number(), cause: Cause, lastedMs: z.number() })
export type CloseEntry = z.infer<typeof CloseEntry>

/** The link in figures since the console started. */
export const Meters = z.object({
  startedAt: z.number(),
  framesReceived: whole,
  framesSent: whole,
  bytesReceived: whole,
  reconnects: whole,
  errors: whole,
  quarantined: whole,
  duplicates: whole,
  gaps: whole,
  /** Frames shown, then found to be of a write that never happened. */
  phantoms: whole,
  reads: whole,
  readFailures: whole,
  /** Length of the journal (events) and its head. */
  journalLength: whole,
  journalHead: z.string(),
  /** Ms of the last 10 ingests: worst. */
  ingestMs: z.number(),
})
export type Meters = z.infer<typeof Meters>

export const Health = z.object({
  verdict: z.enum(['healthy', 'strained', 'unhealthy']),
  /** Why, in the order of weight; empty when healthy. */
  reasons: z.array(
    z.enum([
      'not-live',
      'data-old',
      'round-trip-high',
      'unstable',
      'quarantine',
      'gaps',
      'clock-skew',
      'reads-failing',
      'journal-failing',
    ]),
  ),
})
export type Health = z.infer<typeof Health>

export const QuarantineEntry = z.object({
  cursor: whole,
  at: z.number(),
  reason: z.string(),
  bytes: whole,
  /** The first 200 characters, control characters shown as such. */
  excerpt: z.string(),
})
export type QuarantineEntry = z.infer<typeof QuarantineEntry>

export const MetersView = z.object({
  meters: Meters,
  health: Health,
  points: z.array(MeterPoint).max(240),
  ribbon: z.array(Stretch).max(500),
  closes: z.array(CloseEntry).max(100),
  quarantine: z.array(QuarantineEntry).max(50),
})
export type MetersView = z.infer<typeof MetersView>
