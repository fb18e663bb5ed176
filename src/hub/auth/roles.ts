import { assertNever } from '../../shared/result.ts'
import type { GuaranteeRecord, Role, UserRecord } from '../store/records.ts'

/** Who may do what, as the server family's documents intend it. The only place where a role is compared. */
export type Rank = 'viewer' | 'user' | 'supervisor' | 'admin'

/** Who is looking: what one socket or one request may be shown. `team` holds the ids of supervised collectors. */
export type Viewer = {
  readonly userId: number
  readonly role: Role
  readonly committees: ReadonlySet<string>
  readonly team: ReadonlySet<number>
}

export const isViewer = (role: Role): boolean => role === 'VIEWER'
export const isAdmin = (role: Role): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN'
export const isSupervisor = (role: Role): boolean => isAdmin(role) || role === 'SUPERVISOR'

export function hasRank(role: Role, rank: Rank): boolean {
  switch (rank) {
    case 'viewer':
      return true
    case 'user':
      return !isViewer(role)
    case 'supervisor':
      return isSupervisor(role)
    case 'admin':
      return isAdmin(role)
    default:
      return assertNever(rank)
  }
}

/** Admins everywhere, others only in the committees written on their account. */
export const canAccessCommittee = (viewer: Viewer, code: string): boolean =>
  isAdmin(viewer.role) || viewer.committees.has(code)

/** A committee's attendance as records: for those who may access it, and for viewers, who get them without people. */
export const canReadAttendance = (viewer: Viewer, code: string): boolean =>
  isViewer(viewer.role) || canAccessCommittee(viewer, code)

/** One's own, one's team's for a supervisor, everybody's for an admin. */
export const seesGuaranteesOf = (viewer: Viewer, owner: number): boolean =>
  isAdmin(viewer.role) || owner === viewer.userId || viewer.team.has(owner)

export const viewerOf = (user: UserRecord, team: readonly number[]): Viewer => ({
  userId: user.id,
  role: user.role,
  committees: new Set(user.committees),
  team: isSupervisor(user.role) ? new Set(team) : new Set(),
})

/** The register's phone number is for those assigned to the committee; the number a collector typed stays his own. */
export const withMobileFor = (viewer: Viewer, record: GuaranteeRecord): GuaranteeRecord =>
  record.elector_committee_code !== null && canAccessCommittee(viewer, record.elector_committee_code)
    ? record
    : { ...record, elector_mobile: '' }
