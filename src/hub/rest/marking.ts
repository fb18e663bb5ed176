import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { canAccessCommittee } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { parsed } from '../http/api.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, forbidden, notFound, refused } from '../http/fault.ts'
import type { Announce } from '../store/store.ts'
import { EVERYBODY } from '../store/store.ts'
import { localClock } from '../time.ts'
import type { AttendanceDetail, AttendanceRecord, ElectorRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

/** A desk's clock may run ahead of the hub's by this much before its time is not believed. */
const CLOCK_TOLERANCE_MS = 5 * 60_000
const LONGEST_NOTES = 1000
const BULK_BYTES = 2 * 1024 * 1024

export const Mark = z.object({
  koc_id: z.string().min(1).max(20),
  committee_code: z.string().min(1).max(20),
  notes: z.string().default(''),
  /** When the elector came, for a mark typed while the line was down; now if left out. */
  attended_at: z.iso.datetime({ offset: true }).optional(),
})
type Mark = z.output<typeof Mark>
const BulkMark = z.object({ marks: z.array(z.unknown()).min(1).max(1000) })
const Pending = z.object({
  koc_id: z.string().min(1).max(20),
  committee_code: z.string().min(1).max(20),
  full_name: z.string().max(255).default(''),
  notes: z.string().default(''),
})

/** HTML out, at most 1000 characters, as the family's server keeps notes. */
export const cleanNotes = (notes: string): string => notes.replace(/<[^>]*>/g, '').slice(0, LONGEST_NOTES)

/** The ten keys every frame and list of attendance has. */
function listed(detail: AttendanceDetail): AttendanceRecord {
  const { id, elector_koc_id, elector_name, elector_gender, committee_code, committee_name } = detail
  const { marked_by_name, attended_at, notes, status } = detail
  const place = { id, elector_koc_id, elector_name, elector_gender, committee_code, committee_name }
  return { ...place, marked_by_name, attended_at, notes, status }
}

export function announced(announce: Announce, action: 'created' | 'updated', detail: AttendanceDetail): void {
  announce({
    type: 'attendance_update',
    action,
    data: listed(detail),
    audience: EVERYBODY,
    records: [`attendance/${detail.id}`],
  })
}

export function announcedDeleted(announce: Announce, detail: AttendanceDetail): void {
  const { id, elector_koc_id, committee_code } = detail
  announce({
    type: 'attendance_update',
    action: 'deleted',
    data: { id, elector_koc_id, committee_code },
    audience: EVERYBODY,
    records: [`attendance/${id}`],
  })
}

/** Marks one elector as attended, or says who marked him already, when and where. */
export function markOne(ask: Ask, tables: Tables, mark: Mark): Result<AttendanceDetail, RestFault> {
  const committee = tables.committees.byCode(mark.committee_code)
  if (committee === null) return err(notFound('Committee not found'))
  if (!canAccessCommittee(ask.caller.viewer, committee.code)) return err(forbidden())
  const elector = tables.electors.byNumber(mark.koc_id)
  if (elector === null) return err({ status: 404, message: 'Elector not found', errors: { canAdd: true } })
  const fault = whyNot(ask, tables, elector, mark)
  if (fault !== null) return err(fault)
  const at = mark.attended_at === undefined ? ask.at : Date.parse(mark.attended_at)
  const fields = {
    elector: elector.koc_id,
    committee: committee.id,
    by: ask.caller.user.id,
    at,
    notes: cleanNotes(mark.notes),
  }
  return ok(tables.attendance.mark({ ...fields, status: 'ATTENDED', ip: ask.ip, agent: ask.agent }))
}

function whyNot(ask: Ask, tables: Tables, elector: ElectorRecord, mark: Mark): RestFault | null {
  if (!elector.is_active) return fieldFault('koc_id', 'This elector is not eligible.')
  const before = elector.has_attended ? tables.attendance.attendedOf(elector.koc_id) : null
  if (before !== null) {
    const at = localClock(Date.parse(before.attended_at))
    const message = `Elector already attended at ${at}, marked by ${before.marked_by_name ?? 'an unknown account'} in ${before.committee_code}`
    const { id, attended_at, marked_by_name, committee_code } = before
    return refused(message, {
      attendanceId: id,
      attendedAt: attended_at,
      markedByName: marked_by_name,
      committeeCode: committee_code,
    })
  }
  if (elector.committee_code !== mark.committee_code) {
    const message = `Elector is assigned to committee ${elector.committee_code ?? 'none'}, not ${mark.committee_code}`
    return refused(message, { electorCommittee: elector.committee_code, requestedCommittee: mark.committee_code })
  }
  if (!ask.rehearsal && mark.attended_at !== undefined && Date.parse(mark.attended_at) > ask.at + CLOCK_TOLERANCE_MS) {
    return fieldFault('attended_at', "This time is in the future: check the desk's clock.")
  }
  return null
}

/** Many marks in one call, and the elector who came to the wrong committee. */
export function addMarking(api: Api): void {
  api.write('POST', '/api/attendees/bulk_mark/', 'user', bulkMark, BULK_BYTES)
  api.write('POST', '/api/attendees/add-pending-elector/', 'user', (ask, tables, announce) => {
    const fields = parsed(Pending, ask.body)
    if (!fields.ok) return fields
    const { koc_id: number, committee_code: code, full_name: name, notes } = fields.value
    const committee = tables.committees.byCode(code)
    if (committee === null) return err(notFound('Committee not found'))
    if (!canAccessCommittee(ask.caller.viewer, code)) return err(forbidden())
    if (tables.electors.byNumber(number) === null) {
      if (name.trim() === '') return err(fieldFault('full_name', 'This field is required.'))
      tables.electors.create({ number, name, committee: committee.id }, ask.at)
      return ok({ data: tables.electors.byNumber(number), message: 'Elector added, waiting for approval', status: 201 })
    }
    const who = {
      elector: number,
      committee: committee.id,
      by: ask.caller.user.id,
      at: ask.at,
      notes: cleanNotes(notes),
    }
    const record = tables.attendance.mark({ ...who, status: 'PENDING', ip: ask.ip, agent: ask.agent })
    announced(announce, 'created', record)
    return ok({ data: record, message: 'Pending attendance recorded', status: 201 })
  })
}

/** Each mark stands or falls alone; all that stand are one transaction, and the answer says which is which, in order. */
function bulkMark(ask: Ask, tables: Tables, announce: Announce) {
  const body = parsed(BulkMark, ask.body)
  if (!body.ok) return body
  let created = 0
  const results = body.value.marks.map((given) => {
    const mark = parsed(Mark, given)
    const done = mark.ok ? markOne(ask, tables, mark.value) : mark
    const named = mark.ok ? { koc_id: mark.value.koc_id, committee_code: mark.value.committee_code } : {}
    if (!done.ok) {
      const { status, message, errors } = done.error
      return { ...named, result: 'refused', status, message, errors: errors ?? null }
    }
    created += 1
    announced(announce, 'created', done.value)
    return { ...named, result: 'created', status: 201, id: done.value.id, attended_at: done.value.attended_at }
  })
  const data = { created, refused: results.length - created, total: results.length, results }
  return ok({ data, message: `${created} of ${results.length} marked`, status: 200 as const })
}
