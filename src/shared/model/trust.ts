import { z } from 'zod'
import { Topic } from './change.ts'

/** Why a topic is in doubt. Each has its own words on screen. */
export const DoubtCause = z.enum([
  'not-read-yet',
  'link-down',
  'silent',
  'gap',
  'epoch-changed',
  'read-overdue',
  'read-failed',
  'frame-not-understood',
  'journal-failed',
  'not-allowed',
  'signed-out',
])
export type DoubtCause = z.infer<typeof DoubtCause>

/**
 * How far the figures of one topic can be trusted. Times are ms since 1970 by this desk's clock.
 * `confirmed`: a snapshot covers it. `live`: events since the snapshot, no known gap.
 * `provisional`: frames not yet confirmed by a read. `doubtful`: something may be missing.
 */
export const TopicTrust = z.discriminatedUnion('state', [
  z.object({ state: z.literal('confirmed'), at: z.number() }),
  z.object({ state: z.literal('live'), confirmedAt: z.number(), at: z.number() }),
  z.object({
    state: z.literal('provisional'),
    confirmedAt: z.number().nullable(),
    since: z.number(),
    frames: z.number().int(),
  }),
  z.object({
    state: z.literal('doubtful'),
    since: z.number(),
    because: DoubtCause,
    confirmedAt: z.number().nullable(),
  }),
])
export type TopicTrust = z.infer<typeof TopicTrust>

export const TrustView = z.record(Topic, TopicTrust)
export type TrustView = z.infer<typeof TrustView>
