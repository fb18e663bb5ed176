import type { Calls } from './call-tables.ts'
import type { Guarantees } from './guarantee-tables.ts'
import type {
  AttendanceDetail,
  AttendanceRecord,
  AttendanceStatus,
  CandidateRecord,
  CommitteeRecord,
  ElectionRecord,
  ElectorRecord,
  PartyRecord,
  Phase,
  Role,
  UserRecord,
} from './records.ts'
import type { Remarks } from './remark-tables.ts'
import type { RecordName } from './store.ts'
import type { TypedSheets } from './typed-tables.ts'
import type { Voting } from './voting-tables.ts'

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
  /** A device that only looks; nobody signs in with it. */
  addWall(name: string, at: number): UserRecord
  walls(): WallRecord[]
  /** Closes an account and keeps by whose order; the last order counts. Opening the account again takes it back. */
  revoke(id: number, order: RevocationRecord): void
  revocationOf(id: number): RevocationRecord | null
}
/** An administrator's order about an account. `by`: their e-mail. `at`: UTC ms. */
export type RevocationRecord = {
  readonly id: string
  readonly by: string
  readonly at: number
  readonly wipe: boolean
}
export type WallRecord = Pick<UserRecord, 'id' | 'is_active' | 'date_joined'> & { readonly name: string }
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

export type Versions = {
  /** The number of the frame that last told of it; 0, or where versions began, for one not told of since. */
  of(record: RecordName): number
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
  readonly calls: Calls
  readonly remarks: Remarks
  readonly typed: TypedSheets
  readonly tokens: Tokens
  readonly answers: Answers
  readonly versions: Versions
}
