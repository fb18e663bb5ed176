import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Api, Ask } from '../http/api.ts'
import { codeOf, idOf, parsed, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { pageAnswer, pageOf, wholeNumber } from '../http/paging.ts'
import type { Announce } from '../store/store.ts'
import { tellCount, tellCountDeleted, tellEntry } from './counting.ts'
import type { Tables } from '../store/tables.ts'
import type { VoteCountRecord } from '../store/vote-records.ts'

const votes = z.number().int().nonnegative().max(1_000_000_000)
const Count = z.object({
  committee: z.number().int(),
  candidate: z.number().int(),
  vote_count: votes,
  notes: z.string().max(1000).default(''),
})
const CountPatch = z.object({ vote_count: votes.optional(), notes: z.string().max(1000).optional() })
const PATH = '/api/voting/vote-counts/'

/** Vote counts, one by one: entered by supervisors, verified and deleted by admins. */
export function addCounts(api: Api): void {
  api.read(PATH, 'viewer', listCounts)
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const count = countAsked(ask, tables)
    return count.ok ? ok({ data: count.value }) : count
  })
  api.read(`${PATH}:id/audit/`, 'supervisor', (ask, tables) => {
    const id = idOf(ask)
    return id.ok ? ok({ data: tables.voting.auditOf(id.value) }) : id
  })
  api.write('POST', PATH, 'supervisor', createCount)
  api.write('PATCH', `${PATH}:id/`, 'supervisor', patchCount)
  api.write('PATCH', `${PATH}:id/verify/`, 'admin', (ask, tables, announce) => {
    const count = countAsked(ask, tables)
    if (!count.ok) return count
    if (count.value.is_verified) return err(refused('This vote count is already verified'))
    const verified = verifyCount(ask, tables, announce, count.value)
    return ok({ data: verified, message: 'Vote count verified successfully' })
  })
  api.write('DELETE', `${PATH}:id/`, 'admin', (ask, tables, announce) => {
    const count = countAsked(ask, tables)
    if (!count.ok) return count
    const { id, committee, vote_count } = count.value
    tables.voting.removeCount(id)
    tables.voting.audit(id, 'DELETED', ask.caller.user.id, [vote_count, null], ask.at)
    tellCountDeleted(announce, count.value)
    reopen(ask, tables, announce, committee)
    return ok({ data: null, message: 'Vote count deleted successfully' })
  })
}

function listCounts(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const page = pageOf(ask.query)
  if (!page.ok) return page
  const committee = wholeNumber(ask.query, 'committee')
  if (!committee.ok) return committee
  const candidate = wholeNumber(ask.query, 'candidate')
  if (!candidate.ok) return candidate
  const status = codeOf(ask.query, 'status', ['DRAFT', 'SUBMITTED', 'VERIFIED', 'REJECTED'])
  if (!status.ok) return status
  const verified = codeOf(ask.query, 'is_verified', ['true', 'false', 'True', 'False'])
  if (!verified.ok) return verified
  const found = tables.voting.counts(page.value, {
    committee: committee.value,
    candidate: candidate.value,
    status: status.value,
    verified: verified.value === null ? null : verified.value.toLowerCase() === 'true',
  })
  return pageAnswer(found, page.value, ask.url, (count) => count.id)
}

function countAsked(ask: Ask, tables: Tables): Result<VoteCountRecord, RestFault> {
  const id = idOf(ask)
  return id.ok ? there(tables.voting.countById(id.value)) : id
}

function createCount(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Count, ask.body)
  if (!fields.ok) return fields
  const { committee: place, candidate, vote_count, notes } = fields.value
  const committee = tables.committees.byId(place)
  if (committee === null) return err(fieldFault('committee', 'This committee does not exist.'))
  if (tables.candidates.byId(candidate) === null) return err(fieldFault('candidate', 'This candidate does not exist.'))
  if (vote_count > committee.elector_count) return err(tooMany(committee.elector_count))
  if (tables.voting.countOf(place, candidate) !== null) {
    return err(refused('This committee has a count for this candidate already: change that one.'))
  }
  const { count } = enterCount(ask, tables, announce, { committee, candidate, votes: vote_count, notes })
  reopen(ask, tables, announce, place)
  return ok({ data: count, message: 'Vote count created successfully', status: 201 })
}

function patchCount(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(CountPatch, ask.body)
  if (!fields.ok) return fields
  const count = countAsked(ask, tables)
  if (!count.ok) return count
  const { vote_count = count.value.vote_count, notes } = fields.value
  const committee = tables.committees.byId(count.value.committee)
  if (committee !== null && vote_count > committee.elector_count) return err(tooMany(committee.elector_count))
  // a changed figure is a new one: whoever verified the old one did not verify this
  tables.voting.patchCount(count.value.id, { vote_count, notes, status: 'SUBMITTED', verified_by: null }, ask.at)
  tables.voting.audit(count.value.id, 'UPDATED', ask.caller.user.id, [count.value.vote_count, vote_count], ask.at)
  const after = tables.voting.countById(count.value.id) ?? count.value
  tellCount(announce, 'updated', after)
  if (count.value.is_verified) reopen(ask, tables, announce, count.value.committee)
  return ok({ data: after, message: 'Vote count updated successfully' })
}

export const tooMany = (electors: number): RestFault =>
  fieldFault('vote_count', `More votes than the committee's ${electors} electors.`)

export type Sheet = {
  readonly committee: { readonly id: number; readonly election: number }
  readonly candidate: number
  readonly votes: number
  readonly notes: string
}

/** Writes one figure of a count sheet, new or over an old one, and tells it. */
export function enterCount(
  ask: Ask,
  tables: Tables,
  announce: Announce,
  sheet: Sheet,
): { readonly action: 'created' | 'updated'; readonly count: VoteCountRecord | null } {
  const by = ask.caller.user.id
  const before = tables.voting.countOf(sheet.committee.id, sheet.candidate)
  const action = before === null ? 'created' : 'updated'
  if (before === null) {
    const { candidate, votes: figure, notes } = sheet
    const { id: committee, election } = sheet.committee
    const id = tables.voting.putCount({ election, committee, candidate, votes: figure, by, notes, at: ask.at })
    tables.voting.audit(id, 'CREATED', by, [null, figure], ask.at)
  } else {
    const patch = { vote_count: sheet.votes, status: 'SUBMITTED', verified_by: null } as const
    tables.voting.patchCount(before.id, patch, ask.at)
    tables.voting.audit(before.id, 'UPDATED', by, [before.vote_count, sheet.votes], ask.at)
  }
  const count = tables.voting.countOf(sheet.committee.id, sheet.candidate)
  if (count !== null) tellCount(announce, action, count)
  return { action, count }
}

/** Marks one figure as verified and tells it. */
export function verifyCount(ask: Ask, tables: Tables, announce: Announce, count: VoteCountRecord): VoteCountRecord {
  const by = ask.caller.user.id
  tables.voting.patchCount(count.id, { status: 'VERIFIED', verified_by: by }, ask.at)
  tables.voting.audit(count.id, 'VERIFIED', by, [count.vote_count, count.vote_count], ask.at)
  const after = tables.voting.countById(count.id) ?? count
  tellCount(announce, 'updated', after)
  return after
}

/** A verified sheet whose figures change is no longer verified. */
export function reopen(ask: Ask, tables: Tables, announce: Announce, committee: number): void {
  const entry = tables.voting.entryOf(committee)
  if (entry === null || entry.status !== 'VERIFIED') return
  tables.voting.patchEntry(entry.id, { status: 'COMPLETED', verified_by: null }, ask.at)
  const after = tables.voting.entryOf(committee)
  if (after !== null) tellEntry(announce, 'updated', after)
}
