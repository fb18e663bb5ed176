import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { fieldFault } from '../http/fault.ts'
import { given } from '../http/given.ts'
import { type Announce, OWNER_ONLY } from '../store/store.ts'
import * as pledge from './pledging.ts'
import type { Tables } from '../store/tables.ts'

const Note = z.object({ content: z.string().min(1).max(10_000), is_important: z.boolean().default(false) })
const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'A colour as #RRGGBB is required.')
const Group = z.object({
  name: z.string().min(1).max(100),
  color: color.default('#1976d2'),
  description: z.string().max(10_000).default(''),
  order: z.number().int().default(0),
})
const GroupPatch = z.object({
  name: z.string().min(1).max(100).optional(),
  color: color.optional(),
  description: z.string().max(10_000).optional(),
  order: z.number().int().optional(),
})
const Reorder = z.object({ new_order: z.number().int() })
const PATH = '/api/guarantees/'
const GROUPS = `${PATH}groups/`

/** Notes and history of a guarantee, and a collector's groups. */
export function addGuaranteeNotes(api: Api): void {
  api.read(`${PATH}:id/notes/`, 'user', (ask, tables) => {
    const record = pledge.seen(ask, tables)
    return record.ok ? ok({ data: tables.guarantees.notes(record.value.id) }) : record
  })
  api.read(`${PATH}:id/history/`, 'user', (ask, tables) => {
    const record = pledge.seen(ask, tables)
    return record.ok ? ok({ data: tables.guarantees.history(record.value.id) }) : record
  })
  api.write('POST', `${PATH}:id/add-note/`, 'user', (ask, tables, announce) => {
    const fields = parsed(Note, ask.body)
    if (!fields.ok) return fields
    const id = idOf(ask)
    if (!id.ok) return id
    const before = pledge.own(ask, tables, id.value)
    if (!before.ok) return before
    const { content, is_important } = fields.value
    const user = ask.caller.user.id
    const note = tables.guarantees.addNote(id.value, user, content, is_important, ask.at)
    tables.guarantees.remember(id.value, user, 'NOTE_ADDED', [null, note], ask.at)
    const made = tables.guarantees.notes(id.value).find((one) => one.id === note)
    const after = tables.guarantees.byId(id.value) ?? before.value
    // `has_notes` is part of the guarantee, so the first note changes it
    if (!before.value.has_notes) pledge.tell(announce, 'updated', after)
    return ok({ data: made, message: 'Note added successfully', status: 201 })
  })
  addGroups(api)
}

function addGroups(api: Api): void {
  api.read(GROUPS, 'user', (ask, tables) => ok({ data: tables.guarantees.groups(ask.caller.user.id) }))
  api.read(`${GROUPS}:id/`, 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const found = there(tables.guarantees.group(ask.caller.user.id, id.value))
    return found.ok ? ok({ data: found.value }) : found
  })
  api.write('POST', GROUPS, 'user', (ask, tables, announce) => {
    const fields = parsed(Group, ask.body)
    if (!fields.ok) return fields
    const user = ask.caller.user.id
    if (nameTaken(tables, user, fields.value.name, null))
      return err(fieldFault('name', 'You have a group of this name.'))
    const id = tables.guarantees.createGroup(user, fields.value, ask.at)
    tellGroup(announce, 'created', user, tables.guarantees.group(user, id) ?? { id })
    return ok({ data: tables.guarantees.group(user, id), message: 'Group created successfully', status: 201 })
  })
  addGroupChanges(api)
}

function addGroupChanges(api: Api): void {
  const schemas = [
    [`${GROUPS}:id/`, GroupPatch],
    [`${GROUPS}:id/reorder/`, Reorder.transform(({ new_order }) => ({ order: new_order }))],
  ] as const
  for (const [path, schema] of schemas) {
    api.write('PATCH', path, 'user', (ask, tables, announce) => {
      const fields = parsed<typeof schema>(schema, ask.body)
      if (!fields.ok) return fields
      const id = idOf(ask)
      if (!id.ok) return id
      const user = ask.caller.user.id
      const before = there(tables.guarantees.group(user, id.value))
      if (!before.ok) return before
      const patch: z.output<typeof GroupPatch> = fields.value
      if (patch.name !== undefined && nameTaken(tables, user, patch.name, id.value)) {
        return err(fieldFault('name', 'You have a group of this name.'))
      }
      tables.guarantees.patchGroup(id.value, given(patch), ask.at)
      tellGroup(announce, 'updated', user, tables.guarantees.group(user, id.value) ?? before.value)
      // name and colour travel with each guarantee of the group
      if (patch.name !== undefined || patch.color !== undefined) {
        for (const one of tables.guarantees.inGroup(id.value)) {
          const record = tables.guarantees.byId(one)
          if (record !== null) pledge.tell(announce, 'updated', record)
        }
      }
      return ok({ data: tables.guarantees.group(user, id.value), message: 'Group updated successfully' })
    })
  }
  api.write('DELETE', `${GROUPS}:id/`, 'user', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const before = there(tables.guarantees.group(ask.caller.user.id, id.value))
    if (!before.ok) return before
    const members = tables.guarantees.inGroup(id.value)
    tables.guarantees.removeGroup(id.value)
    tellGroup(announce, 'deleted', ask.caller.user.id, { id: id.value })
    for (const one of members) {
      const record = tables.guarantees.byId(one)
      if (record !== null) pledge.tell(announce, 'updated', record)
    }
    return ok({ data: null, message: 'Group deleted successfully' })
  })
}

/** A group is its collector's alone: not even an administrator is told of it. */
const tellGroup = (announce: Announce, action: 'created' | 'updated' | 'deleted', owner: number, data: object): void =>
  announce({ type: 'group_update', action, data, audience: { owner, committee: OWNER_ONLY } })

const nameTaken = (tables: Tables, user: number, name: string, self: number | null): boolean =>
  tables.guarantees.groups(user).some((one) => one.name === name && one.id !== self)
