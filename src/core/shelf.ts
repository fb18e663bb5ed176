import { TOPICS } from '../shared/model/change.ts'
import type { DoubtCause } from '../shared/model/trust.ts'
import type { Book } from './book.ts'
import type { JournalEvent } from './journal/event.ts'
import { type Identity, journalName, type OpenFault, openBook } from './open-book.ts'
import { type Current, replaceable } from './patch/relay.ts'
import type { Ports } from './ports.ts'

export type ShelfEvents = {
  opened(book: Book, identity: Identity): void
  /** The disk refuses: what cannot be written is not shown. */
  failed(fault: { readonly is: string; readonly detail: string }): void
  /** No journal could be opened at all; `failed` is told too. */
  notOpened(fault: OpenFault): void
}

/**
 * Holds the one open book of a server and replaces it when another election is met. What cannot be written, the book itself
 * says in every topic's trust; here it is logged and told on.
 */
export class Shelf {
  readonly #ports: Ports
  readonly #on: ShelfEvents
  readonly #book = replaceable<Book | null>(null)

  constructor(ports: Ports, on: ShelfEvents) {
    this.#ports = ports
    this.#on = on
  }

  get current(): Current<Book | null> {
    return this.#book
  }
  now(): Book | null {
    return this.#book.now()
  }

  /** The book of this identity, open already or opened now; null when the disk refuses. */
  open(identity: Identity): Book | null {
    const old = this.#book.now()
    const is = old?.projection.identity
    if (old && is && journalName(is) === journalName(identity)) return old
    const opened = openBook(this.#ports, identity)
    if (!opened.ok) {
      this.failed(opened.error)
      this.#on.notOpened(opened.error)
      return null
    }
    this.#book.replace(opened.value)
    old?.close()
    this.#on.opened(opened.value, identity)
    return opened.value
  }

  note(events: readonly JournalEvent[]): void {
    const written = this.now()?.commit(events)
    if (written && !written.ok) this.failed(written.error)
  }

  /** All topics may be wrong since `since`, ms. */
  doubt(because: DoubtCause, since: number): void {
    this.note([{ is: 'doubted', topics: TOPICS, since, because }])
  }

  failed(fault: { readonly is: string; readonly detail: string }): void {
    this.#ports.log.error('journal not written', { is: fault.is, detail: fault.detail })
    this.#on.failed(fault)
  }

  close(): void {
    this.now()?.close()
    this.#book.replace(null)
  }
}
