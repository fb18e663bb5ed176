import { grouped } from './paper-figures.ts'

/**
 * Where the rows of a journal begin whose first ones were let go. What those told is in the checkpoint at row `cursor` alone,
 * and the checkpoint is what it was when it was written: a row of the chain that is kept names it by its digest.
 */
export type PackBeginning = {
  /** The first row that is kept; the checkpoint holds everything up to it, and it. */
  readonly cursor: number
  /** When that row was written, ms. */
  readonly at: number
  /** The chain's hash at that row. */
  readonly head: string
  /** The digest of the checkpoint's lines. */
  readonly checkpoint: string
  /** When the journal told that the rows before were let go, ms. */
  readonly letGoAt: number
}

/** What a pack that begins later than its journal says of itself; the read-me, the manifest, the paper and the verifier say the same. */
export function beginningWords(
  { cursor, head, at, letGoAt }: Pick<PackBeginning, 'cursor' | 'head' | 'at' | 'letGoAt'>,
  timeOf: (at: number) => string,
): string {
  return (
    `The journal is in this pack from record ${grouped(cursor)} on, written ${timeOf(at)}. Records 1 to ${grouped(cursor - 1)} were let go ` +
    `to save space, as the journal told ${timeOf(letGoAt)}: figures, people and actions from then stand on the checkpoint at record ` +
    `${grouped(cursor)} alone, which the journal vouches for by its digest and by that record's hash ${head}. Not in this pack: the link, ` +
    `the doubts and the messages that could not be read before that record.`
  )
}
