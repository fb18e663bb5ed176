import { z } from 'zod'

/** One journal as it was found: rows read so far, and what of the operators' actions waits in it. */
export const FoundJournal = z.object({
  name: z.string(),
  /** `checking`: its chain is being read; `broken` at the row after `events`; `unreadable`: `detail` says why. */
  state: z.enum(['checking', 'intact', 'broken', 'unreadable']),
  events: z.number().int(),
  detail: z.string().nullable(),
  /** Actions typed here that no server has answered, and when the oldest was typed, ms. */
  waiting: z.number().int(),
  oldestAt: z.number().nullable(),
})
export type FoundJournal = z.infer<typeof FoundJournal>

/** The console in safe mode: it has no link and does nothing, but says what happened and what is left. */
export const SafeView = z.object({
  dataDir: z.string(),
  /** The latest deaths, the last one last; `at` in ms, `how`: the signal, or what the process ended with. */
  deaths: z.array(z.object({ at: z.number(), how: z.string() })),
  journals: z.array(FoundJournal),
  /** The window can start the console anew. */
  canLeave: z.boolean(),
})
export type SafeView = z.infer<typeof SafeView>
