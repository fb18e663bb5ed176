import { z } from 'zod'
import { ElectorNumber, GroupId, GuaranteeId } from './model/ids.ts'
import { saved, savedErrors } from './saved.ts'
import { GuaranteeChoices, GuaranteeQuery, GuaranteeSlice } from './view/lists.ts'
import { NotesQuery, NotesView } from './view/notes.ts'

/** What collectors do with the promises they collected. */
export const GUARANTEE_COMMANDS = {
  /** Records an elector's promise to the signed-in collector. */
  'guarantee.create': {
    input: z.object({
      elector: ElectorNumber,
      status: z.enum(['PENDING', 'GUARANTEED']).default('GUARANTEED'),
      group: GroupId.nullable().default(null),
      mobile: z.string().max(15).default(''),
      note: z.string().max(200).default(''),
    }),
    output: saved,
    errors: savedErrors,
  },
  /** Changes a guarantee; what is left out stays. */
  'guarantee.update': {
    input: z.object({
      id: GuaranteeId,
      status: z.enum(['PENDING', 'GUARANTEED']).optional(),
      group: GroupId.nullable().optional(),
      mobile: z.string().max(15).optional(),
      note: z.string().max(200).optional(),
    }),
    output: saved,
    errors: savedErrors,
  },
  /** Takes a guarantee away. */
  'guarantee.remove': {
    input: z.object({ id: GuaranteeId, reason: z.string().max(500).default('') }),
    output: saved,
    errors: savedErrors,
  },
  /** Adds a note to a guarantee's notes. They are only ever added to. */
  'guarantee.note': {
    input: z.object({
      id: GuaranteeId,
      text: z.string().trim().min(1).max(2000),
      important: z.boolean().default(false),
    }),
    output: saved,
    errors: savedErrors,
  },
  /** Sets whether the elector has promised: `guarantee.update` of the status alone. */
  'guarantee.set-status': {
    input: z.object({ id: GuaranteeId, status: z.enum(['PENDING', 'GUARANTEED']) }),
    output: saved,
    errors: savedErrors,
  },
  /** Records the answer of the confirmation call. */
  'guarantee.confirm': {
    input: z.object({ id: GuaranteeId, confirmation: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']) }),
    output: saved,
    errors: savedErrors,
  },
  /** Changes mobile and quick note: `guarantee.update` of these alone. */
  'guarantee.edit': {
    input: z.object({ id: GuaranteeId, mobile: z.string().max(15).optional(), note: z.string().max(200).optional() }),
    output: saved,
    errors: savedErrors,
  },
} as const

export const GUARANTEE_STREAMS = {
  guarantees: { input: GuaranteeQuery, snapshot: GuaranteeSlice, patch: GuaranteeSlice },
  /** Notes and history of one guarantee, while they are looked at. Nothing of them is kept. */
  'guarantee.notes': { input: NotesQuery, snapshot: NotesView, patch: NotesView },
  'guarantee-choices': { input: z.null(), snapshot: GuaranteeChoices, patch: GuaranteeChoices },
} as const
