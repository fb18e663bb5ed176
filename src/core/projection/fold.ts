import type { Kind, Position } from '../../shared/model/change.ts'
import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import type { ConflictsFold } from './conflicts.ts'
import { type DeskChange, DeskFold } from './desk.ts'
import { DutyFold } from './duty.ts'
import type { ProjectionListener } from './listener.ts'
import type { OutboxFold } from './outbox.ts'
import { PaperFold } from './paper.ts'
import { RecordsFold } from './records.ts'
import type { SavedProjection } from './saved-projection.ts'
import { loadTables, type Ref, refOf, type Shift, saveTables, type Table, type Told, toldBy } from './table.ts'
import { type SheetChange, SheetsFold } from './sheets.ts'
import { Trust } from './trust.ts'

/**
 * The projection: a fold of the journal and nothing else. It keeps the records, how each was learnt, how far each topic
 * can be trusted and what the outbox holds. It never reads a clock, a disk or a network.
 */
export class Projection {
  readonly #records = new RecordsFold()
  readonly tables = this.#records.tables
  readonly trust = new Trust()
  /** What was typed here, and what it met. */
  readonly desk = new DeskFold(this.tables)
  /** What needs a person, and whose shift it is. */
  readonly duty = new DutyFold(this.tables.call)
  /** How count sheets came about here. */
  readonly sheets = new SheetsFold(this.tables.sheet)
  /** What people counted on paper. */
  readonly paper = new PaperFold()
  cursor = 0
  /** Whose journal this is; null until its first event. */
  identity: Extract<JournalEvent, { is: 'opened' }> | null = null
  /** Where the server's stream stood at the last event that said so. */
  position: Position | null = null
  phantoms = 0
  quarantined = 0
  readonly #listeners = new Set<ProjectionListener>()

  listen(listener: ProjectionListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  apply(record: JournalRecord): void {
    this.cursor = record.cursor
    const { event } = record
    switch (event.is) {
      case 'opened':
      case 'part':
        return this.#begun(event, record)
      case 'change':
        return this.#change(record, event)
      case 'hinted':
        this.trust.heard(event.ref, record.at, record.cursor, true)
        return this.#trustChanged()
      case 'phantom':
        this.phantoms += 1
        return this.#remove(refOf(event.change), toldBy(record, 'snapshot'), record)
      case 'covered':
        this.#covered(event)
        return this.#changed(this.desk.covered(event, record))
      case 'joined':
        this.position = event.position
        this.trust.joined(record.at, record.cursor, event.position !== null)
        return this.#trustChanged()
      case 'caught-up':
        this.position = event.position
        this.trust.caughtUp(record.at)
        return this.#trustChanged()
      case 'doubted':
        for (const topic of event.topics) this.trust.doubted(topic, event.since, event.because, record.cursor)
        return this.#trustChanged()
      case 'quarantined':
        this.quarantined += 1
        return this.#each((listener) => listener.quarantined?.(record))
      case 'link':
      case 'incident':
      case 'shift':
      case 'call':
        return this.#onDuty(event, record)
      case 'sheet':
        return this.#sheetChanged(this.sheets.apply(event.turn, record.at))
      case 'paper':
        return this.#paperChanged(this.paper.apply(event.turn, record))
      case 'operator':
      case 'lost-end':
      case 'checkpointed':
        return
      default:
        return this.#changed(this.desk.apply(event, record))
    }
  }

  /** A later part says whose it is as well, for whoever has no part before it. */
  #begun(event: Extract<JournalEvent, { is: 'opened' | 'part' }>, { at, cursor }: JournalRecord): void {
    if (event.is === 'opened') {
      this.identity = event
      return this.trust.begin(at, cursor)
    }
    if (event.does !== 'begun' || this.identity) return
    const { server, election, mode } = event
    this.identity = { is: 'opened', version: 1, server, election, mode }
    this.trust.begin(at, cursor)
  }

  #trustChanged(): void {
    this.#each((listener) => listener.trustChanged?.())
  }

  #onDuty(event: Extract<JournalEvent, { is: 'link' | 'incident' | 'shift' | 'call' }>, record: JournalRecord): void {
    const changed = this.duty.apply(event, record)
    if (changed === null) return
    if ('call' in changed) return this.#each((listener) => listener.callsChanged?.(changed.call))
    this.#each((listener) =>
      'incident' in changed ? listener.incidentChanged?.(changed.incident) : listener.shiftChanged?.(),
    )
  }

  #sheetChanged(which: SheetChange): void {
    this.#each((listener) => listener.sheetChanged?.(which))
  }

  #paperChanged(committee: CommitteeCode): void {
    this.#each((listener) => listener.paperChanged?.(committee))
  }

  #each(tell: (listener: ProjectionListener) => void): void {
    for (const listener of this.#listeners) tell(listener)
  }

  #change(record: JournalRecord, event: Extract<JournalEvent, { is: 'change' }>): void {
    const { change, position } = event
    if (position && event.from === 'live') this.position = position
    if (this.#records.isOld(change, event)) return
    const told = toldBy(record, event.from, event.provisional, position)
    if (change.op === 'remove') this.#remove(refOf(change), told, record)
    else {
      const shift = this.#records.put(change, told)
      if (!told.provisional) this.trust.settled(refOf(change))
      this.#tell(shift, record)
    }
    if (event.from === 'snapshot') return
    this.trust.heard(refOf(change), record.at, record.cursor, told.provisional)
    this.#each((listener) => listener.trustChanged?.())
  }

  #remove(ref: Ref, told: Told, record: JournalRecord): void {
    this.trust.settled(ref)
    const shift = this.#records.remove(ref, told)
    if (shift) this.#tell(shift, record)
  }

  /** How it was learnt that this record is no more; null where it is there, never was, or a read has settled it since. */
  gone(ref: Ref): Told | null {
    return this.#records.gone(ref)
  }
  /** How this record, or its end, was last told; null where nothing of this journal is known of it. */
  readonly toldOf = (ref: Ref): Told | null => this.#records.toldOf(ref)

  #covered(event: Extract<JournalEvent, { is: 'covered' }>): void {
    const confirmed = this.trust.covered(event.topic, event)
    this.#records.covered(event, confirmed)
    if (confirmed.length > 0) this.#each((listener) => listener.confirmed?.(event.topic))
    this.#each((listener) => listener.trustChanged?.())
  }

  /** All of it, as plain data that shares its records with the tables: cheap to take, true for ever. */
  save(): SavedProjection {
    return { ...this.saveRest(), tables: saveTables(this.tables) }
  }
  /** All but the records. */
  saveRest(): Omit<SavedProjection, 'tables'> {
    const { cursor, identity, position, phantoms, quarantined, trust, outbox } = this
    return {
      ...{ cursor, identity, position, phantoms, quarantined },
      ...this.#records.savePlaces(),
      trust: trust.save(),
      outbox: outbox.save(),
      conflicts: this.conflicts.save(),
      duty: this.duty.save(),
      sheets: this.sheets.save(),
      paper: this.paper.save(),
    }
  }
  /** Into an empty projection; nobody is told. */
  load({ tables, ...rest }: SavedProjection): void {
    this.loadRest(rest)
    loadTables(this.tables, tables)
    this.desk.loaded()
  }
  /** In place of what was here, but for what is found by the records. */
  loadRest({
    floor,
    gone,
    trust,
    outbox,
    conflicts,
    duty,
    sheets,
    paper,
    ...plain
  }: Omit<SavedProjection, 'tables'>): void {
    Object.assign(this, plain)
    this.#records.loadPlaces({ floor, gone })
    this.trust.load(trust)
    this.outbox.load(outbox)
    this.conflicts.load(conflicts)
    this.duty.load(duty)
    this.sheets.load(sheets)
    this.paper.load(paper)
  }

  #tell(shift: Shift, record: JournalRecord): void {
    const changed = this.desk.told(shift, record)
    if (this.sheets.shifted(shift)) this.#sheetChanged('all')
    if (shift.kind === 'sheet') this.#sheetChanged(shift.key)
    if (shift.kind === 'call') {
      this.duty.calls.shifted(shift)
      this.#each((listener) => listener.callsChanged?.(shift.key))
    }
    this.#each((listener) => listener.shifted?.(shift, record))
    this.#changed(changed)
  }

  #changed({ keys, cards }: DeskChange): void {
    for (const key of keys) this.#each((listener) => listener.outboxChanged?.(key))
    if (cards) this.#each((listener) => listener.conflictsChanged?.())
  }

  get outbox(): OutboxFold {
    return this.desk.outbox
  }
  get conflicts(): ConflictsFold {
    return this.desk.conflicts
  }
  /** One table, typed by its kind. */
  of<K extends Kind>(kind: K): Table<K> {
    return this.tables[kind]
  }
}
