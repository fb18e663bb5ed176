import { z } from 'zod'
import { CommandKey } from '../../shared/model/ids.ts'
import { NextStep, OutboxState } from '../../shared/view/outbox.ts'
import { Action } from '../outbox/action.ts'
import { Already, Seen } from '../outbox/standing.ts'

/** One action and where it stands. */
export const OutboxEntry = z
  .object({
    key: CommandKey,
    action: Action,
    by: z.string(),
    state: OutboxState,
    queuedAt: z.number(),
    settledAt: z.number().nullable(),
    attempts: z.number(),
    /** Sendings of which it is not known whether the server did them. */
    unsure: z.number(),
    reason: z.string().nullable(),
    next: NextStep.nullable(),
    seen: Seen.nullable(),
    why: z.string().nullable(),
    deadline: z.number().nullable(),
    undoes: CommandKey.nullable(),
    undoneBy: CommandKey.nullable(),
    conflict: z.string().nullable(),
    already: Already.nullable(),
    row: z.number().nullable(),
    /** Journal cursors of the first sending and of the server's word that it has it. */
    sentFrom: z.number().nullable(),
    acceptedFrom: z.number().nullable(),
    /** The server's clock at the first sending, ms; null: not known. Absent in checkpoints of earlier versions. */
    serverAt: z.number().nullable().default(null),
    /** Who read that it came to nothing, and when; null: nobody yet. Absent in checkpoints of earlier versions. */
    lookedAt: z.object({ by: z.string(), at: z.number() }).nullable().default(null),
    /** Journal cursors of the rows about it, oldest first: the first and the last ones of many. */
    rows: z.array(z.number()).readonly(),
  })
  .readonly()
export type OutboxEntry = z.infer<typeof OutboxEntry>

type Typed = 'key' | 'action' | 'by' | 'queuedAt' | 'seen' | 'why' | 'deadline' | 'undoes'
/** What an action is when it was just typed. */
export const FRESH: Omit<OutboxEntry, Typed> = {
  state: 'queued',
  settledAt: null,
  attempts: 0,
  unsure: 0,
  reason: null,
  next: null,
  undoneBy: null,
  conflict: null,
  already: null,
  row: null,
  sentFrom: null,
  acceptedFrom: null,
  serverAt: null,
  lookedAt: null,
  rows: [],
}

/** Rows kept of one action: a link that breaks at each try must not make it grow for ever. */
const MOST_ROWS = 40

/** The same entry with one more row about it. */
export function withRow(entry: OutboxEntry, cursor: number): OutboxEntry {
  const rows = [...entry.rows, cursor]
  return { ...entry, rows: rows.length > MOST_ROWS ? [rows[0] ?? cursor, ...rows.slice(2)] : rows }
}

/** One card for each action that met something. */
export const conflictId = ({ key }: { readonly key: CommandKey }, cursor: number): string => `${cursor}/${key}`
