import type { Position } from '../../shared/model/change.ts'

/**
 * Where this desk stands in the server's stream.
 * `held`: it is not known yet whether frames can be joined to what is here, so they wait.
 * `unnumbered`: the server keeps no sequence; loss cannot be seen, only doubted.
 */
export type Sequence =
  | { readonly at: 'held' }
  | { readonly at: 'unnumbered' }
  | { readonly at: 'following'; readonly position: Position }

export type Placing =
  /** Next in order. */
  | { readonly is: 'next'; readonly sequence: Sequence }
  | { readonly is: 'unnumbered' }
  /** Already had. */
  | { readonly is: 'duplicate' }
  /** Frames are missing before this one. */
  | { readonly is: 'gap'; readonly missing: number; readonly at: Position }
  /** The server began a new stream: nothing known can be joined to it. */
  | { readonly is: 'other-epoch'; readonly at: Position }
  | { readonly is: 'wait' }

/** Decides what a data frame is to what is here. `from`: the first number it stands for, for a skipped range. */
export function place(sequence: Sequence, position: Position | null, from = position?.seq ?? 0): Placing {
  if (sequence.at === 'held') return { is: 'wait' }
  if (position === null) return { is: 'unnumbered' }
  if (sequence.at === 'unnumbered') return { is: 'next', sequence: { at: 'following', position } }
  const here = sequence.position
  if (position.epoch !== here.epoch) return { is: 'other-epoch', at: position }
  if (position.seq <= here.seq) return { is: 'duplicate' }
  if (from > here.seq + 1) return { is: 'gap', missing: from - here.seq - 1, at: position }
  // The epoch text of the first frame serves all: one string instead of one a frame.
  return { is: 'next', sequence: { at: 'following', position: { epoch: here.epoch, seq: position.seq } } }
}
