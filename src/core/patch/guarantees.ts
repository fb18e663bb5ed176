import type { GroupId, UserId } from '../../shared/model/ids.ts'
import type { Guarantee } from '../../shared/model/records.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { GuaranteeChoices, GuaranteeQuery, GuaranteeRow } from '../../shared/view/lists.ts'
import type { User } from '../../shared/view/session.ts'
import { foldText } from '../../shared/words/fold-text.ts'
import { isOwn, seesCommittee } from '../authority.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { type Searchable, searcher } from './searcher.ts'
import { isDuring, type ListOf, provenanceOf } from './lists.ts'
import { PACE } from './pace.ts'
import { wholeSource } from './whole.ts'

export const GUARANTEE_LIST: ListOf<'guarantee', GuaranteeQuery, GuaranteeRow> = {
  kind: 'guarantee',
  also: ['attendance', 'group'],
  matcher: (book, query, viewer) => {
    const found = searcher(query.search)
    return (record) => {
      const seenAt = book.figures.attendance.seenAt(record.elector)
      const { committeeName } = record
      return (
        ((query.id ?? null) === null || record.id === query.id) &&
        (query.committee === null || [book.figures.placeOf(record), committeeName].includes(query.committee)) &&
        (query.status === null || record.status === query.status) &&
        (query.confirmation === null || record.confirmation === query.confirmation) &&
        (query.attendance === null || (query.attendance === 'seen') === (seenAt !== null)) &&
        isDuring(seenAt, query.during) &&
        isOfCollector(record, query.collector, viewer) &&
        isInGroup(record, query.group, viewer) &&
        found(...searchedBy(record, viewer))
      )
    }
  },
  sortedBy: (_book, { sort }) => {
    if (sort === null) return null
    // Numbers of equal length sort as text; a shorter one is smaller.
    if (sort === 'number') return ({ elector }) => elector.padStart(20, '0')
    const nameOf = (record: Guarantee) => foldedName(record)
    if (sort === 'name') return nameOf
    return (record) => `${record.committeeName ?? record.committeeCode ?? '\uffff'} ${nameOf(record)}`
  },
  row: (book, held, viewer) => ({
    ...held.record,
    ...groupShown(book, held.record, viewer),
    ...hiddenMobile(book, held.record, viewer),
    ...(isOwn(viewer, held.record) ? {} : { note: '' }),
    attended: book.figures.attendance.seenAt(held.record.elector) !== null,
    mine: isOwn(viewer, held.record),
    provenance: provenanceOf(held),
  }),
}

/** What its collector wrote down finds it for that collector alone: that it was found would tell what is written. */
export const searchedBy = (record: Guarantee, viewer: User | null): readonly Searchable[] => [
  { of: record, text: () => `${record.elector} ${record.electorName}` },
  ...(isOwn(viewer, record)
    ? [{ of: record, part: 'private', text: () => `${record.mobile} ${record.note}` } as const]
    : []), // one of the two parts
]

/** Records are replaced, never changed: each name is folded once. */
const names = new WeakMap<Guarantee, string>()
function foldedName(record: Guarantee): string {
  const known = names.get(record) ?? foldText(record.electorName)
  names.set(record, known)
  return known
}

function isOfCollector(record: Guarantee, wanted: GuaranteeQuery['collector'], viewer: User | null): boolean {
  if (wanted === null) return true
  return wanted === 'mine' ? isOwn(viewer, record) : collectorOf(record, viewer) === wanted
}

/** Where the server does not say whose a guarantee is, it lists the viewer's own only. */
export const collectorOf = (record: Guarantee, viewer: User | null): UserId | null =>
  record.collector ?? viewer?.id ?? null

/** Groups are their collector's alone: somebody else's guarantee is in none that this viewer may know of. */
function isInGroup(record: Guarantee, wanted: GuaranteeQuery['group'], viewer: User | null): boolean {
  if (wanted === null) return true
  return isOwn(viewer, record) && record.group === (wanted === 'none' ? null : wanted)
}

type ShownGroup = Pick<Guarantee, 'group' | 'groupName' | 'groupColor'>
const NO_GROUP: ShownGroup = { group: null, groupName: null, groupColor: null }

/** A renamed group is not told guarantee by guarantee: its own record knows better. */
function groupShown(book: Shown, record: Guarantee, viewer: User | null): ShownGroup {
  if (record.group === null || !isOwn(viewer, record)) return NO_GROUP
  const group = book.projection.of('group').get(record.group)?.record
  return {
    group: record.group,
    groupName: group?.name ?? record.groupName,
    groupColor: group?.color ?? record.groupColor,
  }
}

/** A phone number is for those assigned to the elector's committee; what a collector wrote down, for that collector too. */
function hiddenMobile(
  book: Shown,
  guarantee: Guarantee,
  viewer: User | null,
): { mobileHidden: boolean; electorMobile?: string; mobile?: string } {
  if (seesCommittee(viewer, book.figures.placeOf(guarantee) ?? '')) return { mobileHidden: false }
  const isTheirs = !isOwn(viewer, guarantee) && guarantee.mobile !== ''
  if (guarantee.electorMobile === '' && !isTheirs) return { mobileHidden: false }
  return { mobileHidden: true, electorMobile: '', ...(isTheirs && { mobile: '' }) }
}

/** What the list can be narrowed to: the viewer's groups and the collectors they may see. One pass, at most once a second. */
export const guaranteeChoicesSource = (
  book: Shown,
  clock: Clock,
  viewer: () => User | null,
): Source<unknown, GuaranteeChoices, GuaranteeChoices> =>
  wholeSource(
    book,
    clock,
    PACE.chart,
    (tell) => ({ shifted: ({ kind }) => (kind === 'guarantee' || kind === 'group') && tell() }),
    () => choicesOf(book, viewer()),
  )

function choicesOf(book: Shown, viewer: User | null): GuaranteeChoices {
  const inGroup = new Map<GroupId | null, number>()
  const collectors = new Map<UserId, { name: string | null; guarantees: number }>()
  for (const { record } of book.projection.of('guarantee').values()) {
    if (isOwn(viewer, record)) inGroup.set(record.group, (inGroup.get(record.group) ?? 0) + 1)
    const id = collectorOf(record, viewer)
    if (id === null) continue
    const sum = collectors.get(id) ?? { name: null, guarantees: 0 }
    const name = record.collectorName ?? (id === viewer?.id ? viewer.name : sum.name)
    collectors.set(id, { name, guarantees: sum.guarantees + 1 })
  }
  const groups = [...book.projection.of('group').values()].map(({ record }) => record)
  return {
    groups: groups
      .toSorted((a, b) => a.order - b.order || a.id - b.id)
      .map(({ id, name, color }) => ({ id, name, color, guarantees: inGroup.get(id) ?? 0 })),
    ungrouped: inGroup.get(null) ?? 0,
    collectors: [...collectors]
      .map(([id, sum]) => ({ id, mine: id === viewer?.id, ...sum }))
      .toSorted((a, b) => Number(b.mine) - Number(a.mine) || b.guarantees - a.guarantees),
  }
}
