import type { Unsubscribe } from '../../shared/port.ts'
import type { Clock, Digest } from '../ports.ts'
import { WholeCheck } from './beginning.ts'
import type { ChainFault } from './chain.ts'
import type { Through } from './checkpoint-text.ts'
import type { Journal } from './journal.ts'

/** Rows looked at in one go: two milliseconds of work. */
const SLICE = 500
/** Between two goes, ms: a fifth of one core, and a million rows in half a minute. */
const BETWEEN = 8
/** After the start, ms: the screen comes first. */
const FIRST = 2_000

/**
 * Checks the rows that a checkpoint stood for, between other work, after they were shown. It owns how far it got; it changes
 * nothing, and says once how it ended.
 */
export class BehindCheck {
  readonly #journal: Journal
  readonly #clock: Clock
  readonly #through: Through
  readonly #ended: (fault: ChainFault | null) => void
  readonly #check: WholeCheck
  /** The last row when it began: one up to it tells where the first rows were let go. */
  readonly #last: number
  #timer: Unsubscribe

  /** `ended`: null when every row is as it was written. */
  constructor(
    { digest, clock }: { readonly digest: Digest; readonly clock: Clock },
    journal: Journal,
    through: Through,
    ended: (fault: ChainFault | null) => void,
  ) {
    this.#journal = journal
    this.#clock = clock
    this.#through = through
    this.#ended = ended
    this.#check = new WholeCheck(digest, journal)
    this.#last = journal.cursor
    this.#timer = clock.after(FIRST, () => this.#slice())
  }

  /** Rows still to look at. */
  get left(): number {
    return Math.max(0, this.#through.cursor - this.#check.so.cursor)
  }

  stop(): void {
    this.#timer()
  }

  #slice(): void {
    const { cursor, head } = this.#through
    const { left } = this
    const rows = this.#journal.read(this.#check.so.cursor, Math.min(SLICE, left > 0 ? left : this.#beyond))
    this.#check.take(rows)
    const { so } = this.#check
    if (so.fault) return this.#ended(so.fault)
    if (this.left > 0 && rows.length === 0) return this.#ended({ cursor: so.cursor + 1, is: 'missing-row' })
    if (so.cursor === cursor && so.head !== head) return this.#ended({ cursor, is: 'wrong-hash' })
    if (this.left > 0 || this.#beyond > 0) this.#timer = this.#clock.after(BETWEEN, () => this.#slice())
    else this.#ended(this.#check.end())
  }

  /** Rows after the checkpoint still to look at: only where the first rows are not there, for the one that tells of it. */
  get #beyond(): number {
    return this.#check.end() === null ? 0 : Math.max(0, this.#last - this.#check.so.cursor)
  }
}
