import type { CandidateId, CommitteeId } from '../../shared/model/ids.ts'
import type { VoteCount } from '../../shared/model/records.ts'
import type { Conflict, ConflictField, ConflictVersion } from '../../shared/view/conflict.ts'
import type { JournalRecord } from '../journal/event.ts'
import type { Cards } from './conflict-card.ts'
import type { Held, Shift } from './table.ts'

export type CountShift = Extract<Shift, { kind: 'count' }>
/** Beside a count that is not what it was: its names, whether one of its two figures was typed here, and the row that told it. */
export type CountTold = {
  readonly committee: string
  readonly candidate: string
  readonly isOurs: boolean
  readonly record: Pick<JournalRecord, 'at' | 'cursor'>
}
/**
 * The open card on each committee's figures that one person entered and another entered otherwise, neither of them here. It is over
 * where the figures are the first one's again, or where somebody verified what stands.
 */
export class OthersCounts {
  readonly #open = new Map<CommitteeId, string>()

  clear(): void {
    this.#open.clear()
  }
  load({ id, about }: Conflict): void {
    this.#open.set(Number(about.slice(1)) as CommitteeId, id) // the card on a committee's counts is about its id
  }

  /** True when a card came up, says more, or is over. */
  counted(cards: Cards, { before, after }: CountShift, told: CountTold): boolean {
    if (!before || !after) return false
    const { committee } = after.record
    const known = this.#open.get(committee)
    const id = known !== undefined && cards.isOpen(known) ? known : undefined
    if (id !== undefined && after.record.verified) return this.#end(cards, committee, id)
    if (before.record.votes === after.record.votes) return false
    const said = (id === undefined ? undefined : cards.cards.get(id)?.card.fields) ?? []
    const first = said.find((field) => isOf(field, after.record.candidate, told.candidate))
    const mine = first?.mine ?? String(before.record.votes)
    const rest = said.filter((field) => field !== first)
    const { candidate } = after.record
    const field = { field: 'votes', of: told.candidate, mine, theirs: String(after.record.votes), candidate } as const // one of the fields of a card
    const fields = mine === field.theirs ? rest : [...rest, field]
    if (id === undefined)
      return isByTwo(before, after) && !told.isOurs && this.#begin(cards, { before, after }, told, field)
    if (fields.length === 0) return this.#end(cards, committee, id)
    cards.change(id, { fields, theirs: versionOf(after) })
    return true
  }

  #begin(
    cards: Cards,
    { before, after }: { readonly before: Held<VoteCount>; readonly after: Held<VoteCount> },
    { committee: name, record: { at, cursor } }: CountTold,
    field: ConflictField,
  ): boolean {
    const { committee } = after.record
    const id = `${cursor}/count/${committee}`
    this.#open.set(committee, id)
    cards.add(
      {
        ...{ id, kind: 'count', about: `#${committee}`, name, own: false, key: null, openedAt: at },
        ...{ mine: versionOf(before), theirs: versionOf(after), fields: [field] },
        // The first figures are not whole here: what stands is kept, or the paper is read again.
        ...{ state: 'open', decided: null, decisions: ['keep-theirs', 're-enter'] },
      },
      { mine: null, theirs: null },
    )
    return true
  }
  #end(cards: Cards, committee: CommitteeId, id: string): boolean {
    this.#open.delete(committee)
    return cards.end(id)
  }
}

/** A card of a checkpoint from before candidates were told apart by their ids goes by the name. */
const isOf = (field: ConflictField, id: CandidateId, name: string): boolean =>
  field.candidate === undefined ? field.of === name : field.candidate === id

const isByTwo = (before: Held<VoteCount>, after: Held<VoteCount>): boolean =>
  before.record.enteredBy !== null &&
  after.record.enteredBy !== null &&
  before.record.enteredBy !== after.record.enteredBy

const versionOf = ({ record, from, cursor }: Held<VoteCount>): ConflictVersion => ({
  ...{ by: record.enteredBy, at: record.updatedAt, committee: null, origin: from, cursor },
})
