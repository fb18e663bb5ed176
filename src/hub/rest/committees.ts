import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import { isAdmin } from '../auth/roles.ts'
import type { Api } from '../http/api.ts'
import { codeOf, idOf, parsed, there } from '../http/api.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { given } from '../http/given.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import { EVERYBODY } from '../store/store.ts'

const Committee = z.object({
  code: z.string().min(1).max(20),
  name: z.string().min(1).max(255),
  gender: z.enum(['MALE', 'FEMALE', 'MIXED']).default('MIXED'),
  location: z.string().max(255).default(''),
})
const CommitteePatch = z.object({
  code: z.string().min(1).max(20).optional(),
  name: z.string().min(1).max(255).optional(),
  gender: z.enum(['MALE', 'FEMALE', 'MIXED']).optional(),
  location: z.string().max(255).optional(),
})
const PATH = '/api/elections/committees/'

/** Committees with their live counts; written by admins. */
export function addCommittees(api: Api): void {
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    const gender = codeOf(ask.query, 'gender', ['MALE', 'FEMALE', 'MIXED'])
    if (!gender.ok) return gender
    const found = tables.committees.list(page.value, { gender: gender.value, search: ask.query['search'] ?? '' })
    return pageAnswer(found, page.value, ask.url, (committee) => committee.id)
  })
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const committee = there(tables.committees.byId(id.value))
    if (!committee.ok) return committee
    const election = tables.elections.byId(committee.value.election)
    const users = tables.committees.usersOf(committee.value.code)
    const names = isAdmin(ask.caller.user.role) ? users.map((user) => user.full_name) : []
    const assigned = { assigned_users: users.map((user) => user.id), assigned_user_names: names }
    return ok({ data: { ...committee.value, election_name: election?.name ?? null, ...assigned } })
  })
  addWrites(api)
}

function addWrites(api: Api): void {
  api.write('POST', PATH, 'admin', (ask, tables, announce) => {
    const fields = parsed(Committee, ask.body)
    if (!fields.ok) return fields
    const election = there(tables.elections.current(), 'No active election found')
    if (!election.ok) return election
    if (tables.committees.byCode(fields.value.code) !== null) return err(fieldFault('code', 'This code is taken.'))
    const made = there(tables.committees.byId(tables.committees.create(election.value.id, fields.value, ask.at)))
    if (!made.ok) return made
    announce({ type: 'committee_update', action: 'created', data: made.value, audience: EVERYBODY })
    return ok({ data: made.value, message: 'Committee created successfully', status: 201 })
  })
  api.write('PATCH', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(CommitteePatch, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.committees.byId(id.value))
    if (!before.ok) return before
    const taken = fields.value.code === undefined ? null : tables.committees.byCode(fields.value.code)
    if (taken !== null && taken.id !== id.value) return err(fieldFault('code', 'This code is taken.'))
    tables.committees.patch(id.value, given(fields.value), ask.at)
    const after = tables.committees.byId(id.value) ?? before.value
    announce({ type: 'committee_update', action: 'updated', data: after, audience: EVERYBODY })
    return ok({ data: after, message: 'Committee updated successfully' })
  })
  api.write('DELETE', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const before = there(tables.committees.byId(id.value))
    if (!before.ok) return before
    if (!tables.committees.remove(id.value)) {
      return err(refused('Electors, attendance or votes belong to this committee: move them first.'))
    }
    const data = { id: id.value, code: before.value.code }
    announce({ type: 'committee_update', action: 'deleted', data, audience: EVERYBODY })
    return ok({ data: null, message: 'Committee deleted successfully' })
  })
}
