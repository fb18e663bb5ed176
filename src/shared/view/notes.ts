import { z } from 'zod'
import { GuaranteeId } from '../model/ids.ts'

/** What a collector wrote about one guarantee. */
export const Note = z.object({
  id: z.number().int(),
  author: z.string(),
  at: z.number(),
  text: z.string(),
  important: z.boolean(),
})
export type Note = z.infer<typeof Note>

/** One thing that was done to a guarantee, in the server's own word for it; values where there is one each. */
export const HistoryLine = z.object({
  id: z.number().int(),
  action: z.string(),
  author: z.string(),
  at: z.number(),
  before: z.string().nullable(),
  after: z.string().nullable(),
})
export type HistoryLine = z.infer<typeof HistoryLine>

export const NotesQuery = z.object({ id: GuaranteeId })
export type NotesQuery = z.infer<typeof NotesQuery>

/** Why there are no notes to see. `offline`: they are not kept at this desk and need the link. `not-yours`: another collector's. `in-replay`: of now, not of then. */
export const NotesRefusal = z.enum(['offline', 'in-replay', 'not-yours', 'gone', 'no-answer', 'not-understood'])
export type NotesRefusal = z.infer<typeof NotesRefusal>

export const NotesView = z.discriminatedUnion('is', [
  z.object({ is: z.literal('loading') }),
  z.object({
    is: z.literal('read'),
    /** When they were read, ms. */
    at: z.number(),
    notes: z.array(Note).max(500),
    /** Null: the server gave none that was understood. */
    history: z.array(HistoryLine).max(500).nullable(),
    /** Since when a later reading fails, and why; what is shown is then of before. */
    since: z.object({ at: z.number(), because: NotesRefusal }).nullable(),
  }),
  z.object({ is: z.literal('refused'), because: NotesRefusal }),
])
export type NotesView = z.infer<typeof NotesView>
