import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { given } from '../http/given.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import { EVERYBODY } from '../store/store.ts'
import { percent } from '../store/labels.ts'
import type { Tables } from '../store/tables.ts'

const Candidate = z.object({
  name: z.string().min(1).max(200),
  candidate_number: z.number().int().positive(),
  party: z.number().int().nullable().default(null),
  is_active: z.boolean().default(true),
})
const CandidatePatch = z.object({
  name: z.string().min(1).max(200).optional(),
  candidate_number: z.number().int().positive().optional(),
  party: z.number().int().nullable().optional(),
  is_active: z.boolean().optional(),
})
const PATH = '/api/candidates/'

/** Candidates; written by admins, each write announced. */
export function addCandidates(api: Api): void {
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    const found = tables.candidates.list(page.value, ask.query['search'] ?? '')
    return pageAnswer(found, page.value, ask.url, (candidate) => candidate.id)
  })
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const candidate = there(tables.candidates.byId(id.value))
    return candidate.ok ? ok({ data: candidate.value }) : candidate
  })
  api.read(`${PATH}:id/vote_counts/`, 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const candidate = there(tables.candidates.byId(id.value))
    if (!candidate.ok) return candidate
    const everything = { offset: 0, limit: 1000, after: null }
    const filter = { committee: null, candidate: id.value, status: null, verified: null }
    const counts = tables.voting.counts(everything, filter).items
    const all = tables.voting.tallies().reduce((sum, tally) => sum + tally.votes, 0)
    const summary = {
      total_votes: candidate.value.total_votes,
      vote_percentage: percent(candidate.value.total_votes, all),
      committees_counted: counts.length,
      pending_verification: counts.filter((count) => !count.is_verified).length,
    }
    return ok({ data: { candidate: candidate.value, summary, vote_counts: counts } })
  })
  addWrites(api)
}

function addWrites(api: Api): void {
  api.write('POST', PATH, 'admin', (ask, tables, announce) => {
    const fields = parsed(Candidate, ask.body)
    if (!fields.ok) return fields
    const election = there(tables.elections.current(), 'No active election found')
    if (!election.ok) return election
    const fault = whyNot(tables, fields.value, null)
    if (fault !== null) return err(fault)
    const made = there(tables.candidates.byId(tables.candidates.create(election.value.id, fields.value)))
    if (!made.ok) return made
    announce({ type: 'candidate_update', action: 'created', data: made.value, audience: EVERYBODY })
    return ok({ data: made.value, message: 'Candidate created successfully', status: 201 })
  })
  api.write('PATCH', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(CandidatePatch, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.candidates.byId(id.value))
    if (!before.ok) return before
    const fault = whyNot(tables, fields.value, id.value)
    if (fault !== null) return err(fault)
    tables.candidates.patch(id.value, given(fields.value))
    const after = tables.candidates.byId(id.value) ?? before.value
    announce({ type: 'candidate_update', action: 'updated', data: after, audience: EVERYBODY })
    return ok({ data: after, message: 'Candidate updated successfully' })
  })
  api.write('DELETE', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const before = there(tables.candidates.byId(id.value))
    if (!before.ok) return before
    if (!tables.candidates.remove(id.value))
      return err(refused('Votes were counted for this candidate: delete them first.'))
    announce({ type: 'candidate_update', action: 'deleted', data: { id: id.value }, audience: EVERYBODY })
    return ok({ data: null, message: 'Candidate deleted successfully' })
  })
}

type Claims = { readonly candidate_number?: number | undefined; readonly party?: number | null | undefined }

/** A taken ballot number or a party that is not there; `self` is the candidate being changed. */
function whyNot(tables: Tables, { candidate_number: number, party }: Claims, self: number | null) {
  const taken = tables.candidates.all().some((other) => other.candidate_number === number && other.id !== self)
  if (taken) return fieldFault('candidate_number', 'This number is taken.')
  const unknown = party !== undefined && party !== null && tables.candidates.party(party) === null
  return unknown ? fieldFault('party', `Invalid pk "${party}" - object does not exist.`) : null
}
