import { countKey } from '../../shared/model/ids.ts'
import type { Committee } from '../../shared/model/records.ts'
import { type CommitteeDetail, MOST_PEOPLE, MOST_TOLD, type ToldRecord } from '../../shared/view/committee.ts'
import type { Shown } from './shown.ts'
import type { Told } from './table.ts'

/** What is known of a committee beside its figures: who works there, and what was told of it last. */
export function committeeDetail(shown: Shown, committee: Committee): CommitteeDetail {
  const told: ToldRecord[] = []
  const people = new Map<string | null, { marks: number; lastAt: number }>()
  const counters = new Set<string>()
  const { projection, attendanceByCommittee } = shown
  for (const id of attendanceByCommittee.of(committee.code)) {
    const held = projection.of('attendance').get(id)
    if (!held) continue
    const { markedBy, attendedAt, electorName, elector, status } = held.record
    const marker = people.get(markedBy) ?? { marks: 0, lastAt: attendedAt }
    people.set(markedBy, { marks: marker.marks + 1, lastAt: Math.max(marker.lastAt, attendedAt) })
    const what = status === 'PENDING' ? 'pending' : 'attended'
    told.push({ ...toldAs('attendance', String(id), held), what, name: electorName || elector, figure: null })
  }
  for (const [id, { record: candidate }] of projection.of('candidate')) {
    const key = countKey(committee.id, id)
    const held = projection.of('count').get(key)
    if (!held) continue
    if (held.record.enteredBy !== null) counters.add(held.record.enteredBy)
    told.push({ ...toldAs('count', key, held), what: 'count', name: candidate.name, figure: held.record.votes })
  }
  told.push(...itself(shown, committee))
  const markers = [...people].map(([name, of]) => ({ name, ...of })).sort((a, b) => b.marks - a.marks)
  return {
    location: committee.location,
    markers: markers.slice(0, MOST_PEOPLE),
    beyond: Math.max(0, markers.length - MOST_PEOPLE),
    counters: [...counters].slice(0, MOST_PEOPLE),
    told: told.sort((a, b) => b.cursor - a.cursor).slice(0, MOST_TOLD),
  }
}

/** The committee's own record, its count sheet, and its paper. */
function itself({ projection }: Shown, { id, code, name }: Committee): ToldRecord[] {
  const committee = projection.of('committee').get(id)
  const entry = projection.of('entry').get(id)
  const paper = projection.paper.of(code)
  const row = projection.paper.rowsOf(code).at(-1)
  return [
    ...(committee
      ? [{ ...toldAs('committee', String(id), committee), what: 'committee' as const, name, figure: null }]
      : []), // the literal it is named by
    ...(entry
      ? [{ ...toldAs('entry', String(id), entry), what: 'entry' as const, name: '', figure: entry.record.cast }]
      : []), // the literal it is named by
    ...(paper && row !== undefined
      ? [
          {
            ...toldAs('paper', code, { from: 'desk', at: paper.at, cursor: row, provisional: false }),
            ...{ what: 'paper' as const, name: paper.by, figure: paper.count }, // the literal it is named by
          },
        ]
      : []),
  ]
}

const toldAs = (
  kind: ToldRecord['of']['kind'],
  key: string,
  { from, at, cursor, provisional }: Omit<Told, 'position'>,
) => ({ of: { kind, key }, cursor, provenance: { source: from, at, provisional } })
