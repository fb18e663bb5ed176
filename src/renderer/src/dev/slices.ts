import type { z } from 'zod'
import type {
  AttendanceQuery,
  AttendanceSlice,
  CountQuery,
  CountSlice,
  GuaranteeChoices,
  GuaranteeQuery,
  GuaranteeSlice,
} from '../../../shared/view/lists.ts'
import { UserId } from '../../../shared/model/ids.ts'
import type { World } from './world.ts'

const cut = <T>(rows: readonly T[], offset: number, limit: number) => ({
  total: rows.length,
  offset,
  rows: rows.slice(offset, offset + limit),
})
const fits = (texts: readonly (string | null)[], search: string) =>
  search === '' || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))

export function sliceAttendance(world: World, query: AttendanceQuery): z.output<typeof AttendanceSlice> {
  const rows = world.attendance.filter(
    (row) =>
      (query.committee === null || row.committeeCode === query.committee) &&
      (query.status === null || row.status === query.status) &&
      fits([row.electorName, row.elector], query.search),
  )
  return cut(rows, query.offset, query.limit)
}

export function sliceGuarantees(world: World, query: GuaranteeQuery): z.output<typeof GuaranteeSlice> {
  const rows = world.guarantees.filter(
    (row) =>
      (query.committee === null || row.committeeCode === query.committee) &&
      (query.status === null || row.status === query.status) &&
      (query.confirmation === null || row.confirmation === query.confirmation) &&
      (query.collector === null || (query.collector === 'mine') === row.mine) &&
      (query.group === null || (row.mine && row.group === (query.group === 'none' ? null : query.group))) &&
      (query.attendance === null || row.attended === (query.attendance === 'seen')) &&
      fits([row.electorName, row.elector], query.search),
  )
  return cut(rows, query.offset, query.limit)
}

export function choicesIn(world: World): z.output<typeof GuaranteeChoices> {
  const own = world.guarantees.filter((row) => row.mine)
  const inGroup = (id: number | null) => own.filter((row) => row.group === id).length
  return {
    groups: world.groups.map((group) => ({ ...group, guarantees: inGroup(group.id) })),
    ungrouped: inGroup(null),
    collectors: [
      { id: UserId.parse(1), name: 'Noura Al-Sabah', mine: true, guarantees: own.length },
      { id: UserId.parse(2), name: 'سالم المطيري', mine: false, guarantees: world.guarantees.length - own.length },
    ],
  }
}

export function sliceCounts(world: World, query: CountQuery): z.output<typeof CountSlice> {
  const rows = world.counts.filter(
    (row) =>
      (query.committee === null || row.committeeCode === query.committee) &&
      (query.verified === null || row.verified === query.verified) &&
      fits([row.candidateName, row.committeeName], query.search),
  )
  return cut(rows, query.offset, query.limit)
}
