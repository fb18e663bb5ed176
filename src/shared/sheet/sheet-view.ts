import { z } from 'zod'
import { CandidateId, CommandKey, CommitteeId } from '../model/ids.ts'
import { Results } from '../model/records.ts'
import { RULE_CODES } from './rules.ts'
import { FieldName } from './sheet.ts'

const whole = z.number().int()

export const RuleCode = z.enum(RULE_CODES)

/** A warning that a clerk saved all the same, with what the clerk said to it. */
export const Explained = z.object({
  code: RuleCode,
  field: FieldName,
  n: whole,
  most: whole,
  place: z.string().max(40).optional(),
  words: z.string().trim().min(1).max(500),
})
export type Explained = z.infer<typeof Explained>

/** The same as it is kept: who said it and when, and who dealt with it. */
export const Remark = Explained.extend({
  by: z.string(),
  at: z.number(),
  handled: z.object({ by: z.string(), at: z.number(), note: z.string() }).nullable(),
})
export type Remark = z.infer<typeof Remark>

/** One of two blind entries: who, never what. `turns`: how often it was typed, the corrections included. */
export const Entry = z.object({ by: z.string(), at: z.number(), turns: whole })
export type Entry = z.infer<typeof Entry>

/** How a sheet that two people typed came on record. `by`: who typed last, or who decided, for this `reason`. */
export const TypedByTwo = z.object({
  how: z.enum(['agreed', 'resolved']),
  by: z.string(),
  at: z.number(),
  reason: z.string(),
  first: Entry.nullable(),
  second: Entry.nullable(),
})
export type TypedByTwo = z.infer<typeof TypedByTwo>

/** Two blind entries that wait. `differs`: fields in which they do; whose figure is which is not said. */
const Waiting = { first: Entry.nullable(), second: Entry.nullable(), differs: z.array(FieldName) }

/** What goes with a committee's sheet beside its figures, where the server keeps that for all desks. Times by its clock. */
export const SharedSheet = z.object({
  committee: CommitteeId,
  remarks: z.array(Remark),
  /** Absent in journals of earlier versions, and from servers that keep no entries apart. */
  entries: z.object({ ...Waiting, typed: TypedByTwo.nullable() }).optional(),
})
export type SharedSheet = z.infer<typeof SharedSheet>

/** What a rule finds in the sheet on record. */
export const Finding = z.object({
  code: RuleCode,
  field: FieldName,
  n: whole,
  most: whole,
  place: z.string().optional(),
})

/** How far a committee's sheet is. `second-waits` and `differs`: of two blind entries, at this desk or at the server. */
export const STAGES = ['differs', 'second-waits', 'entering', 'entered', 'not-started', 'verified'] as const
export const Stage = z.enum(STAGES)
export type Stage = z.infer<typeof Stage>

/** A committee's sheet as it stands: what is on record, and what this desk knows of how it came about. */
export const SheetRow = z.object({
  id: CommitteeId,
  stage: Stage,
  cast: whole,
  invalid: whole,
  votes: whole,
  /** Of those, verified. */
  votesVerified: whole,
  /** Who has the most votes here; null: nobody has any, or several have as many. */
  leader: z.object({ candidate: CandidateId, votes: whole, ahead: whole }).nullable(),
  /** See `printOf`. */
  print: z.string().nullable(),
  /** Of the sheet on record; empty until it is complete. */
  findings: z.array(Finding),
  remarks: z.array(Remark),
  /** The server holds the words for all desks, or this desk alone has them. */
  wordsFrom: z.enum(['server', 'desk']),
  ...Waiting,
  /** The server holds the entries for all desks, or this desk alone has them. */
  entriesFrom: z.enum(['server', 'desk']),
  /** Entries typed here that the server has not taken yet. */
  onWay: z.array(Entry.omit({ turns: true })),
  /** Null: one person entered what is on record, or it is not known. */
  typed: TypedByTwo.nullable(),
})
export type SheetRow = z.infer<typeof SheetRow>

/** How this desk counts: kept in its journal. `double`: two people type each sheet. `seats`: how many are elected. */
export const CountSettings = z.object({ double: z.boolean(), seats: z.number().int().min(1).max(500).nullable() })
export type CountSettings = z.infer<typeof CountSettings>
export const NO_COUNT_SETTINGS: CountSettings = { double: false, seats: null }

/** What became of a sheet that was saved. */
export const Entered = z.discriminatedUnion('is', [
  /** On its way to the server under this key. */
  z.object({ is: z.literal('queued'), key: CommandKey }),
  /** On its way to the server under this key, which keeps it sealed until somebody else has typed the same paper. */
  z.object({ is: z.literal('sealed'), key: CommandKey }),
  /** Kept at this desk until somebody else has typed the same paper. */
  z.object({ is: z.literal('first') }),
  /** The two do not agree in these fields. `mayCorrect`: the one who asks types them once more. */
  z.object({ is: z.literal('differs'), fields: z.array(FieldName), mayCorrect: z.boolean() }),
])
export type Entered = z.infer<typeof Entered>

/** How this desk counts, and the results as they were published last; `signedBy`: from this desk, by whom. */
export const CountingView = CountSettings.extend({ published: Results.nullable(), signedBy: z.string().nullable() })
export type CountingView = z.infer<typeof CountingView>
