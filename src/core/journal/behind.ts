import type { Unsubscribe } from '../../shared/port.ts'
import type { Clock, Digest } from '../ports.ts'
import { type ChainFault, checkChain, UNCHECKED } from './chain.ts'
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
  readonly #digest: Digest
  readonly #clock: Clock
  readonly #through: Through
  readonly #ended: (fault: ChainFault | null) => void
  #check = UNCHECKED
  #timer: Unsubscribe

  /** `ended`: null when every row is as it was written. */
  constructor(
    { digest, clock }: { readonly digest: Digest; readonly clock: Clock },
    journal: Journal,
    through: Through,
    ended: (fault: ChainFault | null) => void,
  ) {
    this.#journal = journal
    this.#digest = digest
    this.#clock = clock
    this.#through = through
    this.#ended = ended
    this.#timer = clock.after(FIRST, () => this.#slice())
  }

  /** Rows still to look at. */
  get left(): number {
    return this.#through.cursor - this.#check.cursor
  }

  stop(): void {
    this.#timer()
  }

  #slice(): void {
    const { cursor, head } = this.#through
    const rows = this.#journal.read(this.#check.cursor, Math.min(SLICE, this.left))
    this.#check = checkChain(this.#digest, this.#check, rows)
    const { fault } = this.#check
    if (fault) return this.#ended(fault)
    if (this.left > 0 && rows.length === 0) return this.#ended({ cursor: this.#check.cursor + 1, is: 'missing-row' })
    if (this.left > 0) this.#timer = this.#clock.after(BETWEEN, () => this.#slice())
    else this.#ended(this.#check.head === head ? null : { cursor, is: 'wrong-hash' })
  }
}
