import { randomUUID } from 'node:crypto'
import { localStamp, localStampOrNull } from '../../time.ts'
import type { Sql } from './sql.ts'
import { containing } from './sql.ts'
import { listed, Where } from './windows.ts'
import { labelOf } from '../labels.ts'
import type { Role, UserRecord } from '../records.ts'
import type { RevocationRecord, UserPatch, Users } from '../tables.ts'

type UserRow = {
  readonly id: number
  readonly email: string
  readonly password: string
  readonly first_name: string
  readonly last_name: string
  readonly phone: string
  readonly role: Role
  readonly supervisor: number | null
  readonly supervisor_name: string | null
  readonly teams: string
  readonly committees: string
  readonly is_active: number
  readonly date_joined: number
  readonly last_login: number | null
  readonly supervised: number
}

const SELECT = `SELECT u.*, s.first_name || ' ' || s.last_name AS supervisor_name,
  (SELECT count(*) FROM users t WHERE t.supervisor = u.id) AS supervised
  FROM users u LEFT JOIN users s ON s.id = u.supervisor`

function recordOf(row: UserRow): UserRecord {
  return {
    id: row.id,
    email: row.email,
    first_name: row.first_name,
    last_name: row.last_name,
    full_name: `${row.first_name} ${row.last_name}`.trim(),
    phone: row.phone,
    role: row.role,
    role_display: labelOf(row.role),
    supervisor: row.supervisor,
    supervisor_name: row.supervisor_name,
    // written by this store as a JSON list of strings, never by anyone else
    teams: JSON.parse(row.teams) as string[],
    // as above
    committees: JSON.parse(row.committees) as string[],
    is_active: row.is_active === 1,
    date_joined: localStamp(row.date_joined),
    last_login: localStampOrNull(row.last_login),
    supervised_users_count: row.supervised,
  }
}

/** Accounts. The hash leaves this room for sign-in and password change only. */
export function usersIn(sql: Sql): Users {
  const byId = (id: number): UserRecord | null => {
    const row = sql.one<UserRow>(`${SELECT} WHERE u.id = ?`, id)
    return row === undefined ? null : recordOf(row)
  }
  return {
    byId,
    forSignIn: (email) => {
      const row = sql.one<UserRow>(`${SELECT} WHERE u.email = ?`, email)
      return row === undefined ? null : { user: recordOf(row), hash: row.password }
    },
    list: (window, search) => {
      const where = new Where()
      if (search !== '') {
        const like = containing(search)
        where.add(`(u.email LIKE ? ESCAPE '\\' OR u.first_name || ' ' || u.last_name LIKE ? ESCAPE '\\')`, like, like)
      }
      const query = { select: SELECT, countFrom: 'users u', key: 'u.id', order: 'u.id' }
      return listed<UserRow, UserRecord>(sql, query, where, window, recordOf)
    },
    teamOf: (id) => sql.all<{ id: number }>('SELECT id FROM users WHERE supervisor = ?', id).map((row) => row.id),
    signedIn: (id, at) => void sql.run('UPDATE users SET last_login = ? WHERE id = ?', at, id),
    setPassword: (id, hash) => void sql.run('UPDATE users SET password = ? WHERE id = ?', hash, id),
    hashOf: (id) => sql.one<{ password: string }>('SELECT password FROM users WHERE id = ?', id)?.password ?? '',
    patch: (id, fields) => patchUser(sql, id, fields),
    addWall: (name, at) => {
      const { id } = sql.run(
        `INSERT INTO users (email, password, first_name, last_name, role, date_joined) VALUES (?, '', ?, '', 'VIEWER', ?)`,
        `wall-${randomUUID()}@device.invalid`,
        name,
        at,
      )
      const made = byId(Number(id))
      if (made === null) throw new Error('a wall that was just written is not there')
      return made
    },
    walls: () =>
      sql
        .all<UserRow>(`${SELECT} WHERE u.role = 'VIEWER' ORDER BY u.id`)
        .map(recordOf)
        .map(({ id, full_name, is_active, date_joined }) => ({ id, name: full_name, is_active, date_joined })),
    ...revocationsIn(sql),
  }
}

const revocationsIn = (sql: Sql): Pick<Users, 'revoke' | 'revocationOf'> => ({
  revoke: (id, order) => {
    patchUser(sql, id, { is_active: false })
    sql.run(
      'INSERT OR REPLACE INTO revocations (user, id, by, at, wipe) VALUES (?, ?, ?, ?, ?)',
      ...[id, order.id, order.by, order.at, order.wipe ? 1 : 0],
    )
  },
  revocationOf: (id) => {
    const row = sql.one<Omit<RevocationRecord, 'wipe'> & { readonly wipe: number }>(
      'SELECT id, by, at, wipe FROM revocations WHERE user = ?',
      id,
    )
    return row === undefined ? null : { ...row, wipe: row.wipe === 1 }
  },
})

function patchUser(sql: Sql, id: number, fields: UserPatch): void {
  if (fields.role !== undefined) sql.run('UPDATE users SET role = ? WHERE id = ?', fields.role, id)
  if (fields.is_active !== undefined) {
    sql.run('UPDATE users SET is_active = ? WHERE id = ?', fields.is_active ? 1 : 0, id)
    if (fields.is_active) sql.run('DELETE FROM revocations WHERE user = ?', id)
  }
  if (fields.committees !== undefined) {
    sql.run('UPDATE users SET committees = ? WHERE id = ?', JSON.stringify(fields.committees), id)
  }
  if (fields.supervisor !== undefined) sql.run('UPDATE users SET supervisor = ? WHERE id = ?', fields.supervisor, id)
}
