import { z } from 'zod'
import { AlertSettings, Incident } from './view/incident.ts'
import { Role } from './view/session.ts'
import { ShiftView } from './view/shift.ts'
import { Zone } from './zone.ts'

/** An incident can be put off for so long, minutes: at most to the end of a shift. */
const MOST_SNOOZED = 480

const id = z.string().min(1).max(300)
/** Said to whoever reads the incident or the shift next. */
const note = z.string().trim().min(1).max(1_000)
/** `unknown`: this desk keeps no such incident any more. */
const errors = ['unknown', 'resolved-already', 'not-allowed', 'not-open', 'not-saved'] as const
const shiftErrors = ['not-allowed', 'not-open', 'not-saved'] as const

/** What people on duty do with what needs them, and with their shift. Each is in the journal, by name, when it answers. */
export const DUTY_COMMANDS = {
  /** Makes it the signed-in person's; also when it is somebody else's. */
  'incident.acknowledge': { input: z.object({ id }), output: z.null(), errors },
  /** Ends it by hand, with what was done. It is not found again before its condition was over once. */
  'incident.resolve': { input: z.object({ id, note }), output: z.null(), errors },
  /** Quiet for so many minutes. */
  'incident.snooze': {
    input: z.object({ id, minutes: z.number().int().min(1).max(MOST_SNOOZED) }),
    output: z.null(),
    errors,
  },
  /** Makes it an alarm for people of this role, and says why. */
  'incident.escalate': { input: z.object({ id, to: Role, note }), output: z.null(), errors },
  'incident.note': { input: z.object({ id, note }), output: z.null(), errors },
  /** Writes down what is open, what changed and what to watch, for who comes next. */
  'shift.hand-over': {
    input: z.object({ note: z.string().trim().max(2_000) }),
    output: z.null(),
    errors: shiftErrors,
  },
  /** Confirms that the hand-over was read. `own-hand-over`: somebody else has to. */
  'shift.accept': {
    input: z.object({ id }),
    output: z.null(),
    errors: [...shiftErrors, 'unknown', 'accepted-already', 'own-hand-over'],
  },
  /** How this desk calls people; the whole of it. */
  'alerts.set': { input: AlertSettings, output: z.null(), errors: ['not-saved'] },
  /** Where the election is held: every time on every window of this desk is told so. */
  'zone.set': { input: z.object({ zone: Zone }), output: z.null(), errors: ['not-saved'] },
} as const

export const DUTY_STREAMS = {
  /** Open ones and those of the day that were resolved, oldest first; each as it changes. */
  incidents: { input: z.null(), snapshot: z.array(Incident), patch: Incident },
  /** The last hand-over, and what one would say now. */
  shift: { input: z.null(), snapshot: ShiftView, patch: ShiftView },
  alerts: { input: z.null(), snapshot: AlertSettings, patch: AlertSettings },
  /** Where the election is held, by its name in the zone tables. */
  zone: { input: z.null(), snapshot: z.string(), patch: z.string() },
} as const
