import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { fieldFault } from '../http/fault.ts'
import { given } from '../http/given.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import { EVERYBODY } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

const color = z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'A colour as #RGB or #RRGGBB is required.')
const Party = z.object({
  name: z.string().min(2).max(200),
  color: color.default('#000000'),
  description: z.string().max(10_000).default(''),
  is_active: z.boolean().default(true),
})
const PartyPatch = z.object({
  name: z.string().min(2).max(200).optional(),
  color: color.optional(),
  description: z.string().max(10_000).optional(),
  is_active: z.boolean().optional(),
})
const PATH = '/api/candidates/parties/'

/** Parties; written by admins, each write announced. */
export function addParties(api: Api): void {
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    return pageAnswer(tables.candidates.parties(page.value), page.value, ask.url, (party) => party.id)
  })
  api.write('POST', PATH, 'admin', (ask, tables, announce) => {
    const fields = parsed(Party, ask.body)
    if (!fields.ok) return fields
    const election = there(tables.elections.current(), 'No active election found')
    if (!election.ok) return election
    if (nameTaken(tables, fields.value.name, null)) return err(fieldFault('name', 'This name is taken.'))
    const made = there(tables.candidates.party(tables.candidates.createParty(election.value.id, fields.value)))
    if (!made.ok) return made
    announce({ type: 'party_update', action: 'created', data: made.value, audience: EVERYBODY })
    return ok({ data: made.value, message: 'Party created successfully', status: 201 })
  })
  api.write('PATCH', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(PartyPatch, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.candidates.party(id.value))
    if (!before.ok) return before
    const { name } = fields.value
    if (name !== undefined && nameTaken(tables, name, id.value)) return err(fieldFault('name', 'This name is taken.'))
    tables.candidates.patchParty(id.value, given(fields.value))
    const after = tables.candidates.party(id.value) ?? before.value
    announce({ type: 'party_update', action: 'updated', data: after, audience: EVERYBODY })
    return ok({ data: after, message: 'Party updated successfully' })
  })
  api.write('DELETE', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const before = there(tables.candidates.party(id.value))
    if (!before.ok) return before
    const left = tables.candidates.ofParty(id.value)
    tables.candidates.removeParty(id.value)
    announce({ type: 'party_update', action: 'deleted', data: { id: id.value }, audience: EVERYBODY })
    // its candidates are independent now, and that is a change of theirs
    for (const one of left) {
      const data = tables.candidates.byId(one)
      if (data !== null) announce({ type: 'candidate_update', action: 'updated', data, audience: EVERYBODY })
    }
    return ok({ data: null, message: 'Party deleted successfully' })
  })
}

const nameTaken = (tables: Tables, name: string, self: number | null): boolean =>
  tables.candidates
    .parties({ offset: 0, limit: 1000, after: null })
    .items.some((party) => party.name === name && party.id !== self)
