import { z } from 'zod'
import { Topic } from '../model/change.ts'
import { CommitteeCode, CommitteeId } from '../model/ids.ts'
import { CauseCode, LinkState } from '../model/link.ts'
import { DoubtCause } from '../model/trust.ts'
import { RULE_CODES } from '../sheet/rules.ts'
import { Role } from './session.ts'

const whole = z.number().int()

/** `alarm`: act now. `warning`: look at it soon. */
export const Severity = z.enum(['alarm', 'warning'])
export type Severity = z.infer<typeof Severity>

/** What is wrong with a committee's count sheet, by the codes of the sheet's rules. The words are of older journals. */
export const SheetFinding = z.enum([
  ...RULE_CODES,
  'invalid-over-cast',
  'cast-over-electors',
  'votes-over-ballots',
  'cast-over-attended',
  'votes-under-ballots',
])
export type SheetFinding = z.infer<typeof SheetFinding>

/** The figures a rule went by, as they were when it last said so. `is` names the rule. Times in ms since 1970. */
export const Evidence = z.discriminatedUnion('is', [
  z.object({ is: z.literal('link'), state: LinkState, cause: CauseCode.nullable() }),
  z.object({ is: z.literal('doubt'), because: DoubtCause }),
  /** `missed`: marks it would have made since its last one; `elsewhere`: marks all others made since; `perHour`: its usual pace. */
  z.object({
    is: z.literal('silent'),
    lastMarkAt: z.number().nullable(),
    missed: whole,
    elsewhere: whole,
    perHour: whole,
  }),
  z.object({ is: z.literal('over'), attended: whole, electors: whole }),
  z.object({
    is: z.literal('count'),
    findings: z.array(SheetFinding).min(1),
    cast: whole,
    invalid: whole,
    votes: whole,
    attended: whole,
    electors: whole,
    /** Names one ballot may carry; absent in older journals. */
    perBallot: whole.optional(),
  }),
  z.object({ is: z.literal('outbox'), waiting: whole, oldestAt: z.number() }),
  /** Actions of this desk that the server refused, in all; `handled` of them were dealt with before. */
  z.object({ is: z.literal('refused'), count: whole, handled: whole }),
  z.object({ is: z.literal('disk'), freeBytes: z.number() }),
  /** Above 0: this desk's clock is ahead of the server's. ms. */
  z.object({ is: z.literal('clock'), skewMs: z.number() }),
  /** `expected`: electors by now, on the way to `target` (0 to 1) at closing. */
  z.object({ is: z.literal('target'), attended: whole, electors: whole, expected: whole, target: z.number() }),
  /** Frames not understood in the last ten minutes, and in all. */
  z.object({ is: z.literal('quarantine'), lately: whole, total: whole }),
  /** Journal rows after `after`, up to `through`, were gone at a start; `lastAt`: of the last one there, 0: there is none. `saved`: what was told as saved was in it; null: not known. */
  z.object({
    is: z.literal('lost-end'),
    after: whole,
    through: whole,
    lastAt: z.number(),
    saved: z.boolean().nullable(),
  }),
])
export type Evidence = z.infer<typeof Evidence>
export const INCIDENT_RULES = [
  'link',
  'doubt',
  'silent',
  'over',
  'count',
  'outbox',
  'refused',
  'disk',
  'clock',
  'target',
  'quarantine',
  'lost-end',
] as const satisfies readonly Evidence['is'][]
export const IncidentRule = z.enum(INCIDENT_RULES)
export type IncidentRule = z.infer<typeof IncidentRule>

const Place = z.object({ id: CommitteeId, code: CommitteeCode, name: z.string() })
export type Place = z.infer<typeof Place>

/** One thing that happened to an incident. `by`: an e-mail. */
export const IncidentTurn = z.discriminatedUnion('does', [
  /** A rule found it. `key`: what it is about, the same each time it happens. `since`: when the condition began, ms. */
  z.object({
    does: z.literal('triggered'),
    key: z.string(),
    severity: Severity,
    topic: Topic.nullable(),
    committee: Place.nullable(),
    evidence: Evidence,
    since: z.number(),
  }),
  /** It became worse, or there is more of it. */
  z.object({ does: z.literal('changed'), severity: Severity, evidence: Evidence }),
  /** The condition is over: an incident still open is resolved by itself. */
  z.object({ does: z.literal('ended') }),
  z.object({ does: z.literal('acknowledged'), by: z.string() }),
  /** Quiet until then, ms. */
  z.object({ does: z.literal('snoozed'), by: z.string(), until: z.number() }),
  /** Now an alarm, and for people of this role. */
  z.object({ does: z.literal('escalated'), by: z.string(), to: Role, note: z.string() }),
  z.object({ does: z.literal('noted'), by: z.string(), note: z.string() }),
  z.object({ does: z.literal('resolved'), by: z.string(), note: z.string() }),
])
export type IncidentTurn = z.infer<typeof IncidentTurn>

/** Something that needs a person, with an owner. */
export const Incident = z.object({
  id: z.string(),
  key: z.string(),
  severity: Severity,
  topic: Topic.nullable(),
  committee: Place.nullable(),
  evidence: Evidence,
  /** When the condition began, by this desk's clock, ms. */
  since: z.number(),
  triggeredAt: z.number(),
  state: z.enum(['triggered', 'acknowledged', 'resolved']),
  /** The condition holds still, resolved or not. */
  stands: z.boolean(),
  owner: z.string().nullable(),
  snoozedUntil: z.number().nullable(),
  escalatedTo: Role.nullable(),
  resolvedAt: z.number().nullable(),
  /** Null: it is open, or ended by itself. */
  resolvedBy: z.string().nullable(),
  /** What became of it after it was found, oldest first. */
  turns: z.array(
    z.object({
      at: z.number(),
      does: z.enum(['changed', 'ended', 'acknowledged', 'snoozed', 'escalated', 'noted', 'resolved']),
      by: z.string().nullable(),
      note: z.string().nullable(),
      until: z.number().nullable(),
      to: Role.nullable(),
    }),
  ),
})
export type Incident = z.infer<typeof Incident>

export const isOpen = ({ state }: Pick<Incident, 'state'>): boolean => state !== 'resolved'
/** Wants somebody now: open, and not put off. `now` in ms. */
export const isCalling = (one: Pick<Incident, 'state' | 'snoozedUntil'>, now: number): boolean =>
  isOpen(one) && (one.snoozedUntil === null || one.snoozedUntil <= now)

/** Turnout to be reached: a share (0 to 1) of the electors at closing. Opening and closing in ms since 1970. */
export const Target = z.object({ share: z.number().gt(0).max(1), opens: z.number(), closes: z.number() })
export type Target = z.infer<typeof Target>

/** When polls open and close, ms since 1970. */
export const Polls = z.object({ opens: z.number(), closes: z.number() })
export type Polls = z.infer<typeof Polls>

/** How this desk calls people: kept with its settings. Rules in `mute` are listed but never heard or noted. */
export const AlertSettings = z.object({
  sound: z.object({ alarm: z.boolean(), warning: z.boolean() }),
  /** Notes of the operating system, where the host shows them. */
  note: z.object({ alarm: z.boolean(), warning: z.boolean() }),
  mute: z.array(IncidentRule),
  target: Target.nullable(),
  /** Known with or without a target; absent in settings of older consoles, whose target says it. */
  polls: Polls.nullable().optional(),
  /** Of the notes. */
  language: z.enum(['en', 'ar']),
})
export type AlertSettings = z.infer<typeof AlertSettings>
export const DEFAULT_ALERTS: AlertSettings = {
  sound: { alarm: true, warning: false },
  note: { alarm: true, warning: false },
  mute: [],
  target: null,
  language: 'en',
}

/** When polls open and close, the one place to ask; null: nobody has said. */
export const pollsOf = ({ polls, target }: Pick<AlertSettings, 'polls' | 'target'>): Polls | null =>
  polls ?? (target && { opens: target.opens, closes: target.closes })
