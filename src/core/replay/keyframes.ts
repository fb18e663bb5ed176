import { type Checkpoint, foldedOf, toCheckpoint } from '../projection/checkpoint.ts'
import { Folded } from '../projection/folded.ts'
import type { Work } from './slices.ts'
import type { Place } from './tape.ts'

/** Rows between two keyframes of a short recording; a seek never folds more. */
const FIRST_SPACING = 10_000
/** More are not kept: past this the spacing doubles and every second one goes, so that memory is bounded. */
const MOST = 32

type Keyframe = Omit<Place, 'folded'> & { readonly checkpoint: Checkpoint }

/** Places along a recording to fold on from, so that a seek costs no more than the way from the one before it. */
export class Keyframes {
  #spacing: number
  #kept: Keyframe[] = []

  constructor(spacing = FIRST_SPACING) {
    this.#spacing = spacing
  }

  get length(): number {
    return this.#kept.length
  }

  /** A place the recording was at while it was read; kept when the last one is far enough behind. */
  offer({ folded, cursor, time, hash }: Place): void {
    if (cursor - (this.#kept.at(-1)?.cursor ?? 0) < this.#spacing) return
    this.#kept.push({ cursor, time, hash, checkpoint: toCheckpoint(folded) })
    if (this.#kept.length <= MOST) return
    this.#spacing *= 2
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1)
  }

  /** A place of its own at or before `target`, ms, to fold on from. */
  *before(target: number): Work<Place> {
    const found = this.#before(target)
    if (!found) return { folded: new Folded(), cursor: 0, time: 0, hash: '' }
    const { cursor, time, hash, checkpoint } = found
    return { folded: foldedOf(checkpoint), cursor, time, hash }
  }

  /** The cursor a seek to `target` would begin at. */
  cursorBefore(target: number): number {
    return this.#before(target)?.cursor ?? 0
  }

  #before(target: number): Keyframe | undefined {
    return this.#kept.findLast((keyframe) => keyframe.time <= target)
  }
}
