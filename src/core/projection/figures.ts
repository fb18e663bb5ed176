import { assertNever } from '../../shared/result.ts'
import { z } from 'zod'
import { CommitteeCode, CommitteeId, type GuaranteeId } from '../../shared/model/ids.ts'
import type { Attendance, Guarantee } from '../../shared/model/records.ts'
import { AttendanceFigures, SavedAttendance } from './attendance-figures.ts'
import { CountFigures, SavedCounts } from './count-figures.ts'
import { GuaranteeFigures, SavedGuarantees } from './guarantee-figures.ts'
import type { Held, Shift } from './table.ts'

/** What a shift moved beside the record itself, so views know what to show anew. */
export type Moved = { readonly guarantees: readonly GuaranteeId[] }
const NOTHING: Moved = { guarantees: [] }

export const SavedFigures = z.object({
  attendance: SavedAttendance,
  guarantees: SavedGuarantees,
  counts: SavedCounts,
  electors: z.number(),
  codeOf: z.array(z.tuple([CommitteeId, CommitteeCode])),
  idOf: z.array(z.tuple([CommitteeCode, CommitteeId])),
  idOfName: z.array(z.tuple([z.string(), CommitteeId])),
})
type SavedFigures = z.infer<typeof SavedFigures>

/** Every sum on every screen, kept up to date shift by shift in constant time. */
export class Figures {
  readonly attendance = new AttendanceFigures()
  readonly guarantees = new GuaranteeFigures()
  readonly counts = new CountFigures()
  electors = 0
  readonly codeOf = new Map<CommitteeId, CommitteeCode>()
  readonly idOf = new Map<CommitteeCode, CommitteeId>()
  readonly idOfName = new Map<string, CommitteeId>()

  shift(shift: Shift): Moved {
    switch (shift.kind) {
      case 'attendance':
        return this.#attendance(shift.before, shift.after)
      case 'guarantee':
        if (shift.before) this.guarantees.count(shift.before.record, -1, this.#isSeen(shift.before.record.elector))
        if (shift.after) this.guarantees.count(shift.after.record, 1, this.#isSeen(shift.after.record.elector))
        return NOTHING
      case 'count':
        if (shift.before) this.counts.count(shift.before.record, -1)
        if (shift.after) this.counts.count(shift.after.record, 1)
        return NOTHING
      case 'entry':
        if (shift.before) this.counts.entry(shift.before.record, -1)
        if (shift.after) this.counts.entry(shift.after.record, 1)
        return NOTHING
      case 'committee':
        return this.#committee(shift)
      case 'election':
      case 'group':
      case 'call':
      case 'sheet':
      case 'party':
      case 'candidate':
      case 'results':
        return NOTHING
      default:
        return assertNever(shift)
    }
  }

  save(): SavedFigures {
    return { ...this.saveRest(), attendance: this.attendance.save() }
  }
  /** All but attendance. */
  saveRest(): Omit<SavedFigures, 'attendance'> {
    return {
      guarantees: this.guarantees.save(),
      counts: this.counts.save(),
      electors: this.electors,
      codeOf: [...this.codeOf],
      idOf: [...this.idOf],
      idOfName: [...this.idOfName],
    }
  }
  /** `guarantees`: all records there are, by which their electors find them. */
  load({ attendance, ...rest }: SavedFigures, guarantees: Iterable<Guarantee>): void {
    this.attendance.load(attendance)
    this.loadRest(rest, guarantees)
  }
  /** In place of what was here, but for the guarantees by elector: those handed in are added. */
  loadRest(saved: Omit<SavedFigures, 'attendance'>, guarantees: Iterable<Guarantee>): void {
    for (const map of [this.codeOf, this.idOf, this.idOfName]) map.clear()
    this.guarantees.load(saved.guarantees, guarantees)
    this.counts.load(saved.counts)
    this.electors = saved.electors
    for (const [id, code] of saved.codeOf) this.codeOf.set(id, code)
    for (const [code, id] of saved.idOf) this.idOf.set(code, id)
    for (const [name, id] of saved.idOfName) this.idOfName.set(name, id)
  }

  /** Where a guarantee's elector votes: by code or, where the server gives only that, by the committee's name. */
  placeOf({ committeeCode, committeeName }: Pick<Guarantee, 'committeeCode' | 'committeeName'>): CommitteeCode | null {
    if (committeeCode) return committeeCode
    const id = this.idOfName.get(committeeName ?? '')
    return id === undefined ? null : (this.codeOf.get(id) ?? null)
  }

  /** Electors who promised, each once, and those of them who were seen, by committee; null: none that this desk knows. */
  pledgedElectors(): Map<CommitteeCode | null, { electors: number; electorsSeen: number }> {
    const found = new Map<CommitteeCode | null, { electors: number; electorsSeen: number }>()
    for (const { place, electors, seen } of this.guarantees.electors()) {
      const code = this.placeOf(place)
      const known = code !== null && this.idOf.has(code) ? code : null
      const before = found.get(known) ?? { electors: 0, electorsSeen: 0 }
      found.set(known, { electors: before.electors + electors, electorsSeen: before.electorsSeen + seen })
    }
    return found
  }

  #isSeen(elector: Attendance['elector']): boolean {
    return this.attendance.seenAt(elector) !== null
  }

  #attendance(before: Held<Attendance> | null, after: Held<Attendance> | null): Moved {
    const moved = new Set<GuaranteeId>()
    if (before && this.attendance.count(before.record, -1)) {
      for (const id of this.guarantees.seen(before.record.elector, -1)) moved.add(id)
    }
    if (after && this.attendance.count(after.record, 1)) {
      for (const id of this.guarantees.seen(after.record.elector, 1)) moved.add(id)
    }
    return moved.size === 0 ? NOTHING : { guarantees: [...moved] }
  }

  #committee({ before, after }: Extract<Shift, { kind: 'committee' }>): Moved {
    if (before) {
      this.electors -= before.record.electors
      this.codeOf.delete(before.record.id)
      this.idOf.delete(before.record.code)
      // Another committee may have taken the name meanwhile.
      if (this.idOfName.get(before.record.name) === before.record.id) this.idOfName.delete(before.record.name)
    }
    if (after) {
      this.electors += after.record.electors
      this.codeOf.set(after.record.id, after.record.code)
      this.idOf.set(after.record.code, after.record.id)
      this.idOfName.set(after.record.name, after.record.id)
    }
    return NOTHING
  }
}
