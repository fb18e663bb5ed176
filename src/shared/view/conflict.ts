import { z } from 'zod'
import { CandidateId, CommandKey } from '../model/ids.ts'

export const ConflictKind = z.enum([
  /** One elector marked at two committees. */
  'double-mark',
  /** One guarantee changed by two desks. */
  'guarantee',
  /** One committee's count entered twice with different numbers. */
  'count',
  /** What was to be published is not what the operator saw. */
  'results',
  /** The server took an action, and a read shows that it is not so. */
  'not-as-done',
])
export type ConflictKind = z.infer<typeof ConflictKind>

/** One of the two things that cannot both be so. */
export const ConflictVersion = z.object({
  /** Who says so: a name as the server gives it, an e-mail for this desk's; null: not known. */
  by: z.string().nullable(),
  /** When it was done or typed, ms; null: not known. */
  at: z.number().nullable(),
  /** Committee code, where the version is about a place. */
  committee: z.string().nullable(),
  /** How this desk knows: a frame, a read, typed here, or the server's answer to what was typed here. */
  origin: z.enum(['live', 'snapshot', 'desk', 'answer']),
  /** The journal's record of it. */
  cursor: z.number().int().nullable(),
})
export type ConflictVersion = z.infer<typeof ConflictVersion>

/** One field of which the versions say different things. `of`: whose, e.g. a candidate's name; null where the field says it. */
export const ConflictField = z.object({
  field: z.enum([
    'committee',
    'status',
    'confirmation',
    'group',
    'mobile',
    'note',
    'votes',
    'cast',
    'invalid',
    'generated',
    'record',
  ]),
  of: z.string().nullable(),
  mine: z.string(),
  theirs: z.string(),
  /** Whose votes, where others counted: a name may come later or be another's too. */
  candidate: CandidateId.optional(),
})
export type ConflictField = z.infer<typeof ConflictField>

/**
 * keep-mine: what this desk typed (where nothing was typed here: the first version) is to stand. keep-theirs: the other is to
 * stand. re-enter: neither; the sheet will be typed anew.
 */
export const Decision = z.enum(['keep-mine', 'keep-theirs', 're-enter'])
export type Decision = z.infer<typeof Decision>

/** Two things that cannot both be so: a person decides, with a reason. */
export const Conflict = z.object({
  id: z.string(),
  kind: ConflictKind,
  /** Elector number, guarantee, committee: in words. */
  about: z.string(),
  /** Name of the elector or the committee; empty where not known. */
  name: z.string(),
  /** True: `mine` was typed at this desk. False: both came from others, and `mine` is the first. */
  own: z.boolean(),
  /** The action of this desk that met it. */
  key: CommandKey.nullable(),
  mine: ConflictVersion,
  theirs: ConflictVersion,
  fields: z.array(ConflictField).max(1000),
  openedAt: z.number(),
  state: z.enum(['open', 'decided', 'gone']),
  /** What may be decided now; empty once it is. */
  decisions: z.array(Decision),
  decided: z
    .object({
      decision: Decision,
      reason: z.string(),
      by: z.string(),
      at: z.number(),
      /** The actions that carry it out, in the outbox; empty: nothing had to be done. */
      keys: z.array(CommandKey),
    })
    .nullable(),
})
export type Conflict = z.infer<typeof Conflict>

/** Open cards first, oldest first; then the latest decided. */
export const ConflictsView = z.object({ open: z.number().int().nonnegative(), cards: z.array(Conflict).max(200) })
export type ConflictsView = z.infer<typeof ConflictsView>
