import type { Kind } from '../../shared/model/change.ts'
import type { AttendanceId, CommandKey, ElectorNumber, GuaranteeId } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import { committeeLane, electorLane, guaranteeLane, promiseLane, RESULTS_LANE } from '../outbox/action.ts'
import type { Holdings } from '../outbox/standing.ts'
import { ByElector } from './by-elector.ts'
import { ConflictsFold } from './conflicts.ts'
import { OutboxFold } from './outbox.ts'
import type { CountShift, CountTold } from './others-counts.ts'
import type { OutboxEntry } from './outbox-entry.ts'
import type { Shift, Table, Tables } from './table.ts'

type Of<Is extends JournalEvent['is']> = Extract<JournalEvent, { is: Is }>
/** Which actions are not what they were, and whether a card came, went or was decided. */
export type DeskChange = { readonly keys: readonly CommandKey[]; readonly cards: boolean }

/**
 * What was typed at this desk beside what the server tells: whether an action was seen back, and what speaks against it or
 * against itself. A part of the projection: it finds records by their elector and looks at nothing else.
 */
export class DeskFold implements Holdings {
  readonly outbox = new OutboxFold()
  readonly conflicts = new ConflictsFold()
  readonly #tables: Tables
  readonly #marks = new ByElector<AttendanceId>()
  readonly #promises = new ByElector<GuaranteeId>()

  constructor(tables: Tables) {
    this.#tables = tables
  }

  apply(
    event: Of<'queued' | 'sent' | 'undone' | 'accepted' | 'settled' | 'conflicted' | 'decided' | 'looked-at'>,
    record: JournalRecord,
  ): DeskChange {
    if (event.is === 'decided') return { keys: [], cards: this.conflicts.decided(event, record.at) }
    if (event.is === 'looked-at') return { keys: this.outbox.lookedAt(event, record.at), cards: false }
    const entry = this.outbox.find(event.key)
    const keys = this.outbox.apply(event, record, this)
    const isMet = event.is === 'conflicted' && entry !== null && keys.length > 0
    if (isMet) this.conflicts.met(entry, event.clash, this.#nameOf(entry), record)
    return { keys, cards: isMet }
  }

  /** A record is not what it was. */
  told(shift: Shift, record: JournalRecord): DeskChange {
    const cards = this.#find(shift, record)
    const keys = lanesOf(shift).flatMap((lane) => this.outbox.told(lane, record.at, this))
    return { keys, cards }
  }

  /** A read shows what became of the actions taken before it began. */
  covered({ topic, after }: Of<'covered'>, record: JournalRecord): DeskChange {
    const { seen, unmet } = this.outbox.covered(topic, after, record.at, this)
    for (const one of unmet) {
      const id = this.conflicts.unmet(one, this.#nameOf(one.entry), record)
      this.outbox.conflicted(one.entry.key, id, record.at)
    }
    return { keys: [...seen, ...unmet.map(({ entry }) => entry.key)], cards: unmet.length > 0 }
  }

  /** Finds by elector what is in the tables already. */
  loaded(): void {
    for (const [id, { record }] of this.#tables.attendance) this.#marks.add(record.elector, id)
    for (const [id, { record }] of this.#tables.guarantee) this.#promises.add(record.elector, id)
  }

  /** One more record (`by` 1), or one less, to be found by its elector; nothing else is changed. */
  find(
    kind: 'attendance' | 'guarantee',
    { id, elector }: { readonly id: number; readonly elector: ElectorNumber },
    by: 1 | -1,
  ): void {
    const index: ByElector<number> = kind === 'attendance' ? this.#marks : this.#promises
    if (by === 1) index.add(elector, id)
    else index.take(elector, id)
  }

  of<K extends Kind>(kind: K): Table<K> {
    return this.#tables[kind]
  }
  attendanceOf(elector: ElectorNumber) {
    return this.#marks.of(elector).flatMap((id) => this.#tables.attendance.get(id) ?? [])
  }
  typedOf(lane: string) {
    return this.outbox.typedOf(lane)
  }
  guaranteesOf(elector: ElectorNumber) {
    return this.#promises.of(elector).flatMap((id) => this.#tables.guarantee.get(id) ?? [])
  }

  /** True when a card came up or is no more. */
  #find(shift: Shift, record: JournalRecord): boolean {
    if (shift.kind === 'guarantee') move(this.#promises, shift)
    if (shift.kind === 'count') return this.conflicts.counted(shift, this.#countTold(shift, record))
    if (shift.kind !== 'attendance') return false
    move(this.#marks, shift)
    const electors = new Set([shift.before?.record.elector, shift.after?.record.elector])
    let isNews = false
    for (const elector of electors) {
      if (elector === undefined) continue
      isNews = this.conflicts.marked(elector, this.attendanceOf(elector), record) || isNews
    }
    return isNews
  }

  /** Who is concerned by a count, and whether one of its two figures was typed at this desk. */
  #countTold({ key, before, after }: CountShift, record: JournalRecord): CountTold {
    const { committee: id, candidate } = (after ?? before)?.record ?? {}
    const { committee, candidate: candidates } = this.#tables
    const lane = id === undefined ? [] : this.outbox.typedOf(committeeLane(id))
    const isOurs = lane.some(({ action }) => {
      const votes =
        action.does === 'count.enter' || action.does === 'count.type'
          ? action.votes.find((each) => each.candidate === candidate)?.votes
          : null
      return votes === before?.record.votes || votes === after?.record.votes
    })
    return {
      committee: (id && committee.get(id)?.record.name) ?? '',
      candidate: (candidate && candidates.get(candidate)?.record.name) ?? `#${candidate ?? key}`,
      ...{ isOurs, record },
    }
  }

  /** Whom or what an action is about, by name; empty where it is not held. */
  #nameOf({ action }: OutboxEntry): string {
    const { guarantee, committee } = this.#tables
    if ('elector' in action) {
      const [held] = [...this.attendanceOf(action.elector), ...this.guaranteesOf(action.elector)]
      return held?.record.electorName ?? ''
    }
    if ('id' in action) return guarantee.get(action.id)?.record.electorName ?? ''
    if ('committee' in action) return committee.get(action.committee)?.record.name ?? ''
    return ''
  }
}

function move<Id extends number>(
  index: ByElector<Id>,
  {
    key,
    before,
    after,
  }: {
    readonly key: Id
    readonly before: { readonly record: { readonly elector: ElectorNumber } } | null
    readonly after: { readonly record: { readonly elector: ElectorNumber } } | null
  },
): void {
  if (before && before.record.elector !== after?.record.elector) index.take(before.record.elector, key)
  if (after) index.add(after.record.elector, key)
}

/** The lanes of the actions that a record can be the effect of. */
function lanesOf(shift: Shift): readonly string[] {
  switch (shift.kind) {
    case 'attendance': {
      const electors = new Set([shift.before?.record.elector, shift.after?.record.elector])
      return [...electors].flatMap((elector) => (elector === undefined ? [] : [electorLane(elector)]))
    }
    case 'guarantee': {
      const elector = (shift.after ?? shift.before)?.record.elector
      return [guaranteeLane(shift.key), ...(elector === undefined ? [] : [promiseLane(elector)])]
    }
    case 'count':
      return shift.after ? [committeeLane(shift.after.record.committee)] : []
    case 'entry':
    case 'sheet':
      return [committeeLane(shift.key)]
    case 'results':
      return [RESULTS_LANE]
    case 'election':
    case 'group':
    case 'call':
    case 'committee':
    case 'party':
    case 'candidate':
      return []
    default:
      return assertNever(shift)
  }
}
