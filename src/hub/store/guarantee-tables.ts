import type {
  Confirmation,
  GroupRecord,
  GuaranteeRecord,
  GuaranteeStatus,
  HistoryRecord,
  NoteRecord,
} from './records.ts'
import type { Listed, Window } from './tables.ts'

/** Whose guarantees: one collector's, several collectors', or null for everybody's. */
export type Owners = readonly number[] | null
export type GuaranteeFilter = {
  readonly owners: Owners
  readonly search: string
  readonly status: string | null
  readonly confirmation: string | null
  readonly group: number | null
  readonly elector: string | null
  readonly ordering: string
}
export type GuaranteePatch = {
  readonly status?: GuaranteeStatus | undefined
  readonly confirmation?: Confirmation | undefined
  readonly group?: number | null | undefined
  readonly mobile?: string | undefined
  readonly quick_note?: string | undefined
}
export type Breakdown = { readonly code: string | null; readonly name: string | null; readonly count: number }
export type Guarantees = {
  list(window: Window, filter: GuaranteeFilter): Listed<GuaranteeRecord>
  byId(id: number): GuaranteeRecord | null
  ofElector(user: number, elector: string): GuaranteeRecord | null
  create(user: number, elector: string, fields: Required<GuaranteePatch>, at: number): number
  patch(id: number, fields: GuaranteePatch, at: number): void
  remove(id: number): void
  statistics(owners: Owners): GuaranteeStatistics
  byCollector(): {
    readonly user: number
    readonly name: string
    readonly total: number
    readonly confirmed: number
    readonly attended: number
  }[]
  notes(guarantee: number): NoteRecord[]
  addNote(guarantee: number, user: number, content: string, important: boolean, at: number): number
  history(guarantee: number): HistoryRecord[]
  remember(guarantee: number, user: number, action: string, values: readonly [unknown, unknown], at: number): void
  groups(user: number): GroupRecord[]
  group(user: number, id: number): GroupRecord | null
  createGroup(user: number, fields: GroupDraft, at: number): number
  patchGroup(id: number, fields: Partial<GroupDraft>, at: number): void
  removeGroup(id: number): void
  inGroup(id: number): number[]
}
export type GuaranteeStatistics = {
  readonly total: number
  readonly pending: number
  readonly guaranteed: number
  readonly confirmed: number
  readonly notAvailable: number
  readonly attended: number
  readonly byGroup: Breakdown[]
  readonly byCommittee: Breakdown[]
  readonly topSections: Breakdown[]
}
export type GroupDraft = {
  readonly name: string
  readonly color: string
  readonly description: string
  readonly order: number
}
