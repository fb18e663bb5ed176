import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err } from '../../shared/result.ts'
import { isAdmin, seesGuaranteesOf, withMobileFor } from '../auth/roles.ts'
import type { Ask } from '../http/api.ts'
import { idOf, there } from '../http/api.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault } from '../http/fault.ts'
import type { Announce } from '../store/store.ts'
import type { GuaranteePatch, Owners } from '../store/guarantee-tables.ts'
import type { GuaranteeRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

export const STATUSES = ['PENDING', 'GUARANTEED'] as const
export const CONFIRMATIONS = ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'] as const

/** Eight digits, with or without +965; separators go: `+965 99887766` is kept as `+96599887766`. */
export const mobile = z
  .string()
  .max(30)
  .transform((text) => text.replace(/[\s()-]/g, ''))
  .refine(
    (text) => text === '' || /^(\+965)?\d{8}$/.test(text),
    'A number of 8 digits is required, +965 before it if you like.',
  )
export const quickNote = z.string().max(200)
export const status = z.enum(STATUSES)
export const confirmation = z.enum(CONFIRMATIONS)
export const group = z.number().int().nullable()

/** The one place where a guarantee's frame is made: only its collector, their supervisor and admins get it. */
export function tell(announce: Announce, action: 'created' | 'updated', record: GuaranteeRecord): void {
  const audience = { owner: record.user, committee: record.elector_committee_code }
  announce({ type: 'guarantee_update', action, data: record, audience, records: [`guarantee/${record.id}`] })
}

export function tellDeleted(announce: Announce, { id, elector, user }: GuaranteeRecord): void {
  const data = { id, elector_id: elector, user_id: user }
  announce({
    type: 'guarantee_update',
    action: 'deleted',
    data,
    audience: { owner: user, committee: null },
    records: [`guarantee/${id}`],
  })
}

/** `?all=1` widens a list from one's own to what one may see: a team's for its supervisor, everybody's for an admin. */
export function ownersOf(ask: Ask): Owners {
  const { viewer } = ask.caller
  if (ask.query['all'] !== '1') return [viewer.userId]
  return isAdmin(viewer.role) ? null : [viewer.userId, ...viewer.team]
}

/** A guarantee the caller may look at; others do not exist for them. */
export function seen(ask: Ask, tables: Tables): Result<GuaranteeRecord, RestFault> {
  const id = idOf(ask)
  if (!id.ok) return id
  const record = tables.guarantees.byId(id.value)
  const may = record !== null && seesGuaranteesOf(ask.caller.viewer, record.user)
  return there(may ? withMobileFor(ask.caller.viewer, record) : null)
}

/** A guarantee the caller may change: their own, whatever their role. */
export function own(ask: Ask, tables: Tables, id: number): Result<GuaranteeRecord, RestFault> {
  const record = tables.guarantees.byId(id)
  return there(record !== null && record.user === ask.caller.user.id ? record : null)
}

/** Changes one's own guarantee, remembers what changed and tells it once. */
export function changed(
  ask: Ask,
  tables: Tables,
  announce: Announce,
  before: GuaranteeRecord,
  fields: GuaranteePatch,
): Result<GuaranteeRecord, RestFault> {
  const user = ask.caller.user.id
  if (fields.group !== undefined && fields.group !== null && tables.guarantees.group(user, fields.group) === null) {
    return err(fieldFault('group', 'This group does not exist.'))
  }
  tables.guarantees.patch(before.id, fields, ask.at)
  const after = tables.guarantees.byId(before.id) ?? before
  const note = (action: string, was: unknown, is: unknown): void => {
    if (was !== is) tables.guarantees.remember(before.id, user, action, [was, is], ask.at)
  }
  note('STATUS_CHANGED', before.guarantee_status, after.guarantee_status)
  note('CONFIRMATION_CHANGED', before.confirmation_status, after.confirmation_status)
  note('GROUP_CHANGED', before.group, after.group)
  note('CONTACT_UPDATED', before.mobile, after.mobile)
  note('UPDATED', before.quick_note, after.quick_note)
  tell(announce, 'updated', after)
  return { ok: true, value: withMobileFor(ask.caller.viewer, after) }
}

/** The record with what only a single read shows. */
export function full(tables: Tables, record: GuaranteeRecord): object {
  const notes = tables.guarantees.notes(record.id)
  const { elector_committee_code } = record
  return {
    ...record,
    elector_committee: elector_committee_code,
    note_count: notes.length,
    recent_notes: notes.slice(0, 3),
  }
}
