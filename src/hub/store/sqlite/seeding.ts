import type { ElectionSeed, SeedElector } from '../../seed.ts'
import { splitName } from './names.ts'
import type { Sql } from './sql.ts'

/** Ids by the names the seed uses for them. */
type Known = {
  readonly users: Map<string, number>
  readonly committees: Map<string, number>
  readonly parties: Map<string, number>
}

/** A name the seed refers to and does not hold is a fault of whoever made the seed. */
function idOf(map: ReadonlyMap<string, number>, name: string, what: string): number {
  const id = map.get(name)
  if (id === undefined) throw new Error(`the seed names ${what} ${JSON.stringify(name)} and does not hold it`)
  return id
}

/** Writes a seed into empty tables; the caller holds the transaction. */
export function writeSeed(sql: Sql, seed: ElectionSeed, passwords: ReadonlyMap<string, string>, at: number): void {
  const known: Known = { users: new Map(), committees: new Map(), parties: new Map() }
  writeUsers(sql, seed, passwords, known, at)
  const admin = seed.users.find((user) => user.role === 'ADMIN' || user.role === 'SUPER_ADMIN')
  const election = sql.run(
    `INSERT INTO elections (name, mode, voting_mode, max_candidates, status, election_date, created_by, created_at, updated_at)
      VALUES (?, ?, ?, ?, 'SETUP', ?, ?, ?, ?)`,
    ...[seed.name, seed.mode, seed.votingMode, seed.maxCandidatesPerBallot, seed.date],
    ...[admin === undefined ? null : idOf(known.users, admin.email, 'user'), at, at],
  ).id
  writeBallot(sql, seed, known, election)
  for (const committee of seed.committees) {
    const text = `INSERT INTO committees (election, code, name, gender, location, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)`
    const { id } = sql.run(text, election, committee.code, committee.name, committee.gender, committee.location, at, at)
    known.committees.set(committee.code, id)
  }
  writeElectors(sql, seed.electors, known, at)
  for (const pledge of seed.guarantees) {
    sql.run(
      `INSERT INTO guarantees (user, elector, status, confirmation, mobile, quick_note, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[idOf(known.users, pledge.collector, 'collector'), pledge.elector, pledge.status, pledge.confirmation],
      ...[pledge.mobile, pledge.note, at, at],
    )
  }
}

function writeUsers(
  sql: Sql,
  seed: ElectionSeed,
  passwords: ReadonlyMap<string, string>,
  known: Known,
  at: number,
): void {
  for (const user of seed.users) {
    const { id } = sql.run(
      'INSERT INTO users (email, password, first_name, last_name, role, committees, date_joined) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[user.email, passwords.get(user.email) ?? '', user.firstName, user.lastName, user.role],
      ...[JSON.stringify(user.committees), at],
    )
    known.users.set(user.email, id)
  }
  for (const user of seed.users) {
    if (user.supervisor === undefined || user.supervisor === null) continue
    const [supervisor, id] = [idOf(known.users, user.supervisor, 'supervisor'), idOf(known.users, user.email, 'user')]
    sql.run('UPDATE users SET supervisor = ? WHERE id = ?', supervisor, id)
  }
}

function writeBallot(sql: Sql, seed: ElectionSeed, known: Known, election: number): void {
  for (const party of seed.parties) {
    const text = 'INSERT INTO parties (election, name, color) VALUES (?, ?, ?)'
    known.parties.set(party.name, sql.run(text, election, party.name, party.color).id)
  }
  for (const candidate of seed.candidates) {
    const party = candidate.party === null ? null : idOf(known.parties, candidate.party, 'party')
    const text = 'INSERT INTO candidates (election, name, number, party) VALUES (?, ?, ?, ?)'
    sql.run(text, election, candidate.name, candidate.number, party)
  }
}

function writeElectors(sql: Sql, electors: Iterable<SeedElector>, known: Known, at: number): void {
  const text = `INSERT INTO electors (koc_id, full_name, name_first, name_second, name_third, name_fourth, name_fifth,
    name_sixth, sub_family_name, family_name, gender, section, mobile, area, department, team, committee, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
  for (const elector of electors) {
    const name = splitName(elector.name)
    sql.run(
      text,
      ...[elector.number, name.full, ...name.columns, elector.gender, elector.section, elector.mobile, elector.area],
      ...[elector.department, elector.team, idOf(known.committees, elector.committee, 'committee'), at],
    )
  }
}
