import { localStamp } from '../../time.ts'
import type { Sql } from './sql.ts'
import type { Guarantees } from '../guarantee-tables.ts'
import type { GroupRecord } from '../records.ts'

type GroupRow = Omit<GroupRecord, 'created_at' | 'updated_at'> & {
  readonly created_at: number
  readonly updated_at: number
}

const SELECT = `SELECT q.id, q.name, q.color, q.description, q.position AS "order", q.created_at, q.updated_at,
  (SELECT count(*) FROM guarantees g WHERE g.group_id = q.id) AS guarantee_count FROM guarantee_groups q`

const recordOf = (row: GroupRow): GroupRecord => ({
  ...row,
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
})

type Groups = Pick<Guarantees, 'groups' | 'group' | 'createGroup' | 'patchGroup' | 'removeGroup' | 'inGroup'>

/** A collector's own drawers for pledges; nobody else sees or fills them. */
export function groupsIn(sql: Sql): Groups {
  return {
    groups: (user) => sql.all<GroupRow>(`${SELECT} WHERE q.user = ? ORDER BY q.position, q.id`, user).map(recordOf),
    group: (user, id) => {
      const row = sql.one<GroupRow>(`${SELECT} WHERE q.user = ? AND q.id = ?`, user, id)
      return row === undefined ? null : recordOf(row)
    },
    createGroup: (user, fields, at) =>
      sql.run(
        'INSERT INTO guarantee_groups (user, name, color, description, position, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...[user, fields.name, fields.color, fields.description, fields.order, at, at],
      ).id,
    patchGroup: (id, fields, at) => {
      for (const field of ['name', 'color', 'description'] as const) {
        const value = fields[field]
        if (value !== undefined) sql.run(`UPDATE guarantee_groups SET ${field} = ? WHERE id = ?`, value, id)
      }
      if (fields.order !== undefined) sql.run('UPDATE guarantee_groups SET position = ? WHERE id = ?', fields.order, id)
      sql.run('UPDATE guarantee_groups SET updated_at = ? WHERE id = ?', at, id)
    },
    removeGroup: (id) => void sql.run('DELETE FROM guarantee_groups WHERE id = ?', id),
    inGroup: (id) =>
      sql.all<{ id: number }>('SELECT id FROM guarantees WHERE group_id = ? ORDER BY id', id).map((row) => row.id),
  }
}
