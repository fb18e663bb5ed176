import type { PackBeginning } from '../../../core/evidence/beginning.ts'
import type { EvidenceFold } from '../../../core/evidence/fold.ts'
import { letGoBy, namedBefore } from '../../../core/journal/beginning.ts'
import type { JournalEvent } from '../../../core/journal/event.ts'
import type { JournalRow } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import type { FoldFault } from './rows.ts'

type Found = { -readonly [Name in keyof PackBeginning]: PackBeginning[Name] | null }

/**
 * What the records of a journal say of the beginning of a pack that does not have the first of them: that the others were let
 * go, and which checkpoint holds what they told. It is handed each record, in order, once it was folded.
 */
export class BeginningFound {
  readonly cursor: number
  readonly #found: Omit<Found, 'cursor'> = { at: null, head: null, checkpoint: null, letGoAt: null }
  /** The hash of the record before, as the first one names it. */
  #before: string | null = null

  constructor(cursor: number) {
    this.cursor = cursor
  }

  note(row: JournalRow, event: JournalEvent | null, fold: EvidenceFold): void {
    if (this.cursor === 1) return
    const found = this.#found
    if (row.cursor === this.cursor) {
      found.at = row.at
      found.head = row.hash
      this.#before = namedBefore(sha256, row)?.head ?? null
      return fold.begin(row)
    }
    if (event?.is === 'part') this.#part(row)
    if (event?.is === 'checkpointed' && event.through === this.cursor && event.head === found.head)
      found.checkpoint ??= event.digest
  }

  #part(row: JournalRow): void {
    const gone = letGoBy(row)
    if (gone?.cursor === this.cursor - 1 && gone.head === this.#before) this.#found.letGoAt ??= row.at
  }

  /** Null: the pack begins with the journal. A fault where what is before was not let go, as far as these records tell. */
  told(name: string, end: number): Result<PackBeginning | null, FoldFault> {
    if (this.cursor === 1) return ok(null)
    const { at, head, checkpoint, letGoAt } = this.#found
    if (at !== null && head !== null && checkpoint !== null && letGoAt !== null)
      return ok({ cursor: this.cursor, at, head, checkpoint, letGoAt })
    const what = `begins with record ${this.cursor}, and none up to ${end} tells that those before were let go`
    return err({ is: 'let-go', detail: `${name}: ${what}; take a later record, or find the part that is missing` })
  }
}
