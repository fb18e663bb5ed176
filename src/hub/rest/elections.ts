import { z } from 'zod'
import { ok } from '../../shared/result.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { EVERYBODY } from '../store/store.ts'

const ElectionPatch = z.object({
  name: z.string().min(1).max(255).optional(),
  description: z.string().max(10_000).optional(),
  status: z.enum(['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED']).optional(),
  election_date: z.iso.date().nullable().optional(),
})

/** The election and its phase. `current` answers in every phase. */
export function addElections(api: Api): void {
  api.read('/api/elections/', 'viewer', (ask, tables) => {
    const status = ask.query['status']
    const items = tables.elections.all().filter((election) => status === undefined || election.status === status)
    return ok({ data: items, meta: { pagination: { count: items.length, next: null, previous: null } } })
  })
  api.read('/api/elections/current/', 'user', (_ask, tables) => {
    const election = there(tables.elections.current(), 'No active election found')
    if (!election.ok) return election
    const everything = { offset: 0, limit: 1000, after: null }
    const members = tables.users.list(everything, '').items
    return ok({
      data: {
        election: election.value,
        committees: tables.committees.all(),
        parties: tables.candidates.parties(everything).items,
        candidates: tables.candidates.all(),
        members: members.map(({ id, full_name, role, role_display }) => ({ id, full_name, role, role_display })),
      },
    })
  })
  api.read('/api/elections/:id/', 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const election = there(tables.elections.byId(id.value))
    return election.ok ? ok({ data: election.value }) : election
  })
  api.write('PATCH', '/api/elections/:id/', 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(ElectionPatch, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.elections.byId(id.value))
    if (!before.ok) return before
    tables.elections.patch(id.value, fields.value, ask.at)
    const election = tables.elections.byId(id.value) ?? before.value
    announce({ type: 'election_update', action: 'updated', data: election, audience: EVERYBODY })
    return ok({ data: election, message: 'Election updated successfully' })
  })
}
