import { err, ok, type Result } from '../../../shared/result.ts'
import type { ImportFault } from './fault.ts'

/** Where each thing stands in a row. -1: the file does not have it. */
export type Columns = {
  readonly county: number
  readonly precinct: number
  readonly office: number
  readonly district: number
  readonly party: number
  readonly candidate: number
  readonly votes: number
  /** One row per way of voting: which way this row is about. */
  readonly mode: number
  /** One column per way of voting: their sum stands in where `votes` is empty or missing. */
  readonly ways: readonly number[]
  /** The headings as the file writes them. */
  readonly headings: readonly string[]
}

type Field = 'county' | 'precinct' | 'office' | 'district' | 'party' | 'candidate' | 'votes' | 'mode'

/** Each field's headings in files of this family, the usual one first. */
const HEADINGS: Readonly<Record<Field, readonly string[]>> = {
  county: ['county', 'county_name', 'jurisdiction'],
  precinct: ['precinct', 'precinct_name', 'precinct_label'],
  office: ['office', 'office_name', 'contest', 'contest_name', 'race'],
  district: ['district', 'office_district', 'district_name'],
  party: ['party', 'party_name', 'party_code'],
  candidate: ['candidate', 'candidate_name', 'choice', 'choice_name'],
  votes: ['votes', 'total', 'total_votes', 'votes_total', 'vote_total', 'vote_count', 'vote'],
  mode: ['vote_mode', 'mode', 'vote_type', 'voting_method', 'vote_method', 'method'],
}
const WAYS =
  /^(election_day|early|early_vot(ing|es?)|advance(d)?|in_person|absentee|mail|mail_in|by_mail|postal|provisional|federal|affidavit|military|overseas|emergency|machine|paper)(_(votes?|ballots?|absentee))?$/
const REQUIRED = ['precinct', 'office', 'candidate'] as const

/** Reads the heading line. Order, case, spaces and further columns do not matter. */
export function columnsOf(headings: readonly string[]): Result<Columns, ImportFault> {
  const known = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '_')
      .replace(/^_+|_+$/g, ''),
  )
  const place = (field: Field): number => {
    const name = HEADINGS[field].find((alias) => known.includes(alias))
    return name === undefined ? -1 : known.indexOf(name)
  }
  const columns: Columns = {
    county: place('county'),
    precinct: place('precinct'),
    office: place('office'),
    district: place('district'),
    party: place('party'),
    candidate: place('candidate'),
    votes: place('votes'),
    mode: place('mode'),
    ways: known.flatMap((name, index) => (WAYS.test(name) ? [index] : [])),
    headings,
  }
  return refusal(columns, known) ?? ok(columns)
}

function refusal(columns: Columns, known: readonly string[]): Result<never, ImportFault> | null {
  const missing: string[] = REQUIRED.filter((field) => columns[field] < 0)
  if (columns.votes < 0 && columns.ways.length === 0) missing.push('votes')
  const found = columns.headings.filter((heading) => heading.trim() !== '').join(', ')
  if (missing.length > 0) {
    const words =
      missing.length === 1 ? `a column "${missing[0]}"` : `columns ${missing.map((name) => `"${name}"`).join(', ')}`
    const message = `The first line must name the columns; ${words} is missing (it reads: ${found.slice(0, 200)}).`
    const remedy = 'Add the headings county, precinct, office, district, party, candidate, votes as the first line.'
    return err({ is: 'missing-column', line: 1, column: missing[0] ?? null, message, remedy })
  }
  for (const field of [columns.precinct, columns.office, columns.candidate, columns.votes]) {
    const name = known[field]
    if (name === undefined || known.indexOf(name) === known.lastIndexOf(name)) continue
    const message = 'Two columns have this heading.'
    return err({
      is: 'missing-column',
      line: 1,
      column: columns.headings[field] ?? name,
      message,
      remedy: 'Keep one and rename the other.',
    })
  }
  return null
}
