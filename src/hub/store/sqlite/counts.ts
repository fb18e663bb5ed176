import { localStamp, localStampOrNull } from '../../time.ts'
import type { Sql } from './sql.ts'
import { listed, Where } from './windows.ts'
import { labelOf } from '../labels.ts'
import type { CountStatus } from '../records.ts'
import type { AuditRecord, VoteCountRecord } from '../vote-records.ts'
import type { CountFilter, Voting } from '../voting-tables.ts'

type CountRow = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly committee_code: string
  readonly committee_name: string
  readonly candidate: number
  readonly candidate_number: number
  readonly candidate_name: string
  readonly vote_count: number
  readonly status: CountStatus
  readonly is_verified: number
  readonly entered_by: number | null
  readonly entered_by_name: string | null
  readonly verified_by: number | null
  readonly verified_by_name: string | null
  readonly verified_at: number | null
  readonly notes: string
  readonly created_at: number
  readonly updated_at: number
}

const SELECT = `SELECT v.*, c.code AS committee_code, c.name AS committee_name, k.number AS candidate_number,
  k.name AS candidate_name, e.first_name || ' ' || e.last_name AS entered_by_name,
  w.first_name || ' ' || w.last_name AS verified_by_name
  FROM vote_counts v JOIN committees c ON c.id = v.committee JOIN candidates k ON k.id = v.candidate
  LEFT JOIN users e ON e.id = v.entered_by LEFT JOIN users w ON w.id = v.verified_by`

const recordOf = (row: CountRow): VoteCountRecord => ({
  id: row.id,
  election: row.election,
  committee: row.committee,
  committee_code: row.committee_code,
  committee_name: row.committee_name,
  candidate: row.candidate,
  candidate_number: row.candidate_number,
  candidate_name: row.candidate_name,
  vote_count: row.vote_count,
  status: row.status,
  status_display: labelOf(row.status),
  is_verified: row.is_verified === 1,
  entered_by: row.entered_by,
  entered_by_name: row.entered_by_name,
  verified_by: row.verified_by,
  verified_by_name: row.verified_by_name,
  verified_at: localStampOrNull(row.verified_at),
  notes: row.notes,
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
})

function whereOf(filter: CountFilter): Where {
  const where = new Where()
  if (filter.committee !== null) where.add('v.committee = ?', filter.committee)
  if (filter.candidate !== null) where.add('v.candidate = ?', filter.candidate)
  if (filter.status !== null) where.add('v.status = ?', filter.status)
  if (filter.verified !== null) where.add('v.is_verified = ?', filter.verified ? 1 : 0)
  return where
}

type Counts = Pick<
  Voting,
  | 'counts'
  | 'countById'
  | 'countOf'
  | 'countsOf'
  | 'putCount'
  | 'patchCount'
  | 'removeCount'
  | 'audit'
  | 'auditOf'
  | 'tallies'
>

/** Votes of one candidate from one committee, with the audit beside them. */
export function countsIn(sql: Sql): Counts {
  const first = (row: CountRow | undefined): VoteCountRecord | null => (row === undefined ? null : recordOf(row))
  return {
    ...auditsIn(sql),
    counts: (window, filter) => {
      const query = { select: SELECT, countFrom: 'vote_counts v', key: 'v.id', order: 'v.id DESC' }
      return listed<CountRow, VoteCountRecord>(sql, query, whereOf(filter), window, recordOf)
    },
    countById: (id) => first(sql.one<CountRow>(`${SELECT} WHERE v.id = ?`, id)),
    countOf: (committee, candidate) =>
      first(sql.one<CountRow>(`${SELECT} WHERE v.committee = ? AND v.candidate = ?`, committee, candidate)),
    countsOf: (committee) =>
      sql.all<CountRow>(`${SELECT} WHERE v.committee = ? ORDER BY k.number`, committee).map(recordOf),
    putCount: (fields) =>
      sql.run(
        `INSERT INTO vote_counts (election, committee, candidate, vote_count, status, entered_by, notes, created_at, updated_at)
          VALUES (?, ?, ?, ?, 'SUBMITTED', ?, ?, ?, ?)`,
        ...[
          fields.election,
          fields.committee,
          fields.candidate,
          fields.votes,
          fields.by,
          fields.notes,
          fields.at,
          fields.at,
        ],
      ).id,
    patchCount: (id, fields, at) => {
      if (fields.vote_count !== undefined)
        sql.run('UPDATE vote_counts SET vote_count = ? WHERE id = ?', fields.vote_count, id)
      if (fields.notes !== undefined) sql.run('UPDATE vote_counts SET notes = ? WHERE id = ?', fields.notes, id)
      const verified = fields.verified_by !== null
      sql.run(
        'UPDATE vote_counts SET status = ?, is_verified = ?, verified_by = ?, verified_at = ?, updated_at = ? WHERE id = ?',
        ...[fields.status, verified ? 1 : 0, fields.verified_by, verified ? at : null, at, id],
      )
    },
    removeCount: (id) => void sql.run('DELETE FROM vote_counts WHERE id = ?', id),
    tallies: () =>
      sql.all('SELECT candidate, sum(vote_count) AS votes FROM vote_counts WHERE is_verified = 1 GROUP BY candidate'),
  }
}

function auditsIn(sql: Sql): Pick<Voting, 'audit' | 'auditOf'> {
  return {
    audit: (count, action, by, [before, after], at) =>
      void sql.run(
        'INSERT INTO vote_audit (vote_count, action, user, old_value, new_value, created_at) VALUES (?, ?, ?, ?, ?, ?)',
        ...[count, action, by, before, after, at],
      ),
    auditOf: (count) =>
      sql
        .all<Omit<AuditRecord, 'created_at'> & { created_at: number }>(
          `SELECT a.*, u.first_name || ' ' || u.last_name AS user_name FROM vote_audit a LEFT JOIN users u ON u.id = a.user
            WHERE a.vote_count = ? ORDER BY a.id DESC LIMIT 100`,
          count,
        )
        .map((row) => ({ ...row, created_at: localStamp(row.created_at) })),
  }
}
