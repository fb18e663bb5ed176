import type { Topic } from '../../shared/model/change.ts'
import type { JournalRecord } from '../journal/event.ts'
import type { SheetChange } from './sheets.ts'
import type { Shift } from './table.ts'

/** What a fold of one record changed, for whoever shows it. */
export type ProjectionListener = {
  shifted?(shift: Shift, record: JournalRecord): void
  trustChanged?(): void
  /** A read confirmed records of this topic that were provisional. */
  confirmed?(topic: Topic): void
  outboxChanged?(key: string): void
  /** A card came up, was decided, or is no more. */
  conflictsChanged?(): void
  /** Who rings this elector, or what a call came to. */
  callsChanged?(elector: string): void
  incidentChanged?(id: string): void
  shiftChanged?(): void
  sheetChanged?(which: SheetChange): void
  /** A committee's paper list was counted. */
  paperChanged?(committee: string): void
  quarantined?(record: JournalRecord): void
}
