import { mayEnter } from './ask.ts'
import type { Database } from './database.ts'
import type { Rows, UserRow } from './rows.ts'

type Kept = Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** What a console signed in as one account has to show, by kind and key: written from the database, past every serializer. */
export type Truth = {
  readonly election: Kept
  readonly committees: Kept
  readonly parties: Kept
  readonly candidates: Kept
  readonly guarantees: Kept
  readonly groups: Kept
  readonly attendance: Kept
  readonly counts: Kept
  readonly entries: Kept
  readonly results: Kept
}

export function truthFor(database: Database, user: UserRow): Truth {
  const db = database
  const nameOf = (id: number | null): string | null => {
    const found = id === null ? undefined : db.get('users', id)
    return found === undefined ? null : `${found.first} ${found.last}`
  }
  const readable = db.all('attendance').filter((row) => mayEnter(user, db.get('committees', row.committee)?.code ?? ''))
  return {
    election: keyed(db.all('elections').slice(-1), (row) => row.id, electionRecord),
    committees: keyed(
      db.all('committees'),
      (row) => row.id,
      ({ id, code, name, gender, location }) => ({ id, code, name, gender, location, electors: electorsOf(db, id) }),
    ),
    parties: keyed(
      db.all('parties'),
      (row) => row.id,
      ({ id, name, color }) => ({ id, name, color }),
    ),
    candidates: keyed(
      db.all('candidates'),
      (row) => row.id,
      ({ id, name, number, party, active }) => ({ id, name, number, party, active }),
    ),
    guarantees: keyed(
      db.all('guarantees').filter((row) => row.user === user.id),
      (row) => row.id,
      (row) => guaranteeRecord(db, row),
    ),
    groups: keyed(
      db.all('groups').filter((row) => row.user === user.id),
      (row) => row.id,
      ({ id, name, color, order }) => ({ id, name, color, order }),
    ),
    attendance: keyed(
      readable,
      (row) => row.id,
      (row) => ({
        id: row.id,
        elector: row.elector,
        electorName: db.get('electors', row.elector)?.name,
        committeeCode: db.get('committees', row.committee)?.code,
        markedBy: nameOf(row.markedBy),
        attendedAt: row.at,
        notes: row.notes,
        status: row.status,
      }),
    ),
    counts: keyed(
      db.all('counts'),
      (row) => `${row.committee}:${row.candidate}`,
      ({ id, committee, candidate, votes, status, verified, enteredBy, updated }) => ({
        key: `${committee}:${candidate}`,
        ...{ committee, candidate, votes, status, verified },
        enteredBy: nameOf(enteredBy),
        updatedAt: updated,
        row: id,
      }),
    ),
    entries: keyed(
      db.all('entries'),
      (row) => row.committee,
      ({ id, committee, status, cast, invalid }) => ({ committee, status, cast, invalid, row: id }),
    ),
    results: keyed(db.all('results'), () => 'results', resultsRecord),
  }
}

const keyed = <R>(
  rows: readonly R[],
  keyOf: (row: R) => string | number,
  record: (row: R) => Readonly<Record<string, unknown>>,
): Kept => Object.fromEntries(rows.map((row) => [String(keyOf(row)), record(row)]))

const electorsOf = (db: Database, committee: number): number =>
  db.all('electors').filter((row) => row.committee === committee && row.active).length

const electionRecord = ({ id, name, status, date }: Rows['elections']) => ({
  id,
  name,
  phase: status,
  votingMode: 'BOTH',
  maxCandidatesPerBallot: 19,
  date,
})

function guaranteeRecord(db: Database, row: Rows['guarantees']): Readonly<Record<string, unknown>> {
  const elector = db.get('electors', row.elector)
  const group = row.group === null ? undefined : db.get('groups', row.group)
  return {
    id: row.id,
    elector: row.elector,
    electorName: elector?.name,
    electorMobile: elector?.mobile,
    committeeName: db.get('committees', elector?.committee ?? 0)?.name ?? null,
    status: row.status,
    confirmation: row.confirmation,
    group: row.group,
    groupName: group?.name ?? null,
    groupColor: group?.color ?? null,
    mobile: row.mobile,
    note: row.note,
    hasNotes: row.hasNotes,
    createdAt: row.created,
  }
}

const resultsRecord = (row: Rows['results']) => ({
  status: row.status,
  electors: row.electors,
  attendance: row.attendance,
  cast: row.cast,
  valid: row.cast - row.invalid,
  invalid: row.invalid,
  generatedAt: row.generatedAt,
  publishedAt: row.publishedAt,
  candidates: (row.ranks ?? []).map(({ number, name, party, votes, rank }) => ({ number, name, party, votes, rank })),
})
