import type { CandidateId, CommitteeId, ElectorNumber } from '../../../shared/model/ids.ts'

import type { Attendance, BallotEntry, Guarantee, VoteCount } from '../../../shared/model/records.ts'
import { assertNever, err, ok, type Result } from '../../../shared/result.ts'
import type { Action } from '../../outbox/action.ts'
import { type Fields as Stand, guaranteeFields } from '../../outbox/standing.ts'
import type { ReadFault, Rest, RestFault } from '../backend.ts'
import { askOne, statusOf } from './answers.ts'
import type { Fields } from './fields.ts'
import { pagedList, readAll } from './pages.ts'
import * as records from './records.ts'

/** What a server has of the record an action is about. `fields` null: nothing. `by`, `at`: who did it and when, where it says. */
export type Looked = {
  readonly fields: Stand | null
  readonly by: string | null
  readonly at: number | null
  readonly row: number | null
}
export type LookFault = ReadFault['fault']
type Look = Promise<Result<Looked, LookFault>>

const NOTHING: Looked = { fields: null, by: null, at: null, row: null }
const only = (fields: Stand, row: number | null = null): Looked => ({ ...NOTHING, fields, row })
/** More guarantees of one name or number than this no collector has. */
const PROMISES = 1000

/** Reads what the server has of the record an action is about, as far as the action is about it. */
export function lookAt(rest: Rest, action: Action, entryRow: number | null): Look {
  switch (action.does) {
    case 'attendance.mark':
      return lookAtMark(rest, action.elector)
    case 'attendance.pending':
      return lookAtArrival(rest, action)
    case 'attendance.correct':
      return lookAtRecord(rest, action.elector, ({ id }) => id === action.id)
    case 'guarantee.create':
      return lookAtPromise(rest, action.elector)
    case 'guarantee.note':
      return lookAtNotes(rest, action)
    case 'guarantee.update':
    case 'guarantee.set-status':
    case 'guarantee.edit':
    case 'guarantee.confirm':
    case 'guarantee.remove':
      return one(rest, `/api/guarantees/${action.id}/`, (f) => {
        const record = f.object('data', null, records.guarantee)
        return record === null ? NOTHING : only(guaranteeFields(record), record.id)
      })
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
      // Only a server that takes each key once has these: it says itself whether it was done.
      return Promise.resolve(ok(NOTHING))
    case 'count.enter':
    case 'count.verify':
      return lookAtSheet(rest, action.committee, entryRow, action.does === 'count.verify')
    case 'results.generate':
    case 'results.publish':
      return one(rest, '/api/voting/results/', (f) => {
        const record = f.object('data', null, records.results)
        return record === null ? NOTHING : only({ status: record.status, generated: record.generatedAt })
      })
    default:
      return assertNever(action)
  }
}

/** One record; 404: there is none. */
async function one(rest: Rest, path: string, build: (f: Fields) => Looked): Look {
  const answer = await askOne(rest, 'phase', path, build)
  if (answer.ok) return ok(answer.value.value)
  return isMissing(answer.error.fault) ? ok(NOTHING) : err(answer.error.fault)
}
const isMissing = (fault: LookFault): boolean => fault.is === 'answer' && statusOf(fault) === 404

/** Whether the elector has come, by their exact number; who marked them, where the list tells. */
async function lookAtMark(rest: Rest, elector: ElectorNumber): Look {
  const found = await one(rest, `/api/attendees/search-elector/?koc_id=${encodeURIComponent(elector)}`, (f) =>
    f.object('data', NOTHING, (data) => {
      if (!data.truth('has_attended')) return NOTHING
      const at = data.has('attended_at') ? data.momentOrNull('attended_at') : null
      return { ...only({ committee: data.codeOrNull('committee_code'), status: 'ATTENDED' }), at }
    }),
  )
  if (!found.ok || found.value.fields === null) return found
  const record = await lookAtRecord(rest, elector, ({ status }) => status === 'ATTENDED')
  // Others' committees are hidden from the list; that the elector has come is known all the same.
  return record.ok && record.value.fields !== null ? record : found
}

/** Who came to the wrong committee, or, unknown to the register, was added to it. */
async function lookAtArrival(
  rest: Rest,
  { elector, committee, name }: Extract<Action, { does: 'attendance.pending' }>,
): Look {
  const found = await lookAtRecord(
    rest,
    elector,
    ({ status, committeeCode }) => status === 'PENDING' && committeeCode === committee,
  )
  if (!found.ok || found.value.fields !== null || name === '') return found
  return one(rest, `/api/attendees/search-elector/?koc_id=${encodeURIComponent(elector)}`, (f) =>
    f.object('data', NOTHING, (data) => only({ committee: data.codeOrNull('committee_code'), status: 'PENDING' })),
  )
}

async function lookAtRecord(rest: Rest, elector: ElectorNumber, is: (record: Attendance) => boolean): Look {
  const where = { path: '/api/attendees/', query: `search=${encodeURIComponent(elector)}` }
  const list = pagedList('attendance', where, records.attendance, (record) => record.id)
  const read = await readAll(rest, list, () => false)
  if (!read.ok) return err(read.error.fault)
  const record = read.value?.value.find((each) => each.elector === elector && is(each))
  if (!record) return ok(NOTHING)
  const { committeeCode: committee, status, markedBy: by, attendedAt: at, id: row } = record
  return ok({ fields: { committee, status }, by, at, row })
}

async function lookAtPromise(rest: Rest, elector: ElectorNumber): Look {
  const query = `search=${encodeURIComponent(elector)}&page_size=${PROMISES}`
  return one(rest, `/api/guarantees/?${query}`, (f) => {
    const found = f.object<Guarantee[]>('data', [], (data) => data.objects('guarantees', records.guarantee))
    const record = found.find((each) => each.elector === elector)
    return record ? only(guaranteeFields(record), record.id) : NOTHING
  })
}

const lookAtNotes = (rest: Rest, { id, text }: Extract<Action, { does: 'guarantee.note' }>): Look =>
  one(rest, `/api/guarantees/${id}/notes/`, (f) => {
    const notes = f.objects('data', (note) => ({
      content: note.text('content'),
      at: note.moment('created_at'),
      by: note.has('user_name') ? note.textOrNull('user_name') : null,
    }))
    const mine = notes.filter(({ content }) => content.trim() === text.trim()).toSorted((a, b) => b.at - a.at)[0]
    return mine ? { ...NOTHING, fields: { notes: 1 }, at: mine.at, by: mine.by } : NOTHING
  })

/** The figures of one committee and, where there is one, its entry: no frame of a plain server tells of that. */
/** `by`: who entered it, or verified it where that is asked: the two are seldom one person. */
async function lookAtSheet(rest: Rest, committee: CommitteeId, entryRow: number | null, isVerified: boolean): Look {
  const where = { path: '/api/voting/vote-counts/', query: `committee=${committee}` }
  const list = pagedList<VoteCount>('counts', where, records.voteCount, (record) => record.key)
  const read = await readAll(rest, list, () => false)
  if (!read.ok) return err(read.error.fault)
  const counts = (read.value?.value ?? []).filter((count) => count.committee === committee)
  const votes = counts.map(({ candidate, votes: figure }): [string, number] => [votesOf(candidate), figure])
  const latest = counts.toSorted((a, b) => b.updatedAt - a.updatedAt)[0]
  const entry =
    entryRow !== null ? await lookAtEntry(rest, entryRow) : counts.length > 0 ? await findEntry(rest, committee) : null
  if (entry && !entry.ok) return entry
  const fields = { ...Object.fromEntries(votes), ...entryFields(entry?.value ?? null) }
  if (Object.keys(fields).length === 0) return ok(NOTHING)
  const entered = { by: latest?.enteredBy ?? null, at: latest?.updatedAt ?? null }
  return ok({ fields, ...(isVerified ? verificationOf(entry?.value ?? null) : entered), row: entryRow })
}
const votesOf = (candidate: CandidateId): string => `votes/${candidate}`

/** An entry, and who verified it when, where the server says so. */
type Entry = BallotEntry & { readonly verifiedBy: string | null; readonly verifiedAt: number | null }
const entryIn = (f: Fields): Entry => ({
  ...records.ballotEntry(f),
  verifiedBy: f.has('verified_by_name') ? f.textOrNull('verified_by_name') : null,
  verifiedAt: f.has('verified_at') ? f.momentOrNull('verified_at') : null,
})
const verificationOf = (entry: Entry | null) => ({ by: entry?.verifiedBy ?? null, at: entry?.verifiedAt ?? null })

async function lookAtEntry(rest: Rest, row: number): Promise<Result<Entry | null, LookFault>> {
  const path = `/api/voting/committee-entries/${row}/`
  const answer = await askOne(rest, 'counts', path, (f) => f.object<Entry | null>('data', null, entryIn))
  // A server without a page for one entry: the figures alone have to do.
  if (!answer.ok) return statusOf(answer.error.fault) === 404 ? ok(null) : err(answer.error.fault)
  return ok(answer.value.value)
}
/** The server's row of a committee's entry; null: it has none. */
export async function lookForRow(rest: Rest, committee: CommitteeId): Promise<Result<number | null, LookFault>> {
  const found = await findEntry(rest, committee)
  return found.ok ? ok(found.value?.row ?? null) : found
}
async function findEntry(rest: Rest, committee: CommitteeId): Promise<Result<Entry | null, LookFault>> {
  const where = { path: '/api/voting/committee-entries/', query: '' }
  const list = pagedList<Entry>('counts', where, entryIn, (record) => record.committee)
  const read = await readAll(rest, list, () => false)
  if (!read.ok) return err(read.error.fault)
  return ok(read.value?.value.find((entry) => entry.committee === committee) ?? null)
}
const entryFields = (entry: BallotEntry | null): Stand =>
  entry === null ? {} : { cast: entry.cast, invalid: entry.invalid, entry: entry.status }

export const asRestFault = (fault: LookFault): RestFault =>
  fault.is === 'wrong-shape' ? { is: 'not-ours', status: 0, detail: fault.detail } : fault
