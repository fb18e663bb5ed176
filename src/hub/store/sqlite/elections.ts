import { localStamp } from '../../time.ts'
import type { Sql } from './sql.ts'
import { labelOf } from '../labels.ts'
import type { ElectionRecord, Mode, Phase } from '../records.ts'
import type { Elections } from '../tables.ts'

type ElectionRow = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly mode: Mode
  readonly voting_mode: string
  readonly max_candidates: number
  readonly allow_partial: number
  readonly minimum_votes: number
  readonly status: Phase
  readonly election_date: string | null
  readonly created_by: number | null
  readonly created_by_name: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly committee_count: number
}

const SELECT = `SELECT e.*, u.first_name || ' ' || u.last_name AS created_by_name,
  (SELECT count(*) FROM committees c WHERE c.election = e.id) AS committee_count
  FROM elections e LEFT JOIN users u ON u.id = e.created_by`

/** Elections: one a hub, whatever its phase. */
export function electionsIn(sql: Sql): Elections {
  const shaped = (row: ElectionRow): ElectionRecord => {
    const members = sql
      .all<{ id: number }>('SELECT id FROM users WHERE is_active = 1 ORDER BY id')
      .map((user) => user.id)
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      mode: row.mode,
      voting_mode: row.voting_mode,
      voting_mode_display: row.voting_mode === 'MIXED' ? 'Mixed Ticket' : labelOf(row.voting_mode),
      max_candidates_per_ballot: row.max_candidates,
      allow_partial_voting: row.allow_partial === 1,
      minimum_votes_required: row.minimum_votes,
      status: row.status,
      status_display: labelOf(row.status),
      election_date: row.election_date,
      committee_count: row.committee_count,
      member_count: members.length,
      members,
      created_by: row.created_by,
      created_by_name: row.created_by_name,
      created_at: localStamp(row.created_at),
      updated_at: localStamp(row.updated_at),
    }
  }
  const first = (row: ElectionRow | undefined): ElectionRecord | null => (row === undefined ? null : shaped(row))
  return {
    current: () => first(sql.one<ElectionRow>(`${SELECT} ORDER BY e.id DESC LIMIT 1`)),
    byId: (id) => first(sql.one<ElectionRow>(`${SELECT} WHERE e.id = ?`, id)),
    all: () => sql.all<ElectionRow>(`${SELECT} ORDER BY e.id DESC`).map(shaped),
    patch: (id, fields, at) => {
      if (fields.name !== undefined) sql.run('UPDATE elections SET name = ? WHERE id = ?', fields.name, id)
      if (fields.description !== undefined) {
        sql.run('UPDATE elections SET description = ? WHERE id = ?', fields.description, id)
      }
      if (fields.status !== undefined) sql.run('UPDATE elections SET status = ? WHERE id = ?', fields.status, id)
      if (fields.election_date !== undefined) {
        sql.run('UPDATE elections SET election_date = ? WHERE id = ?', fields.election_date, id)
      }
      sql.run('UPDATE elections SET updated_at = ? WHERE id = ?', at, id)
    },
  }
}
