import type { Change, Kind, Position, Records } from '../../shared/model/change.ts'
import type { Origin } from '../journal/event.ts'

/** How something came to be known. */
export type Told = {
  readonly from: Origin
  /** When this desk learnt it, ms. */
  readonly at: number
  readonly cursor: number
  readonly provisional: boolean
  /** Where the server's stream stood when it told this; null where the server keeps no sequence. */
  readonly position: Position | null
}
/** A record as this desk holds it: what is known, and how it came to be known. */
export type Held<R> = Told & { readonly record: R }

export type Table<K extends Kind> = Map<Records[K]['key'], Held<Records[K]['record']>>
export type Tables = { readonly [K in Kind]: Table<K> }

export const emptyTables = (): Tables => ({
  election: new Map(),
  committee: new Map(),
  party: new Map(),
  candidate: new Map(),
  guarantee: new Map(),
  attendance: new Map(),
  count: new Map(),
  entry: new Map(),
  results: new Map(),
})

/** One record before and after an event; null where it is not there. */
export type Shift = {
  [K in Kind]: {
    readonly kind: K
    readonly key: Records[K]['key']
    readonly before: Held<Records[K]['record']> | null
    readonly after: Held<Records[K]['record']> | null
  }
}[Kind]

/** Names one record of any kind. */
export type Ref = { [K in Kind]: { readonly kind: K; readonly key: Records[K]['key'] } }[Kind]
export const refName = (ref: Ref): string => `${ref.kind}/${ref.key}`
export const refOf = (change: Change): Ref => ({ kind: change.kind, key: change.key }) as Ref // kind and key of one change belong together
