import type { CommandKey } from '../shared/model/ids.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Decision } from '../shared/view/conflict.ts'
import type { UndoBar } from '../shared/view/outbox.ts'
import type { User } from '../shared/view/session.ts'
import type { Book } from './book.ts'
import { SheetActs } from './count/sheet-acts.ts'
import { actionsFor } from './outbox/decide.ts'
import type { JournalEvent } from './journal/event.ts'
import type { Outbox } from './outbox/outbox.ts'
import { isNews } from './projection/outbox-news.ts'
import { undoingOf } from './outbox/undo.ts'
import { type Draft, draftOf, type Wish, type WishFault } from './outbox/wish.ts'
import type { DiskFault } from './ports.ts'
import type { Sharing } from './sharing.ts'

export type ActFault = WishFault | 'not-saved' | 'not-open'

export type ActsParts = {
  readonly book: () => Book | null
  readonly outbox: Outbox
  readonly user: () => User | null
  readonly failed: (fault: DiskFault) => void
  /** What desks share goes by this. */
  readonly sharing: Sharing
  /** Tells the server what it was not told yet, as far as that can be done now. */
  readonly tell: () => Promise<void>
  readonly newKey: () => CommandKey
}

/** What a person at this desk does, undoes and decides: checked, written with what they saw, and given to the outbox. */
export class Acts {
  readonly #parts: ActsParts
  /** What people do with count sheets before and beside that. */
  readonly sheets: SheetActs

  constructor(parts: ActsParts) {
    this.#parts = parts
    this.sheets = new SheetActs({ ...parts, acts: this })
  }

  /** Saves what an operator did; it is on disk when this answers. `beside`: what has to be written in the same breath. */
  act(
    wish: Wish,
    beside: (key: CommandKey, by: string) => readonly JournalEvent[] = () => [],
  ): Result<CommandKey, ActFault> {
    const drafts = this.#drafts([wish])
    if (!drafts.ok) return drafts
    const [draft] = drafts.value
    const rows = ([key]: readonly CommandKey[]) => (key && draft ? beside(key, draft.by) : [])
    const keys = this.#saved(this.#parts.outbox.queue(drafts.value, rows))
    if (!keys.ok) return keys
    const [key] = keys.value
    return key === undefined ? err('not-open') : ok(key)
  }

  /** Null: it was taken back before it was sent. */
  undo(key: CommandKey, why: string): Result<CommandKey | null, 'unknown' | UndoBar | ActFault> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!book) return err('not-open')
    if (!user) return err('not-allowed')
    const entry = book.projection.outbox.find(key)
    if (!entry) return err('unknown')
    const undoing = undoingOf(entry, user.email, book.projection.desk)
    if (!undoing.ok) return undoing
    if (undoing.value.is === 'reverse') return this.act({ action: undoing.value.action, why, undoes: key })
    const withdrawn = this.#saved(this.#parts.outbox.withdraw(key, why))
    if (!withdrawn.ok) return withdrawn
    return withdrawn.value ? ok(null) : err('under-way')
  }

  /** Writes down who read that these came to nothing; what is no news is left out. */
  look(keys: readonly CommandKey[]): Result<null, 'not-open' | 'not-allowed' | 'not-saved'> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!book) return err('not-open')
    if (!user) return err('not-allowed')
    const news = keys.filter((key) => {
      const entry = book.projection.outbox.find(key)
      return entry !== null && isNews(entry)
    })
    if (news.length === 0) return ok(null)
    const written = this.#saved(book.commit([{ is: 'looked-at', keys: news, by: user.email }], 'power'))
    return written.ok ? ok(null) : written
  }

  /** Decides a card and gives what it takes to the outbox, in one write. */
  decide(
    id: string,
    decision: Decision,
    reason: string,
  ): Result<readonly CommandKey[], 'unknown' | 'decided-already' | 'not-a-choice' | ActFault> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!book) return err('not-open')
    if (!user) return err('not-allowed')
    const { conflicts, outbox, desk } = book.projection
    const found = conflicts.find(id)
    if (!found) return err('unknown')
    if (found.card.state !== 'open') return err('decided-already')
    if (!found.card.decisions.includes(decision)) return err('not-a-choice')
    const entry = found.card.key === null ? null : outbox.find(found.card.key)
    const wishes = actionsFor(found, decision, entry, desk).map((action): Wish => ({ action, why: reason }))
    const drafts = this.#drafts(wishes, true)
    if (!drafts.ok) return drafts
    const by = user.email
    return this.#saved(
      this.#parts.outbox.queue(drafts.value, (keys) => [{ is: 'decided', id, decision, reason, by, keys }]),
    )
  }

  #drafts(wishes: readonly Wish[], known = false): Result<readonly Draft[], ActFault> {
    const book = this.#parts.book()
    const drafts: Draft[] = []
    for (const wish of wishes) {
      const draft = book ? draftOf(wish, this.#parts.user(), book.projection, known) : this.#notOpen()
      if (!draft.ok) return draft
      drafts.push(draft.value)
    }
    return ok(drafts)
  }
  /** Who may not act at all is told that first. */
  #notOpen(): Result<Draft, ActFault> {
    return err(this.#parts.user() ? 'not-open' : 'not-allowed')
  }

  #saved<T>(written: Result<T, DiskFault | { readonly is: 'not-open' }>): Result<T, 'not-saved' | 'not-open'> {
    if (written.ok) return written
    if (written.error.is === 'not-open') return err('not-open')
    this.#parts.failed(written.error)
    return err('not-saved')
  }
}
