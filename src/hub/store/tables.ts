import type {
  AttendanceDetail,
  AttendanceRecord,
  AttendanceStatus,
  AuditRecord,
  CandidateRecord,
  CommitteeRecord,
  Confirmation,
  CountStatus,
  ElectionRecord,
  ElectorRecord,
  EntryRecord,
  EntryStatus,
  GroupRecord,
  GuaranteeRecord,
  GuaranteeStatus,
  HistoryRecord,
  NoteRecord,
  PartyRecord,
  Phase,
  ResultsData,
  ResultsRecord,
  ResultsStatus,
  Role,
  UserRecord,
  VoteCountRecord,
} from './records.ts'

/** A page of a list: `offset`/`limit` rows, or the rows after a key when `after` is given (stable under writes). */
export type Window = { readonly offset: number; readonly limit: number; readonly after: string | number | null }
export type Listed<T> = { readonly items: T[]; readonly count: number }

export type Users = {
  byId(id: number): UserRecord | null
  /** The stored password hash with the account, for sign-in only. */
  forSignIn(email: string): { readonly user: UserRecord; readonly hash: string } | null
  list(window: Window, search: string): Listed<UserRecord>
  /** Ids of the accounts a supervisor looks after. */
  teamOf(id: number): number[]
  signedIn(id: number, at: number): void
  setPassword(id: number, hash: string): void
  hashOf(id: number): string
  patch(id: number, fields: UserPatch): void
}
export type UserPatch = {
  readonly role?: Role | undefined
  readonly is_active?: boolean | undefined
  readonly committees?: readonly string[] | undefined
  readonly supervisor?: number | null | undefined
}

export type Elections = {
  /** The newest election; a hub holds one. */
  current(): ElectionRecord | null
  byId(id: number): ElectionRecord | null
  all(): ElectionRecord[]
  patch(id: number, fields: ElectionPatch, at: number): void
}
export type ElectionPatch = {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly status?: Phase | undefined
  readonly election_date?: string | null | undefined
}

export type CommitteeDraft = {
  readonly code: string
  readonly name: string
  readonly gender: 'MALE' | 'FEMALE' | 'MIXED'
  readonly location: string
}
export type Committees = {
  list(window: Window, filter: { readonly gender: string | null; readonly search: string }): Listed<CommitteeRecord>
  all(): CommitteeRecord[]
  byId(id: number): CommitteeRecord | null
  byCode(code: string): CommitteeRecord | null
  create(election: number, draft: CommitteeDraft, at: number): number
  patch(id: number, draft: Partial<CommitteeDraft>, at: number): void
  /** False when something still belongs to it. */
  remove(id: number): boolean
  /** Members by `User.committees`. */
  usersOf(code: string): UserRecord[]
}

export type Candidates = {
  list(window: Window, search: string): Listed<CandidateRecord>
  all(): CandidateRecord[]
  byId(id: number): CandidateRecord | null
  create(election: number, fields: CandidateDraft): number
  patch(id: number, fields: Partial<CandidateDraft>): void
  /** False when votes were counted for them. */
  remove(id: number): boolean
  parties(window: Window): Listed<PartyRecord>
  party(id: number): PartyRecord | null
  createParty(election: number, fields: PartyDraft): number
  patchParty(id: number, fields: Partial<PartyDraft>): void
  removeParty(id: number): void
  ofParty(id: number): number[]
}
export type CandidateDraft = {
  readonly name: string
  readonly candidate_number: number
  readonly party: number | null
  readonly is_active: boolean
}
export type PartyDraft = {
  readonly name: string
  readonly color: string
  readonly description: string
  readonly is_active: boolean
}

export type Electors = {
  byNumber(number: string): ElectorRecord | null
  list(window: Window, filter: { readonly search: string; readonly committee: number | null }): Listed<ElectorRecord>
  /** At most `limit` electors whose number starts with or name contains the text, not yet pledged to `user` if one is given. */
  search(text: string, limit: number, notPledgedTo: number | null): ElectorRecord[]
  create(fields: { readonly number: string; readonly name: string; readonly committee: number }, at: number): void
  groupedBy(
    column: 'gender' | 'area' | 'department' | 'team' | 'section',
  ): { value: string; electors: number; attended: number }[]
}

export type AttendanceFilter = {
  /** Committee codes the caller may see; null for all. */
  readonly within: ReadonlySet<string> | null
  readonly committee: number | null
  readonly code: string | null
  readonly markedBy: number | null
  readonly search: string
}
export type Attendances = {
  byId(id: number): AttendanceDetail | null
  /** The one ATTENDED record of an elector, if any. */
  attendedOf(number: string): AttendanceDetail | null
  list(window: Window, filter: AttendanceFilter): Listed<AttendanceRecord>
  ofCommittee(committee: number): AttendanceRecord[]
  mark(fields: MarkFields): AttendanceDetail
  patch(
    id: number,
    fields: { readonly status?: AttendanceStatus | undefined; readonly notes?: string | undefined },
  ): void
  remove(id: number): void
  /** ATTENDED by hour since the epoch (UTC), one committee or all. */
  hours(committee: number | null): { readonly hour: number; readonly attended: number }[]
}
export type MarkFields = {
  readonly elector: string
  readonly committee: number
  readonly by: number
  readonly at: number
  readonly notes: string
  readonly status: AttendanceStatus
  readonly ip: string
  readonly agent: string
}

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

/** Whose guarantees: one collector's, several collectors', or null for everybody's. */
export type Owners = readonly number[] | null
export type GuaranteeFilter = {
  readonly owners: Owners
  readonly search: string
  readonly status: string | null
  readonly confirmation: string | null
  readonly group: number | null
  readonly elector: string | null
  readonly ordering: string
}
export type GuaranteePatch = {
  readonly status?: GuaranteeStatus | undefined
  readonly confirmation?: Confirmation | undefined
  readonly group?: number | null | undefined
  readonly mobile?: string | undefined
  readonly quick_note?: string | undefined
}
export type Breakdown = { readonly code: string | null; readonly name: string | null; readonly count: number }
export type Guarantees = {
  list(window: Window, filter: GuaranteeFilter): Listed<GuaranteeRecord>
  byId(id: number): GuaranteeRecord | null
  ofElector(user: number, elector: string): GuaranteeRecord | null
  create(user: number, elector: string, fields: Required<GuaranteePatch>, at: number): number
  patch(id: number, fields: GuaranteePatch, at: number): void
  remove(id: number): void
  statistics(owners: Owners): GuaranteeStatistics
  byCollector(): {
    readonly user: number
    readonly name: string
    readonly total: number
    readonly confirmed: number
    readonly attended: number
  }[]
  notes(guarantee: number): NoteRecord[]
  addNote(guarantee: number, user: number, content: string, important: boolean, at: number): number
  history(guarantee: number): HistoryRecord[]
  remember(guarantee: number, user: number, action: string, values: readonly [unknown, unknown], at: number): void
  groups(user: number): GroupRecord[]
  group(user: number, id: number): GroupRecord | null
  createGroup(user: number, fields: GroupDraft, at: number): number
  patchGroup(id: number, fields: Partial<GroupDraft>, at: number): void
  removeGroup(id: number): void
  inGroup(id: number): number[]
}
export type GuaranteeStatistics = {
  readonly total: number
  readonly pending: number
  readonly guaranteed: number
  readonly confirmed: number
  readonly notAvailable: number
  readonly attended: number
  readonly byGroup: Breakdown[]
  readonly byCommittee: Breakdown[]
  readonly topSections: Breakdown[]
}
export type GroupDraft = {
  readonly name: string
  readonly color: string
  readonly description: string
  readonly order: number
}

export type Tokens = {
  /** False when it was revoked already. */
  revoke(token: string, expiresAt: number): boolean
  isRevoked(token: string): boolean
}

export type RememberedAnswer = { readonly request: string; readonly status: number; readonly answer: string }
export type Answers = {
  find(user: number, key: string): RememberedAnswer | null
  keep(user: number, key: string, answer: RememberedAnswer, at: number): void
}

export type Tables = {
  readonly users: Users
  readonly elections: Elections
  readonly committees: Committees
  readonly candidates: Candidates
  readonly electors: Electors
  readonly attendance: Attendances
  readonly voting: Voting
  readonly guarantees: Guarantees
  readonly tokens: Tokens
  readonly answers: Answers
}
