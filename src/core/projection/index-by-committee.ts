import type { AttendanceId, CommitteeCode } from '../../shared/model/ids.ts'
import type { Shift, Table } from './table.ts'

/** Which attendance records each committee holds, so that one committee can be compared with what was read of it. */
export class AttendanceByCommittee {
  readonly #ids = new Map<CommitteeCode, Set<AttendanceId>>()

  shift({ before, after, key }: Extract<Shift, { kind: 'attendance' }>): void {
    if (before && before.record.committeeCode !== after?.record.committeeCode)
      this.#ids.get(before.record.committeeCode)?.delete(key)
    if (after) this.#add(after.record.committeeCode, key)
  }

  /** Found anew from all records there are. */
  load(records: Table<'attendance'>): void {
    for (const [key, { record }] of records) this.#add(record.committeeCode, key)
  }

  #add(code: CommitteeCode, id: AttendanceId): void {
    let ids = this.#ids.get(code)
    if (!ids) {
      ids = new Set()
      this.#ids.set(code, ids)
    }
    ids.add(id)
  }

  of(code: CommitteeCode): ReadonlySet<AttendanceId> {
    return this.#ids.get(code) ?? new Set()
  }
}
