import { AttendanceId, ElectorNumber } from '../../../shared/model/ids.ts'
import { fakeName } from './names.ts'
import type { World } from './world.ts'

/** One more elector comes, somewhere not silent; answers the committee's id. */
export function markOne(world: World, now: number): number | null {
  const index = Math.floor(world.random() * world.committees.length)
  const committee = world.committees[index]
  if (!committee || committee.condition !== 'fine') return null
  world.committees[index] = { ...committee, attended: committee.attended + 1, lastMarkAt: now }
  const row = {
    id: AttendanceId.parse((world.attendance[0]?.id ?? 0) + 1),
    elector: ElectorNumber.parse(String(100_000 + Math.floor(world.random() * 99_999))),
    electorName: fakeName(world.random),
    committeeCode: committee.code,
    markedBy: null,
    attendedAt: now,
    notes: '',
    status: 'ATTENDED' as const, // the literal the schema names
    provenance: { source: 'live' as const, at: now, provisional: true }, // the literal the schema names
  }
  world.attendance.unshift(row)
  const cursor = (world.feed[0]?.cursor ?? 0) + 1
  world.feed.unshift({
    id: cursor,
    cursor,
    at: now,
    source: 'live',
    of: { kind: 'attendance', key: String(row.id) },
    what: { is: 'attended', elector: row.elector, name: row.electorName, committee: committee.code, pending: false },
  })
  world.feed.length = Math.min(world.feed.length, 100)
  return committee.id
}
