import type { RuleCode } from '../../../shared/sheet/rules.ts'
import { localStamp } from '../../time.ts'
import type { RemarkRecord, Remarks } from '../remark-tables.ts'
import type { Sql } from './sql.ts'
import { listed, Where } from './windows.ts'

type RemarkRow = {
  readonly code: RuleCode
  readonly field: string
  readonly n: number
  readonly most: number
  readonly place: string | null
  readonly content: string
  readonly email: string
  readonly name: string
  readonly created_at: number
  readonly handled_email: string | null
  readonly handled_name: string | null
  readonly handled_at: number | null
  readonly handled_content: string | null
}

const SELECT = `SELECT r.*, u.email, u.first_name || ' ' || u.last_name AS name, h.email AS handled_email,
  h.first_name || ' ' || h.last_name AS handled_name
  FROM sheet_remarks r JOIN users u ON u.id = r.user LEFT JOIN users h ON h.id = r.handled_by`

const recordOf = (row: RemarkRow): RemarkRecord => ({
  ...{ code: row.code, field: row.field, n: row.n, most: row.most, place: row.place },
  ...{ content: row.content, user_email: row.email, user_name: row.name, created_at: localStamp(row.created_at) },
  handled:
    row.handled_at === null
      ? null
      : {
          ...{ content: row.handled_content ?? '', user_email: row.handled_email ?? '' },
          ...{ user_name: row.handled_name ?? '', created_at: localStamp(row.handled_at) },
        },
})

/** Words to the warnings of each sheet, kept until the sheet is entered anew. */
export function remarksIn(sql: Sql): Remarks {
  const of = (committee: number) => ({
    committee,
    remarks: sql.all<RemarkRow>(`${SELECT} WHERE r.committee = ? ORDER BY r.id`, committee).map(recordOf),
  })
  return {
    list: (window) => {
      const select = 'SELECT DISTINCT committee FROM sheet_remarks'
      const countFrom = '(SELECT DISTINCT committee FROM sheet_remarks)'
      const query = { select, countFrom, key: 'committee', order: 'committee' }
      return listed<{ committee: number }, ReturnType<typeof of>>(sql, query, new Where(), window, (row) =>
        of(row.committee),
      )
    },
    of,
    put: (committee, remarks, user, at) => {
      sql.run('DELETE FROM sheet_remarks WHERE committee = ?', committee)
      for (const { code, field, n, most, place, content } of remarks)
        sql.run(
          'INSERT INTO sheet_remarks (committee, code, field, n, most, place, content, user, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
          ...[committee, code, field, n, most, place, content, user, at],
        )
    },
    handle: (committee, { code, field }, { user, content }, at) =>
      void sql.run(
        `UPDATE sheet_remarks SET handled_by = ?, handled_content = ?, handled_at = ?
          WHERE committee = ? AND code = ? AND field = ? AND handled_at IS NULL`,
        ...[user, content, at, committee, code, field],
      ),
  }
}
