import { type Fork, forkOf, turnTo } from './fork.ts'
import type { Work } from './slices.ts'
import type { Place } from './tape.ts'

/** Rows between two keyframes of a short recording. */
const FIRST_SPACING = 5_000
/** More are not kept: past this the spacing doubles and every second one goes, so that memory is bounded. */
const MOST = 16

/** Whoever drags comes back to where they just were: so many places passed on the way are kept beside, this many rows apart. */
const NEAR = { most: 6, spacing: 10_000 }

type Keyframe = Omit<Place, 'folded'> & { readonly fork: Fork }

/** Places along a recording to fold on from, so that a seek folds no more rows than lie between two of them. */
export class Keyframes {
  #spacing: number
  #kept: Keyframe[] = []
  #near: Keyframe[] = []

  constructor(spacing = FIRST_SPACING) {
    this.#spacing = spacing
  }

  get length(): number {
    return this.#kept.length
  }

  /** A place the recording is at while it is read: its start, then whenever the last one kept is far enough behind. */
  *offer({ folded, cursor, time, hash }: Place): Work<void> {
    const last = this.#kept.at(-1)
    if (last && cursor - last.cursor < this.#spacing) return
    this.#kept.push({ cursor, time, hash, fork: yield* forkOf(folded, last?.fork) })
    if (this.#kept.length <= MOST) return
    this.#spacing *= 2
    this.#kept = this.#kept.filter((_, index) => index % 2 === 0)
  }

  /** A place passed on the way of a seek. */
  *pass({ folded, cursor, time, hash }: Place): Work<void> {
    const last = this.#before(time)
    if (cursor - last.cursor < NEAR.spacing) return
    this.#near = [...this.#near.slice(1 - NEAR.most), { cursor, time, hash, fork: yield* forkOf(folded, last.fork) }]
  }

  /** Takes a place to the last keyframe at or before `target`, ms. The place handed in is used up. */
  *turn(place: Place, target: number): Work<Place> {
    const { cursor, time, hash, fork } = this.#before(target)
    yield* turnTo(place.folded, fork)
    return { folded: place.folded, cursor, time, hash }
  }

  /** The cursor a seek to `target` would begin at. */
  cursorBefore(target: number): number {
    return this.#before(target).cursor
  }

  #before(target: number): Keyframe {
    let found = this.#kept.findLast((keyframe) => keyframe.time <= target) ?? this.#kept[0]
    if (!found) throw new Error('no keyframe: the start was never offered')
    for (const keyframe of this.#near) if (keyframe.time <= target && keyframe.cursor > found.cursor) found = keyframe
    return found
  }
}
