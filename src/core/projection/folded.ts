import type { Topic } from '../../shared/model/change.ts'
import type { JournalRecord } from '../journal/event.ts'
import { Feed } from './feed.ts'
import { Figures, type Moved } from './figures.ts'
import { Projection } from './fold.ts'
import { AttendanceByCommittee } from './index-by-committee.ts'
import type { SheetChange } from './sheets.ts'
import type { Shift } from './table.ts'

/** What a fold of one record changed, in everything that is folded. */
export type FoldListener = {
  shifted?(shift: Shift, moved: Moved, record: JournalRecord): void
  feedGrew?(): void
  trustChanged?(): void
  /** A read confirmed records of this topic that were provisional. */
  confirmed?(topic: Topic): void
  outboxChanged?(key: string): void
  conflictsChanged?(): void
  callsChanged?(elector: string): void
  incidentChanged?(id: string): void
  shiftChanged?(): void
  sheetChanged?(which: SheetChange): void
  /** A committee's paper list was counted. */
  paperChanged?(committee: string): void
  quarantined?(record: JournalRecord): void
}

/**
 * Everything folded from one journal: records, sums, feed, trust, outbox. It owns the order in which they learn of a
 * change; it knows nothing that no record told it, so the same records make the same screens.
 */
export class Folded {
  readonly projection = new Projection()
  readonly figures = new Figures()
  readonly feed = new Feed(this.figures)
  readonly attendanceByCommittee = new AttendanceByCommittee()
  readonly #listeners = new Set<FoldListener>()

  constructor() {
    this.projection.listen({
      shifted: (shift, record) => this.#shifted(shift, record),
      confirmed: (topic) => this.#each((listener) => listener.confirmed?.(topic)),
      trustChanged: () => this.#each((listener) => listener.trustChanged?.()),
      outboxChanged: (key) => this.#each((listener) => listener.outboxChanged?.(key)),
      callsChanged: (elector) => this.#each((listener) => listener.callsChanged?.(elector)),
      incidentChanged: (id) => this.#each((listener) => listener.incidentChanged?.(id)),
      shiftChanged: () => this.#each((listener) => listener.shiftChanged?.()),
      sheetChanged: (which) => this.#each((listener) => listener.sheetChanged?.(which)),
      paperChanged: (committee) => this.#each((listener) => listener.paperChanged?.(committee)),
      conflictsChanged: () => this.#each((listener) => listener.conflictsChanged?.()),
      quarantined: (record) => this.#each((listener) => listener.quarantined?.(record)),
    })
  }

  listen(listener: FoldListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  apply(record: JournalRecord): void {
    this.projection.apply(record)
  }

  /** Told to all, though no record says it: what cannot be written has to be known all the same. */
  trustChanged(): void {
    this.#each((listener) => listener.trustChanged?.())
  }

  #each(tell: (listener: FoldListener) => void): void {
    for (const listener of this.#listeners) tell(listener)
  }

  #shifted(shift: Shift, record: JournalRecord): void {
    const moved = this.figures.shift(shift)
    if (shift.kind === 'attendance') this.attendanceByCommittee.shift(shift)
    this.#each((listener) => listener.shifted?.(shift, moved, record))
    if (this.feed.shift(shift, record)) this.#each((listener) => listener.feedGrew?.())
  }
}
