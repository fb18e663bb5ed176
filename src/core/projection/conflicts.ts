import { z } from 'zod'
import type { ElectorNumber } from '../../shared/model/ids.ts'
import type { Attendance } from '../../shared/model/records.ts'
import type { Conflict, ConflictsView, ConflictVersion } from '../../shared/view/conflict.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import type { Clash } from '../outbox/standing.ts'
import { Card, type Cards, decisionsFor, OPEN } from './conflict-card.ts'
import { DoubleMarks } from './double-marks.ts'
import type { Unmet } from './outbox.ts'
import { conflictId, type OutboxEntry } from './outbox-entry.ts'
import { aboutOf } from './outbox-item.ts'
import { type CountShift, type CountTold, OthersCounts } from './others-counts.ts'
import type { Held } from './table.ts'

export const SavedConflicts = z.array(Card)

/** Decided cards shown after the open ones. */
const SHOWN = 200

/** Things that cannot both be so, each until a person has decided it: a fold of what was typed, met, told and decided. */
export class ConflictsFold implements Cards {
  /** In the order they came up. */
  readonly cards = new Map<string, Card>()
  readonly #open = new Set<string>()
  readonly #doubles = new DoubleMarks()
  readonly #counts = new OthersCounts()

  get open(): number {
    return this.#open.size
  }
  find(id: string): Card | null {
    return this.cards.get(id) ?? null
  }

  /** An action of this desk met another's doing. */
  met(entry: OutboxEntry, { kind, theirs, row, fields }: Clash, name: string, { at, cursor }: JournalRecord): string {
    const id = conflictId(entry, cursor)
    this.add(
      {
        ...{ id, kind, about: aboutOf(entry.action), name, own: true, key: entry.key, openedAt: at },
        mine: versionOf(entry),
        theirs: { ...theirs, cursor: null },
        fields: [...fields],
        ...OPEN,
        decisions: decisionsFor(kind),
      },
      { mine: entry.row, theirs: row },
    )
    if (kind === 'double-mark') this.#doubles.typed(id, aboutOf(entry.action))
    return id
  }

  /** The server took an action, and a read shows that it is not so. */
  unmet({ entry, standing }: Unmet, name: string, { at, cursor }: JournalRecord): string {
    const id = conflictId(entry, cursor)
    const held = standing?.held
    this.add(
      {
        ...{ id, kind: 'not-as-done', about: aboutOf(entry.action), name, own: true, key: entry.key, openedAt: at },
        mine: versionOf(entry),
        theirs: {
          by: null,
          at: null,
          committee: null,
          origin: held?.from ?? 'snapshot',
          cursor: held?.cursor ?? cursor,
        },
        fields: standing === null ? [{ field: 'record', of: null, mine: '+', theirs: '-' }] : [],
        ...OPEN,
        decisions: decisionsFor('not-as-done'),
      },
      { mine: entry.row, theirs: null },
    )
    return id
  }

  /** What is now held of one elector. */
  marked(elector: ElectorNumber, held: readonly Held<Attendance>[], record: JournalRecord): boolean {
    return this.#doubles.marked(this, elector, held, record)
  }

  /** A count is not what it was. */
  counted(shift: CountShift, told: CountTold): boolean {
    return this.#counts.counted(this, shift, told)
  }

  decided({ id, decision, reason, by, keys }: Extract<JournalEvent, { is: 'decided' }>, at: number): boolean {
    const found = this.cards.get(id)
    if (!found || !this.#open.has(id)) return false
    const decided = { decision, reason, by, at, keys: [...keys] }
    this.#close(found, { state: 'decided', decided })
    return true
  }

  /** Open ones, oldest first; then the latest decided. */
  view(): ConflictsView {
    const open = [...this.#open].slice(0, SHOWN).flatMap((id) => this.cards.get(id)?.card ?? [])
    const ended: Conflict[] = []
    const all = [...this.cards.values()]
    for (let index = all.length - 1; index >= 0 && open.length + ended.length < SHOWN; index--) {
      const card = all[index]?.card
      if (card && card.state !== 'open') ended.push(card)
    }
    return { open: this.#open.size, cards: [...open, ...ended] }
  }

  save(): Card[] {
    return [...this.cards.values()]
  }
  load(cards: readonly Card[]): void {
    for (const each of [this.cards, this.#open, this.#doubles, this.#counts]) each.clear()
    for (const one of cards) {
      this.cards.set(one.card.id, one)
      const { id, own, kind, state } = one.card
      if (state === 'open') this.#open.add(id)
      if (kind === 'double-mark') this.#doubles.load(one)
      else if (state === 'open' && !own) this.#counts.load(one.card)
    }
  }

  add(card: Conflict, rows: Card['rows']): void {
    this.cards.set(card.id, { card, rows })
    this.#open.add(card.id)
  }
  /** What an open card says from here on. */
  change(id: string, change: Partial<Conflict>): void {
    const found = this.cards.get(id)
    if (found) this.cards.set(id, { ...found, card: { ...found.card, ...change } })
  }
  isOpen(id: string): boolean {
    return this.#open.has(id)
  }
  /** It is over without anybody's decision here. */
  end(id: string): boolean {
    const found = this.cards.get(id)
    if (!found || !this.#open.has(id)) return false
    this.#close(found, { state: 'gone' })
    return true
  }
  #close({ card, rows }: Card, change: Partial<Conflict>): void {
    this.#open.delete(card.id)
    this.cards.set(card.id, { card: { ...card, ...change, decisions: [] }, rows })
  }
}

const versionOf = ({ by, queuedAt, action }: OutboxEntry): ConflictVersion => ({
  ...{ by, at: queuedAt, origin: 'desk', cursor: null },
  committee: 'committee' in action && typeof action.committee === 'string' ? action.committee : null,
})
