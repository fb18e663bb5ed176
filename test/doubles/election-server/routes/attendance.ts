import {
  type Ask,
  atomically,
  bad,
  Crash,
  forbidden,
  good,
  made,
  mayEnter,
  missing,
  page,
  type Reply,
  required,
  route,
  textOf,
  type Route,
} from '../ask.ts'
import type { Transaction, View } from '../database.ts'
import type { AttendanceRow, CommitteeRow } from '../rows.ts'
import * as show from '../serializers.ts'
import { clock, local, percent } from '../text.ts'

/** How long a committee's statistics row is served before it is computed again: the very first one shows zeros that long. */
const STATISTICS_AGE_MS = 5 * 60_000
type Cached = { readonly at: number; readonly electors: number; readonly attended: number }
const statistics = new WeakMap<View, Map<number, Cached>>()

export const attendanceRoutes: readonly Route[] = [
  // `committee_code` is silently ignored; `committee__code` works.
  route('GET', /^attendees\/$/, (ask) => {
    const [id, code, search] = ['committee', 'committee__code', 'search'].map((name) => ask.query.get(name))
    const rows = seen(ask)
      .filter((row) => !id || row.committee === Number(id))
      .filter((row) => !code || ask.db.get('committees', row.committee)?.code === code)
      .filter((row) => !search || row.elector.includes(search))
      .toSorted((a, b) => b.id - a.id)
    return page(
      ask,
      '/api/attendees/',
      rows.map((row) => show.attendance(ask.db, row)),
    )
  }),
  // The marker is missing on this path, and the model refuses to save without one.
  route('POST', /^attendees\/$/, () => ({ status: 500, html: true })),
  route('POST', /^attendees\/mark\/$/, (ask) => atomically(ask, (tx) => mark(ask, tx))),
  route('GET', /^attendees\/search-elector\/$/, searchElector),
  route('GET', /^attendees\/committee\/([^/.]+)\/$/, (ask) => {
    const place = placeOf(ask)
    if (!('code' in place)) return place
    const rows = ask.db.all('attendance').filter((row) => row.committee === place.id)
    const [electors, attended] = [electorsOf(ask.db, place), rows.filter((row) => row.status === 'ATTENDED').length]
    return good({
      committee: { code: place.code, name: place.name },
      statistics: {
        total_electors: electors,
        total_attended: attended,
        pending: rows.length - attended,
        percentage: percent(attended, electors),
      },
      attendance: rows.toSorted((a, b) => b.id - a.id).map((row) => show.attendance(ask.db, row)),
    })
  }),
  route('GET', /^attendees\/statistics\/([^/.]+)\/$/, (ask) => {
    const place = placeOf(ask)
    return 'code' in place ? good(cachedStatistics(ask, place)) : place
  }),
  route('POST', /^attendees\/add-pending-elector\/$/, (ask) => atomically(ask, (tx) => addPending(ask, tx))),
  route('PATCH', /^attendees\/(\d+)\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = own(ask, tx)
      if (row === null) return missing()
      const [status, notes] = [textOf(ask.body, 'status') ?? row.status, textOf(ask.body, 'notes') ?? row.notes]
      if (status !== 'ATTENDED' && status !== 'PENDING') return bad(`status: "${status}" is not a valid choice.`)
      // A wrong-committee arrival stays pending for ever: the model's own check is not caught.
      if (status === 'ATTENDED' && tx.get('electors', row.elector)?.committee !== row.committee) throw new Crash()
      const kept = tx.put('attendance', { ...row, status, notes })
      ask.tell('attendance_update', 'updated', show.attendance(tx, kept))
      return good(show.attendance(tx, kept), 'Attendance updated successfully')
    }),
  ),
  // No frame.
  route('DELETE', /^attendees\/(\d+)\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = own(ask, tx)
      if (row === null) return missing()
      tx.remove('attendance', row.id)
      return good(null, 'Attendance deleted successfully')
    }),
  ),
]

/** 50 a page, whatever is asked; nothing tells who has come. */
export const electorRoutes: readonly Route[] = [
  route('GET', /^electors\/$/, (ask) => {
    const [committee, search] = ['committee', 'search'].map((name) => ask.query.get(name))
    const rows = ask.db
      .all('electors')
      .filter((row) => !committee || row.committee === Number(committee))
      .filter((row) => !search || row.id.includes(search) || row.name.includes(search))
    const listed = page(
      ask,
      '/api/electors/',
      rows.map((row) => show.elector(ask.db, row)),
    )
    return 'data' in listed ? { ...listed, data: { electors: listed.data } } : listed
  }),
]

const seen = (ask: Ask): AttendanceRow[] =>
  ask.db.all('attendance').filter((row) => mayEnter(ask.user, ask.db.get('committees', row.committee)?.code ?? ''))

function own(ask: Ask, tx: Transaction): AttendanceRow | null {
  const row = tx.get('attendance', Number(ask.params[0]))
  return row !== undefined && mayEnter(ask.user, tx.get('committees', row.committee)?.code ?? '') ? row : null
}

const electorsOf = (db: View, place: CommitteeRow): number =>
  db.all('electors').filter((elector) => elector.committee === place.id && elector.active).length

function placeOf(ask: Ask): CommitteeRow | Reply {
  const code = ask.params[0] ?? ''
  const place = ask.db.all('committees').find((row) => row.code === code)
  if (place === undefined) return missing('Committee not found')
  return mayEnter(ask.user, code) ? place : forbidden('You do not have access to this committee')
}

function mark(ask: Ask, tx: Transaction): Reply {
  const [number, code] = [textOf(ask.body, 'koc_id'), textOf(ask.body, 'committee_code')]
  if (number === null) return required('koc_id')
  if (code === null) return required('committee_code')
  const elector = tx.get('electors', number)
  if (elector === undefined) return bad('koc_id: Elector not found', { kocId: ['Elector not found'] })
  if (!elector.active) return bad('koc_id: Elector is not active', { kocId: ['Elector is not active'] })
  const before = tx.all('attendance').find((row) => row.elector === number && row.status === 'ATTENDED')
  if (before !== undefined) return bad(`Elector already attended at ${clock(before.at)}`)
  const place = tx.all('committees').find((row) => row.code === code)
  if (place === undefined) return bad('committee_code: Committee not found')
  if (elector.committee !== place.id) return bad(`Elector is not assigned to committee ${code}`)
  if (!mayEnter(ask.user, code)) return forbidden('You do not have access to this committee')
  const row = record(ask, tx, number, place.id, 'ATTENDED')
  const more = { elector: number, elector_section: elector.section, committee: place.id, marked_by: ask.user.id }
  return made({ ...show.attendance(tx, row), ...more, device_info: {} }, 'Attendance marked successfully')
}

function record(ask: Ask, tx: Transaction, elector: string, committee: number, status: AttendanceRow['status']) {
  const notes = (textOf(ask.body, 'notes') ?? '').replace(/<[^>]*>/g, '').slice(0, 1000)
  const row = { id: tx.nextId('attendance'), elector, committee, markedBy: ask.user.id, at: Date.now(), notes, status }
  ask.tell('attendance_update', 'created', show.attendance(tx, tx.put('attendance', row)))
  return row
}

function addPending(ask: Ask, tx: Transaction): Reply {
  const [number, code] = [textOf(ask.body, 'koc_id'), textOf(ask.body, 'committee_code')]
  if (number === null || code === null) return required(number === null ? 'koc_id' : 'committee_code')
  const place = tx.all('committees').find((row) => row.code === code)
  if (place === undefined) return missing('Committee not found')
  if (!mayEnter(ask.user, code)) return forbidden('You do not have access to this committee')
  if (tx.get('electors', number) !== undefined) {
    const row = record(ask, tx, number, place.id, 'PENDING')
    return made(show.attendance(tx, row), 'Pending attendance recorded')
  }
  const name = textOf(ask.body, 'full_name')
  if (name === null || name === '') return required('full_name')
  const plain = { mobile: '', section: '', department: '', team: '' }
  tx.put('electors', { id: number, name, committee: place.id, gender: 'MALE', ...plain, active: true })
  return made({ koc_id: number, full_name: name }, 'Elector added pending approval')
}

function searchElector(ask: Ask): Reply {
  const elector = ask.db.get('electors', ask.query.get('koc_id') ?? '')
  if (elector === undefined) return { status: 404, message: 'Elector not found', errors: { canAdd: true } }
  const place = ask.db.get('committees', elector.committee)
  const asked = ask.query.get('committee')
  if (asked !== null && asked !== place?.code)
    return bad(`Elector is assigned to committee ${place?.code}`, {
      electorCommittee: place?.code,
      requestedCommittee: asked,
    })
  const came = ask.db.all('attendance').find((row) => row.elector === elector.id && row.status === 'ATTENDED')
  return good({
    koc_id: elector.id,
    full_name: elector.name,
    name_first: elector.name.split(' ')[0],
    family_name: elector.name.split(' ').at(-1),
    section: elector.section,
    committee_code: place?.code,
    committee_name: place?.name,
    mobile: elector.mobile,
    has_attended: came !== undefined,
    attended_at: came === undefined ? null : local(came.at),
  })
}

function cachedStatistics(ask: Ask, place: CommitteeRow): object {
  const kept = statistics.get(ask.db) ?? new Map<number, Cached>()
  statistics.set(ask.db, kept)
  const before = kept.get(place.id)
  const rows = ask.db.all('attendance').filter((row) => row.committee === place.id && row.status === 'ATTENDED')
  const fresh = { at: Date.now(), electors: electorsOf(ask.db, place), attended: rows.length }
  const empty = { at: Date.now(), electors: 0, attended: 0 }
  const shown = before === undefined ? empty : Date.now() - before.at > STATISTICS_AGE_MS ? fresh : before
  kept.set(place.id, shown)
  return {
    committee_code: place.code,
    committee_name: place.name,
    total_electors: shown.electors,
    total_attended: shown.attended,
    pending_count: 0,
    attendance_percentage: percent(shown.attended, shown.electors),
    hourly_breakdown: {},
    last_updated: local(shown.at),
  }
}
