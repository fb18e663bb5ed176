import { expect, test } from 'vitest'
import { Meters } from '../../../src/core/health/meters.ts'
import { LastHour } from '../../../src/core/health/last-hour.ts'
import { Points } from '../../../src/core/health/points.ts'
import { type Lately, verdict } from '../../../src/core/health/verdict.ts'
import type { LinkView } from '../../../src/shared/model/link.ts'
import { MetersView } from '../../../src/shared/view/meters.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { bookOnDisk, must } from '../journal/on-disk.ts'
import { dice } from '../journal/random-history.ts'

const NOW = Date.UTC(2030, 0, 15, 6)
const LINK: LinkView = {
  state: 'live',
  since: NOW,
  by: 'socket',
  cause: null,
  nextTryAt: null,
  attempt: 0,
  heardAt: NOW,
  roundTrip: 20,
  clockSkew: 100,
}
const FINE: Lately = { reconnects: 0, quarantined: 0, gaps: 0, reads: 0, readFailures: 0, journalFails: false }

test.each<[string, Partial<LinkView>, Partial<Lately>, string, readonly string[]]>([
  ['nothing', {}, {}, 'healthy', []],
  ['a stale link', { state: 'stale' }, {}, 'unhealthy', ['not-live']],
  ['a link catching up', { state: 'catching-up' }, {}, 'unhealthy', ['not-live']],
  ['30 s of silence', { heardAt: NOW - 30_000 }, {}, 'healthy', []],
  ['more than 30 s of silence', { heardAt: NOW - 30_001 }, {}, 'unhealthy', ['data-old']],
  ['a disk that refuses', {}, { journalFails: true }, 'unhealthy', ['journal-failing']],
  ['a slow round trip', { roundTrip: 1_501 }, {}, 'strained', ['round-trip-high']],
  ['a round trip just in time', { roundTrip: 1_500 }, {}, 'healthy', []],
  ['three reconnects', {}, { reconnects: 3 }, 'healthy', []],
  ['four reconnects', {}, { reconnects: 4 }, 'strained', ['unstable']],
  ['a quarantined frame', {}, { quarantined: 1 }, 'strained', ['quarantine']],
  ['a gap', {}, { gaps: 1 }, 'strained', ['gaps']],
  ['a clock ahead', { clockSkew: 2_001 }, {}, 'strained', ['clock-skew']],
  ['a clock behind', { clockSkew: -2_001 }, {}, 'strained', ['clock-skew']],
  ['a quarter of the reads failing', {}, { reads: 8, readFailures: 2 }, 'healthy', []],
  ['more than a quarter failing', {}, { reads: 8, readFailures: 3 }, 'strained', ['reads-failing']],
  ['nothing known yet', { heardAt: null, roundTrip: null, clockSkew: null }, {}, 'healthy', []],
])('[H1] %s', (_what, link, lately, expected, reasons) => {
  expect(verdict({ ...LINK, ...link }, { ...FINE, ...lately }, NOW)).toEqual({ verdict: expected, reasons })
})

test('[H2] reasons in the order of their weight', () => {
  const link = { ...LINK, state: 'offline' as const, heardAt: 0, roundTrip: 9_999, clockSkew: 9_999 }
  const lately = { reconnects: 9, quarantined: 9, gaps: 9, reads: 1, readFailures: 9, journalFails: true }
  expect(verdict(link, lately, NOW)).toEqual({
    verdict: 'unhealthy',
    reasons: [
      'not-live',
      'journal-failing',
      'data-old',
      'round-trip-high',
      'unstable',
      'quarantine',
      'gaps',
      'clock-skew',
      'reads-failing',
    ],
  })
})

test('[H3] the last hour forgets to the minute, and is as small as it is long', () => {
  const hour = new LastHour()
  hour.note(0, 5)
  hour.note(30 * 60_000)
  expect(hour.count(59 * 60_000)).toBe(6)
  expect(hour.count(61 * 60_000)).toBe(1)
  expect(hour.count(5 * 3_600_000)).toBe(0)
  hour.note(6 * 3_600_000, 0)
  expect(hour.count(6 * 3_600_000)).toBe(0)
})

const SAMPLE = { roundTrip: null, frames: 0, bytes: 0, dataAge: null }

test('[H10] three days in at most 240 points, with every frame in them', () => {
  const points = new Points()
  const seed = freshSeed()
  console.info(`TEST_SEED=${seed}`)
  const d = dice(seededRandom(seed))
  let [frames, bytes, reconnects, errors, now] = [0, 0, 0, 0, NOW]
  for (let second = 0; second < 3 * 24 * 3_600; second += 1) {
    now += d.chance(0.0005) ? d.upTo(3_600_000) : 1_000
    const sample = { ...SAMPLE, frames: d.upTo(300), bytes: d.upTo(9_000) }
    frames += sample.frames
    bytes += sample.bytes
    points.sample(now, sample)
    if (d.chance(0.001)) {
      points.reconnected(now)
      reconnects += 1
    }
    if (d.chance(0.001)) {
      points.failed(now)
      errors += 1
    }
    if (second % 5_000 === 0) expect(points.view(now).length).toBeLessThanOrEqual(240)
  }
  const view = points.view(now)
  const sum = (of: (point: (typeof view)[number]) => number) => view.reduce((total, point) => total + of(point), 0)
  expect(view.length).toBeLessThanOrEqual(240)
  expect([sum((point) => point.reconnects), sum((point) => point.errors)]).toEqual([reconnects, errors])
  // Rates times the time they cover: the last point covers only what has passed of it.
  const seconds = (index: number) =>
    index < view.length - 1
      ? shortest(view) / 1_000
      : Math.max(1_000, now - (view[index]!.at - shortest(view) / 2)) / 1_000
  expect(Math.round(view.reduce((total, point, index) => total + point.frames * seconds(index), 0))).toBe(frames)
  expect(Math.round(view.reduce((total, point, index) => total + point.bytes * seconds(index), 0))).toBe(bytes)
})
const shortest = (view: readonly { at: number }[]) =>
  Math.min(...view.slice(1).map((point, index) => point.at - view[index]!.at))

test('[H10] points far apart, as after many sleeps, are at most 240 too', () => {
  const points = new Points()
  for (let wake = 0; wake < 2_000; wake++) {
    points.sample(NOW + wake * 7_200_000, { ...SAMPLE, frames: 1 })
    expect(points.view(NOW + wake * 7_200_000).length).toBeLessThanOrEqual(240)
  }
  expect(points.view(NOW + 2_000 * 7_200_000).length).toBeLessThanOrEqual(240)
})

test('[H11] the worst of its time, and rates over it', () => {
  const points = new Points()
  for (let second = 0; second < 5; second++) {
    points.sample(NOW + second * 1_000, {
      frames: 100,
      bytes: 1_000,
      roundTrip: [30, 900, null, 40, 20][second]!,
      dataAge: second,
    })
  }
  points.sample(NOW + 5_000, { ...SAMPLE, frames: 50 })
  const [first, last] = points.view(NOW + 6_000)
  expect(first).toEqual({
    at: NOW + 2_500,
    frames: 100,
    bytes: 1_000,
    roundTrip: 900,
    dataAge: 4,
    reconnects: 0,
    errors: 0,
  })
  expect(last).toMatchObject({ frames: 50, roundTrip: null, dataAge: null })
})

test('[H12] what comes after the clock was set back belongs to the last point', () => {
  const points = new Points()
  points.sample(NOW, { ...SAMPLE, frames: 1 })
  points.sample(NOW + 10_000, { ...SAMPLE, frames: 1 })
  points.sample(NOW - 3_600_000, { ...SAMPLE, frames: 1 })
  const ats = points.view(NOW + 20_000).map(({ at }) => at)
  expect(ats).toEqual([NOW + 2_500, NOW + 12_500])
})

function measured() {
  const desk = bookOnDisk()
  const ingest = { frames: 0, bytes: 0, duplicates: 0, gaps: 0, ingestMs: 0, unplaced: 0, hidden: 0 }
  const reconcile = { reads: 0, readFailures: 0 }
  const state = { link: { ...LINK, heardAt: desk.clock.now() } as LinkView, sent: 0 }
  const meters = new Meters(desk.clock, {
    link: () => state.link,
    ingest,
    reconcile,
    book: () => desk.book,
    framesSent: () => state.sent,
  })
  desk.book.listen({ quarantined: (record) => meters.quarantined(record) })
  meters.start()
  return { ...desk, meters, ingest, reconcile, state }
}
const live = ({ state, clock }: ReturnType<typeof measured>) => Object.assign(state.link, { heardAt: clock.now() })

test('[H20] the first connection is no reconnect, however long ago it was', async () => {
  const desk = measured()
  desk.meters.up()
  expect(desk.meters.figures().reconnects).toBe(0)
  await desk.clock.advance(2 * 3_600_000)
  for (let time = 0; time < 4; time++) desk.meters.up()
  live(desk)
  expect(desk.meters.figures().reconnects).toBe(4)
  expect(desk.meters.view().health).toEqual({ verdict: 'strained', reasons: ['unstable'] })
  expect(desk.meters.view().points.at(-1)?.reconnects).toBe(4)
  await desk.clock.advance(61 * 60_000)
  live(desk)
  expect(desk.meters.view().health.reasons).toEqual([])
})

test('[H3] a bad morning is no reason in the afternoon', async () => {
  const desk = measured()
  must(desk.book, [{ is: 'quarantined', reason: 'not-json', excerpt: '', bytes: 1 }])
  desk.ingest.gaps = 2
  desk.reconcile.readFailures = 3
  await desk.clock.advance(1_000)
  live(desk)
  expect(desk.meters.view().health.reasons).toEqual(['quarantine', 'gaps', 'reads-failing'])
  desk.clock.setWall(-7_200_000)
  live(desk)
  expect(desk.meters.view().health.reasons).toEqual(['quarantine', 'gaps', 'reads-failing'])
  await desk.clock.advance(61 * 60_000)
  live(desk)
  expect(desk.meters.view().health).toEqual({ verdict: 'healthy', reasons: [] })
  expect(desk.meters.figures()).toMatchObject({ quarantined: 1, gaps: 2, readFailures: 3 })
})

test('[H1] a disk that refuses facts is a reason until it takes them again', () => {
  const desk = measured()
  desk.disk.failWith('full')
  desk.book.doubt('gap', 0)
  expect(desk.meters.view().health.reasons).toEqual(['journal-failing'])
  desk.disk.failWith(null)
  must(desk.book, [{ is: 'link', state: 'live', cause: null, proof: null }])
  expect(desk.meters.view().health.reasons).toEqual([])
})

test('[H21] one stretch for each state in turn', async () => {
  const desk = measured()
  const start = desk.clock.now()
  for (const state of ['offline', 'offline', 'catching-up', 'live', 'live', 'stale'] as const) {
    desk.meters.linkChanged({ ...LINK, state })
    await desk.clock.advance(1_000)
  }
  expect(desk.meters.view().ribbon.map(({ state, from, to }) => [state, from - start, to && to - start])).toEqual([
    ['offline', 0, 2_000],
    ['catching-up', 2_000, 3_000],
    ['live', 3_000, 5_000],
    ['stale', 5_000, null],
  ])
  for (let flap = 0; flap < 600; flap++) desk.meters.linkChanged({ ...LINK, state: flap % 2 ? 'live' : 'offline' })
  expect(desk.meters.view().ribbon.length).toBe(500)
})

test('[H22] closes and quarantined frames are kept newest first, in readable characters', () => {
  const desk = measured()
  const cause = { code: 'cut', proof: '1006', at: NOW } as const
  for (let time = 0; time < 130; time++) desk.meters.closed({ at: NOW + time, cause, lastedMs: time })
  const excerpt = 'a\u0000\u202eb\nس\ud800'
  for (let time = 0; time < 60; time++)
    must(desk.book, [{ is: 'quarantined', reason: `r${time}`, excerpt, bytes: time }])
  const { closes, quarantine } = desk.meters.view()
  expect([closes.length, closes[0]?.lastedMs, quarantine.length, quarantine[0]?.reason]).toEqual([100, 129, 50, 'r59'])
  expect(quarantine[0]?.excerpt).toBe('a\\u0000\\u202eb\\u000aس\\ud800')
})

test('[H23] figures of the rooms and of the journal', async () => {
  const desk = measured()
  Object.assign(desk.ingest, { frames: 500, bytes: 9_000, duplicates: 3, ingestMs: 12 })
  desk.state.sent = 4
  await desk.clock.advance(1_000)
  Object.assign(desk.ingest, { ingestMs: 2 })
  await desk.clock.advance(3_000)
  expect(desk.meters.figures()).toMatchObject({
    framesReceived: 500,
    bytesReceived: 9_000,
    framesSent: 4,
    duplicates: 3,
    ingestMs: 12,
    journalLength: 1,
    journalHead: desk.book.journal.head,
  })
  await desk.clock.advance(9_000)
  expect(desk.meters.figures().ingestMs).toBe(2)
  desk.meters.stop()
  expect(desk.clock.pending).toBe(0)
})

test('[H24] a view is what the contract allows', async () => {
  const desk = measured()
  desk.meters.linkChanged(LINK)
  desk.meters.closed({ at: NOW, cause: { code: 'cut', proof: '', at: NOW }, lastedMs: 0 })
  must(desk.book, [{ is: 'quarantined', reason: 'x', excerpt: '\u0000', bytes: 1 }])
  await desk.clock.advance(20_000)
  expect(MetersView.safeParse(desk.meters.view()).error).toBeUndefined()
})

test('[H25] a planned end is a close and no error', () => {
  const desk = measured()
  for (const code of ['recycled', 'signed-out', 'cut'] as const) {
    desk.meters.closed({ at: NOW, cause: { code, proof: '', at: NOW }, lastedMs: 0 })
  }
  expect([desk.meters.figures().errors, desk.meters.view().closes.length]).toEqual([1, 3])
})
