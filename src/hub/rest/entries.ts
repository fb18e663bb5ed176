import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Api, Ask } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { unmatched } from '../http/versions.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import type { Announce } from '../store/store.ts'
import { tellEntry } from './counting.ts'
import { putRemarks, Remark } from './remarks.ts'
import { enterCount, tooMany, verifyCount } from './counts.ts'
import { percent } from '../store/labels.ts'
import type { CommitteeRecord } from '../store/records.ts'
import type { Tables } from '../store/tables.ts'

export const figure = z.number().int().nonnegative().max(1_000_000_000)
/** A count sheet as it is sent, whoever it is of. */
export const SHEET_FIELDS = {
  vote_counts: z.array(z.object({ candidate_id: z.number().int(), vote_count: figure })).max(1000),
  total_ballots_cast: figure,
  invalid_ballots: figure.default(0),
  notes: z.string().max(1000).default(''),
  remarks: z.array(Remark).max(100).default([]),
}
const Sheet = z.object({ committee_id: z.number().int(), ...SHEET_FIELDS })
export type Sheet = z.output<typeof Sheet>
const EntryPatch = z.object({ notes: z.string().max(1000).optional() })
const PATH = '/api/voting/committee-entries/'

/** The count sheet of each committee: entered whole by supervisors, verified by admins and in no other way. */
export function addEntries(api: Api): void {
  api.write('POST', '/api/voting/vote-counts/bulk_entry/', 'supervisor', enterSheet)
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    return pageAnswer(tables.voting.entries(page.value), page.value, ask.url, (entry) => entry.id)
  })
  api.read(`${PATH}progress/`, 'user', (_ask, tables) => ok({ data: progressOf(tables) }))
  api.read(`${PATH}:id/`, 'user', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const entry = there(tables.voting.entryById(id.value))
    return entry.ok ? ok({ data: entry.value, record: `sheet/${entry.value.committee}` }) : entry
  })
  api.write('PATCH', `${PATH}:id/verify/`, 'admin', verifySheet)
  api.write('PATCH', `${PATH}:id/`, 'supervisor', (ask, tables, announce) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(EntryPatch, ask.body)
    if (!fields.ok) return fields
    const before = there(tables.voting.entryById(id.value))
    if (!before.ok) return before
    tables.voting.patchEntry(id.value, fields.value, ask.at)
    const after = tables.voting.entryById(id.value) ?? before.value
    tellEntry(announce, 'updated', after)
    return ok({ data: after, message: 'Committee entry updated successfully' })
  })
}

function enterSheet(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Sheet, ask.body)
  if (!fields.ok) return fields
  const sheet = fields.value
  const committee = tables.committees.byId(sheet.committee_id)
  if (committee === null) return err(fieldFault('committee_id', 'This committee does not exist.'))
  const fault = whyNot(tables, sheet, committee) ?? waits(tables, committee.id) ?? staleSheet(ask, tables, committee.id)
  if (fault !== null) return err(fault)
  const data = putSheet(ask, tables, announce, sheet, committee)
  putRemarks(ask, tables, announce, committee.id, sheet.remarks)
  return ok({ data, message: 'Vote counts entered successfully', status: 201, record: `sheet/${committee.id}` })
}

/** Two people type this sheet and are not done: one alone does not go past them. */
function waits(tables: Tables, committee: number): RestFault | null {
  const { first } = tables.typed.of(committee)
  if (first === null) return null
  const by = `${first.user_name} (${first.user_email})`
  return {
    status: 409,
    message: `${by} typed this sheet, and it waits for a second person. Type it as the second entry, or have what waits thrown away.`,
    errors: { why: 'waits' },
  }
}

/** Every figure of a sheet that may be so, and its entry. */
export function putSheet(ask: Ask, tables: Tables, announce: Announce, sheet: Sheet, committee: CommitteeRecord) {
  let created = 0
  for (const { candidate_id: candidate, vote_count: votes } of sheet.vote_counts) {
    const { action } = enterCount(ask, tables, announce, { committee, candidate, votes, notes: sheet.notes })
    if (action === 'created') created += 1
  }
  const id = putEntry(ask, tables, announce, sheet, committee)
  const total = sheet.vote_counts.length
  return { committee_entry_id: id, created, updated: total - created, total }
}

/** The sheet is not as the request knows it: both figures and ballots belong to it. */
function staleSheet(ask: Ask, tables: Tables, committee: number): RestFault | null {
  const [entry, counts] = [tables.voting.entryOf(committee), tables.voting.countsOf(committee)]
  const current = entry === null && counts.length === 0 ? null : { entry, vote_counts: counts }
  return unmatched(ask, tables, `sheet/${committee}`, current)
}

/** What no count sheet can be. What is merely unlikely is the console's to ask about. */
export function whyNot(tables: Tables, sheet: Sheet, committee: CommitteeRecord): RestFault | null {
  if (sheet.invalid_ballots > sheet.total_ballots_cast) {
    return fieldFault('invalid_ballots', 'More invalid ballots than ballots cast.')
  }
  const seen = new Set<number>()
  for (const { candidate_id: id, vote_count } of sheet.vote_counts) {
    if (tables.candidates.byId(id) === null) return fieldFault('vote_counts', `Candidate ${id} does not exist.`)
    if (seen.has(id)) return fieldFault('vote_counts', `Candidate ${id} is on the sheet twice.`)
    if (vote_count > committee.elector_count) return tooMany(committee.elector_count)
    seen.add(id)
  }
  return null
}

function putEntry(ask: Ask, tables: Tables, announce: Announce, sheet: Sheet, committee: CommitteeRecord): number {
  const { total_ballots_cast: cast, invalid_ballots: invalid, notes } = sheet
  const before = tables.voting.entryOf(committee.id)
  const fields = { election: committee.election, committee: committee.id, cast, invalid, notes }
  const id = before?.id ?? tables.voting.putEntry({ ...fields, by: ask.caller.user.id, at: ask.at })
  if (before !== null) {
    const patch = {
      status: 'COMPLETED',
      cast,
      invalid,
      notes,
      entered_by: ask.caller.user.id,
      verified_by: null,
    } as const
    tables.voting.patchEntry(id, patch, ask.at)
  }
  const after = tables.voting.entryById(id)
  if (after !== null) tellEntry(announce, before === null ? 'created' : 'updated', after)
  return id
}

function verifySheet(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const id = idOf(ask)
  if (!id.ok) return id
  const entry = there(tables.voting.entryById(id.value))
  if (!entry.ok) return entry
  if (entry.value.status === 'VERIFIED') return err(refused('This committee entry is already verified'))
  const stale = staleSheet(ask, tables, entry.value.committee)
  if (stale !== null) return err(stale)
  for (const count of tables.voting.countsOf(entry.value.committee)) {
    if (!count.is_verified) verifyCount(ask, tables, announce, count)
  }
  tables.voting.patchEntry(id.value, { status: 'VERIFIED', verified_by: ask.caller.user.id }, ask.at)
  const after = tables.voting.entryById(id.value) ?? entry.value
  tellEntry(announce, 'updated', after)
  return ok({ data: after, message: 'Committee entry verified successfully', record: `sheet/${after.committee}` })
}

function progressOf(tables: Tables) {
  const everything = { offset: 0, limit: 100_000, after: null }
  const entries = new Map(tables.voting.entries(everything).items.map((entry) => [entry.committee, entry]))
  const committees = tables.committees.all().map((committee) => {
    const entry = entries.get(committee.id)
    return {
      committee_code: committee.code,
      committee_name: committee.name,
      status: entry?.status ?? 'NOT_STARTED',
      completion_percentage: entry?.completion_percentage ?? 0,
      verified: entry?.status === 'VERIFIED',
    }
  })
  const having = (status: string): number => committees.filter((committee) => committee.status === status).length
  return {
    total_committees: committees.length,
    entries_created: entries.size,
    in_progress: having('IN_PROGRESS'),
    completed: having('COMPLETED'),
    verified: having('VERIFIED'),
    not_started: having('NOT_STARTED'),
    completion_percentage: percent(having('VERIFIED'), committees.length),
    committees,
  }
}
