import { z } from 'zod'

/** Bounds of both settings, MB of 1 048 576 bytes. */
export const MOST_PART_MB = 100_000
export const MOST_KEEP_MB = 10_000_000
/** What a journal's file grows to before it goes on in the next, where nobody set anything: about a million events. */
export const USUAL_PART_MB = 512

export const PartMb = z.number().int().min(1).max(MOST_PART_MB)
export const KeepMb = z.number().int().min(1).max(MOST_KEEP_MB)

/** How much a desk keeps of each of its journals. */
export const Keeping = z.object({
  /** MB after which a journal goes on in a new file; null: what the program thinks best. */
  partMb: PartMb.nullable(),
  /** MB of one journal past which its oldest files are let go; null: none ever is. */
  keepMb: KeepMb.nullable(),
})
export type Keeping = z.infer<typeof Keeping>

/** Less than one file can never be kept: the file being written stays. */
export const isKeepTooLittle = ({ partMb, keepMb }: Keeping): boolean =>
  keepMb !== null && keepMb < (partMb ?? USUAL_PART_MB)

const whole = z.number().int().nonnegative()
export const KeepingView = Keeping.extend({
  /** Whether whoever is signed in may change it. */
  may: z.boolean(),
  /** The open journal as it lies on the disk; null: none is open. */
  journal: z
    .object({
      bytes: whole,
      /** Files it lies in. */
      files: whole,
      /** The first event that is kept and when it was written, UTC ms; null: nothing was written yet. */
      from: z.object({ cursor: whole, at: z.number() }).nullable(),
    })
    .nullable(),
})
export type KeepingView = z.infer<typeof KeepingView>

export const KEEPING_COMMANDS = {
  /**
   * How much is kept of each journal of this desk, from now on; the whole of it. For administrators. `keep-below-part`: what is
   * kept has to be at least one file.
   */
  'keeping.set': { input: Keeping, output: z.null(), errors: ['not-allowed', 'not-saved', 'keep-below-part'] },
} as const // the codes themselves, not any text

export const KEEPING_STREAMS = {
  /** What is kept, and how much that is now. */
  keeping: { input: z.null(), snapshot: KeepingView, patch: KeepingView },
} as const // as above
