import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { canAccessCommittee, canReadAttendance, isAdmin, isViewer } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, forbidden } from '../http/fault.ts'
import { unmatched } from '../http/versions.ts'
import { pageAnswer, pageOf, wholeNumber } from '../http/paging.ts'
import { LOCAL_OFFSET_MS, localStamp } from '../time.ts'
import { announced, announcedDeleted, cleanNotes, markOne, Mark } from './marking.ts'
import { percent } from '../store/labels.ts'
import type { CommitteeRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

const Patch = z.object({ status: z.enum(['ATTENDED', 'PENDING']).optional(), notes: z.string().optional() })
const PATH = '/api/attendees/'
const HOUR_MS = 3_600_000

/** Attendance: read by those who may, marked by those assigned, corrected and deleted in the open. */
export function addAttendance(api: Api): void {
  addReads(api)
  addCommitteeReads(api)
  api.write('POST', `${PATH}mark/`, 'user', (ask, tables, announce) => {
    const fields = parsed(Mark, ask.body)
    if (!fields.ok) return fields
    const marked = markOne(ask, tables, fields.value)
    if (!marked.ok) return marked
    announced(announce, 'created', marked.value)
    return ok({ data: marked.value, message: 'Attendance marked successfully', status: 201 })
  })
  api.write('PATCH', `${PATH}:id/`, 'user', (ask, tables, announce) => {
    const fields = parsed(Patch, ask.body)
    if (!fields.ok) return fields
    const record = unchangedRecord(ask, tables)
    if (!record.ok) return record
    const fault = fields.value.status === 'ATTENDED' ? whyNotAttended(tables, record.value.id) : null
    if (fault !== null) return err(fault)
    const { status, notes } = fields.value
    tables.attendance.patch(record.value.id, { status, notes: notes === undefined ? undefined : cleanNotes(notes) })
    const after = tables.attendance.byId(record.value.id)
    if (after !== null) announced(announce, 'updated', after)
    return ok({ data: after, message: 'Attendance updated successfully', record: `attendance/${record.value.id}` })
  })
  api.write('DELETE', `${PATH}:id/`, 'user', (ask, tables, announce) => {
    const record = unchangedRecord(ask, tables)
    if (!record.ok) return record
    tables.attendance.remove(record.value.id)
    announcedDeleted(announce, record.value)
    return ok({ data: null, message: 'Attendance deleted successfully' })
  })
}

function addReads(api: Api): void {
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    const committee = wholeNumber(ask.query, 'committee')
    if (!committee.ok) return committee
    const markedBy = wholeNumber(ask.query, 'marked_by')
    if (!markedBy.ok) return markedBy
    const { viewer } = ask.caller
    const found = tables.attendance.list(page.value, {
      within: isAdmin(viewer.role) || isViewer(viewer.role) ? null : viewer.committees,
      committee: committee.value,
      code: ask.query['committee__code'] ?? ask.query['committee_code'] ?? null,
      markedBy: markedBy.value,
      search: ask.query['search'] ?? '',
    })
    return pageAnswer(found, page.value, ask.url, (record) => record.id)
  })
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const record = ownRecord(ask, tables)
    return record.ok ? ok({ data: record.value, record: `attendance/${record.value.id}` }) : record
  })
  api.read(`${PATH}search-elector/`, 'user', searchElector)
}

function searchElector(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const number = ask.query['koc_id'] ?? ''
  if (number === '') return err(fieldFault('koc_id', 'This field is required.'))
  const elector = tables.electors.byNumber(number)
  if (elector === null) return err({ status: 404, message: 'Elector not found', errors: { canAdd: true } })
  const asked = ask.query['committee']
  if (asked !== undefined && asked !== '' && asked !== elector.committee_code) {
    const message = `Elector is assigned to committee ${elector.committee_code ?? 'none'}, not ${asked}`
    return err({
      status: 400,
      message,
      errors: { electorCommittee: elector.committee_code, requestedCommittee: asked },
    })
  }
  const may = elector.committee_code !== null && canAccessCommittee(ask.caller.viewer, elector.committee_code)
  const { koc_id, full_name, name_first, family_name, section, committee_code, committee_name } = elector
  const { has_attended, attended_at } = elector
  const person = { koc_id, full_name, name_first, family_name, section, committee_code, committee_name }
  return ok({ data: { ...person, mobile: may ? elector.mobile : '', has_attended, attended_at } })
}

function addCommitteeReads(api: Api): void {
  api.read(`${PATH}committee/:code/`, 'viewer', (ask, tables) => {
    const committee = committeeFor(ask, tables)
    if (!committee.ok) return committee
    const { code, name, elector_count, attendance_count, pending_count } = committee.value
    const statistics = {
      total_electors: elector_count,
      total_attended: attendance_count,
      pending: pending_count,
      percentage: percent(attendance_count, elector_count),
    }
    return ok({
      data: { committee: { code, name }, statistics, attendance: tables.attendance.ofCommittee(committee.value.id) },
    })
  })
  api.read(`${PATH}statistics/:code/`, 'user', (ask, tables) => statistics(ask, tables))
  // figures are always live here; the call stays for consoles that make it
  api.write('POST', `${PATH}statistics/:code/refresh/`, 'admin', (ask, tables) => statistics(ask, tables))
}

function statistics(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const committee = committeeFor(ask, tables)
  if (!committee.ok) return committee
  const hours: Record<string, number> = {}
  for (const { hour, attended } of tables.attendance.hours(committee.value.id)) {
    const local = String(new Date(hour * HOUR_MS + LOCAL_OFFSET_MS).getUTCHours())
    hours[local] = (hours[local] ?? 0) + attended
  }
  const { code, name, elector_count, attendance_count, pending_count } = committee.value
  return ok({
    data: {
      committee_code: code,
      committee_name: name,
      total_electors: elector_count,
      total_attended: attendance_count,
      pending_count,
      attendance_percentage: percent(attendance_count, elector_count),
      hourly_breakdown: hours,
      last_updated: localStamp(ask.at),
    },
  })
}

function committeeFor(ask: Ask, tables: Tables): Result<CommitteeRecord, RestFault> {
  const committee = there(tables.committees.byCode(ask.params['code'] ?? ''), 'Committee not found')
  if (!committee.ok) return committee
  return canReadAttendance(ask.caller.viewer, committee.value.code) ? committee : err(forbidden())
}

/** A record of a committee the caller may access; others do not exist for them. */
function ownRecord(ask: Ask, tables: Tables) {
  const id = idOf(ask)
  if (!id.ok) return id
  const record = tables.attendance.byId(id.value)
  const may = record !== null && canAccessCommittee(ask.caller.viewer, record.committee_code)
  return there(may ? record : null)
}

/** The same, and as the request knows it. */
function unchangedRecord(ask: Ask, tables: Tables) {
  const record = ownRecord(ask, tables)
  const fault = record.ok ? unmatched(ask, tables, `attendance/${record.value.id}`, record.value) : null
  return fault === null ? record : err(fault)
}

/** Why a record may not become ATTENDED: the elector belongs elsewhere, or has attended already. */
function whyNotAttended(tables: Tables, id: number): RestFault | null {
  const record = tables.attendance.byId(id)
  const elector = record === null ? null : tables.electors.byNumber(record.elector)
  if (record === null || elector === null) return { status: 404, message: 'Not found.' }
  if (elector.committee !== record.committee) {
    return fieldFault(
      'status',
      `Elector is assigned to committee ${elector.committee_code ?? 'none'}; the record stays pending.`,
    )
  }
  const other = tables.attendance.attendedOf(record.elector)
  return other !== null && other.id !== id ? fieldFault('status', 'This elector has attended already.') : null
}
