import { z } from 'zod'
import type { ElectorNumber } from '../../shared/model/ids.ts'
import type { Attendance } from '../../shared/model/records.ts'
import { assertNever } from '../../shared/result.ts'
import {
  Conflict,
  type ConflictKind,
  type ConflictsView,
  type ConflictVersion,
  type Decision,
} from '../../shared/view/conflict.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import type { Clash } from '../outbox/standing.ts'
import type { Unmet } from './outbox.ts'
import { conflictId, type OutboxEntry } from './outbox-entry.ts'
import { aboutOf } from './outbox-item.ts'
import type { Held } from './table.ts'

/** A card, and the rows of the server that its decision may have to touch: `mine` is null where nothing of it is there. */
const Card = z
  .object({ card: Conflict, rows: z.object({ mine: z.number().nullable(), theirs: z.number().nullable() }) })
  .readonly()
export type Card = z.infer<typeof Card>
export const SavedConflicts = z.array(Card)

/** Decided cards shown after the open ones. */
const SHOWN = 200

/** Things that cannot both be so, each until a person has decided it: a fold of what was typed, met, told and decided. */
export class ConflictsFold {
  /** In the order they came up. */
  readonly cards = new Map<string, Card>()
  readonly #open = new Set<string>()
  /** The open card on each elector marked twice by others. */
  readonly #doubles = new Map<ElectorNumber, string>()

  get open(): number {
    return this.#open.size
  }
  find(id: string): Card | null {
    return this.cards.get(id) ?? null
  }

  /** An action of this desk met another's doing. */
  met(entry: OutboxEntry, { kind, theirs, row, fields }: Clash, name: string, { at, cursor }: JournalRecord): string {
    const id = conflictId(entry, cursor)
    this.#add(
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
    return id
  }

  /** The server took an action, and a read shows that it is not so. */
  unmet({ entry, standing }: Unmet, name: string, { at, cursor }: JournalRecord): string {
    const id = conflictId(entry, cursor)
    const held = standing?.held
    this.#add(
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

  /** What is now held of one elector: two marks at two committees are a card, until one of them is gone. */
  marked(elector: ElectorNumber, held: readonly Held<Attendance>[], { at, cursor }: JournalRecord): boolean {
    const marks = held.filter(({ record }) => record.status === 'ATTENDED')
    const first = marks.reduce<Held<Attendance> | undefined>((a, b) => (a && a.cursor <= b.cursor ? a : b), undefined)
    const second = marks.find(({ record }) => first && record.committeeCode !== first.record.committeeCode)
    const known = this.#doubles.get(elector)
    if (!first || !second) return known !== undefined && this.#gone(elector, known)
    if (known !== undefined) return false
    const id = `${cursor}/elector/${elector}`
    this.#doubles.set(elector, id)
    const [mine, theirs] = [markVersion(first), markVersion(second)]
    this.#add(
      {
        ...{
          id,
          kind: 'double-mark',
          about: elector,
          name: second.record.electorName,
          own: false,
          key: null,
          openedAt: at,
        },
        ...{ mine, theirs },
        fields: [
          { field: 'committee', of: null, mine: first.record.committeeCode, theirs: second.record.committeeCode },
        ],
        ...OPEN,
        decisions: decisionsFor('double-mark'),
      },
      { mine: first.record.id, theirs: second.record.id },
    )
    return true
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
    for (const each of [this.cards, this.#open, this.#doubles]) each.clear()
    for (const one of cards) {
      this.cards.set(one.card.id, one)
      if (one.card.state !== 'open') continue
      this.#open.add(one.card.id)
      // The card on an elector marked by others is about exactly that number.
      if (!one.card.own) this.#doubles.set(one.card.about as ElectorNumber, one.card.id)
    }
  }

  #add(card: Conflict, rows: Card['rows']): void {
    this.cards.set(card.id, { card, rows })
    this.#open.add(card.id)
  }
  #gone(elector: ElectorNumber, id: string): boolean {
    this.#doubles.delete(elector)
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

const OPEN: Pick<Conflict, 'state' | 'decided'> = { state: 'open', decided: null }

const versionOf = ({ by, queuedAt, action }: OutboxEntry): ConflictVersion => ({
  ...{ by, at: queuedAt, origin: 'desk', cursor: null },
  committee: 'committee' in action && typeof action.committee === 'string' ? action.committee : null,
})
const markVersion = ({ record, from, cursor }: Held<Attendance>): ConflictVersion => ({
  ...{ by: record.markedBy, at: record.attendedAt, committee: record.committeeCode, origin: from, cursor },
})

function decisionsFor(kind: ConflictKind): Decision[] {
  switch (kind) {
    case 'double-mark':
    case 'guarantee':
    case 'results':
    case 'not-as-done':
      return ['keep-mine', 'keep-theirs']
    case 'count':
      return ['keep-mine', 'keep-theirs', 're-enter']
    default:
      return assertNever(kind)
  }
}
