import type { Feed } from '../projection/feed.ts'
import type { Figures } from '../projection/figures.ts'
import type { Projection } from '../projection/fold.ts'
import type { FoldListener, Folded } from '../projection/folded.ts'
import type { Shown, ShownListener } from '../projection/shown.ts'

/**
 * What the views of a replaying window are made of: the fold as it is at one moment of the recording. Its player moves it on
 * or puts another fold in its place; while it is `quiet` nobody is told, as between two ends of a long seek.
 */
export class Stage implements Shown {
  #folded: Folded
  #isQuiet = false
  #stop: () => void
  readonly #listeners = new Set<ShownListener>()

  constructor(folded: Folded) {
    this.#folded = folded
    this.#stop = this.#follow(folded)
  }

  get projection(): Projection {
    return this.#folded.projection
  }
  get figures(): Figures {
    return this.#folded.figures
  }
  get feed(): Feed {
    return this.#folded.feed
  }

  listen(listener: ShownListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  put(folded: Folded): void {
    if (folded === this.#folded) return
    this.#stop()
    this.#folded = folded
    this.#stop = this.#follow(folded)
  }
  quiet(is: boolean): void {
    this.#isQuiet = is
  }
  timeMoved(): void {
    this.#each((listener) => listener.timeMoved?.())
  }

  #follow(folded: Folded): () => void {
    const all: Required<FoldListener> = {
      shifted: (shift, moved, record) => this.#each((listener) => listener.shifted?.(shift, moved, record)),
      feedGrew: () => this.#each((listener) => listener.feedGrew?.()),
      trustChanged: () => this.#each((listener) => listener.trustChanged?.()),
      confirmed: (topic) => this.#each((listener) => listener.confirmed?.(topic)),
      outboxChanged: (key) => this.#each((listener) => listener.outboxChanged?.(key)),
      conflictsChanged: () => this.#each((listener) => listener.conflictsChanged?.()),
      quarantined: (record) => this.#each((listener) => listener.quarantined?.(record)),
    }
    return folded.listen(all)
  }
  #each(tell: (listener: ShownListener) => void): void {
    if (this.#isQuiet) return
    for (const listener of this.#listeners) tell(listener)
  }
}
