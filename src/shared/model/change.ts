import { z } from 'zod'
import type {
  AttendanceId,
  CandidateId,
  CommitteeId,
  CountKey,
  ElectionId,
  ElectorNumber,
  GroupId,
  GuaranteeId,
  PartyId,
} from './ids.ts'
import type {
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
} from './records.ts'

import type { SharedSheet } from '../sheet/sheet-view.ts'

/** What is known and trusted together. Doubt is per topic. */
export const Topic = z.enum(['guarantees', 'attendance', 'counts', 'results', 'committees', 'phase'])
export type Topic = z.infer<typeof Topic>
export const TOPICS: readonly Topic[] = Topic.options

/** Every kind of record the console keeps, its key and its shape. */
export type Records = {
  readonly election: { readonly key: ElectionId; readonly record: Election }
  readonly committee: { readonly key: CommitteeId; readonly record: Committee }
  readonly party: { readonly key: PartyId; readonly record: Party }
  readonly candidate: { readonly key: CandidateId; readonly record: Candidate }
  readonly guarantee: { readonly key: GuaranteeId; readonly record: Guarantee }
  readonly group: { readonly key: GroupId; readonly record: Group }
  /** Who rings an elector, over all desks of a server that keeps that. */
  readonly call: { readonly key: ElectorNumber; readonly record: SharedCall }
  readonly attendance: { readonly key: AttendanceId; readonly record: Attendance }
  readonly count: { readonly key: CountKey; readonly record: VoteCount }
  readonly entry: { readonly key: CommitteeId; readonly record: BallotEntry }
  /** Words to a sheet's warnings, over all desks of a server that keeps them. */
  readonly sheet: { readonly key: CommitteeId; readonly record: SharedSheet }
  readonly results: { readonly key: 'results'; readonly record: Results }
}
export type Kind = keyof Records

const TOPIC_OF: Readonly<Record<Kind, Topic>> = {
  election: 'phase',
  committee: 'committees',
  party: 'committees',
  candidate: 'committees',
  guarantee: 'guarantees',
  group: 'guarantees',
  call: 'guarantees',
  attendance: 'attendance',
  count: 'counts',
  entry: 'counts',
  sheet: 'counts',
  results: 'results',
}
export const topicOf = (kind: Kind): Topic => TOPIC_OF[kind]
export const kindsOf = (topic: Topic): readonly Kind[] =>
  (Object.keys(TOPIC_OF) as Kind[]).filter((kind) => TOPIC_OF[kind] === topic) // Object.keys widens to string

/** One record put or taken away. `upsert` of a record with absent optional fields keeps what was known of them. */
export type Change = {
  [K in Kind]:
    | {
        readonly kind: K
        readonly op: 'upsert'
        readonly key: Records[K]['key']
        readonly record: Records[K]['record']
      }
    | { readonly kind: K; readonly op: 'remove'; readonly key: Records[K]['key'] }
}[Kind]

/** A place in the hub's stream: `seq` counts frames without a gap within one `epoch`. */
export const Position = z.object({ epoch: z.string().min(1).max(64), seq: z.number().int().nonnegative() })
export type Position = z.infer<typeof Position>
