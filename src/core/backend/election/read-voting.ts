import type { Change } from '../../../shared/model/change.ts'
import type { ElectionId } from '../../../shared/model/ids.ts'
import { ok } from '../../../shared/result.ts'
import { askOne, statusOf } from './answers.ts'
import { electionQuery, readKind } from './read-election.ts'
import type { Reading, Whole } from './reader.ts'
import * as records from './records.ts'

export const readCounts = (reading: Reading, election: ElectionId | null): Promise<Whole> =>
  readKind(reading, {
    topic: 'counts',
    kind: 'count',
    where: { path: '/api/voting/vote-counts/', query: electionQuery(election) },
    change: (f) => {
      const record = records.voteCount(f)
      return { kind: 'count', op: 'upsert', key: record.key, record }
    },
  })

/** A committee without an entry has not started; it has no record here. */
export const readEntries = (reading: Reading, election: ElectionId | null): Promise<Whole> =>
  readKind(reading, {
    topic: 'counts',
    kind: 'entry',
    where: { path: '/api/voting/committee-entries/', query: electionQuery(election) },
    change: (f) => {
      const record = records.ballotEntry(f)
      return { kind: 'entry', op: 'upsert', key: record.committee, record }
    },
  })

/** What goes with the sheets beside their figures, where the server keeps it for all desks. */
export const readSheets = (reading: Reading): Promise<Whole> =>
  reading.features?.().has('remarks')
    ? readKind(reading, {
        topic: 'counts',
        kind: 'sheet',
        where: { path: '/api/voting/sheets/', query: '' },
        change: (f) => {
          const record = records.sharedSheet(f)
          return { kind: 'sheet', op: 'upsert', key: record.committee, record }
        },
      })
    : Promise.resolve(ok(true))

/** 404 says that no results were generated yet: a part without changes. */
export async function readResults({ rest, onPart }: Reading): Promise<Whole> {
  const answer = await askOne(rest, 'results', '/api/voting/results/', (f) =>
    f.object<Change[]>('data', [], (data) => [
      { kind: 'results', op: 'upsert', key: 'results', record: records.results(data) },
    ]),
  )
  const none = !answer.ok && answer.error.fault.is === 'answer' && statusOf(answer.error.fault) === 404
  if (!answer.ok && !none) return answer
  const { value: changes, position } = answer.ok ? answer.value : { value: [], position: null }
  onPart({ topic: 'results', scope: { is: 'kind', kind: 'results' }, changes, position })
  return ok(true)
}
