import type { Feed } from '../projection/feed.ts'
import type { Figures } from '../projection/figures.ts'
import type { Projection } from '../projection/fold.ts'
import type { FoldListener, Folded } from '../projection/folded.ts'
import type { AttendanceByCommittee } from '../projection/index-by-committee.ts'
import type { Shown, ShownListener } from '../projection/shown.ts'

/**
 * What the views of a replaying window are made of: the fold as it is at one moment of the recording. Its player moves it on;
 * while it is `quiet`, as on a long way, it is of no moment in between and nobody is told.
 */
export class Stage implements Shown {
  readonly folded: Folded
  isQuiet = false
  readonly #listeners = new Set<ShownListener>()

  constructor(folded: Folded) {
    this.folded = folded
    const all: Required<FoldListener> = {
      shifted: (shift, moved, record) => this.#each((listener) => listener.shifted?.(shift, moved, record)),
      feedGrew: () => this.#each((listener) => listener.feedGrew?.()),
      trustChanged: () => this.#each((listener) => listener.trustChanged?.()),
      confirmed: (topic) => this.#each((listener) => listener.confirmed?.(topic)),
      outboxChanged: (key) => this.#each((listener) => listener.outboxChanged?.(key)),
      callsChanged: (elector) => this.#each((listener) => listener.callsChanged?.(elector)),
      incidentChanged: (id) => this.#each((listener) => listener.incidentChanged?.(id)),
      shiftChanged: () => this.#each((listener) => listener.shiftChanged?.()),
      sheetChanged: (which) => this.#each((listener) => listener.sheetChanged?.(which)),
      paperChanged: (committee) => this.#each((listener) => listener.paperChanged?.(committee)),
      conflictsChanged: () => this.#each((listener) => listener.conflictsChanged?.()),
      quarantined: (record) => this.#each((listener) => listener.quarantined?.(record)),
    }
    folded.listen(all)
  }

  get projection(): Projection {
    return this.folded.projection
  }
  get figures(): Figures {
    return this.folded.figures
  }
  get attendanceByCommittee(): AttendanceByCommittee {
    return this.folded.attendanceByCommittee
  }
  get feed(): Feed {
    return this.folded.feed
  }

  listen(listener: ShownListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
  timeMoved(): void {
    this.#each((listener) => listener.timeMoved?.())
  }

  #each(tell: (listener: ShownListener) => void): void {
    if (this.isQuiet) return
    for (const listener of this.#listeners) tell(listener)
  }
}
