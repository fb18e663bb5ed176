import { localStamp } from '../../time.ts'
import type { Sql } from './sql.ts'
import { beginning, containing, isNumberLike } from './sql.ts'
import { listed, Where } from './windows.ts'
import type { AttendanceDetail, AttendanceRecord, AttendanceStatus } from '../records.ts'
import type { AttendanceFilter, Attendances } from '../tables.ts'

type AttendanceRow = {
  readonly id: number
  readonly elector: string
  readonly elector_name: string
  readonly elector_gender: string
  readonly elector_section: string
  readonly committee: number
  readonly committee_code: string
  readonly committee_name: string
  readonly marked_by: number | null
  readonly marked_by_name: string | null
  readonly attended_at: number
  readonly notes: string
  readonly status: AttendanceStatus
  readonly ip: string
  readonly agent: string
}

const SELECT = `SELECT a.*, e.full_name AS elector_name, e.gender AS elector_gender, e.section AS elector_section,
  c.code AS committee_code, c.name AS committee_name, u.first_name || ' ' || u.last_name AS marked_by_name
  FROM attendance a JOIN electors e ON e.koc_id = a.elector JOIN committees c ON c.id = a.committee
  LEFT JOIN users u ON u.id = a.marked_by`

const recordOf = (row: AttendanceRow): AttendanceRecord => ({
  id: row.id,
  elector_koc_id: row.elector,
  elector_name: row.elector_name,
  elector_gender: row.elector_gender,
  committee_code: row.committee_code,
  committee_name: row.committee_name,
  marked_by_name: row.marked_by_name,
  attended_at: localStamp(row.attended_at),
  notes: row.notes,
  status: row.status,
})

const detailOf = (row: AttendanceRow): AttendanceDetail => ({
  ...recordOf(row),
  elector: row.elector,
  elector_section: row.elector_section,
  committee: row.committee,
  marked_by: row.marked_by,
  device_info: { ip_address: row.ip, user_agent: row.agent },
})

function whereOf(filter: AttendanceFilter): Where {
  const where = new Where()
  if (filter.within !== null) {
    where.add('c.code IN (SELECT value FROM json_each(?))', JSON.stringify([...filter.within]))
  }
  if (filter.committee !== null) where.add('a.committee = ?', filter.committee)
  if (filter.code !== null) where.add('c.code = ?', filter.code)
  if (filter.markedBy !== null) where.add('a.marked_by = ?', filter.markedBy)
  if (filter.search !== '') {
    if (isNumberLike(filter.search)) where.add('a.elector >= ? AND a.elector < ?', ...beginning(filter.search))
    else where.add(`e.full_name LIKE ? ESCAPE '\\'`, containing(filter.search))
  }
  return where
}

/** Who has come. At most one ATTENDED record an elector: the table itself refuses a second. */
export function attendanceIn(sql: Sql): Attendances {
  const detail = (row: AttendanceRow | undefined): AttendanceDetail | null => (row === undefined ? null : detailOf(row))
  const byId = (id: number): AttendanceDetail | null => detail(sql.one<AttendanceRow>(`${SELECT} WHERE a.id = ?`, id))
  return {
    byId,
    attendedOf: (number) =>
      detail(sql.one<AttendanceRow>(`${SELECT} WHERE a.elector = ? AND a.status = 'ATTENDED'`, number)),
    list: (window, filter) => {
      const joined = 'attendance a JOIN electors e ON e.koc_id = a.elector JOIN committees c ON c.id = a.committee'
      const plain = filter.within === null && filter.code === null && filter.search === ''
      const query = { select: SELECT, countFrom: plain ? 'attendance a' : joined, key: 'a.id', order: 'a.id DESC' }
      return listed<AttendanceRow, AttendanceRecord>(sql, query, whereOf(filter), window, recordOf)
    },
    ofCommittee: (committee) =>
      sql.all<AttendanceRow>(`${SELECT} WHERE a.committee = ? ORDER BY a.id DESC`, committee).map(recordOf),
    mark: (fields) => {
      const { id } = sql.run(
        'INSERT INTO attendance (elector, committee, marked_by, attended_at, notes, status, ip, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        ...[
          fields.elector,
          fields.committee,
          fields.by,
          fields.at,
          fields.notes,
          fields.status,
          fields.ip,
          fields.agent,
        ],
      )
      const made = byId(id)
      if (made === null) throw new Error(`attendance ${id} was written and is not there`)
      return made
    },
    patch: (id, fields) => {
      if (fields.status !== undefined) sql.run('UPDATE attendance SET status = ? WHERE id = ?', fields.status, id)
      if (fields.notes !== undefined) sql.run('UPDATE attendance SET notes = ? WHERE id = ?', fields.notes, id)
    },
    remove: (id) => void sql.run('DELETE FROM attendance WHERE id = ?', id),
    hours: (committee) =>
      committee === null
        ? sql.all('SELECT hour, sum(attended) AS attended FROM attendance_hours GROUP BY hour ORDER BY hour')
        : sql.all(
            'SELECT hour, attended FROM attendance_hours WHERE committee = ? AND attended > 0 ORDER BY hour',
            committee,
          ),
  }
}
