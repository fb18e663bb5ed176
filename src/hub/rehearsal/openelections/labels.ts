/** Lower case, one space between words, no punctuation: how labels are compared. */
export function plain(label: string): string {
  return label
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** One space between words and none around them: how labels are kept. */
export function tidy(label: string): string {
  return label.replace(/[\s\u00A0]+/gu, ' ').trim()
}

/** Rows about turnout. A `part` is one party's or one kind's share of it and is used only where the whole is missing. */
export type Turnout = { readonly of: 'registered' | 'ballots' | 'blank'; readonly part: boolean }

const REGISTERED = new Set([
  'registered voters',
  'registered voters total',
  'total registered voters',
  'voters registered',
  'registration',
  'total registration',
  'registered',
])
const BALLOTS = new Set(['ballots cast', 'ballots cast total', 'total ballots cast', 'ballots', 'total ballots'])
const BLANK = new Set([
  'ballots cast blank',
  'blank ballots cast',
  'blank ballots',
  'ballots blank',
  'ballots cast blank total',
])

/** What a row tells about turnout by its office (or, in some states, its candidate); null for anything else. */
export function turnoutOf(label: string, party: string): Turnout | null {
  const words = plain(label)
  const part = plain(party) !== ''
  if (BLANK.has(words)) return { of: 'blank', part }
  if (REGISTERED.has(words)) return { of: 'registered', part }
  if (BALLOTS.has(words)) return { of: 'ballots', part }
  if (words.startsWith('registered voters ')) return { of: 'registered', part: true }
  if (words.startsWith('ballots cast ')) return { of: 'ballots', part: true }
  return null
}

/** What a row of a contest counts. Write-ins are somebody's votes; over, under and blank votes are nobody's. */
export type Choice = 'candidate' | 'over' | 'under' | 'total'

const OVER = new Set([
  'over votes',
  'overvotes',
  'over vote',
  'overvote',
  'void',
  'voided',
  'spoiled',
  'invalid',
  'invalid votes',
])
const UNDER = new Set([
  'under votes',
  'undervotes',
  'under vote',
  'undervote',
  'blank',
  'blanks',
  'blank votes',
  'blank vote',
  'no vote',
  'not voted',
])
const TOTAL = new Set([
  'total',
  'totals',
  'total votes',
  'total vote',
  'total votes cast',
  'votes cast',
  'cast votes',
  'contest total',
  'contest totals',
  'vote total',
])

export function choiceOf(candidate: string): Choice {
  const words = plain(candidate)
  if (OVER.has(words)) return 'over'
  if (UNDER.has(words)) return 'under'
  return TOTAL.has(words) ? 'total' : 'candidate'
}

const ALL_PRECINCTS = new Set([
  'total',
  'totals',
  'county total',
  'county totals',
  'grand total',
  'all precincts',
  'all',
  'countywide',
])

/** A row that sums the other rows up. */
export const isWholeCounty = (precinct: string): boolean => ALL_PRECINCTS.has(plain(precinct))
