import { DatabaseSync } from 'node:sqlite'
import { Database } from '../../doubles/election-server/database.ts'
import type { RankRow, Rows, TableName as AnyTable } from '../../doubles/election-server/rows.ts'

/** Those that the truth is written from: notes and history are part of no topic. */
type TableName = Exclude<AnyTable, 'notes' | 'history'>
type Cells = Readonly<Record<string, unknown>>

/** Django writes its times in UTC, without saying so, and cuts off a fraction that is none. */
const at = (cell: unknown): number => Date.parse(`${String(cell).replace(' ', 'T')}Z`)
const atOrNull = (cell: unknown): number | null => (cell === null ? null : at(cell))
const stamps = (row: Cells) => ({ created: at(row.created_at), updated: at(row.updated_at) })
const json = (cell: unknown): unknown => JSON.parse(String(cell))

/** Each table's rows, read past the server and every serializer, in the form that the truth is written from. */
const READERS = {
  users: (row) => ({
    id: row.id,
    email: row.email,
    password: '',
    first: row.first_name,
    last: row.last_name,
    role: row.role,
    committees: json(row.committees),
    active: row.is_active === 1,
    joined: at(row.date_joined),
  }),
  elections: (row) => ({
    id: row.id,
    name: row.name,
    status: row.status,
    date: row.election_date,
    createdBy: row.created_by_id,
    ...stamps(row),
  }),
  committees: (row) => ({
    id: row.id,
    election: row.election_id,
    code: row.code,
    name: row.name,
    gender: row.gender,
    location: row.location,
    ...stamps(row),
  }),
  parties: (row) => ({ id: row.id, election: row.election_id, name: row.name, color: row.color }),
  candidates: (row) => ({
    id: row.id,
    election: row.election_id,
    name: row.name,
    number: row.candidate_number,
    party: row.party_id,
    active: row.is_active === 1,
  }),
  electors: (row) => ({
    id: row.koc_id,
    name: row.full_name,
    committee: row.committee_id,
    gender: row.gender,
    mobile: row.mobile,
    section: row.section,
    department: row.department,
    team: row.team,
    active: row.is_active === 1,
  }),
  groups: (row) => ({
    id: row.id,
    user: row.user_id,
    name: row.name,
    color: row.color,
    order: row.order,
    created: at(row.created_at),
  }),
  guarantees: (row) => ({
    id: row.id,
    user: row.user_id,
    elector: row.elector_id,
    status: row.guarantee_status,
    confirmation: row.confirmation_status,
    group: row.group_id,
    mobile: row.mobile,
    note: row.quick_note,
    hasNotes: row.notes !== 0,
    ...stamps(row),
  }),
  attendance: (row) => ({
    id: row.id,
    elector: row.elector_id,
    committee: row.committee_id,
    markedBy: row.marked_by_id,
    at: at(row.attended_at),
    notes: row.notes,
    status: row.status,
  }),
  counts: (row) => ({
    id: row.id,
    election: row.election_id,
    committee: row.committee_id,
    candidate: row.candidate_id,
    votes: row.vote_count,
    status: row.status,
    verified: row.is_verified === 1,
    enteredBy: row.entered_by_id,
    verifiedBy: row.verified_by_id,
    verifiedAt: atOrNull(row.verified_at),
    ...stamps(row),
  }),
  entries: (row) => ({
    id: row.id,
    election: row.election_id,
    committee: row.committee_id,
    status: row.status,
    cast: row.total_ballots_cast,
    invalid: row.invalid_ballots,
    enteredBy: row.entered_by_id,
    completedAt: atOrNull(row.completed_at),
    verifiedBy: row.verified_by_id,
    verifiedAt: atOrNull(row.verified_at),
    ...stamps(row),
  }),
  results: (row) => ({
    id: row.id,
    election: row.election_id,
    status: row.status,
    electors: row.total_registered_electors,
    attendance: row.total_attendance,
    cast: row.total_ballots_cast,
    invalid: row.total_invalid_ballots,
    ranks: ranksIn(json(row.results_data)),
    generatedBy: row.generated_by_id,
    generatedAt: atOrNull(row.generated_at),
    publishedBy: row.published_by_id,
    publishedAt: atOrNull(row.published_at),
    ...stamps(row),
  }),
} satisfies Readonly<Record<TableName, (row: Cells) => Cells>>

const NAMES: Readonly<Record<TableName, string>> = {
  users: 'user',
  elections: 'election',
  committees: 'committee',
  parties: 'party',
  candidates: 'candidate',
  electors: 'elector',
  groups: 'guaranteegroup',
  guarantees: 'guarantee',
  attendance: 'attendance',
  counts: 'votecount',
  entries: 'committeevoteentry',
  results: 'electionresults',
}
export const TABLES = Object.keys(NAMES) as readonly TableName[] // its keys are typed above

/** What Django's database holds now. */
export function databaseIn(file: string): Database {
  const sqlite = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  try {
    const database = new Database()
    for (const table of TABLES) fill(sqlite, database, table)
    return database
  } finally {
    sqlite.close()
  }
}

function fill<T extends TableName>(sqlite: DatabaseSync, database: Database, table: T): void {
  const count = '(SELECT count(*) FROM peer_guaranteenote WHERE guarantee_id = held.id)'
  const also = table === 'guarantees' ? `, ${count} AS notes` : ''
  for (const row of sqlite.prepare(`SELECT held.*${also} FROM peer_${NAMES[table]} AS held`).all())
    database.store(table, READERS[table](row) as unknown as Rows[T]) // the columns are those of models.py
}

function ranksIn(data: unknown): readonly RankRow[] | null {
  const { candidates } = data as { candidates?: readonly Readonly<Record<string, never>>[] } // written by the peer itself
  return (
    candidates?.map((row) => ({
      number: row.candidate_number ?? 0,
      name: row.candidate_name ?? '',
      party: row.party ?? '',
      votes: row.total_votes ?? 0,
      share: row.vote_percentage ?? 0,
      rank: row.rank ?? 0,
    })) ?? null
  )
}
