import { expect, test } from 'vitest'
import { committeeRow } from '../../../src/core/patch/committees.ts'
import { CommandKey } from '../../../src/shared/model/ids.ts'
import type { LinkView } from '../../../src/shared/model/link.ts'
import { told } from '../journal/on-disk.ts'
import { attendance, candidate, code, committee, count, election, entry, MINUTE, NINE } from '../projection/records.ts'
import { marks, watchedDesk } from './watched-desk.ts'

const HALF_HOURS = 120

test('[N1] a link that is lost is a warning, then an alarm; reading what was missed is no alarm', async () => {
  const desk = watchedDesk()
  desk.read()
  const turned = (state: LinkView['state']): LinkView => ({ ...desk.is.link, state, since: desk.clock.now() })
  desk.is.link = turned('offline')
  await desk.pass(20_000)
  expect(desk.said()).toEqual([])
  await desk.pass(2_000)
  expect(desk.said()).toEqual(['link warning'])
  await desk.pass(40_000)
  expect(desk.said()).toEqual(['link alarm'])
  desk.is.link = turned('live')
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
  desk.is.link = turned('catching-up')
  await desk.pass(90_000)
  expect(desk.said()).toEqual(['link warning'])
})

test('[N1] what was so before the desk was started counts from its start', async () => {
  const desk = watchedDesk()
  desk.is.link = { ...desk.is.link, state: 'offline', since: NINE - 60 * MINUTE }
  await desk.pass(15_000)
  expect(desk.said()).toEqual([])
  await desk.pass(10_000)
  expect(desk.said()).toEqual(['link warning'])
})

test('[N2] a doubt that lasts is a warning, then an alarm; what the lost link explains is not said twice', async () => {
  const desk = watchedDesk()
  desk.read()
  desk.write({ is: 'doubted', topics: ['counts'], since: desk.clock.now(), because: 'read-failed' })
  await desk.pass(60_000)
  expect(desk.said()).toEqual([])
  await desk.pass(3_000)
  expect(desk.said()).toEqual(['doubt:counts warning'])
  await desk.pass(240_000)
  expect(desk.said()).toEqual(['doubt:counts alarm'])
  desk.write({ is: 'doubted', topics: ['attendance'], since: desk.clock.now(), because: 'link-down' })
  desk.is.link = { ...desk.is.link, state: 'offline', since: desk.clock.now() }
  await desk.pass(70_000)
  expect(desk.said()).toEqual(['doubt:counts alarm', 'link alarm'])
  desk.is.link = { ...desk.is.link, state: 'live', since: desk.clock.now() }
  await desk.pass(1_000)
  expect(desk.said()).toContain('doubt:attendance warning')
})

test('[N2] what this account may not read calls nobody', async () => {
  const desk = watchedDesk()
  desk.read()
  desk.write({ is: 'doubted', topics: ['results'], since: desk.clock.now(), because: 'not-allowed' })
  await desk.pass(400_000)
  expect(desk.said()).toEqual([])
})

/** Three committees on a voting day: C1 marks every minute, C2 and C3 every twenty seconds, for two hours. */
function twoHours() {
  const desk = watchedDesk()
  const big = { electors: 2_000 }
  desk.write(...told(election(), committee(1, big), committee(2, big), committee(3, big)))
  desk.write(...marks('C1', 60, 0, HALF_HOURS), ...marks('C2', 20, 0, HALF_HOURS), ...marks('C3', 20, 0, HALF_HOURS))
  desk.read()
  const others = (from: number, to: number, every = 20) =>
    desk.write(...marks('C2', every, from, to), ...marks('C3', every, from, to))
  return { ...desk, others }
}

test('[N3] a committee that misses twelve marks at its own share is an alarm, with the figures that prove it', async () => {
  const desk = twoHours()
  desk.others(HALF_HOURS, HALF_HOURS + 10)
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  desk.others(HALF_HOURS + 10, HALF_HOURS + 13)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['silent:C1 alarm'])
  expect(desk.only().committee).toMatchObject({ code: 'C1', name: 'Committee 1' })
  expect(desk.only().evidence).toMatchObject({
    is: 'silent',
    lastMarkAt: NINE + (HALF_HOURS - 1) * MINUTE,
    missed: 13,
  })
  // One a minute, as the others' last hour has it.
  const { evidence } = desk.only()
  expect(Math.abs((evidence.is === 'silent' ? evidence.perHour : 0) - 60)).toBeLessThan(5)
})

test('[N3] a break at noon and a bus-load do not move what it is held against', async () => {
  const desk = watchedDesk()
  const big = { electors: 5_000 }
  desk.write(...told(election(), committee(1, big), committee(2, big)))
  // Six half hours at one a minute; in one of them a break, in another two hundred at once.
  desk.write(
    ...marks('C1', 60, 0, 60),
    ...marks('C1', 60, 90, 180),
    ...marks('C1', 2, 100, 107),
    ...marks('C2', 20, 0, 180),
  )
  desk.read()
  desk.write(...marks('C2', 20, 180, 191))
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  desk.write(...marks('C2', 20, 191, 193))
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['silent:C1 alarm'])
})

test('[N3] nobody is silent within five minutes, however fast the others are', async () => {
  const desk = twoHours()
  desk.others(HALF_HOURS, HALF_HOURS + 3.8, 1)
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
})

test('[N4] where all slow down nobody is silent, and where nobody marks at all neither', async () => {
  const desk = twoHours()
  desk.others(HALF_HOURS, HALF_HOURS + 60, 200)
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  await desk.pass(120 * MINUTE)
  expect(desk.said()).toEqual([])
})

test('[N4] before fifty marks and outside voting nobody is silent; nor where every elector has come', async () => {
  const desk = watchedDesk()
  desk.write(...told(election(), committee(1), committee(2, { electors: 4_000 })))
  desk.write(...marks('C2', 60, 0, 45))
  desk.read()
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  const busy = twoHours()
  busy.others(HALF_HOURS, HALF_HOURS + 30)
  busy.write(...told(election({ phase: 'COUNTING' })))
  await busy.pass(1_000)
  expect(busy.said()).toEqual([])
  busy.write(...told(election(), committee(1, { electors: HALF_HOURS })))
  await busy.pass(1_000)
  expect(busy.said()).toEqual([])
  busy.write(...told(committee(1, { electors: HALF_HOURS + 1 })))
  await busy.pass(1_000)
  expect(busy.said()).toEqual(['silent:C1 alarm'])
})

test('[N5] one without a rhythm is held against half its size; one too slow for a median against its whole day', async () => {
  const unborn = watchedDesk()
  unborn.write(...told(election(), committee(1, { electors: 500 }), committee(2, { electors: 500 })))
  unborn.write(...marks('C2', 60, 0, 58))
  unborn.read()
  // Half of 500 over 500 of 58 marks: 29 missed; of 24 in the first minutes it would have been 12.
  await unborn.pass(1_000)
  expect(unborn.said()).toEqual(['silent:C1 alarm'])
  expect(unborn.only().evidence).toMatchObject({ lastMarkAt: null, missed: 29 })

  const slow = watchedDesk()
  slow.write(...told(election(), committee(1, { electors: 500 }), committee(2, { electors: 9_000 })))
  // Three marks in the first half hour and none in the next three: the median is nought.
  slow.write(...marks('C1', 600, 0, 25), ...marks('C1', 600, 121, 122), ...marks('C2', 5, 0, 122))
  slow.read()
  slow.write(...marks('C2', 5, 122, 480))
  await slow.pass(1_000)
  expect(slow.said()).toEqual([])
  slow.write(...marks('C2', 5, 480, 640))
  await slow.pass(1_000)
  expect(slow.said()).toEqual(['silent:C1 alarm'])
})

test('[N6] the board calls silent whom the incidents call silent', async () => {
  const desk = twoHours()
  const board = () =>
    [...desk.book.projection.of('committee').values()].map(
      ({ record }) => `${record.code} ${committeeRow(desk.book, record, desk.clock.now()).condition}`,
    )
  for (let minute = HALF_HOURS; minute < HALF_HOURS + 20; minute++) {
    desk.others(minute, minute + 1)
    await desk.pass(1_000)
    const isSilent = desk.said().includes('silent:C1 alarm')
    expect(board()[0] === 'C1 silent', `minute ${minute}`).toBe(isSilent)
  }
  expect(desk.said()).toEqual(['silent:C1 alarm'])
})

test('[N7] more attended than electors is an alarm, until it is corrected', async () => {
  const desk = watchedDesk()
  desk.write(...told(election(), committee(1, { electors: 2 }), attendance(1), attendance(2), attendance(3)))
  desk.read()
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['over:C1 alarm'])
  expect(desk.only().evidence).toEqual({ is: 'over', attended: 3, electors: 2 })
  desk.write(...told(attendance(3, { status: 'PENDING' })))
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
})

test('[N8] a finished sheet that cannot be is an alarm, one that is unlikely a warning, one being typed neither', async () => {
  const desk = watchedDesk()
  desk.write(...told(election(), candidate(1), committee(1), ...[1, 2, 3].map((id) => attendance(id))))
  desk.write(...told(count(1, 1, 2), entry(1, { cast: 3, invalid: 9 })))
  desk.read()
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  const sheet = async (over: Parameters<typeof entry>[1], votes: number) => {
    desk.write(...told(count(1, 1, votes), entry(1, { status: 'COMPLETED', ...over })))
    await desk.pass(1_000)
    const { evidence, severity } = desk.only()
    return evidence.is === 'count' ? [severity, ...evidence.findings] : []
  }
  expect(await sheet({ cast: 4, invalid: 1 }, 3)).toEqual(['warning', 'W201'])
  expect(await sheet({ cast: 3, invalid: 0 }, 2)).toEqual(['warning', 'W301'])
  expect(await sheet({ cast: 3, invalid: 4 }, 0)).toEqual(['alarm', 'F201'])
  expect(await sheet({ cast: 101, invalid: 0 }, 101)).toEqual(['alarm', 'W202'])
  // Two names to a ballot: seven votes on three ballots are one too many.
  expect(await sheet({ cast: 3, invalid: 0 }, 7)).toEqual(['alarm', 'F302'])
  desk.write(...told(count(1, 1, 6), entry(1, { status: 'COMPLETED', cast: 3, invalid: 0 })))
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
})

const typed = (key: string) => ({
  is: 'queued' as const,
  key: CommandKey.parse(key),
  action: { does: 'attendance.mark', elector: '7', committee: code('C1'), notes: '' } as never,
  by: 'dana@example.org',
})

test('[N9] what waits long for the server is a warning, then an alarm', async () => {
  const desk = watchedDesk()
  desk.read()
  desk.write(typed('key-000001'))
  await desk.pass(120_000)
  expect(desk.said()).toEqual([])
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['outbox warning'])
  await desk.pass(480_000)
  expect(desk.said()).toEqual(['outbox alarm'])
  desk.write({ is: 'settled', key: CommandKey.parse('key-000001'), outcome: 'withdrawn', reason: null })
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
})

test('[N10] refused actions are one warning until they were dealt with; then only further ones call', async () => {
  const desk = watchedDesk()
  desk.read()
  const refuse = (key: string) =>
    desk.write(typed(key), {
      is: 'settled',
      key: CommandKey.parse(key),
      outcome: 'rejected',
      reason: 'no such elector',
    })
  refuse('key-000001')
  await desk.pass(1_000)
  refuse('key-000002')
  await desk.pass(1_000)
  expect(desk.open().map(({ evidence }) => evidence)).toEqual([{ is: 'refused', count: 2, handled: 0 }])
  desk.acts.resolve(desk.only().id, 'entered again')
  await desk.pass(120_000)
  expect(desk.said()).toEqual([])
  refuse('key-000003')
  await desk.pass(1_000)
  expect(desk.open().map(({ evidence }) => evidence)).toEqual([{ is: 'refused', count: 3, handled: 2 }])
})

test('[N11] a disk that fills is a warning, then an alarm, and over with a margin', async () => {
  const desk = watchedDesk()
  desk.read()
  const room = async (megabytes: number) => {
    desk.disk.hasRoom(megabytes * 1_000_000)
    await desk.pass(62_000)
    return desk.said()
  }
  expect(await room(1_001)).toEqual([])
  expect(await room(999)).toEqual(['disk warning'])
  expect(await room(1_100)).toEqual(['disk warning'])
  expect(await room(199)).toEqual(['disk alarm'])
  expect(await room(1_201)).toEqual([])
})

test('[N12] a clock off the server’s is a warning, then an alarm, and over below a second and a half', async () => {
  const desk = watchedDesk()
  desk.read()
  const off = async (clockSkew: number | null) => {
    desk.is.link = { ...desk.is.link, clockSkew }
    await desk.pass(32_000)
    return desk.said()
  }
  expect(await off(-2_000)).toEqual([])
  expect(await off(-2_001)).toEqual(['clock warning'])
  expect(await off(1_700)).toEqual(['clock warning'])
  expect(await off(null)).toEqual(['clock warning'])
  expect(await off(1_499)).toEqual([])
  expect(await off(30_001)).toEqual(['clock alarm'])
})

test('[N13] turnout below the way to the target is a warning, not in the first hour and not after closing', async () => {
  const desk = watchedDesk()
  desk.write(...told(election(), committee(1, { electors: 1_000 })))
  desk.write(...marks('C1', 60, 0, 60))
  desk.read()
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  // 72 % of 1 000 over twelve hours: 60 an hour, and 60 came.
  desk.is.target = { share: 0.72, opens: NINE, closes: NINE + 720 * MINUTE }
  await desk.pass(MINUTE)
  expect(desk.said()).toEqual([])
  await desk.clock.advance(119 * MINUTE)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['target warning'])
  desk.write(...marks('C1', 60, 60, 110))
  await desk.pass(32_000)
  expect(desk.said()).toEqual(['target warning'])
  desk.write(...marks('C1', 60, 110, 114))
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
  await desk.clock.advance(700 * MINUTE)
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
})

test('[N14] frames that are not understood are a warning when they come in numbers, and over when none come', async () => {
  const desk = watchedDesk()
  desk.read()
  const frames = (n: number) =>
    desk.write(
      ...Array.from({ length: n }, () => ({ is: 'quarantined', reason: 'no JSON', excerpt: '', bytes: 1 }) as const),
    )
  frames(9)
  await desk.pass(1_000)
  frames(2)
  await desk.pass(1_000)
  expect(desk.said()).toEqual([])
  frames(1)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['quarantine warning'])
  expect(desk.only().evidence).toEqual({ is: 'quarantine', lately: 3, total: 12 })
  await desk.pass(9 * MINUTE)
  expect(desk.said()).toEqual(['quarantine warning'])
  await desk.pass(2 * MINUTE)
  expect(desk.said()).toEqual([])
  frames(50)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['quarantine alarm'])
})

test('[N15] a rule whose figures are in doubt neither finds nor ends anything', async () => {
  const desk = twoHours()
  desk.write({ is: 'doubted', topics: ['attendance'], since: desk.clock.now(), because: 'gap' })
  desk.others(HALF_HOURS, HALF_HOURS + 30)
  await desk.pass(40_000)
  expect(desk.said()).toEqual([])
  desk.read()
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['silent:C1 alarm'])
  desk.write({ is: 'doubted', topics: ['attendance'], since: desk.clock.now(), because: 'gap' })
  desk.write(...marks('C1', 60, HALF_HOURS + 28, HALF_HOURS + 30))
  await desk.pass(50_000)
  expect(desk.said()).toEqual(['silent:C1 alarm'])
  desk.read()
  await desk.pass(32_000)
  expect(desk.said()).toEqual([])
})

test('[N16] committees whose attendance is not read here are not looked at', async () => {
  const desk = twoHours()
  desk.is.scope = new Set(['C2'])
  desk.others(HALF_HOURS, HALF_HOURS + 30)
  await desk.pass(2_000)
  expect(desk.said()).toEqual([])
})

test('[N17] 420 committees and 100 000 marks: a look takes milliseconds', async ({ annotate }) => {
  const desk = watchedDesk()
  desk.write(...told(election(), ...Array.from({ length: 420 }, (_, id) => committee(id + 1, { electors: 400 }))))
  // All at work for eight hours; the last hundred have then been quiet for an hour, all others for six minutes.
  for (let id = 1; id <= 420; id++) desk.write(...marks(`C${id}`, 120, 0, id > 320 ? 420 : 480))
  desk.write(...marks('C1', 60, 480, 486))
  desk.read()
  desk.watch.look()
  expect(desk.said().length).toBe(100)
  const from = performance.now()
  for (let times = 0; times < 20; times++) desk.watch.look()
  const took = (performance.now() - from) / 20
  await annotate(`a look at 420 committees after ${desk.book.figures.attendance.attended} marks: ${took.toFixed(1)} ms`)
  expect(took).toBeLessThan(100)
})
