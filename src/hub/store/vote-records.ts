import type { CountStatus, EntryStatus, ResultsStatus } from './records.ts'

/** Records of the count, with the exact snake_case keys of the wire. */
export type VoteCountRecord = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly committee_code: string
  readonly committee_name: string
  readonly candidate: number
  readonly candidate_number: number
  readonly candidate_name: string
  readonly vote_count: number
  readonly status: CountStatus
  readonly status_display: string
  readonly is_verified: boolean
  readonly entered_by: number | null
  readonly entered_by_name: string | null
  readonly verified_by: number | null
  readonly verified_by_name: string | null
  readonly verified_at: string | null
  readonly notes: string
  readonly created_at: string
  readonly updated_at: string
}

export type EntryRecord = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly committee_code: string
  readonly committee_name: string
  readonly status: EntryStatus
  readonly status_display: string
  readonly total_ballots_cast: number
  readonly invalid_ballots: number
  readonly valid_ballots: number
  readonly entered_by: number | null
  readonly entered_by_name: string | null
  readonly completed_at: string | null
  readonly verified_by: number | null
  readonly verified_by_name: string | null
  readonly verified_at: string | null
  readonly notes: string
  readonly completion_percentage: number
  readonly created_at: string
  readonly updated_at: string
}

export type AuditRecord = {
  readonly id: number
  readonly vote_count: number
  readonly action: string
  readonly user: number | null
  readonly user_name: string | null
  readonly old_value: number | null
  readonly new_value: number | null
  readonly notes: string
  readonly created_at: string
}

export type ResultsData = {
  readonly candidates: readonly {
    readonly candidate_id: number
    readonly candidate_number: number
    readonly candidate_name: string
    readonly koc_id: string
    readonly party: string
    readonly total_votes: number
    readonly vote_percentage: number
    readonly rank: number
  }[]
  readonly summary: { readonly total_candidates: number; readonly total_votes_cast: number }
  readonly generated_at: string
}

export type ResultsRecord = {
  readonly id: number
  readonly election: number
  readonly election_name: string
  readonly status: ResultsStatus
  readonly status_display: string
  readonly total_registered_electors: number
  readonly total_attendance: number
  readonly total_ballots_cast: number
  readonly total_valid_ballots: number
  readonly total_invalid_ballots: number
  readonly turnout_percentage: number
  readonly results_data: ResultsData
  readonly generated_by: number | null
  readonly generated_by_name: string | null
  readonly generated_at: string | null
  readonly published_by: number | null
  readonly published_by_name: string | null
  readonly published_at: string | null
  readonly created_at: string
  readonly updated_at: string
}
