/** What the imitation keeps: one row type a table, as the real server's models have them. Times are ms since 1970. */
export type Role = 'SUPER_ADMIN' | 'ADMIN' | 'SUPERVISOR' | 'USER'
export type Phase = 'SETUP' | 'GUARANTEE_PHASE' | 'VOTING_DAY' | 'COUNTING' | 'CLOSED'

export type UserRow = {
  readonly id: number
  readonly email: string
  readonly password: string
  readonly first: string
  readonly last: string
  readonly role: Role
  readonly committees: readonly string[]
  readonly active: boolean
  readonly joined: number
}
export type ElectionRow = {
  readonly id: number
  readonly name: string
  readonly status: Phase
  readonly date: string | null
  readonly createdBy: number
  readonly created: number
  readonly updated: number
}
export type CommitteeRow = {
  readonly id: number
  readonly election: number
  readonly code: string
  readonly name: string
  readonly gender: 'MALE' | 'FEMALE' | 'MIXED'
  readonly location: string
  readonly created: number
  readonly updated: number
}
export type PartyRow = {
  readonly id: number
  readonly election: number
  readonly name: string
  readonly color: string
}
export type CandidateRow = {
  readonly id: number
  readonly election: number
  readonly name: string
  readonly number: number
  readonly party: number | null
  readonly active: boolean
}
export type ElectorRow = {
  /** `koc_id`. */
  readonly id: string
  readonly name: string
  readonly committee: number
  readonly gender: 'MALE' | 'FEMALE'
  readonly mobile: string
  readonly section: string
  readonly department: string
  readonly team: string
  readonly active: boolean
}
export type GroupRow = {
  readonly id: number
  readonly user: number
  readonly name: string
  readonly color: string
  readonly order: number
  readonly created: number
}
export type GuaranteeRow = {
  readonly id: number
  readonly user: number
  readonly elector: string
  readonly status: 'PENDING' | 'GUARANTEED'
  readonly confirmation: 'PENDING' | 'CONFIRMED' | 'NOT_AVAILABLE'
  readonly group: number | null
  readonly mobile: string
  readonly note: string
  readonly hasNotes: boolean
  readonly created: number
  readonly updated: number
}
export type NoteRow = {
  readonly id: number
  readonly guarantee: number
  readonly user: number
  readonly content: string
  readonly important: boolean
  readonly created: number
}
export type HistoryRow = {
  readonly id: number
  readonly guarantee: number
  readonly user: number
  readonly action: string
  readonly before: string
  readonly after: string
  readonly created: number
}
export type AttendanceRow = {
  readonly id: number
  readonly elector: string
  readonly committee: number
  readonly markedBy: number | null
  readonly at: number
  readonly notes: string
  readonly status: 'ATTENDED' | 'PENDING'
}
export type CountRow = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly candidate: number
  readonly votes: number
  readonly status: 'DRAFT' | 'SUBMITTED' | 'VERIFIED' | 'REJECTED'
  readonly verified: boolean
  readonly enteredBy: number | null
  readonly verifiedBy: number | null
  readonly verifiedAt: number | null
  readonly created: number
  readonly updated: number
}
export type EntryRow = {
  readonly id: number
  readonly election: number
  readonly committee: number
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'VERIFIED'
  readonly cast: number
  readonly invalid: number
  readonly enteredBy: number
  readonly completedAt: number | null
  readonly verifiedBy: number | null
  readonly verifiedAt: number | null
  readonly created: number
  readonly updated: number
}
export type RankRow = {
  readonly number: number
  readonly name: string
  readonly party: string
  readonly votes: number
  readonly share: number
  readonly rank: number
}
export type ResultsRow = {
  readonly id: number
  readonly election: number
  readonly status: 'DRAFT' | 'PRELIMINARY' | 'PUBLISHED'
  readonly electors: number
  readonly attendance: number
  readonly cast: number
  readonly invalid: number
  /** Null while created and not yet computed. */
  readonly ranks: readonly RankRow[] | null
  readonly generatedBy: number
  readonly generatedAt: number | null
  readonly publishedBy: number | null
  readonly publishedAt: number | null
  readonly created: number
  readonly updated: number
}

export type Rows = {
  readonly users: UserRow
  readonly elections: ElectionRow
  readonly committees: CommitteeRow
  readonly parties: PartyRow
  readonly candidates: CandidateRow
  readonly electors: ElectorRow
  readonly groups: GroupRow
  readonly guarantees: GuaranteeRow
  readonly notes: NoteRow
  readonly history: HistoryRow
  readonly attendance: AttendanceRow
  readonly counts: CountRow
  readonly entries: EntryRow
  readonly results: ResultsRow
}
export type TableName = keyof Rows
