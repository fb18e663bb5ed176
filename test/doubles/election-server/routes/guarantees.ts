import {
  type Ask,
  atomically,
  bad,
  good,
  made,
  missing,
  type Reply,
  required,
  route,
  textOf,
  wholeOf,
  type Route,
} from '../ask.ts'
import type { Transaction } from '../database.ts'
import type { GuaranteeRow } from '../rows.ts'
import * as show from '../serializers.ts'

/** Own records only, whoever asks; the frames go to everybody all the same. */
export const guaranteeRoutes: readonly Route[] = [
  route('GET', /^guarantees\/$/, list),
  route('POST', /^guarantees\/$/, (ask) => atomically(ask, (tx) => create(ask, tx))),
  route('GET', /^guarantees\/statistics\/$/, (ask) => good(statistics(ask))),
  // Shadowed by the route of one guarantee.
  route('GET', /^guarantees\/team\/$/, () => missing()),
  route('GET', /^guarantees\/groups\/$/, (ask) => good(groups(ask))),
  route('POST', /^guarantees\/groups\/$/, (ask) => atomically(ask, (tx) => createGroup(ask, tx))),
  route('PATCH', /^guarantees\/groups\/(\d+)\/$/, (ask) => atomically(ask, (tx) => editGroup(ask, tx))),
  route('DELETE', /^guarantees\/groups\/(\d+)\/$/, (ask) => atomically(ask, (tx) => deleteGroup(ask, tx))),
  route('POST', /^guarantees\/bulk_confirm\/$/, (ask) => atomically(ask, (tx) => bulkConfirm(ask, tx))),
  route('POST', /^guarantees\/bulk-update\/$/, (ask) => atomically(ask, (tx) => bulkUpdate(ask, tx))),
  route('GET', /^guarantees\/(\d+)\/$/, (ask) => {
    const row = ask.db.get('guarantees', Number(ask.params[0]))
    return row?.user === ask.user.id ? good(show.guaranteeInFull(ask.db, row)) : missing()
  }),
  route('PATCH', /^guarantees\/(\d+)\/$/, (ask) =>
    changed(ask, (row) => {
      const status = textOf(ask.body, 'guarantee_status') ?? row.status
      if (!isStatus(status)) return wrongChoice('guarantee_status', status)
      const mobile = textOf(ask.body, 'mobile') ?? row.mobile
      const digits = mobile.replace(/[\s-]/g, '')
      if (digits !== '' && !/^(\+965)?\d{8}$/.test(digits)) return bad('mobile: Enter a valid Kuwait mobile number.')
      const group = 'group' in ask.body ? wholeOf(ask.body, 'group') : row.group
      if (group !== null && ask.db.get('groups', group)?.user !== ask.user.id)
        return bad(`group: Invalid pk "${group}" - object does not exist.`)
      return { ...row, status, group, mobile: digits, note: textOf(ask.body, 'quick_note') ?? row.note }
    }),
  ),
  route('PATCH', /^guarantees\/(\d+)\/quick-update\/$/, (ask) =>
    changed(ask, (row) => {
      const status = textOf(ask.body, 'guarantee_status')
      if (status === null) return required('guarantee_status')
      return isStatus(status) ? { ...row, status } : wrongChoice('guarantee_status', status)
    }),
  ),
  route('POST', /^guarantees\/(\d+)\/confirm\/$/, (ask) =>
    changed(ask, (row) => {
      const confirmation = textOf(ask.body, 'confirmation_status')
      if (confirmation === null) return required('confirmation_status')
      return isConfirmation(confirmation) ? { ...row, confirmation } : wrongChoice('confirmation_status', confirmation)
    }),
  ),
  route('DELETE', /^guarantees\/(\d+)\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = own(ask, tx, Number(ask.params[0]))
      if (row === null) return missing()
      tx.remove('guarantees', row.id)
      for (const note of tx.all('notes')) if (note.guarantee === row.id) tx.remove('notes', note.id)
      for (const line of tx.all('history')) if (line.guarantee === row.id) tx.remove('history', line.id)
      ask.tell('guarantee_update', 'deleted', { id: row.id, elector_id: row.elector, user_id: row.user })
      return good(null, 'Guarantee deleted successfully')
    }),
  ),
  // A note sends no frame, though the record's `has_notes` changes.
  route('POST', /^guarantees\/(\d+)\/add-note\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = own(ask, tx, Number(ask.params[0]))
      if (row === null) return missing()
      const content = textOf(ask.body, 'content')
      if (content === null || content === '') return required('content')
      const important = ask.body['is_important'] === true
      const stamp = { guarantee: row.id, user: ask.user.id, created: Date.now() }
      const note = tx.put('notes', { id: tx.nextId('notes'), content, important, ...stamp })
      const after = JSON.stringify({ note_id: note.id })
      tx.put('history', { id: tx.nextId('history'), action: 'NOTE_ADDED', before: '{}', after, ...stamp })
      tx.put('guarantees', { ...row, hasNotes: true })
      return made(show.note(tx, note), 'Note added')
    }),
  ),
  route('GET', /^guarantees\/(\d+)\/notes\/$/, (ask) => ofOwn(ask, (row) => show.notesOf(ask.db, row.id))),
  route('GET', /^guarantees\/(\d+)\/history\/$/, (ask) => ofOwn(ask, (row) => show.historyOf(ask.db, row.id))),
]

const isStatus = (text: string): text is GuaranteeRow['status'] => text === 'PENDING' || text === 'GUARANTEED'
const isConfirmation = (text: string): text is GuaranteeRow['confirmation'] =>
  ['PENDING', 'CONFIRMED', 'NOT_AVAILABLE'].includes(text)
const wrongChoice = (field: string, value: string): Reply => bad(`${field}: "${value}" is not a valid choice.`)

const mine = (ask: Ask): GuaranteeRow[] => ask.db.all('guarantees').filter((row) => row.user === ask.user.id)
const groups = (ask: Ask): object[] =>
  ask.db
    .all('groups')
    .filter((row) => row.user === ask.user.id)
    .map((row) => show.group(ask.db, row))

function ofOwn(ask: Ask, read: (row: GuaranteeRow) => object): Reply {
  const row = ask.db.get('guarantees', Number(ask.params[0]))
  return row?.user === ask.user.id ? good(read(row)) : missing()
}

function own(ask: Ask, tx: Transaction, id: number): GuaranteeRow | null {
  const row = tx.get('guarantees', id)
  return row?.user === ask.user.id ? row : null
}

const changed = (ask: Ask, change: (row: GuaranteeRow) => GuaranteeRow | Reply): Promise<Reply> =>
  atomically(ask, (tx) => {
    const row = own(ask, tx, Number(ask.params[0]))
    if (row === null) return missing()
    const after = change(row)
    if (!('elector' in after)) return after
    const kept = tx.put('guarantees', { ...after, updated: Date.now() })
    if (after.status !== row.status) {
      const [was, is] = [row, after].map(({ status }) => JSON.stringify({ guarantee_status: status }))
      const stamp = { guarantee: row.id, user: ask.user.id, created: Date.now() }
      const values = { before: was ?? '', after: is ?? '' }
      tx.put('history', { id: tx.nextId('history'), action: 'STATUS_CHANGED', ...values, ...stamp })
    }
    ask.tell('guarantee_update', 'updated', show.guarantee(tx, kept))
    return good(show.guaranteeInFull(tx, kept), 'Guarantee updated successfully')
  })

/** Its own paging: `page_size` is honoured without a cap, past the end is empty, a page that is no number breaks it. */
function list(ask: Ask): Reply {
  const [number, size] = [Number(ask.query.get('page') ?? '1'), Number(ask.query.get('page_size') ?? '10')]
  if (!Number.isInteger(number) || !Number.isInteger(size)) return { status: 500, html: true }
  const [status, confirmation] = [ask.query.get('guarantee_status'), ask.query.get('confirmation_status')]
  const rows = mine(ask)
    .filter((row) => !status || row.status === status)
    .filter((row) => !confirmation || row.confirmation === confirmation)
    .toSorted((a, b) => b.id - a.id)
  const guarantees = rows.slice((number - 1) * size, number * size).map((row) => show.guarantee(ask.db, row))
  return {
    status: 200,
    data: { guarantees, statistics: statistics(ask), groups: groups(ask) },
    message: 'Guarantees retrieved successfully',
    meta: { pagination: { count: rows.length, page: number, page_size: size } },
  }
}

function create(ask: Ask, tx: Transaction): Reply {
  const elector = textOf(ask.body, 'elector')
  if (elector === null) return required('elector')
  if (tx.get('electors', elector) === undefined) return bad(`elector: Invalid pk "${elector}" - object does not exist.`)
  if (tx.all('guarantees').some((row) => row.user === ask.user.id && row.elector === elector))
    return bad('You have already guaranteed this elector')
  const status = textOf(ask.body, 'guarantee_status') ?? 'GUARANTEED'
  if (!isStatus(status)) return wrongChoice('guarantee_status', status)
  const [group, mobile, note] = [wholeOf(ask.body, 'group'), textOf(ask.body, 'mobile'), textOf(ask.body, 'quick_note')]
  const at = Date.now()
  const row = tx.put('guarantees', {
    id: tx.nextId('guarantees'),
    user: ask.user.id,
    elector,
    status,
    confirmation: 'PENDING',
    group,
    mobile: mobile ?? '',
    note: note ?? '',
    hasNotes: false,
    created: at,
    updated: at,
  })
  ask.tell('guarantee_update', 'created', show.guarantee(tx, row))
  // Without the id: it arrives by socket, or never.
  return made({ elector, guarantee_status: status, group, mobile: row.mobile, quick_note: row.note })
}

const idsOf = (ask: Ask): number[] =>
  Array.isArray(ask.body['guarantee_ids']) ? ask.body['guarantee_ids'].filter((id) => typeof id === 'number') : []

function bulkConfirm(ask: Ask, tx: Transaction): Reply {
  const confirmation = textOf(ask.body, 'confirmation_status') ?? ''
  if (!isConfirmation(confirmation)) return wrongChoice('confirmation_status', confirmation)
  const rows = idsOf(ask).flatMap((id) => own(ask, tx, id) ?? [])
  for (const row of rows)
    ask.tell('guarantee_update', 'updated', show.guarantee(tx, tx.put('guarantees', { ...row, confirmation })))
  return good({ updated_count: rows.length })
}

/** A queryset update: no signal, no frame. */
function bulkUpdate(ask: Ask, tx: Transaction): Reply {
  const status = textOf(ask.body, 'guarantee_status')
  if (status !== null && !isStatus(status)) return wrongChoice('guarantee_status', status)
  const group = wholeOf(ask.body, 'group_id')
  const rows = idsOf(ask).flatMap((id) => own(ask, tx, id) ?? [])
  for (const row of rows) tx.put('guarantees', { ...row, status: status ?? row.status, group: group ?? row.group })
  return good({ updated_count: rows.length, fields_updated: status === null ? ['group'] : ['guarantee_status'] })
}

function createGroup(ask: Ask, tx: Transaction): Reply {
  const name = textOf(ask.body, 'name')
  if (name === null || name === '') return required('name')
  if (isTaken(ask, tx, name, null)) return bad('name: You already have a group with this name.')
  const [color, order] = [textOf(ask.body, 'color') ?? '#1976d2', wholeOf(ask.body, 'order') ?? 0]
  const row = tx.put('groups', { id: tx.nextId('groups'), user: ask.user.id, name, color, order, created: Date.now() })
  return made(show.group(tx, row))
}

/** Tells nobody, though every guarantee of the group carries its name and colour. */
function editGroup(ask: Ask, tx: Transaction): Reply {
  const row = tx.get('groups', Number(ask.params[0]))
  if (row?.user !== ask.user.id) return missing()
  const [name, color] = [textOf(ask.body, 'name') ?? row.name, textOf(ask.body, 'color') ?? row.color]
  if (isTaken(ask, tx, name, row.id)) return bad('name: You already have a group with this name.')
  return good(show.group(tx, tx.put('groups', { ...row, name, color, order: wholeOf(ask.body, 'order') ?? row.order })))
}

const isTaken = (ask: Ask, tx: Transaction, name: string, self: number | null): boolean =>
  tx.all('groups').some((row) => row.user === ask.user.id && row.name === name && row.id !== self)

/** Its guarantees lose their group in silence. */
function deleteGroup(ask: Ask, tx: Transaction): Reply {
  const row = tx.get('groups', Number(ask.params[0]))
  if (row?.user !== ask.user.id) return missing()
  tx.remove('groups', row.id)
  for (const held of tx.all('guarantees').filter(({ group }) => group === row.id))
    tx.put('guarantees', { ...held, group: null })
  return good(null)
}

function byGroup(ask: Ask, rows: readonly GuaranteeRow[]): object[] {
  const sums = new Map<number | null, number>()
  for (const { group } of rows) sums.set(group, (sums.get(group) ?? 0) + 1)
  return [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .map(([id, count]) => {
      const group = id === null ? undefined : ask.db.get('groups', id)
      return { group__name: group?.name ?? null, group__color: group?.color ?? null, count }
    })
}

function statistics(ask: Ask): object {
  const rows = mine(ask)
  const count = (keep: (row: GuaranteeRow) => boolean): number => rows.filter(keep).length
  const confirmed = count((row) => row.confirmation === 'CONFIRMED')
  return {
    total_guarantees: rows.length,
    pending_count: count((row) => row.status === 'PENDING'),
    guaranteed_count: count((row) => row.status === 'GUARANTEED'),
    not_available_count: 0,
    by_group: byGroup(ask, rows),
    by_committee: [],
    recent_guarantees: [],
    top_sections: [],
    confirmed_count: confirmed,
    pending_confirmation_count: count((row) => row.confirmation === 'PENDING'),
    not_available_confirmation_count: count((row) => row.confirmation === 'NOT_AVAILABLE'),
    unconfirmed_count: rows.length - confirmed,
    confirmation_rate: rows.length === 0 ? 0 : Number(((confirmed / rows.length) * 100).toFixed(1)),
  }
}
