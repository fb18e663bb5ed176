import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { withMobileFor } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { codeOf, idOf, parsed, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { given } from '../http/given.ts'
import { unmatched } from '../http/versions.ts'
import { pageOf, wholeNumber } from '../http/paging.ts'
import type { Announce } from '../store/store.ts'
import { tellCall } from './calls.ts'
import * as pledge from './pledging.ts'
import { statisticsOf } from './pledge-statistics.ts'
import type { Tables } from '../store/tables.ts'

const New = z.object({
  elector: z.string().min(1).max(20),
  guarantee_status: pledge.status.default('GUARANTEED'),
  group: pledge.group.default(null),
  mobile: pledge.mobile.default(''),
  quick_note: pledge.quickNote.default(''),
})
const Patch = z.object({
  guarantee_status: pledge.status.optional(),
  confirmation_status: pledge.confirmation.optional(),
  group: pledge.group.optional(),
  mobile: pledge.mobile.optional(),
  quick_note: pledge.quickNote.optional(),
})
const Status = z.object({ guarantee_status: pledge.status })
const Confirm = z.object({ confirmation_status: pledge.confirmation })
const PATH = '/api/guarantees/'
/** What this list gives without `page_size`, unlike the others. */
const PAGE_SIZE = 10

/** Guarantees: each collector's own, changed by nobody else. */
export function addGuarantees(api: Api): void {
  api.read(PATH, 'viewer', list)
  api.read(`${PATH}statistics/`, 'user', (ask, tables) => ok({ data: statisticsOf(ask, tables) }))
  api.read(`${PATH}search-elector/`, 'user', searchElector)
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const record = pledge.seen(ask, tables)
    if (!record.ok) return record
    return ok({ data: pledge.full(tables, record.value), record: `guarantee/${record.value.id}` })
  })
  api.write('POST', PATH, 'user', create)
  api.write('PATCH', `${PATH}:id/`, 'user', (ask, tables, announce) => patch(ask, tables, announce, Patch))
  api.write('PUT', `${PATH}:id/`, 'user', (ask, tables, announce) => patch(ask, tables, announce, Patch))
  api.write('PATCH', `${PATH}:id/quick-update/`, 'user', (ask, tables, announce) =>
    patch(ask, tables, announce, Status, pledge.full),
  )
  api.write('POST', `${PATH}:id/confirm/`, 'user', (ask, tables, announce) => patch(ask, tables, announce, Confirm))
  api.write('DELETE', `${PATH}:id/`, 'user', (ask, tables, announce) => {
    const id = idOf(ask)
    return id.ok ? remove(ask, tables, announce, id.value) : id
  })
  addByElector(api)
}

function list(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const page = pageOf(ask.query, 'number', PAGE_SIZE)
  if (!page.ok) return page
  const status = codeOf(ask.query, 'guarantee_status', pledge.STATUSES)
  if (!status.ok) return status
  const confirmation = codeOf(ask.query, 'confirmation_status', pledge.CONFIRMATIONS)
  if (!confirmation.ok) return confirmation
  const group = wholeNumber(ask.query, 'group')
  if (!group.ok) return group
  const found = tables.guarantees.list(page.value, {
    owners: pledge.ownersOf(ask),
    search: ask.query['search'] ?? '',
    status: status.value,
    confirmation: confirmation.value,
    group: group.value,
    elector: ask.query['elector'] ?? null,
    ordering: ask.query['ordering'] ?? '-created_at',
  })
  const paging = { count: found.count, page: page.value.page, pageSize: page.value.limit }
  return ok({
    data: {
      guarantees: found.items.map((record) => withMobileFor(ask.caller.viewer, record)),
      // Figures over all of them cost more than the page: whoever walks the whole list by key has the list.
      ...(page.value.after === null && { statistics: statisticsOf(ask, tables) }),
      groups: tables.guarantees.groups(ask.caller.user.id),
    },
    message: 'Guarantees retrieved successfully',
    meta: { pagination: paging, ...paging },
  })
}

function create(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(New, ask.body)
  if (!fields.ok) return fields
  const { elector, guarantee_status: status, group, mobile, quick_note } = fields.value
  const user = ask.caller.user.id
  if (tables.electors.byNumber(elector) === null) return err(fieldFault('elector', 'This elector does not exist.'))
  if (tables.guarantees.ofElector(user, elector) !== null) {
    return err(fieldFault('elector', 'You have a guarantee from this elector already.'))
  }
  if (group !== null && tables.guarantees.group(user, group) === null) {
    return err(fieldFault('group', 'This group does not exist.'))
  }
  const draft = { status, confirmation: 'PENDING', group, mobile, quick_note } as const
  const id = tables.guarantees.create(user, elector, draft, ask.at)
  tables.guarantees.remember(id, user, 'CREATED', [null, status], ask.at)
  const made = there(tables.guarantees.byId(id))
  if (!made.ok) return made
  pledge.tell(announce, 'created', made.value)
  if (tables.calls.of(elector) !== null) tellCall(tables, announce, elector)
  const data = withMobileFor(ask.caller.viewer, made.value)
  return ok({ data, message: 'Guarantee created successfully', status: 201, record: `guarantee/${id}` })
}

type Fields = Partial<z.output<typeof Patch>>
type Shown = (tables: Tables, record: Parameters<typeof pledge.full>[1]) => object

function patch(
  ask: Ask,
  tables: Tables,
  announce: Announce,
  schema: z.ZodType<Fields>,
  shown?: Shown,
): Result<Answer, RestFault> {
  const fields = parsed(schema, ask.body)
  if (!fields.ok) return fields
  const id = idOf(ask)
  if (!id.ok) return id
  const before = pledge.own(ask, tables, id.value)
  if (!before.ok) return before
  const stale = unmatched(ask, tables, `guarantee/${id.value}`, withMobileFor(ask.caller.viewer, before.value))
  if (stale !== null) return err(stale)
  const { guarantee_status: status, confirmation_status: confirmation, ...rest } = fields.value
  const after = pledge.changed(ask, tables, announce, before.value, { status, confirmation, ...given(rest) })
  if (!after.ok) return after
  const data = shown === undefined ? after.value : shown(tables, after.value)
  return ok({ data, message: 'Guarantee updated successfully', record: `guarantee/${id.value}` })
}

function remove(ask: Ask, tables: Tables, announce: Announce, id: number): Result<Answer, RestFault> {
  const record = pledge.own(ask, tables, id)
  if (!record.ok) return record
  const stale = unmatched(ask, tables, `guarantee/${id}`, withMobileFor(ask.caller.viewer, record.value))
  if (stale !== null) return err(stale)
  tables.guarantees.remove(id)
  pledge.tellDeleted(announce, record.value)
  return ok({ data: null, message: 'Guarantee deleted successfully' })
}

function addByElector(api: Api): void {
  const path = `${PATH}by-elector/:kocId/`
  api.write('PATCH', path, 'user', (ask, tables, announce) => {
    const fields = parsed(Status, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.guarantees.ofElector(ask.caller.user.id, ask.params['kocId'] ?? ''))
    if (!before.ok) return before
    const status = fields.value.guarantee_status
    // the family says nothing here when nothing changed
    if (before.value.guarantee_status === status) return ok({ data: withMobileFor(ask.caller.viewer, before.value) })
    const after = pledge.changed(ask, tables, announce, before.value, { status })
    return after.ok ? ok({ data: after.value, message: 'Guarantee updated successfully' }) : after
  })
  api.write('DELETE', path, 'user', (ask, tables, announce) => {
    const record = there(tables.guarantees.ofElector(ask.caller.user.id, ask.params['kocId'] ?? ''))
    return record.ok ? remove(ask, tables, announce, record.value.id) : record
  })
}

/** At most this many electors are offered to a collector who types a name. */
const OFFERED = 20

function searchElector(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const text = (ask.query['query'] ?? '').trim()
  if (text.length < 2) return err(refused('Type at least two characters.'))
  const { committees } = ask.caller.viewer
  const found = tables.electors.search(text, OFFERED, ask.caller.user.id)
  const shown = found.map((elector) => {
    const mine = elector.committee_code !== null && committees.has(elector.committee_code)
    return mine || ask.caller.user.role.endsWith('ADMIN') ? elector : { ...elector, mobile: '' }
  })
  return ok({ data: shown })
}
