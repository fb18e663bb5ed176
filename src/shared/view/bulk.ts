import { z } from 'zod'
import { ElectorNumber, GroupId, GuaranteeId } from '../model/ids.ts'
import { GuaranteeQuery } from './lists.ts'

const whole = z.number().int().nonnegative()
/** Rows one may tick one by one. */
export const MOST_TICKED = 5_000
/** Rows a preview shows by name. */
export const SHOWN = 5

/** One change made to many guarantees. */
export const BulkChange = z.discriminatedUnion('is', [
  z.object({ is: z.literal('confirmation'), to: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']) }),
  z.object({ is: z.literal('status'), to: z.enum(['PENDING', 'GUARANTEED']) }),
  z.object({ is: z.literal('group'), to: GroupId.nullable() }),
])
export type BulkChange = z.infer<typeof BulkChange>

export const BulkRefusal = z.enum(['not-yours', 'already', 'not-known'])
export type BulkRefusal = z.infer<typeof BulkRefusal>

const Example = z.object({ elector: ElectorNumber, name: z.string(), before: z.string().nullable() })

/** What a change would do, before it is done. */
export const BulkPlan = z.object({
  id: z.string(),
  /** Guarantees asked for. */
  asked: whole,
  changes: whole,
  refused: z.array(z.object({ why: BulkRefusal, count: whole, examples: z.array(Example).max(SHOWN) })),
  examples: z.array(Example).max(SHOWN),
})
export type BulkPlan = z.infer<typeof BulkPlan>

/** A change of many under way, or the last one. `failed`: it stopped by itself; why. */
export const BulkView = z.discriminatedUnion('is', [
  z.object({ is: z.literal('none') }),
  z.object({ is: z.literal('running'), change: BulkChange, total: whole, done: whole, refused: whole }),
  z.object({
    is: z.literal('ended'),
    change: BulkChange,
    total: whole,
    done: whole,
    refused: whole,
    how: z.enum(['done', 'cancelled', 'failed']),
  }),
])
export type BulkView = z.infer<typeof BulkView>

export const BULK_COMMANDS = {
  /** Says what would change and what would not, and why. Nothing is done. `ids` null: all that match. */
  'bulk.prepare': {
    input: z.object({
      query: GuaranteeQuery.omit({ offset: true, limit: true }),
      ids: z.array(GuaranteeId).max(MOST_TICKED).nullable(),
      change: BulkChange,
    }),
    output: BulkPlan,
    errors: ['not-open', 'not-allowed'],
  },
  /** Does what was prepared last, through the outbox, record by record. */
  'bulk.start': { input: z.object({ id: z.string() }), output: z.null(), errors: ['unknown', 'bulk-busy'] },
  /** Stops between two records; what was done stays, and is undone one by one in what you did. */
  'bulk.cancel': { input: z.null(), output: z.null(), errors: [] },
} as const
