import type { ElectorNumber } from '../../shared/model/ids.ts'
import type { Attendance } from '../../shared/model/records.ts'
import type { ConflictVersion } from '../../shared/view/conflict.ts'
import type { JournalRecord } from '../journal/event.ts'
import { type Card, type Cards, decisionsFor, OPEN } from './conflict-card.ts'
import type { Held } from './table.ts'

/**
 * Electors marked at two committees. Two marks by others are a card, until one of them is gone; a mark typed here that met another's
 * is a card of its own, which is over where others have made it so. It owns which card is about whom.
 */
export class DoubleMarks {
  /** The card on each elector marked twice by others, for as long as they are: open, or decided and not carried out yet. */
  readonly #ofOthers = new Map<ElectorNumber, string>()
  /** Open cards on marks typed here of an elector marked elsewhere. */
  readonly #own = new Map<string, Set<string>>()

  clear(): void {
    this.#ofOthers.clear()
    this.#own.clear()
  }
  load({ card: { id, own, about, state }, rows }: Card): void {
    if (own && state === 'open') this.typed(id, about)
    // The card on an elector marked by others is about exactly that number.
    if (!own && state !== 'gone' && rows.mine !== null) this.#ofOthers.set(about as ElectorNumber, id) // such a card is about a number
  }

  /** A mark typed here met another's: `about` is the number and the committee. */
  typed(id: string, about: string): void {
    const [elector = ''] = about.split(' @ ')
    this.#own.set(elector, (this.#own.get(elector) ?? new Set()).add(id))
  }

  /** What is now held of one elector. True when a card came up, or is over. */
  marked(
    cards: Cards,
    elector: ElectorNumber,
    held: readonly Held<Attendance>[],
    { at, cursor }: JournalRecord,
  ): boolean {
    const isOver = this.#madeSo(cards, elector, held)
    return this.#double(cards, elector, held, { at, cursor }) || isOver
  }

  /** An own card is over where others have made it so. */
  #madeSo(cards: Cards, elector: ElectorNumber, marks: readonly Held<Attendance>[]): boolean {
    let isOver = false
    for (const id of this.#own.get(elector) ?? []) {
      const { mine, theirs } = cards.cards.get(id)?.card ?? {}
      const at = (committee: string | null | undefined, status?: string) =>
        marks.some(({ record }) => record.committeeCode === committee && (status ?? record.status) === record.status)
      if (at(theirs?.committee, 'ATTENDED') || !at(mine?.committee)) continue
      isOver = cards.end(id) || isOver
    }
    return isOver
  }

  #double(
    cards: Cards,
    elector: ElectorNumber,
    held: readonly Held<Attendance>[],
    { at, cursor }: Pick<JournalRecord, 'at' | 'cursor'>,
  ): boolean {
    const marks = held.filter(({ record }) => record.status === 'ATTENDED')
    const first = marks.reduce<Held<Attendance> | undefined>((a, b) => (a && a.cursor <= b.cursor ? a : b), undefined)
    const second = marks.find(({ record }) => first && record.committeeCode !== first.record.committeeCode)
    const known = this.#ofOthers.get(elector)
    if (!first || !second) return known !== undefined && this.#gone(cards, elector, known)
    if (known !== undefined && isOn(cards, known, marks)) return false
    const id = `${cursor}/elector/${elector}`
    this.#ofOthers.set(elector, id)
    const [mine, theirs] = [versionOf(first), versionOf(second)]
    cards.add(
      {
        ...{ id, kind: 'double-mark', about: elector, name: second.record.electorName },
        ...{ own: false, key: null, openedAt: at, mine, theirs },
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

  #gone(cards: Cards, elector: ElectorNumber, id: string): boolean {
    this.#ofOthers.delete(elector)
    const found = cards.cards.get(id)
    // What comes to be twice again is another matter than the one decided.
    if (found?.card.state === 'decided') cards.cards.set(id, { card: found.card, rows: NOTHING_LEFT })
    return cards.end(id)
  }
}

/** The rows of a card whose two marks do not both stand any more. */
const NOTHING_LEFT: Card['rows'] = { mine: null, theirs: null }

/** A decided card is about its two marks, an open one about whichever there are. */
function isOn(cards: Cards, id: string, marks: readonly Held<Attendance>[]): boolean {
  if (cards.isOpen(id)) return true
  const { mine = null, theirs = null } = cards.cards.get(id)?.rows ?? {}
  return [mine, theirs].every((row) => marks.some(({ record }) => record.id === row))
}

const versionOf = ({ record, from, cursor }: Held<Attendance>): ConflictVersion => ({
  ...{ by: record.markedBy, at: record.attendedAt, committee: record.committeeCode, origin: from, cursor },
})
