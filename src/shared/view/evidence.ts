import { z } from 'zod'

const whole = z.number().int().nonnegative()

/** What a person chooses before an evidence pack is made. */
export const EvidenceWishes = z.object({
  /** No names of electors or clerks, no telephone numbers, no notes. */
  sealed: z.boolean(),
  /** The journal's own rows go in; never in a sealed pack. */
  withJournal: z.boolean(),
  /** Of the paper. */
  language: z.enum(['en', 'ar']),
})
export type EvidenceWishes = z.infer<typeof EvidenceWishes>

/** `cancelled`: asked to end. `chain-broken`: the journal is damaged. `let-go`: its first rows are kept no longer, and the checkpoint that holds what they told does not read. `not-written`: the disk refused. */
export const EvidenceFailure = z.enum(['cancelled', 'chain-broken', 'let-go', 'not-written'])
export type EvidenceFailure = z.infer<typeof EvidenceFailure>

/** The one pack under way at this desk, or the one made last. */
export const EvidenceView = z.discriminatedUnion('is', [
  z.object({ is: z.literal('none') }),
  z.object({ is: z.literal('making'), step: z.enum(['reading', 'writing']), done: whole, total: whole }),
  z.object({
    is: z.literal('made'),
    /** Name of the ZIP; the window fetches it at `evidence/NAME` from where its page came. */
    name: z.string().regex(/^[a-z0-9-]{1,120}\.zip$/),
    /** Where it lies on this machine. */
    file: z.string(),
    bytes: whole,
    sealed: z.boolean(),
    cursor: whole,
    /** The first record that is in it, and when that was written, UTC ms: those before were let go. Null: all are in it. */
    begins: z.object({ cursor: whole, at: z.number() }).nullable(),
    head: z.string(),
    /** What the QR sign says, and its squares row by row: `1` is dark. */
    sign: z.string(),
    squares: z.array(z.string().max(177)).max(177),
  }),
  z.object({ is: z.literal('failed'), why: EvidenceFailure }),
])
export type EvidenceView = z.infer<typeof EvidenceView>

/** What a window may ask about the evidence pack; part of the contract. */
export const EVIDENCE_COMMANDS = {
  /**
   * Makes an evidence pack from the open journal; the stream `evidence` tells. `disk-refuses`: facts are missing that the disk
   * did not take, so the pack would say too little.
   */
  'evidence.make': {
    input: EvidenceWishes,
    output: z.null(),
    errors: ['not-here', 'not-open', 'not-allowed', 'busy', 'disk-refuses', 'sealed-with-journal'],
  },
  /** Ends the making; nothing stays of it. */
  'evidence.cancel': { input: z.null(), output: z.null(), errors: [] },
} as const // the codes themselves, not any text
