import type { Change } from '../../../shared/model/change.ts'
import { ok } from '../../../shared/result.ts'
import type { Fields } from './fields.ts'
import { type PagedList, readAll } from './pages.ts'
import { readKind } from './read-election.ts'
import type { Reading, Whole } from './reader.ts'
import * as records from './records.ts'

/** The plain server sets no bound; more at once would only make one answer slower. */
const PAGE_SIZE = 200

/**
 * The guarantees the account may see: its own on the plain server, which does not know `all`. This list has its own paging: no `next`,
 * and nothing past its end. The account's groups come with each page of it, so they cost no call; those of the last page are taken.
 */
export async function readGuarantees(reading: Reading): Promise<Whole> {
  const { rest, stopped, onPart } = reading
  let groups: readonly Change[] | null = null
  const list = await readAll(
    rest,
    {
      topic: 'guarantees',
      path: '/api/guarantees/',
      query: `all=1&page_size=${PAGE_SIZE}`,
      build: (envelope) => {
        groups = envelope.object('data', groups, (data) =>
          data.has('groups') ? data.objects('groups', groupChange) : null,
        )
        return guaranteesPage(envelope)
      },
      keyOf: (change) => change.key,
    },
    stopped,
  )
  if (!list.ok) return list
  if (list.value === null) return ok(false)
  const { value: changes, position } = list.value
  // First, so that a guarantee is never of a group that is not there.
  if (groups !== null) onPart({ topic: 'guarantees', scope: { is: 'kind', kind: 'group' }, changes: groups, position })
  onPart({ topic: 'guarantees', scope: { is: 'kind', kind: 'guarantee' }, changes, position })
  return reading.features?.().has('calls') ? readCalls(reading) : ok(true)
}

/** Who rings whom, where the server keeps it for all desks. */
const readCalls = (reading: Reading): Promise<Whole> =>
  readKind(reading, {
    topic: 'guarantees',
    kind: 'call',
    where: { path: '/api/calls/', query: '' },
    change: (f) => {
      const record = records.sharedCall(f)
      return { kind: 'call', op: 'upsert', key: record.elector, record }
    },
  })

type GuaranteesPage = ReturnType<PagedList<Change>['build']>

function guaranteesPage(envelope: Fields): GuaranteesPage {
  const items = envelope.object<Change[]>('data', [], (data) => data.objects('guarantees', guaranteeChange))
  return envelope.object<GuaranteesPage>('meta', { items, count: 0, next: null }, (meta) =>
    meta.object<GuaranteesPage>('pagination', { items, count: 0, next: null }, (pagination) => {
      const size = pagination.count('page_size')
      const page = { items, count: pagination.count('count') }
      // A server with a numbered stream turns by key, so that pledges made meanwhile do not shift the pages.
      if (meta.has('position')) return { ...page, next: items.length < size ? null : afterLast(items) }
      const number = pagination.count('page')
      return { ...page, next: number * size < page.count ? { by: 'page', query: `page=${number + 1}` } : null }
    }),
  )
}

function afterLast(items: readonly Change[]): GuaranteesPage['next'] {
  const last = items.at(-1)
  return last === undefined ? null : { by: 'after', query: `after=${last.key}` }
}

function groupChange(f: Fields): Change {
  const record = records.group(f)
  return { kind: 'group', op: 'upsert', key: record.id, record }
}
function guaranteeChange(f: Fields): Change {
  const record = records.guarantee(f)
  return { kind: 'guarantee', op: 'upsert', key: record.id, record }
}
