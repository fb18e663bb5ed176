import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { isSupervisor } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { idOf, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault } from '../http/fault.ts'
import { LOCAL_OFFSET_MS, localDay, utcStamp } from '../time.ts'
import { percent } from '../store/labels.ts'
import type { CommitteeRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

const PATH = '/api/elections/:id/dashboard/'
const HOUR_MS = 3_600_000
/** A committee below this turnout is listed among the low ones. */
const LOW_TURNOUT = 50

/** Light dashboards from kept counts: live, attended records only, no caches. */
export function addDashboards(api: Api): void {
  api.read(`${PATH}overview/`, 'user', (ask, tables) => overview(ask, tables, true))
  api.read(`${PATH}attendance/summary/`, 'user', (ask, tables) => overview(ask, tables, false))
  api.read(`${PATH}attendance/hourly/`, 'user', hourly)
}

const sumOf = (committees: readonly CommitteeRecord[], figure: (committee: CommitteeRecord) => number): number =>
  committees.reduce((total, committee) => total + figure(committee), 0)

function overview(ask: Ask, tables: Tables, demographics: boolean): Result<Answer, RestFault> {
  const election = electionAsked(ask, tables)
  if (!election.ok) return election
  const committees = tables.committees.all()
  const electors = sumOf(committees, (committee) => committee.elector_count)
  const attendance = sumOf(committees, (committee) => committee.attendance_count)
  const votes = sumOf(committees, (committee) => committee.vote_count)
  const rows = committees.map(rowOf).sort((a, b) => b.elector_attendance_percentage - a.elector_attendance_percentage)
  const turnout = percent(attendance, electors)
  const data = {
    summary: {
      total_electors: electors,
      total_attendance: attendance,
      total_votes: votes,
      attendance_percentage: turnout,
      voting_percentage: percent(votes, electors),
      participation_rate: turnout,
    },
    committees: rows,
    // who collected how much is the supervisors' business
    guarantee_breakdown: { by_user: isSupervisor(ask.caller.user.role) ? tables.guarantees.byCollector() : [] },
    top_performers: rows.slice(0, 5),
    low_performers: rows.filter((row) => row.elector_attendance_percentage < LOW_TURNOUT).slice(0, 5),
    ...(demographics ? { demographics: demographicsOf(tables) } : {}),
  }
  const totals = { committees: committees.length, electors, attendance, votes }
  return ok({ data, meta: { electionId: election.value, totals, generatedAt: utcStamp(ask.at) } })
}

function rowOf(committee: CommitteeRecord) {
  const { id, code, name, gender, elector_count, guarantee_count, guarantee_attendance_count } = committee
  return {
    ...{ id, code, name, gender, elector_count, guarantee_count, guarantee_attendance_count },
    elector_attendance_count: committee.attendance_count,
    elector_attendance_percentage: committee.attendance_percentage,
    guarantee_attendance_percentage: percent(guarantee_attendance_count, guarantee_count),
  }
}

function demographicsOf(tables: Tables): object {
  const by = (column: Parameters<Tables['electors']['groupedBy']>[0]) =>
    tables.electors
      .groupedBy(column)
      .map(({ value, electors, attended }) => ({ name: value, count: electors, attended }))
  return { by_gender: by('gender'), by_area: by('area'), by_department: by('department'), by_team: by('team') }
}

/** Every hour of the day in which somebody came, and the ten of the family's table in any case. */
function hourly(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const election = electionAsked(ask, tables)
  if (!election.ok) return election
  const date = ask.query['date'] ?? localDay(ask.at)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return err(fieldFault('date', 'A day as YYYY-MM-DD is required.'))
  const hours = new Map<number, number>(Array.from({ length: 10 }, (_, index) => [8 + index, 0]))
  for (const { hour, attended } of tables.attendance.hours(null)) {
    if (localDay(hour * HOUR_MS) !== date) continue
    hours.set(new Date(hour * HOUR_MS + LOCAL_OFFSET_MS).getUTCHours(), attended)
  }
  const electors = sumOf(tables.committees.all(), (committee) => committee.elector_count)
  const target = Math.round(electors / 10)
  const rows = [...hours.entries()]
    .sort(([a], [b]) => a - b)
    .map(([hour, attendance]) => ({ hour: `${String(hour).padStart(2, '0')}:00`, attendance, votes: 0, target }))
  const total = rows.reduce((sum, row) => sum + row.attendance, 0)
  const peak = rows.reduce<(typeof rows)[number] | null>(
    (best, row) => (best === null || row.attendance > best.attendance ? row : best),
    null,
  )
  const meta = {
    date,
    totalAttendance: total,
    totalTarget: electors,
    attendancePercentage: percent(total, electors),
    peakHour: peak?.hour ?? null,
    peakAttendance: peak?.attendance ?? 0,
  }
  return ok({ data: rows, meta })
}

function electionAsked(ask: Ask, tables: Tables): Result<number, RestFault> {
  const id = idOf(ask)
  if (!id.ok) return id
  const election = there(tables.elections.byId(id.value))
  return election.ok ? id : election
}
