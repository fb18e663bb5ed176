import { localStamp } from '../../time.ts'
import { groupsIn } from './groups.ts'
import type { Sql } from './sql.ts'
import { beginning, containing, isNumberLike } from './sql.ts'
import { listed, Where } from './windows.ts'
import type { GuaranteeFilter, GuaranteePatch, GuaranteeStatistics, Guarantees, Owners } from '../guarantee-tables.ts'
import { labelOf } from '../labels.ts'
import type { Confirmation, GuaranteeRecord, GuaranteeStatus, HistoryRecord, NoteRecord } from '../records.ts'

type GuaranteeRow = {
  readonly id: number
  readonly user: number
  readonly elector: string
  readonly status: GuaranteeStatus
  readonly confirmation: Confirmation
  readonly group_id: number | null
  readonly mobile: string
  readonly quick_note: string
  readonly created_at: number
  readonly updated_at: number
  readonly elector_name: string
  readonly elector_mobile: string
  readonly section: string
  readonly department: string
  readonly team: string
  readonly committee_code: string | null
  readonly committee_name: string | null
  readonly group_name: string | null
  readonly group_color: string | null
  readonly noted: number
  readonly user_name: string
}

const FROM = `guarantees g JOIN electors e ON e.koc_id = g.elector LEFT JOIN committees c ON c.id = e.committee
  LEFT JOIN guarantee_groups q ON q.id = g.group_id JOIN users u ON u.id = g.user`
const SELECT = `SELECT g.*, e.full_name AS elector_name, e.mobile AS elector_mobile, e.section, e.department, e.team,
  c.code AS committee_code, c.name AS committee_name, q.name AS group_name, u.first_name || ' ' || u.last_name AS user_name, q.color AS group_color,
  EXISTS (SELECT 1 FROM guarantee_notes n WHERE n.guarantee = g.id) AS noted FROM ${FROM}`

const recordOf = (row: GuaranteeRow): GuaranteeRecord => ({
  id: row.id,
  elector: row.elector,
  elector_koc_id: row.elector,
  elector_name: row.elector_name,
  elector_mobile: row.elector_mobile,
  elector_section: row.section,
  elector_department: row.department,
  elector_team: row.team === '' ? null : row.team,
  elector_committee_name: row.committee_name,
  guarantee_status: row.status,
  guarantee_status_display: labelOf(row.status),
  group: row.group_id,
  group_name: row.group_name,
  group_color: row.group_color,
  quick_note: row.quick_note,
  mobile: row.mobile,
  confirmation_status: row.confirmation,
  confirmation_status_display: labelOf(row.confirmation),
  isConfirmed: row.confirmation === 'CONFIRMED',
  has_notes: row.noted === 1,
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
  user: row.user,
  user_name: row.user_name,
  elector_committee_code: row.committee_code,
})

const ORDERS: Readonly<Record<string, string>> = {
  created_at: 'g.id',
  '-created_at': 'g.id DESC',
  updated_at: 'g.updated_at, g.id',
  '-updated_at': 'g.updated_at DESC, g.id DESC',
  elector_name: 'e.full_name, g.id',
  '-elector_name': 'e.full_name DESC, g.id DESC',
  elector: 'g.elector, g.id',
}

const ownersIn = (where: Where, owners: Owners): Where =>
  owners === null ? where : where.add('g.user IN (SELECT value FROM json_each(?))', JSON.stringify(owners))

function whereOf(filter: GuaranteeFilter): Where {
  const where = ownersIn(new Where(), filter.owners)
  if (filter.status !== null) where.add('g.status = ?', filter.status)
  if (filter.confirmation !== null) where.add('g.confirmation = ?', filter.confirmation)
  if (filter.group !== null) where.add('g.group_id = ?', filter.group)
  if (filter.elector !== null) where.add('g.elector = ?', filter.elector)
  if (filter.search !== '') {
    if (isNumberLike(filter.search)) where.add('g.elector >= ? AND g.elector < ?', ...beginning(filter.search))
    else where.add(`e.full_name LIKE ? ESCAPE '\\'`, containing(filter.search))
  }
  return where
}

/** Pledges: one collector's promise from one elector, with notes, history and the collector's own groups. */
export function guaranteesIn(sql: Sql): Guarantees {
  const first = (row: GuaranteeRow | undefined): GuaranteeRecord | null => (row === undefined ? null : recordOf(row))
  return {
    ...groupsIn(sql),
    ...notesIn(sql),
    list: (window, filter) => {
      const countFrom = filter.search === '' ? 'guarantees g' : FROM
      const query = { select: SELECT, countFrom, key: 'g.id', order: ORDERS[filter.ordering] ?? 'g.id DESC' }
      return listed<GuaranteeRow, GuaranteeRecord>(sql, query, whereOf(filter), window, recordOf)
    },
    byId: (id) => first(sql.one<GuaranteeRow>(`${SELECT} WHERE g.id = ?`, id)),
    ofElector: (user, elector) =>
      first(sql.one<GuaranteeRow>(`${SELECT} WHERE g.user = ? AND g.elector = ?`, user, elector)),
    create: (user, elector, fields, at) =>
      sql.run(
        `INSERT INTO guarantees (user, elector, status, confirmation, group_id, mobile, quick_note, created_at, updated_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[user, elector, fields.status ?? 'GUARANTEED', fields.confirmation ?? 'PENDING', fields.group ?? null],
        ...[fields.mobile ?? '', fields.quick_note ?? '', at, at],
      ).id,
    patch: (id, fields, at) => patchGuarantee(sql, id, fields, at),
    remove: (id) => void sql.run('DELETE FROM guarantees WHERE id = ?', id),
    statistics: (owners) => statisticsOf(sql, owners),
    byCollector: () =>
      sql.all(
        `SELECT g.user, u.first_name || ' ' || u.last_name AS name, count(*) AS total,
          sum(g.confirmation = 'CONFIRMED') AS confirmed, count(e.attended_at) AS attended
          FROM guarantees g JOIN users u ON u.id = g.user JOIN electors e ON e.koc_id = g.elector GROUP BY g.user ORDER BY 3 DESC`,
      ),
  }
}

function patchGuarantee(sql: Sql, id: number, fields: GuaranteePatch, at: number): void {
  if (fields.status !== undefined) sql.run('UPDATE guarantees SET status = ? WHERE id = ?', fields.status, id)
  if (fields.confirmation !== undefined) {
    sql.run('UPDATE guarantees SET confirmation = ? WHERE id = ?', fields.confirmation, id)
  }
  if (fields.group !== undefined) sql.run('UPDATE guarantees SET group_id = ? WHERE id = ?', fields.group, id)
  if (fields.mobile !== undefined) sql.run('UPDATE guarantees SET mobile = ? WHERE id = ?', fields.mobile, id)
  if (fields.quick_note !== undefined)
    sql.run('UPDATE guarantees SET quick_note = ? WHERE id = ?', fields.quick_note, id)
  sql.run('UPDATE guarantees SET updated_at = ? WHERE id = ?', at, id)
}

type Totals = Pick<GuaranteeStatistics, 'total' | 'pending' | 'guaranteed' | 'confirmed' | 'notAvailable' | 'attended'>
const NOTHING: Totals = { total: 0, pending: 0, guaranteed: 0, confirmed: 0, notAvailable: 0, attended: 0 }

function statisticsOf(sql: Sql, owners: Owners): GuaranteeStatistics {
  const where = ownersIn(new Where(), owners)
  const totals = sql.one<Totals>(
    `SELECT count(*) AS total, coalesce(sum(g.status = 'PENDING'), 0) AS pending,
      coalesce(sum(g.status = 'GUARANTEED'), 0) AS guaranteed, coalesce(sum(g.confirmation = 'CONFIRMED'), 0) AS confirmed,
      coalesce(sum(g.confirmation = 'NOT_AVAILABLE'), 0) AS notAvailable, count(e.attended_at) AS attended
      FROM guarantees g JOIN electors e ON e.koc_id = g.elector${where.text}`,
    ...where.values,
  )
  const grouped = (code: string, name: string, limit: number) =>
    sql.all<{ code: string | null; name: string | null; count: number }>(
      `SELECT ${code} AS code, ${name} AS name, count(*) AS count FROM ${FROM}${where.text} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT ?`,
      ...where.values,
      limit,
    )
  return {
    ...(totals ?? NOTHING),
    byGroup: grouped('q.color', 'q.name', 100),
    byCommittee: grouped('c.code', 'c.name', 500),
    topSections: grouped('e.section', 'e.section', 5),
  }
}

function notesIn(sql: Sql): Pick<Guarantees, 'notes' | 'addNote' | 'history' | 'remember'> {
  return {
    notes: (guarantee) =>
      sql
        .all<Omit<NoteRecord, 'created_at' | 'is_important'> & { created_at: number; is_important: number }>(
          `SELECT n.*, u.first_name || ' ' || u.last_name AS user_name, u.email AS user_email FROM guarantee_notes n
            JOIN users u ON u.id = n.user WHERE n.guarantee = ? ORDER BY n.id DESC LIMIT 100`,
          guarantee,
        )
        .map((row) => ({ ...row, is_important: row.is_important === 1, created_at: localStamp(row.created_at) })),
    addNote: (guarantee, user, content, important, at) =>
      sql.run(
        'INSERT INTO guarantee_notes (guarantee, user, content, is_important, created_at) VALUES (?, ?, ?, ?, ?)',
        ...[guarantee, user, content, important ? 1 : 0, at],
      ).id,
    history: (guarantee) =>
      sql
        .all<Omit<HistoryRecord, 'created_at'> & { created_at: number }>(
          `SELECT h.*, u.first_name || ' ' || u.last_name AS user_name FROM guarantee_history h JOIN users u ON u.id = h.user
            WHERE h.guarantee = ? ORDER BY h.id DESC LIMIT 100`,
          guarantee,
        )
        .map((row) => ({ ...row, created_at: localStamp(row.created_at) })),
    remember: (guarantee, user, action, [before, after], at) =>
      void sql.run(
        'INSERT INTO guarantee_history (guarantee, user, action, old_value, new_value, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        ...[guarantee, user, action, JSON.stringify(before), JSON.stringify(after), at],
      ),
  }
}
