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
import { type CountShift, type CountTold, OthersCounts } from './others-counts.ts'
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
  /** The card on each elector marked twice by others, for as long as they are: open, or decided and not carried out yet. */
  readonly #doubles = new Map<ElectorNumber, string>()
  /** Open cards on marks typed here of an elector marked elsewhere; and on counts that two others entered. */
  readonly #own = new Map<string, Set<string>>()
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
    if (kind === 'double-mark') this.#watch(id, aboutOf(entry.action))
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

  /** What is now held of one elector: an own card is over where others have made it so. */
  #madeSo(elector: ElectorNumber, marks: readonly Held<Attendance>[]): boolean {
    let isOver = false
    for (const id of this.#own.get(elector) ?? []) {
      const { mine, theirs } = this.cards.get(id)?.card ?? {}
      const at = (committee: string | null | undefined, status?: string) =>
        marks.some(({ record }) => record.committeeCode === committee && (status ?? record.status) === record.status)
      if (at(theirs?.committee, 'ATTENDED') || !at(mine?.committee)) continue
      isOver = this.end(id) || isOver
    }
    return isOver
  }

  /** What is now held of one elector: two marks at two committees are a card, until one of them is gone. */
  marked(elector: ElectorNumber, held: readonly Held<Attendance>[], { at, cursor }: JournalRecord): boolean {
    const isOver = this.#madeSo(elector, held)
    return this.#double(elector, held, { at, cursor }) || isOver
  }
  #double(
    elector: ElectorNumber,
    held: readonly Held<Attendance>[],
    { at, cursor }: Pick<JournalRecord, 'at' | 'cursor'>,
  ): boolean {
    const marks = held.filter(({ record }) => record.status === 'ATTENDED')
    const first = marks.reduce<Held<Attendance> | undefined>((a, b) => (a && a.cursor <= b.cursor ? a : b), undefined)
    const second = marks.find(({ record }) => first && record.committeeCode !== first.record.committeeCode)
    const known = this.#doubles.get(elector)
    if (!first || !second) return known !== undefined && this.#gone(elector, known)
    if (known !== undefined && this.#isOn(known, marks)) return false
    const id = `${cursor}/elector/${elector}`
    this.#doubles.set(elector, id)
    const [mine, theirs] = [markVersion(first), markVersion(second)]
    this.add(
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
    for (const each of [this.cards, this.#open, this.#doubles, this.#own, this.#counts]) each.clear()
    for (const one of cards) {
      this.cards.set(one.card.id, one)
      const { id, own, kind, about, state } = one.card
      if (state === 'open') this.#open.add(id)
      // The card on an elector marked by others is about exactly that number.
      if (!own && kind === 'double-mark' && state !== 'gone' && one.rows.mine !== null)
        this.#doubles.set(about as ElectorNumber, id) // such a card is about a number
      if (state !== 'open' || (!own && kind === 'double-mark')) continue
      if (!own) this.#counts.load(one.card)
      else if (kind === 'double-mark') this.#watch(id, about)
    }
  }

  add(card: Conflict, rows: Card['rows']): void {
    this.cards.set(card.id, { card, rows })
    this.#open.add(card.id)
  }
  /** An elector's own card: `about` is the number and the committee. */
  #watch(id: string, about: string): void {
    const [elector = ''] = about.split(' @ ')
    this.#own.set(elector, (this.#own.get(elector) ?? new Set()).add(id))
  }
  #gone(elector: ElectorNumber, id: string): boolean {
    this.#doubles.delete(elector)
    const found = this.cards.get(id)
    // What comes to be twice again is another matter than the one decided.
    if (found?.card.state === 'decided') this.cards.set(id, { card: found.card, rows: NOTHING_LEFT })
    return this.end(id)
  }
  /** A decided card is about its two marks, an open one about whichever there are. */
  #isOn(id: string, marks: readonly Held<Attendance>[]): boolean {
    if (this.#open.has(id)) return true
    const { mine = null, theirs = null } = this.cards.get(id)?.rows ?? {}
    return [mine, theirs].every((row) => marks.some(({ record }) => record.id === row))
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

/** The rows of a card whose two marks do not both stand any more. */
const NOTHING_LEFT: Card['rows'] = { mine: null, theirs: null }

export const OPEN: Pick<Conflict, 'state' | 'decided'> = { state: 'open', decided: null }

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
