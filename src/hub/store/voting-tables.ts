import type { CountStatus, EntryStatus, ResultsStatus } from './records.ts'
import type { Listed, Window } from './tables.ts'
import type { AuditRecord, EntryRecord, ResultsData, ResultsRecord, VoteCountRecord } from './vote-records.ts'

export type CountFilter = {
  readonly committee: number | null
  readonly candidate: number | null
  readonly status: string | null
  readonly verified: boolean | null
}
export type Voting = {
  counts(window: Window, filter: CountFilter): Listed<VoteCountRecord>
  countById(id: number): VoteCountRecord | null
  countOf(committee: number, candidate: number): VoteCountRecord | null
  countsOf(committee: number): VoteCountRecord[]
  putCount(fields: CountFields): number
  patchCount(id: number, fields: CountPatch, at: number): void
  removeCount(id: number): void
  audit(count: number, action: string, by: number, values: readonly [number | null, number | null], at: number): void
  auditOf(count: number): AuditRecord[]
  entries(window: Window): Listed<EntryRecord>
  entryById(id: number): EntryRecord | null
  entryOf(committee: number): EntryRecord | null
  putEntry(fields: EntryFields): number
  patchEntry(id: number, fields: EntryPatch, at: number): void
  tallies(): { readonly candidate: number; readonly votes: number }[]
  results(): ResultsRecord | null
  putResults(fields: ResultsFields): void
  publish(by: number, at: number): void
}
export type CountFields = {
  readonly election: number
  readonly committee: number
  readonly candidate: number
  readonly votes: number
  readonly by: number
  readonly notes: string
  readonly at: number
}
export type CountPatch = {
  readonly vote_count?: number | undefined
  readonly notes?: string | undefined
  readonly status: CountStatus
  /** Who verified it; null takes a verification back. */
  readonly verified_by: number | null
}
export type EntryFields = {
  readonly election: number
  readonly committee: number
  readonly cast: number
  readonly invalid: number
  readonly by: number
  readonly notes: string
  readonly at: number
}
export type EntryPatch = {
  readonly status?: EntryStatus | undefined
  readonly cast?: number | undefined
  readonly invalid?: number | undefined
  readonly notes?: string | undefined
  readonly entered_by?: number | undefined
  readonly verified_by?: number | null | undefined
}
export type ResultsFigures = {
  readonly total_registered_electors: number
  readonly total_attendance: number
  readonly total_ballots_cast: number
  readonly total_valid_ballots: number
  readonly total_invalid_ballots: number
  readonly turnout_percentage: number
  readonly results_data: ResultsData
}
export type ResultsFields = {
  readonly election: number
  readonly status: ResultsStatus
  readonly figures: ResultsFigures
  readonly by: number
  readonly at: number
}
