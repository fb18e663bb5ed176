import { expect, test } from 'vitest'
import { candidateRows, candidatesSource } from '../../../src/core/patch/candidates.ts'
import { committeesSource } from '../../../src/core/patch/committees.ts'
import { feedSource } from '../../../src/core/patch/feed.ts'
import { headlineSource } from '../../../src/core/patch/headline.ts'
import { trustSource, turnoutSource } from '../../../src/core/patch/whole.ts'
import { EVERYTHING } from '../../../src/shared/rpc/define.ts'
import { CommitteeRow, Headline } from '../../../src/shared/view/board.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { bookOnDisk, frame, live, must, told } from '../journal/on-disk.ts'
import {
  attendance,
  candidate,
  code,
  committee,
  count,
  election,
  entry,
  guarantee,
  MINUTE,
  NINE,
  party,
  removal,
} from '../projection/records.ts'

const day = () => bookOnDisk({ clock: new ManualClock(NINE) })
function committees(desk = day(), scope: ReadonlySet<string> | null = null) {
  const heard: string[] = []
  const feed = committeesSource(desk.book, desk.clock, () => scope)(null, (key) => heard.push(key))
  const told = async () => {
    await desk.clock.advance(200)
    return [...new Set(heard.splice(0))].sort()
  }
  return { ...desk, feed, told, heard }
}

test('[P22] each change is told of for the committees it concerns', async () => {
  const desk = committees()
  must(desk.book, told(committee(1), committee(2), committee(3), candidate(1)))
  expect(await desk.told()).toEqual([EVERYTHING])
  must(desk.book, told(attendance(1)))
  expect(await desk.told()).toEqual(['1'])
  must(desk.book, told(attendance(1, { committeeCode: code('C2') })))
  expect(await desk.told()).toEqual(['1', '2'])
  must(desk.book, told(guarantee(1, { committeeName: 'Committee 3' })))
  expect(await desk.told()).toEqual(['3'])
  must(desk.book, told(removal(attendance(1))))
  expect(await desk.told()).toEqual(['2', '3'])
  must(desk.book, told(count(2, 1, 9), entry(1)))
  expect(await desk.told()).toEqual(['1', '2'])
  must(desk.book, told(removal(committee(3))))
  expect(await desk.told()).toEqual([EVERYTHING])
  must(desk.book, told(party(1), candidate(2)))
  expect(await desk.told()).toEqual([])
})

test('[P22] a patch is the committee’s row as it is now; one that is gone has nothing to say', () => {
  const desk = committees()
  must(desk.book, told(committee(1), attendance(1), count(1, 1, 9), entry(1, { status: 'VERIFIED', cast: 12 })))
  expect(desk.feed.patch('1')).toMatchObject({
    attended: 1,
    votes: 9,
    entry: 'VERIFIED',
    ballotsCast: 12,
    lastMarkAt: NINE,
  })
  expect(desk.feed.patch('7')).toBeNull()
  expect(desk.feed.snapshot().map((row) => CommitteeRow.safeParse(row).error)).toEqual([undefined])
})

test('[P22] committees the viewer is not assigned to are left out', () => {
  const desk = committees(day(), new Set(['C2']))
  must(desk.book, told(committee(1), committee(2)))
  expect(desk.feed.snapshot().map((row) => row.code)).toEqual(['C2'])
  expect(desk.feed.patch('1')).toBeNull()
})

test('[P23] a committee that falls silent while others mark is told of', async () => {
  const desk = committees()
  must(desk.book, told(election(), committee(1), committee(2), attendance(1)))
  const others = (from: number, to: number) =>
    told(
      ...Array.from({ length: to - from }, (_, id) =>
        attendance(100 + from + id, { committeeCode: code('C2'), attendedAt: NINE + (from + id) * 10_000 }),
      ),
    )
  must(desk.book, others(1, 20))
  await desk.clock.advance(10_000)
  expect(desk.feed.patch('1')?.condition).toBe('fine')
  desk.heard.length = 0
  must(desk.book, others(20, 80))
  await desk.clock.advance(10_000)
  expect(desk.heard).toContain('1')
  expect(desk.feed.patch('1')?.condition).toBe('silent')
})

test('[P23] a committee that falls behind the others is told of; one over its electors always shows it', async () => {
  const desk = committees()
  must(desk.book, told(election(), committee(1), committee(2, { electors: 90 }), committee(3, { electors: 2 })))
  must(desk.book, told(...[1, 2, 3].map((id) => attendance(id, { committeeCode: code('C3') }))))
  must(desk.book, told(attendance(4)))
  expect([desk.feed.patch('1')?.condition, desk.feed.patch('3')?.condition]).toEqual(['fine', 'over'])
  await desk.clock.advance(10_000)
  desk.heard.length = 0
  must(desk.book, told(...Array.from({ length: 60 }, (_, id) => attendance(100 + id, { committeeCode: code('C2') }))))
  await desk.clock.advance(10_000)
  expect(desk.heard).toContain('1')
  expect(desk.feed.patch('1')?.condition).toBe('behind')
})

test('[P136] ballots that do not fit those who came are told of, in every phase, behind the louder faults', () => {
  const desk = committees()
  const of = (id: string) => desk.feed.patch(id)?.condition
  const came = Array.from({ length: 200 }, (_, id) => attendance(id, { attendedAt: NINE + id }))
  must(desk.book, told(election({ phase: 'COUNTING' }), committee(1, { electors: 400 }), committee(2), ...came))
  const sheet = (cast: number, status: 'IN_PROGRESS' | 'COMPLETED' | 'VERIFIED' = 'COMPLETED') =>
    must(desk.book, told(entry(1, { cast, status })))
  for (const [cast, condition] of [
    [200, 'fine'],
    [201, 'count'],
    [198, 'fine'],
    [197, 'count'],
  ] as const) {
    sheet(cast)
    expect([cast, of('1')]).toEqual([cast, condition])
  }
  sheet(197, 'IN_PROGRESS')
  expect(of('1')).toBe('fine')
  sheet(197, 'VERIFIED')
  expect(of('1')).toBe('count')
  must(desk.book, told(entry(2, { cast: 50, status: 'COMPLETED' })))
  expect(of('2')).toBe('fine')
  must(desk.book, told(committee(1, { electors: 150 })))
  expect(of('1')).toBe('over')
})

test('[P23] sparklines move on with the time', async () => {
  const desk = committees()
  must(desk.book, told(committee(1), attendance(1)))
  await desk.clock.advance(1_000)
  desk.heard.length = 0
  expect(desk.feed.patch('1')?.rhythm.at(-1)).toBe(1)
  await desk.clock.advance(11 * MINUTE)
  expect(desk.heard).toContain('1')
  expect(desk.feed.patch('1')?.rhythm.slice(-2)).toEqual([1, 0])
  desk.feed.stop()
  expect(desk.clock.pending).toBe(0)
})

test('[P23] the last minutes are told anew although nothing happens', async () => {
  const desk = day()
  let heard = 0
  const feed = headlineSource(
    desk.book,
    desk.clock,
    () => null,
    () => null,
  )(null, () => (heard += 1))
  must(desk.book, told(attendance(1)))
  expect(feed.snapshot().attendedLast).toEqual({ m15: 1, m30: 1, m60: 1 })
  heard = 0
  await desk.clock.advance(16 * MINUTE)
  expect(heard).toBeGreaterThan(15)
  expect(feed.snapshot().attendedLast).toEqual({ m15: 0, m30: 1, m60: 1 })
  expect(Headline.safeParse(feed.snapshot()).error).toBeUndefined()
  feed.stop()
  expect(desk.clock.pending).toBe(0)
})

test('[P22] the headline counts the electors of the committees in sight', () => {
  const desk = day()
  must(desk.book, told(committee(1), committee(2, { electors: 40 }), committee(3)))
  const within = (scope: ReadonlySet<string> | null) =>
    headlineSource(
      desk.book,
      desk.clock,
      () => scope,
      () => null,
    )(null, () => {}).snapshot()
  expect([within(null).electors, within(null).committees]).toEqual([240, 3])
  expect([within(new Set(['C1', 'C2'])).electors, within(new Set(['C1', 'C2'])).committees]).toEqual([140, 2])
})

test('[P24] by votes, equal votes share a rank, then by number', async () => {
  const desk = day()
  must(desk.book, told(party(1, 'Blue'), candidate(3, { party: 1 as never }), candidate(2), candidate(1), candidate(4)))
  must(desk.book, told(count(1, 1, 50), count(2, 1, 10), count(1, 2, 60), count(1, 3, 90, { verified: true })))
  expect(
    candidateRows(desk.book).map(({ number, rank, votes, votesVerified, party: of }) => [
      number,
      rank,
      votes,
      votesVerified,
      of,
    ]),
  ).toEqual([
    [3, 1, 90, 90, 'Blue'],
    [1, 2, 60, 0, null],
    [2, 2, 60, 0, null],
    [4, 4, 0, 0, null],
  ])
  let heard = 0
  const feed = candidatesSource(desk.book, desk.clock)(null, () => (heard += 1))
  must(desk.book, told(attendance(1)))
  expect(heard).toBe(0)
  must(desk.book, told(count(9, 1, 1)))
  expect([heard, feed.snapshot()[1]?.votes]).toEqual([1, 61])
  feed.stop()
})

test('[P17] a window hears the lines added or grown since it last asked', async () => {
  const desk = day()
  const heard: string[] = []
  must(desk.book, [...told(committee(1)), frame(attendance(1))])
  const feed = feedSource(desk.book, desk.clock)(null, (key) => heard.push(key))
  expect(feed.snapshot().length).toBe(1)
  expect(feed.patch('feed')).toEqual([])
  must(desk.book, [live(count(1, 1, 10), 1)])
  const [line] = feed.patch('feed') ?? []
  must(desk.book, [live(count(1, 2, 5), 2)])
  const [grown, ...none] = feed.patch('feed') ?? []
  expect([grown?.id, none]).toEqual([line?.id, []])
  expect(grown?.what).toMatchObject({ candidates: 2, votes: 15 })
  await desk.clock.advance(1_000)
  expect(heard.length).toBe(2)
  feed.stop()
})

test('[P20] trust is told when it changed, the curve once a second', async () => {
  const desk = day()
  const heard = { trust: 0, curve: 0 }
  const trust = trustSource(desk.book, desk.clock)(null, () => (heard.trust += 1))
  const curve = turnoutSource(
    desk.book,
    desk.clock,
    () => null,
    () => null,
  )({ committee: null, span: null }, () => (heard.curve += 1))
  for (let ms = 0; ms < 3_000; ms += 10) {
    must(desk.book, [frame(attendance(ms))])
    await desk.clock.advance(10)
  }
  expect(heard.curve).toBeLessThanOrEqual(4)
  expect(heard.trust).toBeGreaterThan(20)
  expect(trust.snapshot().attendance?.state).toBe('doubtful')
  expect(curve.snapshot().at(-1)?.attended).toBe(300)
  trust.stop()
  curve.stop()
  expect(desk.clock.pending).toBe(0)
})
