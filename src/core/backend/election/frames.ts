import type { CandidateId, CommitteeId } from '../../../shared/model/ids.ts'
import { countKey } from '../../../shared/model/ids.ts'
import type { Change, Kind, Records } from '../../../shared/model/change.ts'
import type { Fields } from './fields.ts'
import * as records from './records.ts'

/** What one data frame changes. `f` is the frame; its record sits under `data`. */
export type FrameReader = (f: Fields) => readonly Change[]

const ACTIONS = ['created', 'updated', 'deleted'] as const

const put = <K extends Kind>(kind: K, key: Records[K]['key'], record: Records[K]['record']): Change =>
  ({ kind, op: 'upsert', key, record }) as Change // kind, key and record agree by this signature; the union cannot follow a generic
const gone = <K extends Kind>(kind: K, key: Records[K]['key']): Change => ({ kind, op: 'remove', key }) as Change // as above

/** A type about one record: under its own name (`data.committee`), or `data` itself; `{id}` is enough when it was deleted. */
const plain =
  <K extends Exclude<Kind, 'count' | 'entry' | 'results' | 'call' | 'sheet'>>(
    kind: K,
    read: (f: Fields) => Records[K]['record'] & { readonly id: Records[K]['key'] },
  ): FrameReader =>
  (f) => {
    const deleted = f.oneOf('action', ACTIONS) === 'deleted'
    const changeOf = (found: Fields): readonly Change[] => {
      if (deleted) return [gone(kind, found.id('id'))]
      const record = read(found)
      return [put(kind, record.id, record)]
    }
    return f.object('data', NO_CHANGES, (data) =>
      data.has(kind) ? data.object(kind, NO_CHANGES, changeOf) : changeOf(data),
    )
  }
const NO_CHANGES: readonly Change[] = []

/** Which of `vote_count`, `results` and `committee_entry` is there tells what changed; the `committee_id` beside is always null. */
const voting: FrameReader = (f) => {
  const deleted = f.oneOf('action', ACTIONS) === 'deleted'
  return f.object<readonly Change[]>('data', [], (data) => {
    const changes: Change[] = []
    if (data.has('vote_count')) changes.push(...data.object('vote_count', [], (count) => [voteCount(count, deleted)]))
    if (data.has('committee_entry'))
      changes.push(...data.object('committee_entry', [], (entry) => [ballotEntry(entry, deleted)]))
    if (data.has('results')) changes.push(...data.object('results', [], (found) => [results(found, deleted)]))
    // Asking for one of them makes the complaint that none came.
    if (changes.length === 0) data.object('vote_count', null, () => null)
    return changes
  })
}

function voteCount(f: Fields, deleted: boolean): Change {
  if (deleted) return gone('count', countKey(f.id<CommitteeId>('committee'), f.id<CandidateId>('candidate')))
  const record = records.voteCount(f)
  return put('count', record.key, record)
}

function ballotEntry(f: Fields, deleted: boolean): Change {
  if (deleted) return gone('entry', f.id<CommitteeId>('committee'))
  const record = records.ballotEntry(f)
  return put('entry', record.committee, record)
}

const results = (f: Fields, deleted: boolean): Change =>
  deleted ? gone('results', 'results') : put('results', 'results', records.results(f))

/** Who rings whom: never deleted, only given back. */
const call: FrameReader = (f) =>
  f.object('data', NO_CHANGES, (data) => {
    const record = records.sharedCall(data)
    return [put('call', record.elector, record)]
  })

/** Words to a committee's sheet; with none left the record stays, empty. */
const sheet: FrameReader = (f) =>
  f.object('data', NO_CHANGES, (data) => {
    const record = records.sharedSheet(data)
    return [put('sheet', record.committee, record)]
  })

/** Every type that carries a change. All but the first three are the hub's; the plain server never announces those records. */
export const DATA_FRAMES: ReadonlyMap<string, FrameReader> = new Map([
  ['guarantee_update', plain('guarantee', records.guarantee)],
  ['group_update', plain('group', records.group)],
  ['call_update', call],
  ['sheet_update', sheet],
  ['attendance_update', plain('attendance', records.attendance)],
  ['voting_update', voting],
  ['election_update', plain('election', records.election)],
  ['committee_update', plain('committee', records.committee)],
  ['candidate_update', plain('candidate', records.candidate)],
  ['party_update', plain('party', records.party)],
])

/** Types that are understood and change nothing. `error` is the hub's word on something this desk sent. */
export const NOTED_FRAMES: ReadonlySet<string> = new Set(['subscribed', 'dashboard_update', 'authenticated', 'error'])
