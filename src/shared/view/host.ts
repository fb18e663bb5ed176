import { z } from 'zod'

/** What this host can do. Views ask `can.x`, never "is this Electron". */
export const HostInfo = z.object({
  kind: z.enum(['electron', 'browser']),
  version: z.string(),
  can: z.object({
    tray: z.boolean(),
    notify: z.boolean(),
    keychain: z.boolean(),
    rehearse: z.boolean(),
    quit: z.boolean(),
  }),
  /** Set at start: a kiosk shows one task and locks the rest. */
  kiosk: z.boolean(),
  /** Set at start: a wall only shows, and is told nothing of people. */
  wall: z.boolean().optional(),
})
export type HostInfo = z.infer<typeof HostInfo>
