import { TOPICS } from '../shared/model/change.ts'
import type { DoubtCause } from '../shared/model/trust.ts'
import type { Book } from './book.ts'
import { BehindCheck } from './journal/behind.ts'
import type { ChainFault } from './journal/chain.ts'
import { CHECKPOINT_PACE, CheckpointWriter } from './journal/checkpoint-writer.ts'
import type { JournalEvent } from './journal/event.ts'
import { type Identity, journalName, type Opened, type OpenFault, openBook } from './open-book.ts'
import { type Current, replaceable } from './patch/relay.ts'
import type { Ports } from './ports.ts'
import { readSettings } from './settings.ts'

const MEGABYTE = 1024 * 1024

export type ShelfEvents = {
  opened(book: Book, identity: Identity): void
  /** The disk refuses: what cannot be written is not shown. */
  failed(fault: { readonly is: string; readonly detail: string }): void
  /** No journal could be opened at all; `failed` is told too. */
  notOpened(fault: OpenFault): void
  /** The open journal was found broken and set aside; its successor is open, and everything has to be read. */
  replaced(): void
}
type OnShelf = Opened & {
  readonly identity: Identity
  readonly checkpoints: CheckpointWriter
  readonly behind: BehindCheck | null
}

/**
 * Holds the one open book of a server and replaces it when another election is met, or when its journal is found broken
 * behind the checkpoint it was opened from. It owns the book's checkpoints and that late check. What cannot be written, the
 * book itself says in every topic's trust; here it is logged and told on.
 */
export class Shelf {
  readonly #ports: Ports
  readonly #on: ShelfEvents
  readonly #book = replaceable<Book | null>(null)
  #here: OnShelf | null = null

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
  /** The name of the open journal's file; null: none is open. */
  get name(): string | null {
    return this.#here?.name ?? null
  }
  /** Rows of the open journal that were shown from a checkpoint and are still to be checked. */
  get unchecked(): number {
    return this.#here?.behind?.left ?? 0
  }

  /** The book of this identity, open already or opened now; null when the disk refuses. */
  open(identity: Identity): Book | null {
    const old = this.#here
    if (old && journalName(old.identity) === journalName(identity)) return old.book
    const opened = openBook(this.#ports, identity)
    if (!opened.ok) {
      this.failed(opened.error)
      this.#on.notOpened(opened.error)
      return null
    }
    this.#here = this.#watched(opened.value, identity)
    this.#book.replace(opened.value.book)
    if (old) end(old)
    this.#on.opened(opened.value.book, identity)
    return opened.value.book
  }

  #watched(opened: Opened, identity: Identity): OnShelf {
    const { book, name, through } = opened
    const behind =
      through && new BehindCheck(this.#ports, book.journal, through, (fault) => this.#checked(name, identity, fault))
    const isChecked = () => (behind?.left ?? 0) === 0
    const store = this.#ports.disk.checkpoints(name)
    const checkpoints = new CheckpointWriter(this.#ports, book, store, through, this.#pace(), isChecked)
    return { ...opened, identity, checkpoints, behind }
  }

  /** What is kept was set anew: the open book's next checkpoint goes by it. */
  keepingChanged(): void {
    this.#here?.checkpoints.goBy(this.#pace())
  }

  #pace(): typeof CHECKPOINT_PACE {
    const settings = readSettings(this.#ports.disk)
    if (!settings.ok) return CHECKPOINT_PACE
    const { journalPartMb, journalKeepMb } = settings.value
    return {
      ...CHECKPOINT_PACE,
      ...(journalPartMb !== null && { partBytes: journalPartMb * MEGABYTE }),
      ...(journalKeepMb !== null && { keepBytes: journalKeepMb * MEGABYTE }),
    }
  }

  #checked(name: string, identity: Identity, fault: ChainFault | null): void {
    if (!fault) return this.#ports.log.info('journal checked', { name })
    const detail = `${name}: ${fault.is} at ${fault.cursor}, found after it was shown; it is kept and a new one begun`
    this.failed({ is: 'corrupt', detail })
    // Without checkpoints the next opening reads what is broken, and sets it aside.
    const checkpoints = this.#ports.disk.checkpoints(name)
    const begins = this.#here?.book.journal.begins ?? 1
    for (const cursor of checkpoints.list()) {
      // What rows told that were let go is in this one alone, and the break is behind it.
      if (cursor !== begins || fault.cursor <= begins) checkpoints.remove(cursor)
    }
    this.#here?.checkpoints.abandon()
    this.#here?.book.close()
    this.#here = null
    this.#book.replace(null)
    if (this.open(identity)) this.#on.replaced()
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
    if (this.#here) end(this.#here)
    this.#here = null
    this.#book.replace(null)
  }
}

function end({ book, behind, checkpoints }: OnShelf): void {
  behind?.stop()
  checkpoints.close()
  book.close()
}
