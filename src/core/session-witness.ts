import type { Session } from './session/session.ts'
import type { Shelf } from './shelf.ts'

/**
 * Writes down who works at this desk: in each journal, from when to when somebody was signed in. It owns what was written
 * last in the open journal and changes nothing on the session.
 */
export class SessionWitness {
  readonly #shelf: Shelf
  readonly #session: Session
  #told: string | null = null

  constructor(shelf: Shelf, session: Session) {
    this.#shelf = shelf
    this.#session = session
  }

  /** Another journal is open: it does not know yet who is here. */
  opened(): void {
    this.#told = null
    this.changed()
  }

  changed(): void {
    if (this.#shelf.now() === null || this.#session.state() === 'signing-in') return
    const by = this.#session.user()?.email ?? null
    if (by === this.#told) return
    if (this.#told !== null) this.#shelf.note([{ is: 'operator', did: 'signed-out', by: this.#told }])
    if (by !== null) this.#shelf.note([{ is: 'operator', did: 'signed-in', by }])
    this.#told = by
  }
}
