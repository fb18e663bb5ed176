import { USUAL_PART_MB } from '../../shared/keeping-contract.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Book } from '../book.ts'
import type { CheckpointDraft, CheckpointStore, Clock, Digest, Log } from '../ports.ts'
import { toCheckpoint } from '../projection/checkpoint.ts'
import { letOldestGo } from './letting-go.ts'
import { digestLine, linesOf, NO_LINES, type Through } from './checkpoint-text.ts'

export const CHECKPOINT_PACE = {
  /** Rows since the last checkpoint before another is worth its while: folding so many takes a tenth of a second. */
  rows: 20_000,
  /** Between two checkpoints at least, ms, so that a busy hour writes few. */
  ms: 5 * 60_000,
  /** Fewer rows than these fold faster than a checkpoint is written: at the end none is made for them. */
  rowsAtClose: 2_000,
  /**
   * Bytes of the journal's open part after which a checkpoint is followed by a new part: a day of a million events is one
   * part, and a check of one takes a second.
   */
  partBytes: USUAL_PART_MB * 1024 * 1024,
  /** Bytes of all parts past which the oldest are let go; null: none ever is, which is so unless a person set it. */
  keepBytes: null as number | null, // a number where a person set one
  /** A part is kept at least so long after its last row, ms, whatever its size: an election day and the week in which it is contested. */
  keepMs: 7 * 24 * 3_600_000,
}
/** Between two lines of a checkpoint, ms: a line takes a millisecond or two, ingest has the rest. */
const BETWEEN_LINES = 8
/** One to open from, and one in case that does not read. */
const KEPT = 2

type Draft = {
  readonly to: CheckpointDraft
  readonly lines: Iterator<string>
  readonly through: Through
  digest: string
}

/**
 * Writes checkpoints of one book, now and then and when it is closed. It owns the draft under way and how many are kept. It
 * never holds up a commit: what is folded is taken as references, then written line by line between other work; and no row
 * depends on it, so a disk that refuses is only logged.
 */
export class CheckpointWriter {
  readonly #parts: { readonly clock: Clock; readonly digest: Digest; readonly log: Log }
  readonly #book: Book
  readonly #store: CheckpointStore
  readonly #stopListening: Unsubscribe
  #pace: typeof CHECKPOINT_PACE
  readonly #isChecked: () => boolean
  #rows: number
  #lastAt: number
  #draft: Draft | null = null
  #timer: Unsubscribe | null = null

  /**
   * `through`: what the book was opened from; null: from its rows. `isChecked`: whether every row was looked at since; until then
   * none is let go.
   */
  constructor(
    parts: { readonly clock: Clock; readonly digest: Digest; readonly log: Log },
    book: Book,
    store: CheckpointStore,
    through: Through | null,
    pace = CHECKPOINT_PACE,
    isChecked = () => true,
  ) {
    this.#isChecked = isChecked
    this.#pace = pace
    this.#parts = parts
    this.#book = book
    this.#store = store
    this.#rows = book.journal.cursor - (through?.cursor ?? 0)
    this.#lastAt = parts.clock.elapsed()
    this.#stopListening = book.listen({ written: () => this.#written() })
  }

  /** From the next checkpoint on. */
  goBy(pace: typeof CHECKPOINT_PACE): void {
    this.#pace = pace
  }

  #written(): void {
    this.#rows += 1
    if (this.#rows < this.#pace.rows || this.#draft || this.#timer) return
    const { clock } = this.#parts
    // Not here: a batch is being folded, and a checkpoint stands between two.
    if (clock.elapsed() - this.#lastAt >= this.#pace.ms) this.#timer = clock.after(BETWEEN_LINES, () => this.#begin())
  }

  #begin(): void {
    this.#timer = null
    const book = this.#book
    // What could not be written is doubted in memory alone: no rows make that state.
    if (book.missingSince !== null) return
    this.#lastAt = this.#parts.clock.elapsed()
    const rows = this.#rows
    // Not while two rows of its own are written: they ask for no checkpoint.
    this.#rows = 0
    // First: the checkpoint then holds all that the parts before hold, and a start reads the last part alone.
    this.#goOnInNewPart()
    const through = { cursor: book.journal.cursor, head: book.journal.head }
    const to = this.#store.begin(through.cursor)
    if (!to.ok) {
      this.#rows = rows
      return this.#failed(to.error.detail)
    }
    this.#rows = 0
    const lines = linesOf(toCheckpoint(book.folded), through)
    this.#draft = { to: to.value, lines, through, digest: NO_LINES }
    this.#goOn()
  }

  #goOn(): void {
    this.#timer = null
    if (this.#line()) this.#timer = this.#parts.clock.after(BETWEEN_LINES, () => this.#goOn())
  }

  /** Writes one more line. False when there is nothing more to write. */
  #line(): boolean {
    const draft = this.#draft
    if (!draft) return false
    const { done, value } = draft.lines.next()
    if (done) {
      this.#finish(draft)
      return false
    }
    draft.digest = digestLine(this.#parts.digest, draft.digest, value)
    const added = draft.to.add(value)
    if (!added.ok) this.#failed(added.error.detail)
    return added.ok
  }

  #finish({ to, through, digest }: Draft): void {
    this.#draft = null
    const finished = to.finish()
    if (!finished.ok) return this.#failed(finished.error.detail)
    const { cursor, head } = through
    // Only now: a checkpoint is believed when the chain says so, and the chain never speaks of one that is not there.
    const told = this.#book.commit([{ is: 'checkpointed', through: cursor, head, digest }])
    if (!told.ok) {
      this.#store.remove(cursor)
      return this.#failed(told.error.detail)
    }
    const { keepBytes, keepMs } = this.#pace
    if (keepBytes !== null && this.#isChecked())
      letOldestGo({ ...this.#parts, book: this.#book, checkpoints: this.#store }, { bytes: keepBytes, ms: keepMs })
    const opening = this.#opening()
    for (const old of this.#store.list().slice(KEPT)) if (!opening.has(old)) this.#store.remove(old)
  }

  /** Those at the first row of a part: the journal can begin there. Kept where it may have to, or does. */
  #opening(): ReadonlySet<number> {
    const firsts = this.#book.journal.parting?.parts().map(({ first }) => first) ?? []
    return new Set([this.#book.journal.begins, ...(this.#pace.keepBytes === null ? [] : firsts)])
  }

  #goOnInNewPart(): void {
    if ((this.#book.journal.parting?.bytes() ?? 0) <= this.#pace.partBytes) return
    const begun = this.#book.beginPart()
    // The journal goes on where it is, and the next checkpoint tries again.
    if (!begun.ok) this.#parts.log.warn('journal part not begun', { detail: begun.error.detail })
  }

  #failed(detail: string): void {
    this.#draft?.to.abandon()
    this.#draft = null
    this.#parts.log.warn('checkpoint not written', { detail })
  }

  /** Ends the draft under way, and leaves a checkpoint of everything where the rows since the last are many. */
  close(): void {
    this.#stopListening()
    this.#timer?.()
    this.#timer = null
    this.#drain()
    if (this.#rows >= this.#pace.rowsAtClose) this.#begin()
    this.#timer = null
    this.#drain()
  }
  /** Ends without writing anything more: what is folded is not to be trusted. */
  abandon(): void {
    this.#stopListening()
    this.#timer?.()
    this.#timer = null
    this.#draft?.to.abandon()
    this.#draft = null
  }
  #drain(): void {
    while (this.#line());
  }
}
