import type { CommandKey } from '../shared/model/ids.ts'
import type { Unsubscribe } from '../shared/port.ts'
import type { Shared } from '../shared/view/sharing.ts'
import type { User } from '../shared/view/session.ts'
import type { Book } from './book.ts'
import type { Clock } from './ports.ts'
import type { Sharing, Told } from './sharing.ts'

/** What the server did not answer is told again after this, ms; a link that comes back asks at once. */
const AGAIN_AFTER = 15_000

/** One thing the server is to be told, under the key it was written with. */
export type Owed = {
  readonly key: CommandKey
  readonly path: string
  readonly body: object
  /** It need not be told any more. */
  readonly over?: boolean
  /** Writes down what the server said. False: the disk refuses; it is told again under the same key. */
  readonly note: (told: Exclude<Told, { is: 'unreachable' }>) => boolean
}

/** What is owed of one kind of thing desks share, as the journal has it: the oldest of this person's, or null. */
export type Ledger = { readonly ability: Shared; readonly next: (book: Book, by: string) => Owed | null }

export type TellerParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly sharing: Sharing
  readonly ledgers: readonly Ledger[]
}
const OVER: Told = { is: 'refused', status: 0, message: '', errors: null }

/**
 * Tells the server what was done here while it could not be asked: in order, each under its own key, only in the name of who did
 * it. It owns one pass at a time and the wait before the next; what is left to tell is in the journal.
 */
export class Teller {
  readonly #parts: TellerParts
  #pass: Promise<void> | null = null
  #again: Unsubscribe = () => {}

  constructor(parts: TellerParts) {
    this.#parts = parts
  }

  /** Resolves once everything was told that can be told now. */
  async look(): Promise<void> {
    // What was written while a pass was under way may have come too late for it.
    while (this.#pass) await this.#pass
    this.#pass = this.#tellAll()
    await this.#pass
    this.#pass = null
  }

  stop(): void {
    this.#again()
  }

  async #tellAll(): Promise<void> {
    this.#again()
    for (const ledger of this.#parts.ledgers) if (!(await this.#tellOf(ledger))) return
  }

  /** False: it is tried again later. */
  async #tellOf({ ability, next }: Ledger): Promise<boolean> {
    const { sharing, clock } = this.#parts
    for (;;) {
      const [book, user] = [this.#parts.book(), this.#parts.user()]
      if (!book || !user || sharing.of(ability) !== 'shared') return true
      const owed = next(book, user.email)
      if (!owed) return true
      const told = owed.over ? OVER : await sharing.tell(owed.path, owed.body, owed.key)
      if (this.#parts.book() !== book) return false
      if (told.is !== 'unreachable' && owed.note(told)) continue
      this.#again = clock.after(AGAIN_AFTER, () => void this.look())
      return false
    }
  }
}
