import type { CommitteeCode, GroupId, UserId } from '../../shared/model/ids.ts'
import type { Guarantee } from '../../shared/model/records.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { Polls } from '../../shared/view/incident.ts'
import type { PledgeSums, PledgesView, RadarView } from '../../shared/view/pledges.ts'
import type { User } from '../../shared/view/session.ts'
import { isOwn, scopeOf } from '../authority.ts'
import { radarOf } from '../projection/radar.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { collectorOf } from './guarantees.ts'
import { every } from './pace.ts'
import { wholeSource } from './whole.ts'

const nothing = (): PledgeSums => ({ guarantees: 0, pledged: 0, confirmed: 0, attended: 0, confirmedAttended: 0 })

const NO_ELECTORS = { electors: 0, electorsSeen: 0 }

function add(sums: PledgeSums, { status, confirmation }: Guarantee, seen: boolean): void {
  sums.guarantees += 1
  if (status !== 'GUARANTEED') return
  const confirmed = confirmation === 'CONFIRMED'
  sums.pledged += 1
  if (confirmed) sums.confirmed += 1
  if (seen) sums.attended += 1
  if (confirmed && seen) sums.confirmedAttended += 1
}

function put<Key>(among: Map<Key, PledgeSums>, key: Key, record: Guarantee, seen: boolean): void {
  const sums = among.get(key) ?? nothing()
  among.set(key, sums)
  add(sums, record, seen)
}

/** Made by a pass over all guarantees, so told no more often than this, ms. */
const SUMS_PACE = 3_000

/** The funnel in all and by committee, collector and own group: one pass over the guarantees. */
export function pledgesOf(book: Shown, viewer: User | null): PledgesView {
  const all = nothing()
  const committees = new Map<CommitteeCode | null, PledgeSums>()
  const collectors = new Map<UserId, PledgeSums>()
  const names = new Map<UserId, string>()
  const groups = new Map<GroupId | null, PledgeSums>()
  for (const { record } of book.projection.of('guarantee').values()) {
    const seen = book.figures.attendance.seenAt(record.elector) !== null
    const place = book.figures.placeOf(record)
    add(all, record, seen)
    put(committees, place !== null && book.figures.idOf.has(place) ? place : null, record, seen)
    const collector = collectorOf(record, viewer)
    if (collector !== null) put(collectors, collector, record, seen)
    if (collector !== null && record.collectorName) names.set(collector, record.collectorName)
    if (isOwn(viewer, record)) put(groups, record.group, record, seen)
  }
  const electors = book.figures.pledgedElectors()
  const nameOf = (id: UserId) => names.get(id) ?? (id === viewer?.id ? viewer.name : null)
  return {
    all,
    electors: book.figures.guarantees.all.pledgedElectors,
    electorsSeen: book.figures.guarantees.all.pledgedElectorsSeen,
    committees: [...committees].map(([code, sums]) => ({ code, ...sums, ...(electors.get(code) ?? NO_ELECTORS) })),
    collectors: [...collectors].map(([id, sums]) => ({ id, name: nameOf(id), mine: id === viewer?.id, ...sums })),
    groups: groupsOf(book, groups),
  }
}

function groupsOf(book: Shown, groups: ReadonlyMap<GroupId | null, PledgeSums>): PledgesView['groups'] {
  const known = [...book.projection.of('group').values()].map(({ record }) => record)
  const ungrouped = groups.get(null)
  return [
    ...known
      .toSorted((a, b) => a.order - b.order || a.id - b.id)
      .map(({ id, name, color }) => ({ id, name, color, ...(groups.get(id) ?? nothing()) })),
    ...(ungrouped ? [{ id: null, name: '', color: null, ...ungrouped }] : []),
  ]
}

const isOfPledges = (kind: string) =>
  kind === 'guarantee' || kind === 'attendance' || kind === 'group' || kind === 'committee'

export const pledgesSource = (
  book: Shown,
  clock: Clock,
  viewer: () => User | null,
): Source<unknown, PledgesView, PledgesView> =>
  wholeSource(
    book,
    clock,
    SUMS_PACE,
    (tell) => ({ shifted: ({ kind }) => isOfPledges(kind) && tell() }),
    () => pledgesOf(book, viewer()),
  )

/** Time alone moves what is expected at closing: told again this often, ms. */
const TIME_MOVES = 15_000

/** `polls`: what is expected at closing goes by it. */
export const radarSource =
  (
    book: Shown,
    clock: Clock,
    viewer: () => User | null,
    polls: () => Polls | null,
  ): Source<unknown, RadarView, RadarView> =>
  (input, changed) => {
    const feed = wholeSource(
      book,
      clock,
      SUMS_PACE,
      (tell) => ({ shifted: ({ kind }) => (isOfPledges(kind) || kind === 'election') && tell(), timeMoved: tell }),
      () => radarOf(book, { now: clock.now(), target: polls(), scope: scopeOf(viewer()) }),
    )(input, changed)
    const stop = every(clock, TIME_MOVES, () => changed('whole'))
    return {
      ...feed,
      stop: () => {
        stop()
        feed.stop()
      },
    }
  }
