import type { Guarantee } from '../shared/model/records.ts'
import type { May, User } from '../shared/view/session.ts'
import { assertNever } from '../shared/result.ts'
import type { Action } from './outbox/action.ts'

export const isAdmin = (user: User) => user.role === 'ADMIN' || user.role === 'SUPER_ADMIN'

/** Attendance and the people of a committee are for administrators and for those assigned to it. */
export const seesCommittee = (user: User | null, code: string): boolean =>
  user !== null && (isAdmin(user) || user.committees.includes(code))

/** Committees whose attendance this user may see; null: all, or none is assigned and the server will say so. */
export function scopeOf(user: User | null): ReadonlySet<string> | null {
  if (user === null || isAdmin(user) || user.committees.length === 0) return null
  return new Set(user.committees)
}

/** A guarantee is changed by its own collector; where the server does not say whose it is, it lists one's own only. */
export const isOwn = (user: User | null, guarantee: Pick<Guarantee, 'collector'> | undefined): boolean =>
  user !== null && (guarantee?.collector === undefined || guarantee.collector === user.id)

/** A guarantee as this desk knows it; undefined when it does not. */
export type GuaranteeOf = (id: Guarantee['id']) => Pick<Guarantee, 'collector'> | undefined

/** Why an action is not this user's to do. */
export type MayNot = 'not-allowed' | 'not-your-committee' | 'not-yours' | 'role-too-low'

export const isSupervisor = (user: User) => isAdmin(user) || user.role === 'SUPERVISOR'

/**
 * What a role may do, as the people who run elections mean it; null: this may be done. The election server lets more
 * through; this guard keeps an operator from doing by mistake what only another role should.
 */
export function mayNot(user: User | null, action: Action, guaranteeOf: GuaranteeOf): MayNot | null {
  if (!user) return 'not-allowed'
  if (user.role === 'VIEWER') return 'role-too-low'
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'attendance.correct':
      return seesCommittee(user, action.committee) ? null : 'not-your-committee'
    case 'guarantee.create':
      return null
    case 'guarantee.update':
    case 'guarantee.remove':
    case 'guarantee.note':
    case 'guarantee.set-status':
    case 'guarantee.confirm':
    case 'guarantee.edit':
      return isOwn(user, guaranteeOf(action.id)) ? null : 'not-yours'
    case 'count.enter':
    case 'count.type':
      return isSupervisor(user) ? null : 'role-too-low'
    case 'count.verify':
    case 'count.resolve':
    case 'count.drop':
    case 'results.generate':
    case 'results.publish':
      return isAdmin(user) ? null : 'role-too-low'
    default:
      return assertNever(action)
  }
}

/** The same, told ahead: a window disables what the core would refuse. */
export const mayOf = (user: User | null): May => ({
  markAnywhere: user !== null && isAdmin(user),
  committees: user?.committees ?? [],
  enterCounts: user !== null && isSupervisor(user),
  verifyCounts: user !== null && isAdmin(user),
  results: user !== null && isAdmin(user),
  makeEvidence: user !== null && isAdmin(user),
})
