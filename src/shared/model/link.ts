import { z } from 'zod'

/** The six states people see. "Connected" is never shown without the age of the data. */
export const LinkState = z.enum(['live', 'catching-up', 'stale', 'offline', 'signed-out', 'refused'])
export type LinkState = z.infer<typeof LinkState>

/** Why the link is not live, by evidence, not by close code. Each has a text for the operator and one for the technician. */
export const CauseCode = z.enum([
  'starting',
  'name-not-found',
  'refused',
  'timed-out',
  'unreachable',
  'reset',
  'tls',
  'redirected',
  'proxy',
  'no-socket-there',
  'wrong-path',
  'token-expired',
  'token-refused',
  'sign-in-refused',
  'signed-out',
  'forbidden',
  'origin-refused',
  'layer-down',
  'server-fault',
  'server-restarting',
  'too-slow',
  'too-many',
  'silent',
  'cut',
  'day-limit',
  'recycled',
  'frame-too-big',
  'network-off',
  'asleep',
  'journal-failed',
  'wrong-mode',
  'unknown',
])
export type CauseCode = z.infer<typeof CauseCode>

export const Cause = z.object({
  code: CauseCode,
  /** What proved it, for the technician: an HTTP status, an errno, a close code. Never a secret. */
  proof: z.string(),
  /** ms since 1970, this desk's clock. */
  at: z.number(),
})
export type Cause = z.infer<typeof Cause>

export const LinkView = z.object({
  state: LinkState,
  /** When this state began, ms. */
  since: z.number(),
  /** `socket`: events are pushed. `polling`: no socket is to be had, the console asks every few seconds. */
  by: z.enum(['socket', 'polling']),
  cause: Cause.nullable(),
  /** When the next try begins, ms; null while none is scheduled. */
  nextTryAt: z.number().nullable(),
  /** Tries since the link last held. */
  attempt: z.number().int(),
  /** When the server was last heard (any byte), ms; null before the first time. */
  heardAt: z.number().nullable(),
  /** Latest JSON ping round trip, ms. */
  roundTrip: z.number().nullable(),
  /** Server clock minus this desk's clock, ms; null while not measured. */
  clockSkew: z.number().nullable(),
})
export type LinkView = z.infer<typeof LinkView>
