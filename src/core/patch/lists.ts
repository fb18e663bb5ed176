import { type Kind, type Records, topicOf } from '../../shared/model/change.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { AttendanceQuery, AttendanceRow, CountQuery, CountRow, Provenance } from '../../shared/view/lists.ts'
import type { User } from '../../shared/view/session.ts'
import type { Shown } from '../projection/shown.ts'
import type { Held } from '../projection/table.ts'
import type { Clock } from '../ports.ts'
import type { Candidate, Committee } from '../../shared/model/records.ts'
import { type Searchable, searcher } from './searcher.ts'
import { PACE, paced } from './pace.ts'

type Slice<Row> = { total: number; offset: number; rows: Row[] }
type Query = { readonly offset: number; readonly limit: number }

/** How one list is made of one table. */
export type ListOf<K extends Kind, Q extends Query, Row> = {
  readonly kind: K
  /** Other kinds whose change can move a row in or out, or change what it shows. */
  readonly also: readonly Kind[]
  matcher(book: Shown, query: Q, viewer: User | null): (record: Records[K]['record']) => boolean
  row(book: Shown, held: Held<Records[K]['record']>, viewer: User | null): Row
}

/**
 * The part of a list a window is looking at, newest record first. One pass over the table makes it, and only when something
 * in the table changed: at most four times a second, whatever the stream does.
 */
function sliceOf<K extends Kind, Q extends Query, Row>(
  book: Shown,
  list: ListOf<K, Q, Row>,
  query: Q,
  viewer: User | null,
): Slice<Row> {
  const matches = list.matcher(book, query, viewer)
  const found: Held<Records[K]['record']>[] = []
  for (const held of book.projection.of(list.kind).values()) if (matches(held.record)) found.push(held)
  const total = found.length
  const rows: Row[] = []
  for (let index = total - 1 - query.offset; index >= 0 && rows.length < query.limit; index--) {
    const held = found[index]
    if (held) rows.push(list.row(book, held, viewer))
  }
  return { total, offset: query.offset, rows }
}

export const listSource =
  <K extends Kind, Q extends Query, Row>(
    book: Shown,
    clock: Clock,
    viewer: () => User | null,
    list: ListOf<K, Q, Row>,
  ): Source<Q, Slice<Row>, Slice<Row>> =>
  (query, changed) => {
    const pace = paced(clock, PACE.list, changed)
    const concerned = new Set<Kind>([list.kind, ...list.also])
    const stop = book.listen({
      shifted: (shift) => concerned.has(shift.kind) && pace.tell('slice'),
      confirmed: (topic) => topic === topicOf(list.kind) && pace.tell('slice'),
    })
    const read = () => sliceOf(book, list, query, viewer())
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }

export const provenanceOf = ({ from, at, provisional }: Held<unknown>): Provenance => ({
  source: from,
  at,
  provisional,
})

export const ATTENDANCE_LIST: ListOf<'attendance', AttendanceQuery, AttendanceRow> = {
  kind: 'attendance',
  also: [],
  matcher: (_book, query) => {
    const found = searcher(query.search)
    return (record) =>
      (query.committee === null || record.committeeCode === query.committee) &&
      (query.status === null || record.status === query.status) &&
      found({ of: record, text: () => `${record.elector} ${record.electorName} ${record.notes}` })
  },
  row: (_book, held) => ({ ...held.record, provenance: provenanceOf(held) }),
}

const searchable = (record: Committee | Candidate | undefined): readonly Searchable[] =>
  record ? [{ of: record, text: () => `${record.name} ${'code' in record ? record.code : record.number}` }] : []

const partyName = (book: Shown, { party }: Candidate): string | null =>
  party === null ? null : (book.projection.of('party').get(party)?.record.name ?? null)

export const COUNT_LIST: ListOf<'count', CountQuery, CountRow> = {
  kind: 'count',
  also: ['candidate', 'committee', 'party'],
  matcher: (book, query) => {
    const found = searcher(query.search)
    return (record) => {
      const committee = book.projection.of('committee').get(record.committee)?.record
      const candidate = book.projection.of('candidate').get(record.candidate)?.record
      return (
        (query.committee === null || committee?.code === query.committee) &&
        (query.verified === null || record.verified === query.verified) &&
        found(...searchable(committee), ...searchable(candidate))
      )
    }
  },
  row: (book, held) => {
    const { record } = held
    const committee = book.projection.of('committee').get(record.committee)?.record
    const candidate = book.projection.of('candidate').get(record.candidate)?.record
    const party = candidate ? partyName(book, candidate) : null
    return {
      key: record.key,
      committeeCode: committee?.code ?? '',
      committeeName: committee?.name ?? '',
      candidateNumber: candidate?.number ?? 0,
      candidateName: candidate?.name ?? '',
      party,
      votes: record.votes,
      status: record.status,
      verified: record.verified,
      enteredBy: record.enteredBy,
      updatedAt: record.updatedAt,
      provenance: provenanceOf(held),
    }
  },
}
