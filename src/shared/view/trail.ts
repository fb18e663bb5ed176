import { z } from 'zod'
import { Position } from '../model/change.ts'

/** Entries in one answer. */
const MOST_ENTRIES = 240
/** Fields told of one entry: a record has no more. */
const MOST_FIELDS = 40
/** Characters of an entry's own text; the rest is cut, and said to be. */
export const RAW_LENGTH = 4_000

/** Records whose way here can be asked for: `attendance/123`, `guarantee/7`, `entry/4`, `count/4:12`, `results/results`; `paper/m4`: what was typed of that
 * committee's paper. */
export const TrailOf = z.object({
  kind: z.enum(['attendance', 'guarantee', 'entry', 'count', 'results', 'committee', 'candidate', 'election', 'paper']),
  key: z.string().min(1).max(100),
})
export type TrailOf = z.infer<typeof TrailOf>

/** A field that was told otherwise than before. Null: it was not there. `hidden`: not this user's to see. */
export const TrailField = z.object({
  name: z.string(),
  was: z.string().nullable(),
  is: z.string().nullable(),
  hidden: z.boolean(),
})
export type TrailField = z.infer<typeof TrailField>

/** One row of the journal about a record. */
export const TrailEntry = z.object({
  cursor: z.number().int(),
  /** When this desk wrote it, ms. */
  at: z.number(),
  source: z.enum(['live', 'snapshot', 'desk']),
  /** What the row says: of the record (told, removed, phantom), of an action taken here on it, or of paper counted. */
  what: z.enum([
    'told',
    'removed',
    'phantom',
    'queued',
    'sent',
    'undone',
    'accepted',
    'confirmed',
    'rejected',
    'expired',
    'withdrawn',
    'conflicted',
    'counted',
  ]),
  /** It had to wait for a read. */
  provisional: z.boolean(),
  /** Where the server's stream stood. */
  position: Position.nullable(),
  /** Of an action: which, and by whom. */
  does: z.string().nullable(),
  by: z.string().nullable(),
  /** The operator's reason, or the server's. */
  reason: z.string().nullable(),
  fields: z.array(TrailField).max(MOST_FIELDS),
  /** The row as it was written, with what is not this user's to see taken out. */
  raw: z.string().max(RAW_LENGTH),
  cut: z.boolean(),
})
export type TrailEntry = z.infer<typeof TrailEntry>

/** How a record came to be as it is shown, newest first. */
export const TrailView = z.object({
  /** Whom or what it is about, in words: the name, or the code. Empty: not known. */
  name: z.string(),
  /** The record is no more. */
  gone: z.boolean(),
  /** The rows are a recording's. */
  replayed: z.boolean(),
  entries: z.array(TrailEntry).max(MOST_ENTRIES),
  /** Rows of actions not told, there being too many. */
  leftOut: z.number().int(),
  /** Older ones are asked for with this; null: there are none. */
  next: z.number().int().nullable(),
})
export type TrailView = z.infer<typeof TrailView>

export const TRAIL_COMMANDS = {
  /** The journal's rows about one record, newest first, read from its last one backwards. `after`: the answer's `next`. */
  'trail.read': {
    input: z.object({ of: TrailOf, after: z.number().int().positive().nullable() }),
    output: TrailView,
    errors: ['unknown', 'not-open', 'not-allowed'],
  },
} as const
