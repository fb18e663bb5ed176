import type { Kind } from '../../shared/model/change.ts'
import type { Book } from '../book.ts'

/** Everything the projection holds, as plain data keyed by id; two desks that know the same say the same. */
export type State = {
  readonly cursor: number
  readonly head: string
  readonly election: unknown
  readonly committees: Readonly<Record<string, unknown>>
  readonly candidates: Readonly<Record<string, unknown>>
  readonly guarantees: Readonly<Record<string, unknown>>
  readonly attendance: Readonly<Record<string, unknown>>
  /** Keyed `committeeId:candidateId`. */
  readonly counts: Readonly<Record<string, unknown>>
  readonly results: unknown
  /** Keyed by command key: what was typed here and where it is. */
  readonly outbox: Readonly<Record<string, unknown>>
}

export function stateOf({ journal, projection }: Book): State {
  const all = (kind: Kind) => {
    const records: Record<string, unknown> = {}
    for (const [key, held] of projection.of(kind)) records[String(key)] = held.record
    return records
  }
  const [election] = projection.of('election').values()
  return {
    cursor: journal.cursor,
    head: journal.head,
    election: election?.record ?? null,
    committees: all('committee'),
    candidates: all('candidate'),
    guarantees: all('guarantee'),
    attendance: all('attendance'),
    counts: all('count'),
    results: projection.of('results').get('results')?.record ?? null,
    outbox: Object.fromEntries(projection.outbox.entries),
  }
}

/** JSON with the keys of every object in order: equal data is equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
}
