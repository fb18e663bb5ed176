import { type Kind, type Records, topicOf } from '../../shared/model/change.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { Span } from '../../shared/view/board.ts'
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
  /** What rows are sorted by, where the query asks for an order of its own; null: the newest first. */
  sortedBy?(book: Shown, query: Q): ((record: Records[K]['record']) => string) | null
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
  order: Order<Held<Records[K]['record']>>,
): Slice<Row> {
  const matches = list.matcher(book, query, viewer)
  const found: Held<Records[K]['record']>[] = []
  for (const held of book.projection.of(list.kind).values()) if (matches(held.record)) found.push(held)
  const total = found.length
  const by = list.sortedBy?.(book, query) ?? null
  const sorted = by === null ? found.reverse() : order(found, (held) => by(held.record))
  const part = sorted.slice(query.offset, query.offset + query.limit)
  return { total, offset: query.offset, rows: part.map((held) => list.row(book, held, viewer)) }
}

type Order<Item> = (items: readonly Item[], by: (item: Item) => string) => readonly Item[]

/** Sorts, and keeps how it was: what is new is sorted by itself and merged in, so that a change costs one pass. */
function keptOrder<Item extends object>(): Order<Item> {
  type Placed = { readonly item: Item; readonly by: string }
  let last: readonly Placed[] = []
  return (items, by) => {
    const left = new Set(items)
    const kept = last.filter(({ item }) => left.delete(item))
    const fresh = [...left].map((item) => ({ item, by: by(item) }))
    fresh.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    last = merged(kept, fresh)
    return last.map(({ item }) => item)
  }
}

/** Two sorted lists as one. */
function merged<Placed extends { readonly by: string }>(
  one: readonly Placed[],
  other: readonly Placed[],
): readonly Placed[] {
  const all: Placed[] = []
  let at = 0
  for (const each of one) {
    for (let next = other[at]; next && next.by < each.by; next = other[++at]) all.push(next)
    all.push(each)
  }
  return all.concat(other.slice(at))
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
    const order = keptOrder<Held<Records[K]['record']>>()
    const read = () => sliceOf(book, list, query, viewer(), order)
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

/** Whether it was then; from the beginning on, up to but not at the end. */
export const isDuring = (at: number | null, span: Span | null | undefined): boolean =>
  span === null || span === undefined || (at !== null && at >= span.from && at < span.to)

export const ATTENDANCE_LIST: ListOf<'attendance', AttendanceQuery, AttendanceRow> = {
  kind: 'attendance',
  also: [],
  matcher: (_book, query) => {
    const found = searcher(query.search)
    return (record) =>
      (query.committee === null || record.committeeCode === query.committee) &&
      (query.status === null || record.status === query.status) &&
      isDuring(record.attendedAt, query.during) &&
      found({ of: record, text: () => `${record.elector} ${record.electorName} ${record.notes}` })
  },
  row: (_book, held) => ({ ...held.record, provenance: provenanceOf(held) }),
}

const searchable = (record: Committee | Candidate | undefined): readonly Searchable[] =>
  record ? [{ of: record, text: () => `${record.name} ${'code' in record ? record.code : record.number}` }] : []

const partyName = (book: Shown, { party }: Candidate): string | null =>
  party === null ? null : (book.projection.of('party').get(party)?.record.name ?? null)

const isOfParty = (book: Shown, candidate: Candidate | undefined, wanted: string | null | undefined): boolean =>
  wanted === null || wanted === undefined || (candidate !== undefined && (partyName(book, candidate) ?? '') === wanted)

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
        ((query.candidate ?? null) === null || candidate?.number === query.candidate) &&
        isOfParty(book, candidate, query.party) &&
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
