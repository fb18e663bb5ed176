import { localStamp } from '../../time.ts'
import type { Sql } from './sql.ts'
import { containing } from './sql.ts'
import { listed, Where } from './windows.ts'
import { labelOf, percent } from '../labels.ts'
import type { CommitteeRecord, UserRecord } from '../records.ts'
import type { Committees, Users } from '../tables.ts'

type CommitteeRow = {
  readonly id: number
  readonly election: number
  readonly code: string
  readonly name: string
  readonly gender: 'MALE' | 'FEMALE' | 'MIXED'
  readonly location: string
  readonly electors_from: number | null
  readonly electors_to: number | null
  readonly electors: number
  readonly attended: number
  readonly pending: number
  readonly votes: number
  readonly guarantees: number
  readonly guarantees_attended: number
  readonly created_at: number
  readonly updated_at: number
}

const recordOf = (row: CommitteeRow): CommitteeRecord => ({
  id: row.id,
  election: row.election,
  code: row.code,
  name: row.name,
  gender: row.gender,
  gender_display: labelOf(row.gender),
  location: row.location,
  electors_from: row.electors_from,
  electors_to: row.electors_to,
  elector_count: row.electors,
  attendance_count: row.attended,
  attendance_percentage: percent(row.attended, row.electors),
  pending_count: row.pending,
  vote_count: row.votes,
  guarantee_count: row.guarantees,
  guarantee_attendance_count: row.guarantees_attended,
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
})

const SELECT = 'SELECT c.* FROM committees c'

/** Committees with their kept counts: a list costs its own rows and nothing more. */
export function committeesIn(sql: Sql, users: Users): Committees {
  const first = (row: CommitteeRow | undefined): CommitteeRecord | null => (row === undefined ? null : recordOf(row))
  return {
    list: (window, filter) => {
      const where = new Where()
      if (filter.gender !== null) where.add('c.gender = ?', filter.gender)
      if (filter.search !== '') {
        const like = containing(filter.search)
        where.add(`(c.code LIKE ? ESCAPE '\\' OR c.name LIKE ? ESCAPE '\\')`, like, like)
      }
      const query = { select: SELECT, countFrom: 'committees c', key: 'c.id', order: 'c.id' }
      return listed<CommitteeRow, CommitteeRecord>(sql, query, where, window, recordOf)
    },
    all: () => sql.all<CommitteeRow>(`${SELECT} ORDER BY c.id`).map(recordOf),
    byId: (id) => first(sql.one<CommitteeRow>(`${SELECT} WHERE c.id = ?`, id)),
    byCode: (code) => first(sql.one<CommitteeRow>(`${SELECT} WHERE c.code = ? ORDER BY c.election DESC LIMIT 1`, code)),
    create: (election, draft, at) =>
      sql.run(
        `INSERT INTO committees (election, code, name, gender, location, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...[election, draft.code, draft.name, draft.gender, draft.location, at, at],
      ).id,
    patch: (id, draft, at) => {
      for (const field of ['code', 'name', 'gender', 'location'] as const) {
        const value = draft[field]
        if (value !== undefined) sql.run(`UPDATE committees SET ${field} = ? WHERE id = ?`, value, id)
      }
      sql.run('UPDATE committees SET updated_at = ? WHERE id = ?', at, id)
    },
    remove: (id) => {
      const held = sql.one(
        `SELECT 1 AS held WHERE EXISTS (SELECT 1 FROM electors WHERE committee = ?) OR EXISTS (SELECT 1 FROM attendance WHERE committee = ?)
          OR EXISTS (SELECT 1 FROM vote_counts WHERE committee = ?) OR EXISTS (SELECT 1 FROM entries WHERE committee = ?)`,
        ...[id, id, id, id],
      )
      if (held === undefined) sql.run('DELETE FROM committees WHERE id = ?', id)
      return held === undefined
    },
    usersOf: (code) =>
      sql
        .all<{ id: number }>(
          'SELECT u.id FROM users u, json_each(u.committees) c WHERE c.value = ? ORDER BY u.id',
          code,
        )
        .map((row) => users.byId(row.id))
        .filter((user): user is UserRecord => user !== null),
  }
}
