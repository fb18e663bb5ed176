import type { Change, Topic } from '../../../shared/model/change.ts'
import type { ElectionId } from '../../../shared/model/ids.ts'
import type { Election } from '../../../shared/model/records.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { ReadFault, ReadPart } from '../backend.ts'
import type { Fields } from './fields.ts'
import { type PagedList, pagedList, readAll } from './pages.ts'
import * as records from './records.ts'
import type { Reading, Whole } from './reader.ts'

/** The election's own paths: what was set up before the day, and its phase. */

export const electionQuery = (election: ElectionId | null): string => (election === null ? '' : `election=${election}`)

/** Newest first, which is why the order is kept. */
export const ELECTIONS: PagedList<Election> = {
  ...pagedList('phase', { path: '/api/elections/', query: '' }, records.election, (election) => election.id),
  ordered: true,
}

/**
 * The election followed: the one asked for, else the first of the list, which is the newest. `elections/current/` is never asked: it
 * answers 404 once set-up is over. Null: stopped on the way.
 */
export async function readElections(
  reading: Reading,
  wanted: ElectionId | null,
): Promise<Result<{ readonly followed: ElectionId | null } | null, ReadFault>> {
  const list = await readAll(reading.rest, ELECTIONS, reading.stopped)
  if (!list.ok) return list
  if (list.value === null) return ok(null)
  const elections = list.value.value
  const found = wanted === null ? elections[0] : elections.find((election) => election.id === wanted)
  const changes = found === undefined ? [] : [electionChange(found)]
  reading.onPart({ topic: 'phase', scope: { is: 'kind', kind: 'election' }, changes, position: list.value.position })
  return ok({ followed: found?.id ?? null })
}
const electionChange = (record: Election): Change => ({ kind: 'election', op: 'upsert', key: record.id, record })

export const readCommittees = (reading: Reading, election: ElectionId | null): Promise<Whole> =>
  readKind(reading, {
    topic: 'committees',
    kind: 'committee',
    where: { path: '/api/elections/committees/', query: electionQuery(election) },
    change: (f) => {
      const record = records.committee(f)
      return { kind: 'committee', op: 'upsert', key: record.id, record }
    },
  })

export const readParties = (reading: Reading, election: ElectionId | null): Promise<Whole> =>
  readKind(reading, {
    topic: 'committees',
    kind: 'party',
    where: { path: '/api/candidates/parties/', query: electionQuery(election) },
    change: (f) => {
      const record = records.party(f)
      return { kind: 'party', op: 'upsert', key: record.id, record }
    },
  })

export const readCandidates = (reading: Reading, election: ElectionId | null): Promise<Whole> =>
  readKind(reading, {
    topic: 'committees',
    kind: 'candidate',
    where: { path: '/api/candidates/', query: electionQuery(election) },
    change: (f) => {
      const record = records.candidate(f)
      return { kind: 'candidate', op: 'upsert', key: record.id, record }
    },
  })

export type KindList = {
  readonly topic: Topic
  readonly kind: Extract<ReadPart['scope'], { is: 'kind' }>['kind']
  readonly where: { readonly path: string; readonly query: string }
  readonly change: (f: Fields) => Change
}

/** All records of one kind, as one part. */
export async function readKind(reading: Reading, kind: KindList): Promise<Whole> {
  const { topic, where, change } = kind
  const list = await readAll(
    reading.rest,
    pagedList(topic, where, change, (item) => item.key),
    reading.stopped,
  )
  if (!list.ok) return list
  if (list.value === null) return ok(false)
  const { value: changes, position } = list.value
  reading.onPart({ topic, scope: { is: 'kind', kind: kind.kind }, changes, position })
  return ok(true)
}
