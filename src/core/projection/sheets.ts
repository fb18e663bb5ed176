import { z } from 'zod'
import { CommandKey, CommitteeId } from '../../shared/model/ids.ts'
import { Results } from '../../shared/model/records.ts'
import { assertNever } from '../../shared/result.ts'
import { differing, type FieldName, SheetFigures } from '../../shared/sheet/sheet.ts'
import {
  CountSettings,
  type Entry,
  Explained,
  NO_COUNT_SETTINGS,
  Remark,
  type SheetRow,
} from '../../shared/sheet/sheet-view.ts'
import type { SheetTurn } from '../count/sheet-turn.ts'
import { committeeLane } from '../outbox/action.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { OutboxFold } from './outbox.ts'
import type { Shift, Table } from './table.ts'

/** One of two blind entries. `turns`: how often it was typed. */
export const Typed = z.object({
  by: z.string(),
  at: z.number(),
  turns: z.number(),
  figures: SheetFigures,
  remarks: z.array(Explained),
})
export type Typed = z.infer<typeof Typed>

const Round = z.object({
  first: Typed.nullable(),
  second: Typed.nullable(),
  remarks: z.array(Remark),
  /** When a sheet of this committee was last sent from here, ms. */
  sentAt: z.number(),
})
type Round = z.infer<typeof Round>
const NOTHING: Round = { first: null, second: null, remarks: [], sentAt: 0 }

/** A warning dealt with here that the server is still to be told of. */
const Owing = z.object({
  ...{ key: CommandKey, committee: CommitteeId, by: z.string(), at: z.number() },
  ...{ code: Remark.shape.code, field: Remark.shape.field, note: z.string() },
})
export type Owing = z.infer<typeof Owing>
export type Said = { readonly remarks: Remark[]; readonly from: 'server' | 'desk' }

export const SavedSheets = z.object({
  rounds: z.array(z.tuple([CommitteeId, Round])),
  settings: CountSettings,
  published: Results.nullable(),
  untold: z.array(Owing),
})

type KnownEntries = Pick<SheetRow, 'first' | 'second' | 'differs' | 'typed'> & {
  readonly from: SheetRow['entriesFrom']
}
const markOf = (entry: Typed | null): Entry | null => entry && { by: entry.by, at: entry.at, turns: entry.turns }

/** Entries of this sheet typed here that the server has not told of yet, oldest first. */
export const typingOf = (outbox: OutboxFold, committee: CommitteeId): readonly OutboxEntry[] =>
  outbox.ofLane(committeeLane(committee)).filter(({ action }) => action.does === 'count.type')
export const isTyping = (outbox: OutboxFold, committee: CommitteeId): boolean => typingOf(outbox, committee).length > 0

/** Which committee's sheet is not what it was; `all`: how this desk counts, or what was published. */
export type SheetChange = CommitteeId | 'all'

/**
 * What this desk knows of how a sheet came about: two blind entries until they agree, what was said to warnings, who dealt
 * with them. The sheets themselves are records like any other. It also keeps the results as they were published: a server that
 * adds up anew replaces them. A part of the projection.
 */
export class SheetsFold {
  readonly #rounds = new Map<CommitteeId, Round>()
  readonly #untold = new Map<CommandKey, Owing>()
  readonly #shared: Table<'sheet'>
  settings: CountSettings = NO_COUNT_SETTINGS
  /** The latest results seen that were published; null: none were. */
  published: Results | null = null
  /** Raised with every change, so that one who did not listen knows that there was one. */
  revision = 0

  constructor(shared: Table<'sheet'>) {
    this.#shared = shared
  }

  apply(turn: SheetTurn, at: number): SheetChange {
    this.revision += 1
    if (turn.does === 'settled') {
      this.settings = { double: turn.double, seats: turn.seats }
      return 'all'
    }
    if (turn.does === 'told') {
      this.#untold.delete(turn.key)
      return turn.committee
    }
    if (turn.does === 'handled' && turn.key !== undefined) {
      const { committee, by, code, field, note, key } = turn
      this.#untold.set(key, { committee, by, code, field, note, key, at })
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

  /**
   * What was said to a sheet's warnings. Where the server keeps that it has the word, but for a sheet sent from here since, and
   * for what was done about a warning here and is still to be told.
   */
  said(committee: CommitteeId): Said {
    const { remarks, sentAt } = this.of(committee)
    const shared = this.#shared.get(committee)
    if (!shared || shared.at < sentAt) return { remarks, from: 'desk' }
    const owing = [...this.#untold.values()].filter((one) => one.committee === committee)
    const asHere = (remark: Remark): Remark => {
      const done = remark.handled === null ? owing.find((one) => isAbout(one, remark)) : undefined
      return done ? { ...remark, handled: { by: done.by, at: done.at, note: done.note } } : remark
    }
    const known = shared.record.remarks.map(asHere)
    return { remarks: [...known, ...onlyHere(known, remarks)], from: 'server' }
  }
  /** Warnings dealt with here that the server, which has their words, is still to be told of; oldest first. */
  untold(): readonly Owing[] {
    return [...this.#untold.values()].filter(({ committee, ...about }) =>
      this.#shared.get(committee)?.record.remarks.some((remark) => isAbout(about, remark)),
    )
  }
  of(committee: CommitteeId): Round {
    return this.#rounds.get(committee) ?? NOTHING
  }
  /** The fields in which the two entries are not the same; empty where there are not two. */
  differs(committee: CommitteeId): readonly FieldName[] {
    const { first, second } = this.of(committee)
    return first && second ? differing(first.figures, second.figures) : []
  }
  /** Two blind entries that wait: begun at this desk alone, else as the server told of them. Who and when, never what. */
  entriesOf(committee: CommitteeId): KnownEntries {
    const { first, second } = this.of(committee)
    const shared = this.#shared.get(committee)?.record.entries
    const typed = shared?.typed ?? null
    if (first === null && shared) return { from: 'server', ...shared }
    return { from: 'desk', first: markOf(first), second: markOf(second), differs: [...this.differs(committee)], typed }
  }
  /** Whether there is anything to be replaced by a new sheet. */
  knows(committee: CommitteeId): boolean {
    return this.#rounds.has(committee) || this.#shared.has(committee)
  }

  /** What no server has: entries that wait for a second one, and how this desk counts, to be told to a journal that follows. */
  waiting(): readonly SheetTurn[] {
    const typed = [...this.#rounds].flatMap(([committee, { first, second }]) =>
      [first, second].flatMap((entry): SheetTurn[] =>
        entry ? [{ does: 'typed', committee, by: entry.by, figures: entry.figures, remarks: entry.remarks }] : [],
      ),
    )
    const owing = [...this.#untold.values()].map(({ at: _, ...one }): SheetTurn => ({ does: 'handled', ...one }))
    const all = [...typed, ...owing]
    return this.settings === NO_COUNT_SETTINGS ? all : [{ does: 'settled', by: '', ...this.settings }, ...all]
  }

  save(): z.infer<typeof SavedSheets> {
    const { settings, published } = this
    return { rounds: [...this.#rounds], settings, published, untold: [...this.#untold.values()] }
  }
  load({ rounds, settings, published, untold }: z.infer<typeof SavedSheets>): void {
    this.#rounds.clear()
    this.#untold.clear()
    for (const one of untold) this.#untold.set(one.key, one)
    for (const [committee, round] of rounds) this.#rounds.set(committee, round)
    Object.assign(this, { settings, published })
    this.revision += 1
  }
}

function after(round: Round, turn: Exclude<SheetTurn, { does: 'settled' | 'told' }>, at: number): Round {
  const { by } = turn
  switch (turn.does) {
    case 'entered':
      return { first: null, second: null, remarks: kept(turn.remarks, by, at), sentAt: at }
    case 'typed':
      return typed(round, { by, at, figures: turn.figures, remarks: [...turn.remarks] })
    case 'agreed':
    case 'resolved':
      return { first: null, second: null, remarks: said(round), sentAt: at }
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

const isAbout = (one: Pick<Remark, 'code' | 'field'>, other: Pick<Remark, 'code' | 'field'>): boolean =>
  one.code === other.code && one.field === other.field

/**
 * Of two people who typed a sheet here the server has the words of who sent it. The other's stay with it at this desk, as long as
 * it is that very sheet; what was done about a warning was done about both.
 */
function onlyHere(known: readonly Remark[], here: readonly Remark[]): Remark[] {
  const isSame = (one: Remark, other: Remark) =>
    isAbout(one, other) && one.n === other.n && one.by === other.by && one.words === other.words
  if (known.length === 0 || !known.every((one) => here.some((other) => isSame(one, other)))) return []
  return here
    .filter((one) => !known.some((other) => isSame(one, other)))
    .map((one) => ({ ...one, handled: one.handled ?? known.find((other) => isAbout(one, other))?.handled ?? null }))
}

const kept = (remarks: readonly Explained[], by: string, at: number): Remark[] =>
  remarks.map((remark) => ({ ...remark, by, at, handled: null }))

/** What both said, the first one's words first. */
const said = ({ first, second }: Round): Remark[] =>
  [first, second].flatMap((entry) => (entry ? kept(entry.remarks, entry.by, entry.at) : []))
