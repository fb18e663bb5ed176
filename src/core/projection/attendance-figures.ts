import type { CommitteeCode, ElectorNumber } from '../../shared/model/ids.ts'
import type { Attendance } from '../../shared/model/records.ts'

const MINUTE = 60_000
/** Width of one bar of a committee's sparkline. */
export const RHYTHM_BUCKET = 10 * MINUTE

export type CommitteeAttendance = {
  attended: number
  pending: number
  lastMarkAt: number | null
  /** Marks per ten minutes, by bucket number since 1970. */
  readonly rhythm: Map<number, number>
}

/** Where an elector was seen: how many records say so, and the latest moment. */
type Seen = { readonly times: number; readonly at: number }

/** Attendance in figures, kept up to date record by record; nothing here is ever counted anew. */
export class AttendanceFigures {
  attended = 0
  pending = 0
  latestAt: number | null = null
  /** Marks per minute of the whole election, by minute number since 1970. */
  readonly perMinute = new Map<number, number>()
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
    add(this.perMinute, Math.floor(record.attendedAt / MINUTE), by)
    add(committee.rhythm, Math.floor(record.attendedAt / RHYTHM_BUCKET), by)
    if (by === 1) {
      committee.lastMarkAt = Math.max(committee.lastMarkAt ?? 0, record.attendedAt)
      this.latestAt = Math.max(this.latestAt ?? 0, record.attendedAt)
    }
    return this.#see(record, by)
  }

  #see(record: Attendance, by: 1 | -1): boolean {
    const before = this.#seen.get(record.elector)
    const times = (before?.times ?? 0) + by
    if (times <= 0) this.#seen.delete(record.elector)
    else this.#seen.set(record.elector, { times, at: record.attendedAt })
    return before === undefined ? times > 0 : times <= 0
  }

  /** When this elector was seen, ms; null when not. */
  seenAt(elector: ElectorNumber): number | null {
    return this.#seen.get(elector)?.at ?? null
  }

  of(code: CommitteeCode): CommitteeAttendance {
    let committee = this.#committees.get(code)
    if (!committee) {
      committee = { attended: 0, pending: 0, lastMarkAt: null, rhythm: new Map() }
      this.#committees.set(code, committee)
    }
    return committee
  }

  /** Marks in the `minutes` before `until`, ms. */
  within(minutes: number, until: number): number {
    const last = Math.floor(until / MINUTE)
    let sum = 0
    for (let minute = last; minute > last - minutes; minute--) sum += this.perMinute.get(minute) ?? 0
    return sum
  }
}

function add(buckets: Map<number, number>, bucket: number, by: number): void {
  const sum = (buckets.get(bucket) ?? 0) + by
  if (sum === 0) buckets.delete(bucket)
  else buckets.set(bucket, sum)
}
