import { z } from 'zod'
import { CommitteeId } from '../../shared/model/ids.ts'
import { Results } from '../../shared/model/records.ts'
import { assertNever } from '../../shared/result.ts'
import { differing, type FieldName, SheetFigures } from '../../shared/sheet/sheet.ts'
import { CountSettings, Explained, NO_COUNT_SETTINGS, Remark } from '../../shared/sheet/sheet-view.ts'
import type { SheetTurn } from '../count/sheet-turn.ts'
import type { Shift } from './table.ts'

/** One of two blind entries. `turns`: how often it was typed. */
export const Typed = z.object({
  by: z.string(),
  at: z.number(),
  turns: z.number(),
  figures: SheetFigures,
  remarks: z.array(Explained),
})
export type Typed = z.infer<typeof Typed>

const Round = z.object({ first: Typed.nullable(), second: Typed.nullable(), remarks: z.array(Remark) })
type Round = z.infer<typeof Round>
const NOTHING: Round = { first: null, second: null, remarks: [] }

export const SavedSheets = z.object({
  rounds: z.array(z.tuple([CommitteeId, Round])),
  settings: CountSettings,
  published: Results.nullable(),
})

/** Which committee's sheet is not what it was; `all`: how this desk counts, or what was published. */
export type SheetChange = CommitteeId | 'all'

/**
 * What this desk knows of how a sheet came about: two blind entries until they agree, what was said to warnings, who dealt
 * with them. The sheets themselves are records like any other. It also keeps the results as they were published: a server that
 * adds up anew replaces them. A part of the projection.
 */
export class SheetsFold {
  readonly #rounds = new Map<CommitteeId, Round>()
  settings: CountSettings = NO_COUNT_SETTINGS
  /** The latest results seen that were published; null: none were. */
  published: Results | null = null
  /** Raised with every change, so that one who did not listen knows that there was one. */
  revision = 0

  apply(turn: SheetTurn, at: number): SheetChange {
    this.revision += 1
    if (turn.does === 'settled') {
      this.settings = { double: turn.double, seats: turn.seats }
      return 'all'
    }
    this.#rounds.set(turn.committee, after(this.of(turn.committee), turn, at))
    return turn.committee
  }

  /** True where published results are not what they were. */
  shifted(shift: Shift): boolean {
    if (shift.kind !== 'results' || shift.after?.record.status !== 'PUBLISHED') return false
    this.published = shift.after.record
    this.revision += 1
    return true
  }

  of(committee: CommitteeId): Round {
    return this.#rounds.get(committee) ?? NOTHING
  }
  /** The fields in which the two entries are not the same; empty where there are not two. */
  differs(committee: CommitteeId): readonly FieldName[] {
    const { first, second } = this.of(committee)
    return first && second ? differing(first.figures, second.figures) : []
  }
  /** Whether there is anything to be replaced by a new sheet. */
  knows(committee: CommitteeId): boolean {
    return this.#rounds.has(committee)
  }

  /** What no server has: entries that wait for a second one, and how this desk counts, to be told to a journal that follows. */
  waiting(): readonly SheetTurn[] {
    const typed = [...this.#rounds].flatMap(([committee, { first, second }]) =>
      [first, second].flatMap((entry): SheetTurn[] =>
        entry ? [{ does: 'typed', committee, by: entry.by, figures: entry.figures, remarks: entry.remarks }] : [],
      ),
    )
    return this.settings === NO_COUNT_SETTINGS ? typed : [{ does: 'settled', by: '', ...this.settings }, ...typed]
  }

  save(): z.infer<typeof SavedSheets> {
    const { settings, published } = this
    return { rounds: [...this.#rounds], settings, published }
  }
  load({ rounds, settings, published }: z.infer<typeof SavedSheets>): void {
    this.#rounds.clear()
    for (const [committee, round] of rounds) this.#rounds.set(committee, round)
    Object.assign(this, { settings, published })
    this.revision += 1
  }
}

function after(round: Round, turn: Exclude<SheetTurn, { does: 'settled' }>, at: number): Round {
  const { by } = turn
  switch (turn.does) {
    case 'entered':
      return { first: null, second: null, remarks: kept(turn.remarks, by, at) }
    case 'typed':
      return typed(round, { by, at, figures: turn.figures, remarks: [...turn.remarks] })
    case 'agreed':
    case 'resolved':
      return { first: null, second: null, remarks: said(round) }
    case 'dropped':
      return { ...round, first: null, second: null }
    case 'handled': {
      const handled = { by, at, note: turn.note }
      const isIt = (remark: Remark) => remark.code === turn.code && remark.field === turn.field
      return { ...round, remarks: round.remarks.map((each) => (isIt(each) ? { ...each, handled } : each)) }
    }
    default:
      return assertNever(turn)
  }
}

/** Whoever types the first entry anew before there is a second has not corrected anything yet. */
function typed(round: Round, entry: Omit<Typed, 'turns'>): Round {
  const { first, second } = round
  if (first === null || first.by === entry.by)
    return { ...round, first: { ...entry, turns: second ? (first?.turns ?? 0) + 1 : 1 } }
  return { ...round, second: { ...entry, turns: (second?.turns ?? 0) + 1 } }
}

const kept = (remarks: readonly Explained[], by: string, at: number): Remark[] =>
  remarks.map((remark) => ({ ...remark, by, at, handled: null }))

/** What both said, the first one's words first. */
const said = ({ first, second }: Round): Remark[] =>
  [first, second].flatMap((entry) => (entry ? kept(entry.remarks, entry.by, entry.at) : []))
