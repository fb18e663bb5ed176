import type { Change } from '../../../shared/model/change.ts'
import { ok } from '../../../shared/result.ts'
import type { Fields } from './fields.ts'
import { type PagedList, readAll } from './pages.ts'
import type { Reading, Whole } from './reader.ts'
import * as records from './records.ts'

/** The plain server sets no bound; more at once would only make one answer slower. */
const PAGE_SIZE = 200

/** The guarantees the account may see: its own on the plain server. This list has its own paging: no `next`, and nothing past its end. */
export async function readGuarantees({ rest, stopped, onPart }: Reading): Promise<Whole> {
  const list = await readAll(
    rest,
    {
      topic: 'guarantees',
      path: '/api/guarantees/',
      query: `page_size=${PAGE_SIZE}`,
      build: guaranteesPage,
      keyOf: (change) => change.key,
    },
    stopped,
  )
  if (!list.ok) return list
  if (list.value === null) return ok(false)
  const { value: changes, position } = list.value
  onPart({ topic: 'guarantees', scope: { is: 'kind', kind: 'guarantee' }, changes, position })
  return ok(true)
}

type GuaranteesPage = ReturnType<PagedList<Change>['build']>

function guaranteesPage(envelope: Fields): GuaranteesPage {
  const items = envelope.object<Change[]>('data', [], (data) => data.objects('guarantees', guaranteeChange))
  return envelope.object<GuaranteesPage>('meta', { items, count: 0, next: null }, (meta) =>
    meta.object<GuaranteesPage>('pagination', { items, count: 0, next: null }, (pagination) => {
      const count = pagination.count('count')
      const page = pagination.count('page')
      const more = page * pagination.count('page_size') < count
      return { items, count, next: more ? { by: 'page', query: `page=${page + 1}` } : null }
    }),
  )
}

function guaranteeChange(f: Fields): Change {
  const record = records.guarantee(f)
  return { kind: 'guarantee', op: 'upsert', key: record.id, record }
}
