import { z } from 'zod'
import { CandidateId, CommitteeCode, CommitteeId, ElectorNumber, GuaranteeId } from '../../shared/model/ids.ts'

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
