import { z } from 'zod'
import { CommandKey } from '../model/ids.ts'

/** What an operator typed and where it is. Saved here before the operator sees "done". */
export const OutboxItem = z.object({
  key: CommandKey,
  /** The command's name, e.g. `attendance.mark`. */
  does: z.string(),
  /** What it is about, in words: an elector's number, a committee. */
  about: z.string(),
  state: z.enum(['queued', 'sent', 'confirmed', 'rejected']),
  queuedAt: z.number(),
  settledAt: z.number().nullable(),
  /** Tries so far. */
  attempts: z.number().int(),
  /** The server's words on a rejection. */
  reason: z.string().nullable(),
})
export type OutboxItem = z.infer<typeof OutboxItem>

export const OutboxView = z.object({
  waiting: z.number().int(),
  /** When the oldest waiting one was typed, ms. */
  oldestAt: z.number().nullable(),
  rejected: z.number().int(),
  /** Newest first. */
  recent: z.array(OutboxItem).max(50),
})
export type OutboxView = z.infer<typeof OutboxView>
