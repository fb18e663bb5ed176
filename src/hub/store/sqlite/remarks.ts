import type { RuleCode } from '../../../shared/sheet/rules.ts'
import { differing } from '../../../shared/sheet/sheet.ts'
import { localStamp } from '../../time.ts'
import type { EntryMark, RemarkRecord, Remarks, SheetRecord, TypedMark } from '../remark-tables.ts'
import type { EndedRound, TypedEntry, TypedSheets } from '../typed-tables.ts'
import type { Sql } from './sql.ts'
import { pairOf } from './typed.ts'
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

const markOf = (entry: TypedEntry | null): EntryMark | null =>
  entry && {
    ...{ user_email: entry.user_email, user_name: entry.user_name, turns: entry.turns },
    created_at: localStamp(entry.at),
  }

function typedMark(round: EndedRound | null): TypedMark | null {
  if (round === null || round.how === 'dropped') return null
  const { how, user_email, user_name, content, at, entries } = round
  const { first, second } = pairOf(entries)
  const by = { how, user_email, user_name, content, created_at: localStamp(at) }
  return { ...by, first: markOf(first), second: markOf(second) }
}

/** Words to the warnings of each sheet, kept until the sheet is entered anew, and who typed it. */
export function remarksIn(sql: Sql, typed: TypedSheets): Remarks {
  const entries = (committee: number) => {
    const { first, second } = typed.of(committee)
    const differs = first && second ? differing(first.figures, second.figures) : []
    return {
      ...{ first: markOf(first), second: markOf(second), differs },
      typed: typedMark(typed.onRecord(committee)),
    }
  }
  const of = (committee: number): SheetRecord => ({
    committee,
    ...entries(committee),
    remarks: sql.all<RemarkRow>(`${SELECT} WHERE r.committee = ? ORDER BY r.id`, committee).map(recordOf),
  })
  return {
    list: (window) => {
      const countFrom = '(SELECT committee FROM sheet_remarks UNION SELECT committee FROM sheet_rounds)'
      const select = `SELECT committee FROM ${countFrom}`
      const query = { select, countFrom, key: 'committee', order: 'committee' }
      return listed<{ committee: number }, ReturnType<typeof of>>(sql, query, new Where(), window, (row) =>
        of(row.committee),
      )
    },
    of,
    put: (committee, remarks) => {
      sql.run('DELETE FROM sheet_remarks WHERE committee = ?', committee)
      for (const { code, field, n, most, place, content, user, at } of remarks)
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
