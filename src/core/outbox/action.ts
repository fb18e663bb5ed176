import { z } from 'zod'
import type { Topic } from '../../shared/model/change.ts'
import { CandidateId, CommitteeCode, CommitteeId, ElectorNumber, GuaranteeId } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'

/** What an operator did, as it is written to the journal and later sent. */
export const Action = z.discriminatedUnion('does', [
  z.object({ does: z.literal('attendance.mark'), elector: ElectorNumber, committee: CommitteeCode, notes: z.string() }),
  z.object({ does: z.literal('guarantee.set-status'), id: GuaranteeId, status: z.enum(['PENDING', 'GUARANTEED']) }),
  z.object({
    does: z.literal('guarantee.confirm'),
    id: GuaranteeId,
    confirmation: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']),
  }),
  z.object({
    does: z.literal('guarantee.edit'),
    id: GuaranteeId,
    mobile: z.string().optional(),
    note: z.string().optional(),
  }),
  z.object({
    does: z.literal('count.enter'),
    committee: CommitteeId,
    cast: z.number().int(),
    invalid: z.number().int(),
    votes: z.array(z.object({ candidate: CandidateId, votes: z.number().int() })),
  }),
])
export type Action = z.infer<typeof Action>

/** The topic an action changes on the server. */
export function topicOfAction({ does }: Action): Topic {
  switch (does) {
    case 'attendance.mark':
      return 'attendance'
    case 'count.enter':
      return 'counts'
    case 'guarantee.set-status':
    case 'guarantee.confirm':
    case 'guarantee.edit':
      return 'guarantees'
    default:
      return assertNever(does)
  }
}
