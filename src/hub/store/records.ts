/** Records with the exact snake_case keys of the wire: frames carry them as they are, REST camelCases them. */
export type Mode = 'rehearsal' | 'official'
/** `VIEWER`: a paired wall. It sees the figures of all committees and no person. */
export type Role = 'SUPER_ADMIN' | 'ADMIN' | 'SUPERVISOR' | 'USER' | 'VIEWER'
export type Phase = 'SETUP' | 'GUARANTEE_PHASE' | 'VOTING_DAY' | 'COUNTING' | 'CLOSED'
export type GuaranteeStatus = 'PENDING' | 'GUARANTEED'
export type Confirmation = 'PENDING' | 'CONFIRMED' | 'NOT_AVAILABLE'
export type AttendanceStatus = 'ATTENDED' | 'PENDING'
export type CountStatus = 'DRAFT' | 'SUBMITTED' | 'VERIFIED' | 'REJECTED'
export type EntryStatus = 'IN_PROGRESS' | 'COMPLETED' | 'VERIFIED'
export type ResultsStatus = 'DRAFT' | 'PRELIMINARY' | 'FINAL' | 'PUBLISHED'

export type UserRecord = {
  readonly id: number
  readonly email: string
  readonly first_name: string
  readonly last_name: string
  readonly full_name: string
  readonly phone: string
  readonly role: Role
  readonly role_display: string
  readonly supervisor: number | null
  readonly supervisor_name: string | null
  readonly teams: readonly string[]
  readonly committees: readonly string[]
  readonly is_active: boolean
  readonly date_joined: string
  readonly last_login: string | null
  readonly supervised_users_count: number
}

export type ElectionRecord = {
  readonly id: number
  readonly name: string
  readonly description: string
  readonly mode: Mode
  readonly voting_mode: string
  readonly voting_mode_display: string
  readonly max_candidates_per_ballot: number
  readonly allow_partial_voting: boolean
  readonly minimum_votes_required: number
  readonly status: Phase
  readonly status_display: string
  readonly election_date: string | null
  readonly committee_count: number
  readonly member_count: number
  readonly members: readonly number[]
  readonly created_by: number | null
  readonly created_by_name: string | null
  readonly created_at: string
  readonly updated_at: string
}

export type CommitteeRecord = {
  readonly id: number
  readonly election: number
  readonly code: string
  readonly name: string
  readonly gender: 'MALE' | 'FEMALE' | 'MIXED'
  readonly gender_display: string
  readonly location: string
  readonly electors_from: number | null
  readonly electors_to: number | null
  readonly elector_count: number
  readonly attendance_count: number
  readonly attendance_percentage: number
  readonly pending_count: number
  readonly vote_count: number
  readonly guarantee_count: number
  readonly guarantee_attendance_count: number
  readonly created_at: string
  readonly updated_at: string
}

export type PartyRecord = {
  readonly id: number
  readonly election: number
  readonly name: string
  readonly color: string
  readonly logo: null
  readonly description: string
  readonly is_active: boolean
  readonly candidate_count: number
}

export type CandidateRecord = {
  readonly id: number
  readonly election: number
  readonly name: string
  readonly candidate_number: number
  readonly party: number | null
  readonly party_name: string | null
  readonly party_color: string | null
  readonly photo: null
  readonly is_active: boolean
  readonly total_votes: number
}

export type ElectorRecord = {
  readonly koc_id: string
  readonly full_name: string
  readonly name_first: string
  readonly name_second: string
  readonly name_third: string
  readonly name_fourth: string
  readonly name_fifth: string
  readonly name_sixth: string
  readonly sub_family_name: string
  readonly family_name: string
  readonly gender: 'MALE' | 'FEMALE'
  readonly department: string
  readonly section: string
  readonly team: string
  readonly area: string
  readonly mobile: string
  readonly committee: number | null
  readonly committee_code: string | null
  readonly committee_name: string | null
  readonly is_active: boolean
  readonly is_approved: boolean
  readonly has_attended: boolean
  readonly attended_at: string | null
}

export type AttendanceRecord = {
  readonly id: number
  readonly elector_koc_id: string
  readonly elector_name: string
  readonly elector_gender: string
  readonly committee_code: string
  readonly committee_name: string
  readonly marked_by_name: string | null
  readonly attended_at: string
  readonly notes: string
  readonly status: AttendanceStatus
}

/** What `mark` answers and a single read shows: the list's ten keys and the ids behind them. */
export type AttendanceDetail = AttendanceRecord & {
  readonly elector: string
  readonly elector_section: string
  readonly committee: number
  readonly marked_by: number | null
  readonly device_info: { readonly ip_address: string; readonly user_agent: string }
}

export type GuaranteeRecord = {
  readonly id: number
  readonly elector: string
  readonly elector_koc_id: string
  readonly elector_name: string
  readonly elector_mobile: string
  readonly elector_section: string
  readonly elector_department: string
  readonly elector_team: string | null
  readonly elector_committee_name: string | null
  readonly guarantee_status: GuaranteeStatus
  readonly guarantee_status_display: string
  readonly group: number | null
  readonly group_name: string | null
  readonly group_color: string | null
  readonly quick_note: string
  readonly mobile: string
  readonly confirmation_status: Confirmation
  readonly confirmation_status_display: string
  readonly isConfirmed: boolean
  readonly has_notes: boolean
  readonly created_at: string
  readonly updated_at: string
  readonly user: number
  readonly user_name: string
  readonly elector_committee_code: string | null
}

export type GroupRecord = {
  readonly id: number
  readonly name: string
  readonly color: string
  readonly description: string
  readonly order: number
  readonly guarantee_count: number
  readonly created_at: string
  readonly updated_at: string
}

export type NoteRecord = {
  readonly id: number
  readonly guarantee: number
  readonly user: number
  readonly user_name: string
  readonly user_email: string
  readonly content: string
  readonly is_important: boolean
  readonly created_at: string
}

export type HistoryRecord = {
  readonly id: number
  readonly guarantee: number
  readonly user: number
  readonly user_name: string
  readonly action: string
  readonly old_value: string
  readonly new_value: string
  readonly created_at: string
}
