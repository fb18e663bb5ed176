import type { CommitteeCode } from '../../../shared/model/ids.ts'
import { type CommitteeDetail, MOST_TOLD } from '../../../shared/view/committee.ts'
import type { World } from './world.ts'

/** What is made up of one committee beside its figures. */
export function committeeIn(world: World, code: CommitteeCode): CommitteeDetail | null {
  const row = world.committees.find((each) => each.code === code)
  if (!row) return null
  const rows = world.attendance.filter(({ committeeCode }) => committeeCode === code)
  const names = [...new Set(rows.map(({ markedBy }) => markedBy))]
  return {
    location: 'Hall',
    markers: names.slice(0, 12).map((name) => {
      const theirs = rows.filter(({ markedBy }) => markedBy === name)
      return { name, marks: theirs.length, lastAt: Math.max(...theirs.map(({ attendedAt }) => attendedAt)) }
    }),
    beyond: 0,
    counters: row.entry === 'NOT_STARTED' ? [] : ['count.desk@example.org'],
    told: rows.slice(0, MOST_TOLD).map((one) => ({
      of: { kind: 'attendance', key: String(one.id) },
      what: one.status === 'PENDING' ? 'pending' : 'attended',
      ...{ name: one.electorName, figure: null, cursor: Number(one.id), provenance: one.provenance },
    })),
  }
}
