import { localStampOrNull } from '../../time.ts'
import { splitName } from './names.ts'
import type { Sql } from './sql.ts'
import { beginning, containing, isNumberLike } from './sql.ts'
import { listed, Where } from './windows.ts'
import type { ElectorRecord } from '../records.ts'
import type { Electors } from '../tables.ts'

type ElectorRow = Omit<ElectorRecord, 'is_active' | 'is_approved' | 'has_attended' | 'attended_at'> & {
  readonly is_active: number
  readonly is_approved: number
  readonly attended_at: number | null
}

const SELECT = `SELECT e.koc_id, e.full_name, e.name_first, e.name_second, e.name_third, e.name_fourth, e.name_fifth, e.name_sixth,
  e.sub_family_name, e.family_name, e.gender, e.department, e.section, e.team, e.area, e.mobile, e.committee,
  c.code AS committee_code, c.name AS committee_name, e.is_active, e.is_approved, e.attended_at
  FROM electors e LEFT JOIN committees c ON c.id = e.committee`

const recordOf = (row: ElectorRow): ElectorRecord => ({
  ...row,
  is_active: row.is_active === 1,
  is_approved: row.is_approved === 1,
  has_attended: row.attended_at !== null,
  attended_at: localStampOrNull(row.attended_at),
})

/** Text that reads as a number looks at the register's key alone; anything else at the names. */
function matching(where: Where, text: string): Where {
  if (isNumberLike(text)) return where.add('e.koc_id >= ? AND e.koc_id < ?', ...beginning(text))
  return where.add(`e.full_name LIKE ? ESCAPE '\\'`, containing(text))
}

/** The register of electors, keyed by number. */
export function electorsIn(sql: Sql): Electors {
  return {
    byNumber: (number) => {
      const row = sql.one<ElectorRow>(`${SELECT} WHERE e.koc_id = ?`, number)
      return row === undefined ? null : recordOf(row)
    },
    list: (window, filter) => {
      const where = new Where()
      if (filter.search !== '') matching(where, filter.search)
      if (filter.committee !== null) where.add('e.committee = ?', filter.committee)
      const query = { select: SELECT, countFrom: 'electors e', key: 'e.koc_id', order: 'e.koc_id' }
      return listed<ElectorRow, ElectorRecord>(sql, query, where, window, recordOf)
    },
    search: (text, limit, notPledgedTo) => {
      const where = matching(new Where(), text)
      if (notPledgedTo !== null) {
        where.add('NOT EXISTS (SELECT 1 FROM guarantees g WHERE g.elector = e.koc_id AND g.user = ?)', notPledgedTo)
      }
      return sql
        .all<ElectorRow>(`${SELECT}${where.text} ORDER BY e.koc_id LIMIT ?`, ...where.values, limit)
        .map(recordOf)
    },
    create: (fields, at) => {
      const name = splitName(fields.name)
      sql.run(
        `INSERT INTO electors (koc_id, full_name, name_first, name_second, name_third, name_fourth, name_fifth, name_sixth,
          sub_family_name, family_name, gender, committee, is_approved, created_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'MALE', ?, 0, ?)`,
        ...[fields.number, name.full, ...name.columns, fields.committee, at],
      )
    },
    groupedBy: (column) =>
      sql.all(
        `SELECT ${column} AS value, count(*) AS electors, count(attended_at) AS attended FROM electors
          WHERE is_active = 1 GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
      ),
  }
}
