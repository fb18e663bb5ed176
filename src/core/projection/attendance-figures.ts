import { z } from 'zod'
import { CommitteeCode, ElectorNumber } from '../../shared/model/ids.ts'
import type { Attendance } from '../../shared/model/records.ts'
import { Marks, SavedMarks } from './marks.ts'

const MINUTE = 60_000
/** Width of one bar of a committee's sparkline. */
export const RHYTHM_BUCKET = 10 * MINUTE

/** One committee's attendance; `rhythm`: its marks per ten minutes. */
export type CommitteeAttendance = { attended: number; pending: number; readonly rhythm: Marks }

/** Where an elector was seen: how many records say so, and the latest moment. */
export type Seen = { readonly times: number; readonly at: number }

export const SavedAttendance = z.object({
  attended: z.number(),
  pending: z.number(),
  perMinute: SavedMarks,
  committees: z.array(
    z.tuple([CommitteeCode, z.object({ attended: z.number(), pending: z.number(), rhythm: SavedMarks })]),
  ),
  seen: z.array(z.tuple([ElectorNumber, z.number(), z.number()])),
})
type SavedAttendance = z.infer<typeof SavedAttendance>

/** Attendance in figures, kept up to date record by record; nothing here is ever counted anew. */
export class AttendanceFigures {
  attended = 0
  pending = 0
  /** The whole election's marks per minute. */
  readonly perMinute = new Marks(MINUTE)
  readonly #committees = new Map<CommitteeCode, CommitteeAttendance>()
  readonly #seen = new Map<ElectorNumber, Seen>()

  /** Adds (`by` 1) or takes away (`by` -1) one record. True when the elector became seen, or ceased to be. */
  count(record: Attendance, by: 1 | -1): boolean {
    const committee = this.of(record.committeeCode)
    if (record.status === 'PENDING') {
      this.pending += by
      committee.pending += by
      return false
    }
    this.attended += by
    committee.attended += by
    for (const marks of [this.perMinute, committee.rhythm]) {
      if (by === 1) marks.add(record.attendedAt)
      else marks.take(record.attendedAt)
    }
    return this.#see(record, by)
  }

  #see({ elector, attendedAt }: Attendance, by: 1 | -1): boolean {
    const before = this.#seen.get(elector)
    const times = (before?.times ?? 0) + by
    if (times <= 0) this.#seen.delete(elector)
    else this.#seen.set(elector, { times, at: Math.max(before?.at ?? attendedAt, attendedAt) })
    return before === undefined ? times > 0 : times <= 0
  }

  /** When this elector was seen, ms; null when not. */
  seenAt(elector: ElectorNumber): number | null {
    return this.#seen.get(elector)?.at ?? null
  }

  of(code: CommitteeCode): CommitteeAttendance {
    let committee = this.#committees.get(code)
    if (!committee) {
      committee = { attended: 0, pending: 0, rhythm: new Marks(RHYTHM_BUCKET) }
      this.#committees.set(code, committee)
    }
    return committee
  }

  /** Who was seen. */
  get seen(): Map<ElectorNumber, Seen> {
    return this.#seen
  }

  save(): SavedAttendance {
    return {
      ...this.saveRest(),
      seen: [...this.#seen].map(([elector, { times, at }]) => [elector, times, at]),
    }
  }
  /** All but who was seen. */
  saveRest(): Omit<SavedAttendance, 'seen'> {
    return {
      attended: this.attended,
      pending: this.pending,
      perMinute: this.perMinute.save(),
      committees: [...this.#committees].map(([code, one]) => [code, { ...one, rhythm: one.rhythm.save() }]),
    }
  }
  load({ seen, ...rest }: SavedAttendance): void {
    this.loadRest(rest)
    for (const [elector, times, at] of seen) this.#seen.set(elector, { times, at })
  }
  /** In place of what was here. */
  loadRest(saved: Omit<SavedAttendance, 'seen'>): void {
    this.#committees.clear()
    this.attended = saved.attended
    this.pending = saved.pending
    this.perMinute.load(saved.perMinute)
    for (const [code, { attended, pending, rhythm }] of saved.committees) {
      const committee = this.of(code)
      committee.attended = attended
      committee.pending = pending
      committee.rhythm.load(rhythm)
    }
  }

  /** Marks in the `minutes` up to and with that of `until`, ms. */
  within(minutes: number, until: number): number {
    const last = this.perMinute.numberOf(until)
    let sum = 0
    for (let minute = last; minute > last - minutes; minute--) sum += this.perMinute.in(minute)
    return sum
  }
}
