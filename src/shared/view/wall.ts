import { z } from 'zod'
import { CommitteeCode, CommitteeId } from '../model/ids.ts'
import { Mode, Phase } from '../model/records.ts'

const whole = z.number().int()

/**
 * All a wall is told beside the link and the trust: sums, and the names of the election and of committees. It has no field
 * that could hold a person's name, number, telephone or note. Times in ms since 1970.
 */
export const WallView = z.object({
  /** `unpaired`: it never had a sign-in. `ended`: it had one that the server takes no longer; the last figures stay. */
  standing: z.enum(['unpaired', 'signing-in', 'signed-in', 'ended']),
  /** The server it looks at; null: none yet. */
  server: z.object({ url: z.string(), kind: z.enum(['hub', 'election']).nullable() }).nullable(),
  /** Its account may do more than look. */
  mayTooMuch: z.boolean(),
  mode: Mode,
  election: z.object({ name: z.string(), phase: Phase }).nullable(),
  electors: whole,
  attended: whole,
  attendedLast: z.object({ m15: whole, m60: whole }),
  committees: whole,
  /** Committees with a ballot entry completed, and verified. */
  counted: whole,
  verified: whole,
  ballotsCast: whole,
  /** The latest attendance on record: the day's own clock in a rehearsal. */
  latestAttendanceAt: z.number().nullable(),
})
export type WallView = z.infer<typeof WallView>

/** One committee on the wall. */
export const WallTile = z.object({
  id: CommitteeId,
  code: CommitteeCode,
  name: z.string(),
  condition: z.enum(['fine', 'silent', 'count', 'behind', 'over']),
  electors: whole,
  attended: whole,
  lastMarkAt: z.number().nullable(),
})
export type WallTile = z.infer<typeof WallTile>

/** Where a wall is to look. `plainAccepted`: in words, that nothing on the way is encrypted. */
const place = { url: z.string().min(1).max(300), plainAccepted: z.boolean().default(false) }
const placeErrors = ['not-a-wall', 'bad-url', 'plain-not-accepted', 'not-saved', 'too-many-tries', 'no-answer'] as const

export const WALL_COMMANDS = {
  /** Makes this wall a device of the hub at `url`, by the one-time code an administrator made there. */
  'wall.pair': {
    input: z.object({ ...place, code: z.string().min(1).max(40) }),
    output: z.null(),
    errors: [...placeErrors, 'wrong-code', 'not-a-hub'],
  },
  /** Signs this wall in with an account made for it, where the server knows no devices. */
  'wall.sign-in': {
    input: z.object({ ...place, email: z.string().min(1).max(254), password: z.string().min(1).max(500) }),
    output: z.null(),
    errors: [...placeErrors, 'wrong-credentials', 'not-a-tally-server'],
  },
} as const

export const WALL_STREAMS = {
  wall: { input: z.null(), snapshot: WallView, patch: WallView },
  /** All committees, then each as it changes. */
  'wall-tiles': { input: z.null(), snapshot: z.array(WallTile), patch: WallTile },
} as const
