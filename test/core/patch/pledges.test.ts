import { expect, test } from 'vitest'
import { AlertSettings, DEFAULT_ALERTS, pollsOf } from '../../../src/shared/view/incident.ts'
import { pledgesOf, pledgesSource, radarSource } from '../../../src/core/patch/pledges.ts'
import { radarOf } from '../../../src/core/projection/radar.ts'
import type { Change } from '../../../src/shared/model/change.ts'
import { PledgesView, RadarView } from '../../../src/shared/view/pledges.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, frame, must, told } from '../journal/on-disk.ts'
import { attendance, code, committee, election, guarantee, MINUTE, NINE, number } from '../projection/records.ts'

const HOUR = 60 * MINUTE
const OTHER = 7 as never
const group = (id: number, order: number): Change => ({
  kind: 'group',
  op: 'upsert',
  key: id as never,
  record: { id: id as never, name: `Group ${id}`, color: '#ffd43b', order },
})
const target = { opens: NINE, closes: NINE + 12 * HOUR }

function someDay() {
  const desk = bookOnDisk()
  must(desk.book, told(election(), committee(1), committee(2), group(3, 2), group(4, 1)))
  must(
    desk.book,
    told(
      guarantee(1, { confirmation: 'CONFIRMED', group: 3 as never }),
      guarantee(2, { confirmation: 'CONFIRMED' }),
      guarantee(3, { committeeName: 'Committee 2' }),
      guarantee(4, { status: 'PENDING', confirmation: 'CONFIRMED' }),
      // The same elector, promised to another collector too.
      guarantee(5, { elector: number(70_001), collector: OTHER, collectorName: 'Salem' }),
      guarantee(6, { committeeName: 'Nowhere', collector: OTHER }),
      attendance(1),
      attendance(4),
    ),
  )
  return desk
}

test('[P101] the funnel in all, by committee, collector and own group', () => {
  const { book } = someDay()
  const view = pledgesOf(book, ADMIN)
  expect(PledgesView.safeParse(view).error).toBeUndefined()
  expect(view.all).toEqual({ guarantees: 6, pledged: 5, confirmed: 2, attended: 2, confirmedAttended: 1 })
  expect(view.electors).toBe(4)
  const by = (rows: readonly { pledged: number; attended: number }[], key: string) =>
    rows.map((row) => [(row as never)[key], row.pledged, row.attended])
  expect(by(view.committees, 'code')).toEqual([
    ['C1', 3, 2],
    ['C2', 1, 0],
    [null, 1, 0],
  ])
  expect(by(view.collectors, 'name')).toEqual([
    [ADMIN.name, 3, 1],
    ['Salem', 2, 1],
  ])
  expect(by(view.groups, 'id')).toEqual([
    [4, 0, 0],
    [3, 1, 1],
    [null, 2, 0],
  ])
  for (const among of [view.committees, view.collectors]) {
    for (const key of ['guarantees', 'pledged', 'confirmed', 'attended', 'confirmedAttended'] as const)
      expect(
        among.reduce((sum, row) => sum + row[key], 0),
        key,
      ).toBe(view.all[key])
  }
})

test('[P102] electors, each once, by committee and hour, the largest gap first', () => {
  const { book } = someDay()
  must(
    book,
    told(
      ...[10, 11, 12].map((id) => guarantee(id, { committeeName: 'Committee 2' })),
      attendance(10, { attendedAt: NINE + 2 * HOUR + 5 * MINUTE, committeeCode: code('C2') }),
    ),
  )
  const view = radarOf(book, { now: NINE + 3 * HOUR, target, scope: null })
  expect(RadarView.safeParse(view).error).toBeUndefined()
  expect(view.hours).toEqual([NINE, NINE + HOUR, NINE + 2 * HOUR])
  expect(view.all).toMatchObject({ pledged: 6, seen: 2, byHour: [1, 0, 1] })
  expect(view.committees.map((row) => [row.code, row.pledged, row.seen, row.byHour])).toEqual([
    ['C2', 4, 1, [0, 0, 1]],
    ['C1', 2, 1, [1, 0, 0]],
  ])
  expect(view.beyond).toBe(1)
})

test('[P103] where the viewer does not see attendance nobody is called unseen', () => {
  const { book } = someDay()
  const view = radarOf(book, { now: NINE + HOUR, target, scope: new Set(['C2']) })
  expect(view.committees.map((row) => row.code)).toEqual(['C2'])
  expect([view.all.pledged, view.beyond]).toEqual([1, 3])
})

test('[P104] without a closing time, and outside the voting day, nothing is said of closing', () => {
  const { book } = someDay()
  const at = (over: object) => radarOf(book, { now: NINE + 3 * HOUR, target, scope: null, ...over }).all.closing
  expect(at({ target: null })).toEqual({ is: 'nothing', because: 'no-closing' })
  expect(at({})).toEqual({ is: 'nothing', because: 'too-few' })
  expect(at({ now: NINE + HOUR })).toEqual({ is: 'nothing', because: 'too-early' })
  must(book, told(election({ phase: 'COUNTING' })))
  expect(at({})).toEqual({ is: 'nothing', because: 'not-voting' })
})

test('[P102] a steady day is projected on, also where the first marks came before opening', () => {
  const { book } = someDay()
  const pledges = Array.from({ length: 200 }, (_, index) => guarantee(100 + index, { committeeName: 'Committee 2' }))
  const marks = Array.from({ length: 48 }, (_, index) =>
    attendance(100 + index, { attendedAt: NINE - 10 * MINUTE + index * 5 * MINUTE, committeeCode: code('C2') }),
  )
  must(book, told(...pledges, ...marks))
  const { closing } = radarOf(book, { now: NINE + 4 * HOUR, target, scope: null }).committees[0]!
  if (closing.is !== 'range') throw new Error(closing.because)
  // Six each half hour, of ever fewer missing, for eight more hours.
  expect(closing.low).toBeGreaterThan(80)
  expect(closing.middle).toBeGreaterThan(100)
  expect(closing.high).toBeLessThan(160)
})

test('[P101][P102] both are told anew when a promise, a mark or a group changed, at most every three seconds', async () => {
  const { book, clock } = someDay()
  const heard: string[] = []
  const feeds = [
    pledgesSource(book, clock, () => ADMIN)(null, () => heard.push('sums')),
    radarSource(
      book,
      clock,
      () => ADMIN,
      () => null,
    )(null, () => heard.push('radar')),
  ]
  for (let id = 20; id < 40; id++) must(book, [frame(guarantee(id))])
  await clock.advance(3_100)
  expect(heard.sort()).toEqual(['radar', 'radar', 'sums', 'sums'])
  for (const feed of feeds) feed.stop()
})

test('[P107] 10 000 guarantees in 420 committees are looked at once each', () => {
  const { book } = bookOnDisk()
  must(book, told(election(), ...Array.from({ length: 420 }, (_, id) => committee(id + 1))))
  const changes = Array.from({ length: 10_000 }, (_, id) =>
    guarantee(id, { committeeName: `Committee ${(id % 420) + 1}`, committeeCode: code(`C${(id % 420) + 1}`) }),
  )
  must(book, told(...changes))
  let looks = 0
  const table = book.projection.of('guarantee')
  const counted = new Proxy(book, {
    get: (whole, key) =>
      key === 'projection'
        ? {
            of: (kind: string) =>
              kind === 'guarantee' ? { values: () => (looks++, table.values()) } : book.projection.of(kind as never),
          }
        : Reflect.get(whole, key),
  })
  const view = radarOf(counted, { now: NINE + HOUR, target, scope: null })
  expect([looks, view.all.pledged, view.committees.length]).toEqual([1, 10_000, 420])
})

test('[V342] what to expect at closing goes by the polls, with or without a target', () => {
  const polls = { opens: NINE, closes: NINE + 12 * HOUR }
  const target = { share: 0.6, opens: NINE, closes: NINE + 10 * HOUR }
  expect(pollsOf({ target: null })).toBeNull()
  expect(pollsOf({ target: null, polls })).toEqual(polls)
  expect(pollsOf({ target })).toEqual({ opens: target.opens, closes: target.closes })
  expect(AlertSettings.parse({ ...DEFAULT_ALERTS, target: null, polls }).polls).toEqual(polls)
})
