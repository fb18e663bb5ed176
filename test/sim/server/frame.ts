import type { Kind, Row } from './rows.ts'

export const kindOf = (name: string): Kind => name.slice(0, name.indexOf('/')) as Kind // names are made of kinds

const TYPES: Readonly<Record<Kind, string>> = {
  election: 'election_update',
  committee: 'committee_update',
  party: 'party_update',
  candidate: 'candidate_update',
  guarantee: 'guarantee_update',
  attendance: 'attendance_update',
  count: 'voting_update',
  entry: 'voting_update',
  results: 'voting_update',
  sheet: 'sheet_update',
}
/** Voting frames name what they tell of. */
const INSIDE: { readonly [K in Kind]?: string } = {
  count: 'vote_count',
  entry: 'committee_entry',
  results: 'results',
}

/** The election server tells of no sheet's entry, and of no mark that was taken away. */
export const isUntold = (name: string, row: Row | null): boolean =>
  name.startsWith('entry/') || (row === null && name.startsWith('attendance/'))

export function frameText(name: string, row: Row | null, position: object | null, numbered: boolean): string {
  const kind = kindOf(name)
  const id = Number(name.slice(kind.length + 1))
  const { user: _, ...unowned } = row ?? {}
  const said = row === null ? { id } : numbered ? row : unowned
  const inside = INSIDE[kind]
  const data = inside === undefined ? said : { [inside]: said }
  const action = row === null ? 'deleted' : 'updated'
  return JSON.stringify({ type: TYPES[kind], action, data, ...position })
}
