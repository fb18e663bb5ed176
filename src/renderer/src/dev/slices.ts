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
import type { NotesQuery, NotesView } from '../../../shared/view/notes.ts'
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
      (!query.during || (row.attendedAt >= query.during.from && row.attendedAt < query.during.to)) &&
      fits([row.electorName, row.elector], query.search),
  )
  return cut(rows, query.offset, query.limit)
}

export function sliceGuarantees(world: World, query: GuaranteeQuery): z.output<typeof GuaranteeSlice> {
  const rows = world.guarantees.filter(
    (row) =>
      ((query.id ?? null) === null || row.id === query.id) &&
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

/** Two notes on some, none on others; without a link none are to be had. */
export function notesOf(world: World, { id }: NotesQuery, isLive: boolean, at: number): NotesView {
  if (!isLive) return { is: 'refused', because: 'offline' }
  const row = world.guarantees.find((each) => each.id === id)
  if (!row) return { is: 'refused', because: 'gone' }
  if (!row.mine) return { is: 'refused', because: 'not-yours' }
  const author = 'Noura Al-Sabah'
  const made = { id: 1, action: 'CREATED', author, at: row.createdAt, before: null, after: 'GUARANTEED' }
  const written = { id: 2, action: 'NOTE_ADDED', author, at: at - 5_400_000, before: null, after: null }
  const called = {
    id: 3,
    action: 'CONFIRMATION_CHANGED',
    author,
    at: at - 600_000,
    before: 'PENDING',
    after: 'CONFIRMED',
  }
  const notes = [
    { id: 2, author, at: at - 600_000, text: 'سيأتي بعد صلاة العصر مع أخيه', important: true },
    { id: 1, author, at: at - 5_400_000, text: 'Needs a lift from the office at four.', important: false },
  ]
  return { is: 'read', at, notes: row.hasNotes ? notes : [], history: [called, written, made], since: null }
}

export function sliceCounts(world: World, query: CountQuery): z.output<typeof CountSlice> {
  const rows = world.counts.filter(
    (row) =>
      (query.committee === null || row.committeeCode === query.committee) &&
      (query.verified === null || row.verified === query.verified) &&
      ((query.candidate ?? null) === null || row.candidateNumber === query.candidate) &&
      ((query.party ?? null) === null || (row.party ?? '') === query.party) &&
      fits([row.candidateName, row.committeeName], query.search),
  )
  return cut(rows, query.offset, query.limit)
}
