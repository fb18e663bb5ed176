import type { Sql } from './sql.ts'
import { containing } from './sql.ts'
import { listed, Where } from './windows.ts'
import type { CandidateRecord, PartyRecord } from '../records.ts'
import type { CandidateDraft, Candidates, PartyDraft } from '../tables.ts'

type CandidateRow = Omit<CandidateRecord, 'photo' | 'is_active'> & { readonly is_active: number }
type PartyRow = Omit<PartyRecord, 'logo' | 'is_active'> & { readonly is_active: number }

const CANDIDATE = `SELECT c.id, c.election, c.name, c.number AS candidate_number, c.party, p.name AS party_name,
  p.color AS party_color, c.is_active,
  (SELECT coalesce(sum(v.vote_count), 0) FROM vote_counts v WHERE v.candidate = c.id AND v.is_verified = 1) AS total_votes
  FROM candidates c LEFT JOIN parties p ON p.id = c.party`
const PARTY = `SELECT p.*, (SELECT count(*) FROM candidates c WHERE c.party = p.id) AS candidate_count FROM parties p`

const candidateOf = (row: CandidateRow): CandidateRecord => ({ ...row, photo: null, is_active: row.is_active === 1 })
const partyOf = (row: PartyRow): PartyRecord => ({ ...row, logo: null, is_active: row.is_active === 1 })

/** Candidates in ballot order, and their parties. `total_votes` counts verified votes only. */
export function candidatesIn(sql: Sql): Candidates {
  return {
    list: (window, search) => {
      const where = new Where()
      if (search !== '') where.add(`c.name LIKE ? ESCAPE '\\'`, containing(search))
      const query = { select: CANDIDATE, countFrom: 'candidates c', key: 'c.id', order: 'c.number' }
      return listed<CandidateRow, CandidateRecord>(sql, query, where, window, candidateOf)
    },
    all: () => sql.all<CandidateRow>(`${CANDIDATE} ORDER BY c.number`).map(candidateOf),
    byId: (id) => {
      const row = sql.one<CandidateRow>(`${CANDIDATE} WHERE c.id = ?`, id)
      return row === undefined ? null : candidateOf(row)
    },
    create: (election, fields) =>
      sql.run(
        'INSERT INTO candidates (election, name, number, party, is_active) VALUES (?, ?, ?, ?, ?)',
        ...[election, fields.name, fields.candidate_number, fields.party, fields.is_active ? 1 : 0],
      ).id,
    patch: (id, fields) => patchCandidate(sql, id, fields),
    remove: (id) => {
      const counted = sql.one('SELECT 1 AS counted FROM vote_counts WHERE candidate = ? LIMIT 1', id) !== undefined
      if (!counted) sql.run('DELETE FROM candidates WHERE id = ?', id)
      return !counted
    },
    parties: (window) => {
      const query = { select: PARTY, countFrom: 'parties p', key: 'p.id', order: 'p.id' }
      return listed<PartyRow, PartyRecord>(sql, query, new Where(), window, partyOf)
    },
    party: (id) => {
      const row = sql.one<PartyRow>(`${PARTY} WHERE p.id = ?`, id)
      return row === undefined ? null : partyOf(row)
    },
    createParty: (election, fields) =>
      sql.run(
        'INSERT INTO parties (election, name, color, description, is_active) VALUES (?, ?, ?, ?, ?)',
        ...[election, fields.name, fields.color, fields.description, fields.is_active ? 1 : 0],
      ).id,
    patchParty: (id, fields) => patchParty(sql, id, fields),
    removeParty: (id) => void sql.run('DELETE FROM parties WHERE id = ?', id),
    ofParty: (id) =>
      sql.all<{ id: number }>('SELECT id FROM candidates WHERE party = ? ORDER BY number', id).map((row) => row.id),
  }
}

function patchCandidate(sql: Sql, id: number, fields: Partial<CandidateDraft>): void {
  if (fields.name !== undefined) sql.run('UPDATE candidates SET name = ? WHERE id = ?', fields.name, id)
  if (fields.candidate_number !== undefined) {
    sql.run('UPDATE candidates SET number = ? WHERE id = ?', fields.candidate_number, id)
  }
  if (fields.party !== undefined) sql.run('UPDATE candidates SET party = ? WHERE id = ?', fields.party, id)
  if (fields.is_active !== undefined) {
    sql.run('UPDATE candidates SET is_active = ? WHERE id = ?', fields.is_active ? 1 : 0, id)
  }
}

function patchParty(sql: Sql, id: number, fields: Partial<PartyDraft>): void {
  for (const field of ['name', 'color', 'description'] as const) {
    const value = fields[field]
    if (value !== undefined) sql.run(`UPDATE parties SET ${field} = ? WHERE id = ?`, value, id)
  }
  if (fields.is_active !== undefined)
    sql.run('UPDATE parties SET is_active = ? WHERE id = ?', fields.is_active ? 1 : 0, id)
}
