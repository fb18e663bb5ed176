import { localStamp, localStampOrNull } from '../../time.ts'
import type { Sql } from './sql.ts'
import { listed, Where } from './windows.ts'
import { labelOf, percent } from '../labels.ts'
import type { EntryStatus, ResultsStatus } from '../records.ts'
import type { EntryRecord, ResultsRecord } from '../vote-records.ts'
import type { EntryPatch, ResultsFigures, Voting } from '../voting-tables.ts'

type EntryRow = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly committee_code: string
  readonly committee_name: string
  readonly status: EntryStatus
  readonly cast_ballots: number
  readonly invalid_ballots: number
  readonly entered_by: number | null
  readonly entered_by_name: string | null
  readonly completed_at: number | null
  readonly verified_by: number | null
  readonly verified_by_name: string | null
  readonly verified_at: number | null
  readonly notes: string
  readonly counted: number
  readonly candidates: number
  readonly created_at: number
  readonly updated_at: number
}
type ResultsRow = {
  readonly id: number
  readonly election: number
  readonly election_name: string
  readonly status: ResultsStatus
  readonly figures: string
  readonly generated_by: number | null
  readonly generated_by_name: string | null
  readonly generated_at: number | null
  readonly published_by: number | null
  readonly published_by_name: string | null
  readonly published_at: number | null
  readonly created_at: number
  readonly updated_at: number
}

const ENTRY = `SELECT n.*, c.code AS committee_code, c.name AS committee_name,
  e.first_name || ' ' || e.last_name AS entered_by_name, w.first_name || ' ' || w.last_name AS verified_by_name,
  (SELECT count(*) FROM vote_counts v WHERE v.committee = n.committee) AS counted,
  (SELECT count(*) FROM candidates k WHERE k.is_active = 1) AS candidates
  FROM entries n JOIN committees c ON c.id = n.committee
  LEFT JOIN users e ON e.id = n.entered_by LEFT JOIN users w ON w.id = n.verified_by`
const RESULTS = `SELECT r.*, x.name AS election_name, g.first_name || ' ' || g.last_name AS generated_by_name,
  p.first_name || ' ' || p.last_name AS published_by_name
  FROM results r JOIN elections x ON x.id = r.election
  LEFT JOIN users g ON g.id = r.generated_by LEFT JOIN users p ON p.id = r.published_by LIMIT 1`

const entryOf = (row: EntryRow): EntryRecord => ({
  id: row.id,
  election: row.election,
  committee: row.committee,
  committee_code: row.committee_code,
  committee_name: row.committee_name,
  status: row.status,
  status_display: labelOf(row.status),
  total_ballots_cast: row.cast_ballots,
  invalid_ballots: row.invalid_ballots,
  valid_ballots: row.cast_ballots - row.invalid_ballots,
  entered_by: row.entered_by,
  entered_by_name: row.entered_by_name,
  completed_at: localStampOrNull(row.completed_at),
  verified_by: row.verified_by,
  verified_by_name: row.verified_by_name,
  verified_at: localStampOrNull(row.verified_at),
  notes: row.notes,
  completion_percentage: percent(row.counted, row.candidates, 1),
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
})

const resultsOf = (row: ResultsRow): ResultsRecord => ({
  id: row.id,
  election: row.election,
  election_name: row.election_name,
  status: row.status,
  status_display: labelOf(row.status),
  // written by this store from ResultsFigures, never by anyone else
  ...(JSON.parse(row.figures) as ResultsFigures),
  generated_by: row.generated_by,
  generated_by_name: row.generated_by_name,
  generated_at: localStampOrNull(row.generated_at),
  published_by: row.published_by,
  published_by_name: row.published_by_name,
  published_at: localStampOrNull(row.published_at),
  created_at: localStamp(row.created_at),
  updated_at: localStamp(row.updated_at),
})

type Entries = Pick<
  Voting,
  'entries' | 'entryById' | 'entryOf' | 'putEntry' | 'patchEntry' | 'results' | 'putResults' | 'publish'
>

/** The count sheet of each committee, and the results made from all of them. */
export function entriesIn(sql: Sql): Entries {
  const first = (row: EntryRow | undefined): EntryRecord | null => (row === undefined ? null : entryOf(row))
  return {
    entries: (window) => {
      const query = { select: ENTRY, countFrom: 'entries n', key: 'n.id', order: 'n.id' }
      return listed<EntryRow, EntryRecord>(sql, query, new Where(), window, entryOf)
    },
    entryById: (id) => first(sql.one<EntryRow>(`${ENTRY} WHERE n.id = ?`, id)),
    entryOf: (committee) => first(sql.one<EntryRow>(`${ENTRY} WHERE n.committee = ?`, committee)),
    putEntry: (fields) =>
      sql.run(
        `INSERT INTO entries (election, committee, status, cast_ballots, invalid_ballots, entered_by, completed_at, notes, created_at, updated_at)
          VALUES (?, ?, 'COMPLETED', ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          fields.election,
          fields.committee,
          fields.cast,
          fields.invalid,
          fields.by,
          fields.at,
          fields.notes,
          fields.at,
          fields.at,
        ],
      ).id,
    patchEntry: (id, fields, at) => patchEntry(sql, id, fields, at),
    results: () => {
      const row = sql.one<ResultsRow>(RESULTS)
      return row === undefined ? null : resultsOf(row)
    },
    putResults: (fields) =>
      void sql.run(
        `INSERT INTO results (election, status, figures, generated_by, generated_at, created_at, updated_at)
          VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (election) DO UPDATE SET status = excluded.status, figures = excluded.figures,
          generated_by = excluded.generated_by, generated_at = excluded.generated_at, updated_at = excluded.updated_at,
          published_by = NULL, published_at = NULL`,
        ...[fields.election, fields.status, JSON.stringify(fields.figures), fields.by, fields.at, fields.at, fields.at],
      ),
    publish: (by, at) =>
      void sql.run(
        `UPDATE results SET status = 'PUBLISHED', published_by = ?, published_at = ?, updated_at = ?`,
        by,
        at,
        at,
      ),
  }
}

function patchEntry(sql: Sql, id: number, fields: EntryPatch, at: number): void {
  if (fields.status !== undefined) sql.run('UPDATE entries SET status = ? WHERE id = ?', fields.status, id)
  if (fields.cast !== undefined) sql.run('UPDATE entries SET cast_ballots = ? WHERE id = ?', fields.cast, id)
  if (fields.invalid !== undefined) sql.run('UPDATE entries SET invalid_ballots = ? WHERE id = ?', fields.invalid, id)
  if (fields.notes !== undefined) sql.run('UPDATE entries SET notes = ? WHERE id = ?', fields.notes, id)
  if (fields.entered_by !== undefined) {
    sql.run('UPDATE entries SET entered_by = ?, completed_at = ? WHERE id = ?', fields.entered_by, at, id)
  }
  if (fields.verified_by !== undefined) {
    const when = fields.verified_by === null ? null : at
    sql.run('UPDATE entries SET verified_by = ?, verified_at = ? WHERE id = ?', fields.verified_by, when, id)
  }
  sql.run('UPDATE entries SET updated_at = ? WHERE id = ?', at, id)
}
