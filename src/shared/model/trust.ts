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
  'journal-broken',
  'not-allowed',
  'signed-out',
])
export type DoubtCause = z.infer<typeof DoubtCause>

/**
 * How far the figures of one topic can be trusted. Times are ms since 1970 by this desk's clock.
 * `confirmed`: a snapshot covers it. `live`: events since the snapshot, no known gap. Both stand only where a loss shows.
 * `provisional`: frames wait for a read, so many, the oldest since `since`; or none waits (`frames` 0) and it is as read at
 * `since`, from a server that may have lost a message since without a word. `doubtful`: something is missing or overdue.
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

/** Read, and nothing that was heard since waits for another read: the most that can be said where messages are lost in silence. */
export const isRead = (trust: TopicTrust): boolean =>
  trust.state === 'provisional' ? trust.frames === 0 : trust.state !== 'doubtful'

/** When the read began that its figures rest on, ms; null: there was none. */
export const readAtOf = (trust: TopicTrust): number | null =>
  trust.state === 'confirmed' ? trust.at : trust.confirmedAt

export const TrustView = z.record(Topic, TopicTrust)
export type TrustView = z.infer<typeof TrustView>
