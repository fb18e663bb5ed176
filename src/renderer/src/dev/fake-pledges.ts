import type { PledgeSums, PledgesView, Projection, RadarView } from '../../../shared/view/pledges.ts'
import type { BulkChange, BulkView } from '../../../shared/view/bulk.ts'
import type { SavedView } from '../../../shared/view/saved-views.ts'
import type { CallQuery, CallRow, CallSlice, CallTurn } from '../../../shared/view/calls.ts'
import { CommitteeCode, UserId } from '../../../shared/model/ids.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000
/** Of a hundred, by the hour. */
const RHYTHM = [9, 20, 18, 12, 10, 16, 15]

type Row = World['guarantees'][number]

function sumsOf(rows: readonly Row[]): PledgeSums {
  const pledged = rows.filter(({ status }) => status === 'GUARANTEED')
  const confirmed = pledged.filter(({ confirmation }) => confirmation === 'CONFIRMED')
  const seen = (among: readonly Row[]) => among.filter(({ attended }) => attended).length
  return {
    ...{ guarantees: rows.length, pledged: pledged.length, confirmed: confirmed.length },
    ...{ attended: seen(pledged), confirmedAttended: seen(confirmed) },
  }
}

/** The made-up day's funnel. */
export function pledgesIn({ guarantees, committees, groups }: World): PledgesView {
  const own = guarantees.filter(({ mine }) => mine)
  const others = guarantees.filter(({ mine }) => !mine)
  const electorsOf = (rows: readonly Row[]) => {
    const pledged = rows.filter(({ status }) => status === 'GUARANTEED')
    const once = (among: readonly Row[]) => new Set(among.map(({ elector }) => elector)).size
    return { electors: once(pledged), electorsSeen: once(pledged.filter(({ attended }) => attended)) }
  }
  return {
    all: sumsOf(guarantees),
    ...electorsOf(guarantees),
    committees: committees.map(({ code }) => {
      const rows = guarantees.filter(({ committeeCode }) => committeeCode === code)
      return { code, ...sumsOf(rows), ...electorsOf(rows) }
    }),
    collectors:
      guarantees.length === 0
        ? []
        : [
            { id: UserId.parse(1), name: 'Noura Al-Sabah', mine: true, ...sumsOf(own) },
            { id: UserId.parse(2), name: 'سالم المطيري', mine: false, ...sumsOf(others) },
          ],
    groups: groups.map(({ id, name, color }) => ({
      id,
      name,
      color,
      ...sumsOf(own.filter(({ group }) => group === id)),
    })),
  }
}

/** Seven hours of the day behind, five before closing. */
export function radarIn({ committees, guarantees }: World, now: number): RadarView {
  const start = Math.floor(now / HOUR) * HOUR
  const hours = guarantees.length === 0 ? [] : [6, 5, 4, 3, 2, 1, 0].map((back) => start - back * HOUR)
  const gapOf = (pledged: number, seen: number) => {
    const come = Math.round((pledged - seen) * 0.6)
    const reach = Math.ceil(Math.sqrt(come) * 2)
    const closing: Projection =
      pledged < 30
        ? { is: 'nothing', because: 'too-few' }
        : {
            is: 'range',
            low: Math.max(seen, seen + come - reach),
            middle: seen + come,
            high: Math.min(pledged, seen + come + reach),
          }
    const each = hours.map((_, index) => Math.floor((seen * (RHYTHM[index] ?? 0)) / 100))
    return { pledged, seen, byHour: each, closing }
  }
  const rows =
    guarantees.length === 0
      ? []
      : committees.map((row) => ({ code: row.code, ...gapOf(row.pledged, row.pledgedAttended) }))
  const sum = (read: (row: (typeof rows)[number]) => number) => rows.reduce((so, row) => so + read(row), 0)
  return {
    at: now,
    closes: start + 5 * HOUR,
    hours,
    all: gapOf(
      sum(({ pledged }) => pledged),
      sum(({ seen }) => seen),
    ),
    committees: rows.toSorted((a, b) => b.pledged - b.seen - (a.pledged - a.seen)),
    beyond: 0,
  }
}

/** Who claimed and called in the made-up day. */
export type FakeCalls = {
  readonly claims: Map<string, CallRow['claim']>
  readonly called: Map<string, CallRow['called']>
}
export const noCalls = (): FakeCalls => ({ claims: new Map(), called: new Map() })

/** What a call turn does to the made-up day. */
export function turnCall(
  { claims, called }: FakeCalls,
  turn: CallTurn,
  at: number,
  from: 'server' | 'desk' = 'server',
): void {
  if (turn.does === 'told') return
  if (turn.does === 'claimed') {
    const { caller, window, until } = turn
    return void claims.set(turn.elector, { caller, window, at, until, from })
  }
  claims.delete(turn.elector)
  if (turn.does !== 'called') return
  const times = (called.get(turn.elector)?.times ?? 0) + 1
  called.set(turn.elector, { outcome: turn.outcome, caller: turn.caller, note: turn.note, at, times })
}

/** The made-up call list: in the order of the guarantees. */
export function callsIn({ guarantees }: World, { claims, called }: FakeCalls, query: CallQuery): CallSlice {
  const rows = guarantees
    .filter(
      (row) =>
        row.status === 'GUARANTEED' &&
        !row.attended &&
        (query.committee === null || row.committeeCode === query.committee) &&
        (query.show === null || !called.has(row.elector)) &&
        `${row.elector} ${row.electorName}`.includes(query.search),
    )
    .map(
      (row): CallRow => ({
        ...{ elector: row.elector, name: row.electorName, guarantee: row.id, mine: row.mine, collector: null },
        committeeCode: row.committeeCode ?? CommitteeCode.parse('m1'),
        committeeName: row.committeeName ?? '',
        mobile: row.mobileHidden ? '' : row.electorMobile,
        ...{ mobileHidden: row.mobileHidden, confirmation: row.confirmation, note: row.note },
        claim: claims.get(row.elector) ?? null,
        called: called.get(row.elector) ?? null,
        untold: claims.get(row.elector)?.from === 'desk',
      }),
    )
  return { total: rows.length, offset: query.offset, rows: rows.slice(query.offset, query.offset + query.limit) }
}

/** Bulk changes and saved views of the made-up desk. */
export type FakeMany = { bulk: BulkView; change: BulkChange; total: number; views: SavedView[] }
export const noMany = (): FakeMany => ({
  ...{ bulk: { is: 'none' }, change: { is: 'confirmation', to: 'CONFIRMED' }, total: 0 },
  views: [{ name: 'Family, not seen', query: { group: '1', attendance: 'not-seen', sort: 'name' } }],
})
