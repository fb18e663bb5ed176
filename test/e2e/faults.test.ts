import { expect, test } from 'vitest'
import type { Topic } from '../../src/shared/model/change.ts'
import { isRead } from '../../src/shared/model/trust.ts'
import { ACCOUNTS, chanceOf } from '../doubles/election-server/seed.ts'
import { startElectionServer } from '../doubles/election-server/start.ts'
import { freshSeed } from '../doubles/seeded-random.ts'
import { Chronicle } from '../faults/chronicle.ts'
import { type Desk, startDesk } from '../faults/desk.ts'
import { Judge } from '../faults/judge.ts'
import { runFaults } from '../faults/run.ts'
import { inShort, wrongsOf } from '../faults/summary.ts'

const SEEDS = [1, 12, freshSeed()]

test.concurrent.each(SEEDS.map((seed, index) => ({ seed, watch: index === 0 })))(
  '[D200][D209][D211][D212][D213][D221][D223] 60 s of faults, seed $seed',
  { timeout: 300_000 },
  async ({ seed, watch }) => {
    const report = await runFaults({ seed, ms: 60_000, longest: 25_000, watch })
    console.log(JSON.stringify(inShort(report)))
    expect(wrongsOf(report)).toEqual([])
    for (const { verdict } of report.desks) expect(verdict.samples).toBeGreaterThan(60 * 5)
  },
)

test('[D200][D221] the judge sees what is wrong without doubt, and a moment named wrongly', async () => {
  const server = await startElectionServer()
  const chronicle = new Chronicle(server, ACCOUNTS.admin)
  const desk = await startDesk(server.url, ACCOUNTS.admin)
  try {
    await until(() => isAllRead(desk))
    const judge = new Judge(ACCOUNTS.admin, chronicle, desk.book, desk.link)
    server.faults.freezeRedis()
    await server.others.mark('0100001', 'm1')
    const trust = desk.book()?.projection.trust
    judge.sample()
    const { violations, misread, differed, differedAs } = judge.verdict()
    expect([violations, misread, differed, differedAs['as-read']]).toEqual([[], [], 1, 1])
    if (!trust) throw new Error('no trust')
    const of = trust.of.bind(trust)
    // The same figure, at the same moment, called confirmed.
    trust.of = () => ({ state: 'confirmed', at: Date.now() - 60_000 })
    judge.sample()
    expect(judge.verdict().violations.map(({ topic }) => topic)).toEqual(['attendance'])
    expect(judge.verdict().misread).toEqual([])
    // As read just now, with a record from before that.
    trust.of = (topic) => ({ ...of(topic), state: 'provisional', confirmedAt: Date.now() + 3_000, since: 0, frames: 0 })
    judge.sample(Date.now() + 3_000)
    expect(judge.verdict().misread.map(({ topic }) => topic)).toEqual(['attendance'])
    expect(judge.verdict().violations).toHaveLength(1)
    expect(judge.differences(server)).toHaveLength(1)
  } finally {
    desk.stop()
    chronicle.stop()
    await server.stop()
  }
})

test('[D210] three frames of results and a sheet of eight counts are one notice each', async () => {
  const server = await startElectionServer({ phase: 'COUNTING' })
  const desk = await startDesk(server.url, ACCOUNTS.admin)
  try {
    await until(() => isAllRead(desk))
    await server.others.finishCount(() => 5)
    await until(() => isWaiting(desk, 'results'))
    await until(() => isAllRead(desk))
    const notices = desk.book()?.feed.items.map(({ what }) => what.is) ?? []
    const sheets = server.db.all('committees').length
    expect(notices.filter((is) => is === 'results')).toHaveLength(1)
    expect(server.meters.channel.sent).toBeGreaterThan(sheets * 8)
    expect(notices.filter((is) => is === 'counted').length).toBeLessThanOrEqual(sheets * 2)
  } finally {
    desk.stop()
    await server.stop()
  }
})

test('[D218] five desks behind one limit come to rest, none of them shut out', async () => {
  const server = await startElectionServer({ committees: 13, electorsEach: 30, candidates: 20 })
  server.faults.proxy({ status: 503, retryAfter: null })
  const desks: Desk[] = []
  try {
    const began = Date.now()
    for (let desk = 0; desk < 5; desk++) desks.push(await startDesk(server.url, ACCOUNTS.admin))
    await until(() => desks.every((desk) => isAllRead(desk) && desk.core().link.view().state === 'live'))
    expect(Date.now() - began).toBeLessThan(45_000)
    const { requests, limited } = server.meters.rest
    console.log(JSON.stringify({ ms: Date.now() - began, requests, limited }))
    expect(limited / requests).toBeLessThan(1 / 6)
  } finally {
    for (const desk of desks) desk.stop()
    await server.stop()
  }
})

/** Seconds of the desk pass in so many fewer here. */
const FASTER = 40

test('[D208] without a socket the console polls, and takes the socket when it is back', async () => {
  const server = await startElectionServer({ socket: false, lifetimes: { accessSeconds: 86_400 } })
  const desk = await startDesk(server.url, ACCOUNTS.user, { clockFactor: FASTER })
  const chance = chanceOf(5)
  const link = () => desk.core().link.view()
  const chronicle = new Chronicle(server, ACCOUNTS.user)
  const judge = new Judge(ACCOUNTS.user, chronicle, desk.book, desk.link)
  try {
    await until(() => isAllRead(desk) && link().by === 'polling' && link().state === 'live')
    expect(judge.differences(server)).toEqual([])
    const quietFrom = desk.core().meters ? desk.meters.data.length : 0
    await until(() => callsSince(desk, quietFrom).filter(isLook).length >= 5)
    const quiet = callsSince(desk, quietFrom)
    const looks = quiet.filter(isLook).map(({ at }) => at)
    for (const [index, at] of looks.slice(1).entries()) {
      expect(at - (looks[index] ?? 0)).toBeGreaterThan(3_500)
      expect(at - (looks[index] ?? 0)).toBeLessThan(40_000)
    }
    const marked = await server.others.mark(`0100${String(1 + Math.floor(chance() * 49)).padStart(3, '0')}`, 'm1')
    expect(marked.status).toBe(201)
    await until(() => judge.differences(server).length === 0)
    expect([link().by, link().state]).toEqual(['polling', 'live'])
    // The socket is asked for again every 5 min of the desk, give or take a tenth.
    const dials = desk.meters.dials.length
    await until(() => desk.meters.dials.length > dials)
    const [last = 0, before = 0] = desk.meters.dials.toReversed()
    expect(last - before).toBeGreaterThan(265_000)
    expect(last - before).toBeLessThan(340_000)
    expect(link()).toMatchObject({ by: 'polling', state: 'live' })
    server.faults.socket(true)
    await until(() => link().by === 'socket' && link().state === 'live')
    await until(() => isAllRead(desk))
    const frames = server.meters.channel.sent
    await server.others.mark('0100050', 'm1')
    await until(() => server.meters.channel.sent > frames && isWaiting(desk, 'attendance'))
    await until(() => isAllRead(desk) && judge.differences(server).length === 0)
    expect(desk.meters.mostAtOnce).toBe(1)
  } finally {
    desk.stop()
    chronicle.stop()
    await server.stop()
  }
})

const callsSince = (desk: Desk, from: number) => desk.meters.data.slice(from)
/** Asked by a look and by no read. */
const isLook = ({ path }: { readonly path: string }): boolean => path.includes('/guarantees/statistics/')

/** Read, with nothing left to confirm. */
function isAllRead(desk: Desk): boolean {
  const trust = desk.book()?.projection.trust.view()
  return trust !== undefined && Object.values(trust).every(isRead)
}

/** Frames told of the topic, and no read has confirmed them yet. */
function isWaiting(desk: Desk, topic: Topic): boolean {
  const trust = desk.book()?.projection.trust.of(topic)
  return trust?.state === 'provisional' && trust.frames > 0
}

/** Looks often; the test's own limit ends what never comes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10))
}
