import { z } from 'zod'
import type { JournalRecord } from '../journal/event.ts'
import { type Change, type Kind, Position, type Records } from '../../shared/model/change.ts'
import {
  AttendanceId,
  CandidateId,
  CommitteeId,
  CountKey,
  ElectionId,
  ElectorNumber,
  GroupId,
  GuaranteeId,
  PartyId,
} from '../../shared/model/ids.ts'
import {
  Attendance,
  BallotEntry,
  Candidate,
  Committee,
  Election,
  Group,
  Guarantee,
  Party,
  Results,
  SharedCall,
  VoteCount,
} from '../../shared/model/records.ts'

import { SharedSheet } from '../../shared/sheet/sheet-view.ts'

/** How something came to be known. */
export const Told = z
  .object({
    from: z.enum(['live', 'snapshot', 'desk']),
    /** When this desk learnt it, ms. */
    at: z.number(),
    cursor: z.number(),
    provisional: z.boolean(),
    /** Where the server's stream stood when it told this; null where the server keeps no sequence. */
    position: Position.nullable(),
  })
  .readonly()
export type Told = z.infer<typeof Told>
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
  group: new Map(),
  call: new Map(),
  attendance: new Map(),
  count: new Map(),
  entry: new Map(),
  sheet: new Map(),
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
const ref = <K extends Kind, Key extends z.ZodType>(kind: K, key: Key) => z.object({ kind: z.literal(kind), key })
export const SavedRef = z.discriminatedUnion('kind', [
  ref('election', ElectionId),
  ref('committee', CommitteeId),
  ref('party', PartyId),
  ref('candidate', CandidateId),
  ref('guarantee', GuaranteeId),
  ref('group', GroupId),
  ref('call', ElectorNumber),
  ref('attendance', AttendanceId),
  ref('count', CountKey),
  ref('entry', CommitteeId),
  ref('sheet', CommitteeId),
  ref('results', z.literal('results')),
])
export const refName = (ref: Ref): string => `${ref.kind}/${ref.key}`
export const refOf = (change: Change): Ref => ({ kind: change.kind, key: change.key }) as Ref // kind and key of one change belong together

const held = <Key extends z.ZodType, Rec extends z.ZodType>(key: Key, record: Rec) =>
  z.array(z.tuple([key, z.object({ ...Told.unwrap().shape, record }).readonly()]))

/** Each table as its entries, in order. */
export const SavedTables = z.object({
  election: held(ElectionId, Election),
  committee: held(CommitteeId, Committee),
  party: held(PartyId, Party),
  candidate: held(CandidateId, Candidate),
  guarantee: held(GuaranteeId, Guarantee),
  group: held(GroupId, Group),
  call: held(ElectorNumber, SharedCall),
  attendance: held(AttendanceId, Attendance),
  count: held(CountKey, VoteCount),
  entry: held(CommitteeId, BallotEntry),
  sheet: held(CommitteeId, SharedSheet),
  results: held(z.literal('results'), Results),
})
export type SavedTables = z.infer<typeof SavedTables>

export const saveTables = (tables: Tables): SavedTables => ({
  election: [...tables.election],
  committee: [...tables.committee],
  party: [...tables.party],
  candidate: [...tables.candidate],
  guarantee: [...tables.guarantee],
  group: [...tables.group],
  call: [...tables.call],
  attendance: [...tables.attendance],
  count: [...tables.count],
  entry: [...tables.entry],
  sheet: [...tables.sheet],
  results: [...tables.results],
})

export function loadTables(tables: Tables, saved: SavedTables): void {
  const put = <Key, Value>(table: Map<Key, Value>, entries: readonly (readonly [Key, Value])[]) => {
    for (const [key, held] of entries) table.set(key, held)
  }
  put(tables.election, saved.election)
  put(tables.committee, saved.committee)
  put(tables.party, saved.party)
  put(tables.candidate, saved.candidate)
  put(tables.guarantee, saved.guarantee)
  put(tables.group, saved.group)
  put(tables.call, saved.call)
  put(tables.attendance, saved.attendance)
  put(tables.count, saved.count)
  put(tables.entry, saved.entry)
  put(tables.sheet, saved.sheet)
  put(tables.results, saved.results)
}

/** How a record came to be known by this row. */
export const toldBy = (
  { at, cursor }: JournalRecord,
  from: Told['from'],
  provisional?: true,
  position: Position | null = null,
): Told => ({ from, at, cursor, provisional: provisional === true, position })
