/** Rows as they go over the wire, in the words of frames; REST answers say the same in camelCase. */
export type Kind =
  | 'election'
  | 'committee'
  | 'party'
  | 'candidate'
  | 'guarantee'
  | 'attendance'
  | 'count'
  | 'entry'
  | 'results'
  | 'sheet'
export type Row = Readonly<Record<string, unknown>>

export const COMMITTEES = ['m1', 'm2', 'm3'] as const
export const CANDIDATES = [1, 2] as const
const ELECTORS_EACH = 8

/** How far the day is when a history begins: nothing counted, every sheet entered, every sheet verified and added up. */
export type Stage = 'voting' | 'entered' | 'counted'

/** Electors by number; the first digit after 7 names the committee. */
export const ELECTORS: readonly { readonly number: string; readonly committee: string }[] = COMMITTEES.flatMap(
  (committee, place) =>
    Array.from({ length: ELECTORS_EACH }, (_, index) => ({ number: `7${place + 1}${100 + index}`, committee })),
)

export type Account = {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly role: 'ADMIN' | 'SUPERVISOR'
}
/** One account a desk, both of whom may do everything that a desk can do. */
export const ACCOUNTS: readonly Account[] = [
  { id: 11, email: 'dana@example.com', name: 'Dana D', role: 'ADMIN' },
  { id: 12, email: 'omar@example.com', name: 'Omar O', role: 'ADMIN' },
]

export const stamp = (ms: number): string => new Date(ms).toISOString()

/** What a record is, in one text: all that people see of it. Made of wire rows here and of the core's records in the judge. */
export function wireFace(kind: Kind, row: Row): string {
  switch (kind) {
    case 'election':
      return `${row.status}`
    case 'committee':
      return `${row.name}/${row.elector_count}`
    case 'guarantee':
      return `${row.guarantee_status}/${row.confirmation_status}/${row.quick_note}/${row.mobile}/${row.has_notes}`
    case 'attendance':
      return `${row.elector_koc_id}@${row.committee_code}/${row.status}/${row.notes}`
    case 'count':
      return `${row.vote_count}/${row.is_verified}`
    case 'entry':
      return `${row.status}/${row.total_ballots_cast}/${row.invalid_ballots}`
    case 'results':
      return `${row.status}/${Date.parse(String(row.generated_at))}`
    case 'sheet':
      return sheetFace(row)
    default:
      return `${row.name}`
  }
}

/** Who typed an entry that waits, how often, and what differs; and who typed the one on record. */
function sheetFace({ first, second, differs, typed }: Row): string {
  const who = (entry: unknown) => (entry ? `${(entry as Row).user_email}*${(entry as Row).turns}` : '-') // made by this server
  const how = typed as Row | null // made by this server
  return `${who(first)}/${who(second)}/${differs}/${how ? `${how.how} ${who(how.first)} ${who(how.second)}` : '-'}`
}

export function firstRows(at: number, stage: Stage): Map<string, Row> {
  const rows = new Map<string, Row>()
  const made = stamp(at)
  rows.set('election/1', {
    id: 1,
    name: 'Council',
    status: 'VOTING_DAY',
    voting_mode: 'BOTH',
    max_candidates_per_ballot: 2,
    election_date: '2026-11-21',
  })
  COMMITTEES.forEach((code, place) => {
    const id = place + 1
    const about = { id, code, name: `Hall ${id}`, gender: 'MIXED', location: '', elector_count: ELECTORS_EACH }
    rows.set(`committee/${id}`, about)
  })
  rows.set('party/1', { id: 1, name: 'Olive', color: '#808000' })
  for (const id of CANDIDATES)
    rows.set(`candidate/${id}`, { id, name: `C${id}`, candidate_number: id, party: 1, is_active: true })
  for (let id = 1; id <= 6; id++) {
    const promised = { elector: ELECTORS[id * 3]!.number, user: ACCOUNTS[id % 2]!.id, status: 'PENDING' }
    rows.set(`guarantee/${id}`, guaranteeRow(id, made, promised))
  }
  if (stage === 'voting') return rows
  COMMITTEES.forEach((_, place) => {
    const sheet = sheetRows(place + 1, { cast: 20, invalid: 0, votesOf: (candidate) => 5 * candidate, by: 'x' }, made)
    for (const { name, row } of stage === 'counted' ? verified(sheet) : sheet) rows.set(name, row)
  })
  if (stage === 'counted') rows.set('results/results', resultsRow('PRELIMINARY', made))
  return rows
}

export function guaranteeRow(
  id: number,
  made: string,
  { elector, user, status }: { readonly elector: string; readonly user: number; readonly status: string },
): Row {
  return {
    ...{ id, user, elector_koc_id: elector, elector_name: `E ${elector}`, elector_mobile: '' },
    ...{ elector_committee_name: 'Hall', guarantee_status: status, confirmation_status: 'PENDING' },
    ...{ group: null, group_name: null, group_color: null, mobile: '', quick_note: '', has_notes: false },
    created_at: made,
  }
}

type Figures = {
  readonly cast: number
  readonly invalid: number
  readonly votesOf: (candidate: number) => number
  /** Who entered them. */
  readonly by: string
}
type Named = { readonly name: string; readonly row: Row }

/** The rows of one committee's sheet as they are once it is entered: a figure for each candidate, and the entry. */
export function sheetRows(committee: number, { cast, invalid, votesOf, by }: Figures, at: string): readonly Named[] {
  const counts = CANDIDATES.map((candidate): Named => {
    const id = committee * 10 + candidate
    const is = { status: 'SUBMITTED', is_verified: false, entered_by_name: by, updated_at: at }
    return { name: `count/${id}`, row: { id, committee, candidate, vote_count: votesOf(candidate), ...is } }
  })
  const entry = { id: committee, committee, status: 'COMPLETED', total_ballots_cast: cast, invalid_ballots: invalid }
  return [...counts, { name: `entry/${committee}`, row: entry }]
}
export const verified = (sheet: readonly Named[]): readonly Named[] =>
  sheet.map(({ name, row }) => ({
    name,
    row: { ...row, status: 'VERIFIED', ...('candidate' in row && { is_verified: true }) },
  }))

export function resultsRow(status: string, at: string): Row {
  const sums = { total_registered_electors: 24, total_attendance: 0, total_ballots_cast: 60, total_valid_ballots: 60 }
  const about = { total_invalid_ballots: 0, generated_at: at, published_at: null, results_data: { candidates: [] } }
  return { id: 1, status, ...sums, ...about }
}
