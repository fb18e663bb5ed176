import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hub, startHub } from '../../src/hub/hub.ts'
import { contract } from '../../src/shared/contract.ts'
import { ok } from '../../src/shared/result.ts'
import { connect } from '../../src/shared/rpc/connect.ts'
import { EMAIL, Happenings, largeElection, PASSWORD } from '../large-election.ts'
import { DAY, DayPlan } from './day-plan.ts'
import { buildDesk, DeskProcess } from './desk-process.ts'
import { slopeOf } from './slope.ts'
import type { Memory } from './words.ts'

/**
 * `npm run bench:day -- [events] [minutes]`: a desk through 24 hours of an election day in minutes, at a real hub with 420
 * committees, 100 000 electors and 30 000 guarantees: what it holds in memory by the hour, how that rises, and what a console that
 * stands still takes of a core. The desk's clock and the hub's move together and stand while anything is under way between
 * them, so every wait, reading, backup and token of a real day is there, and events come in gulps. Gate: at most 250 MB
 * at the end, at most 1 MB more an hour, at most 1 % of a core at rest.
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000)
const LONGEST_MS = Number(process.argv[3] ?? 10) * 60_000
/** Both clocks move on by so much at a time, ms of the day: they are never apart by more than half of it. */
const STEP_MS = 4_000
const HOUR_MS = 3_600_000
/** Opened in the morning, local time of the election. */
const BEGIN = Date.UTC(2026, 10, 20, 3)
/** Hours before what is held is what a day holds: first read, code compiled, pages of the heap taken. */
const WARM_HOURS = 1
/** A console at rest is watched for so long, ms of the wall. */
const REST_MS = 30_000
const GATE = { megabytes: 250, slope: 1, rest: 0.01 }
const STREAMS = ['headline', 'committees', 'candidates', 'feed', 'link', 'outbox', 'incidents', 'session'] as const

const say = (line: string) => console.log(line)
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1)
const begun = performance.now()
const seconds = () => ((performance.now() - begun) / 1_000).toFixed(0)

/** What was started, to be closed the last first. */
const started: (() => Promise<unknown> | void)[] = []
async function closeAll(): Promise<void> {
  for (const close of started.splice(0).reverse())
    await Promise.resolve(close()).catch((cause: unknown) => say(`could not be closed: ${String(cause)}`))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void closeAll().then(() => process.exit(1)))

let now = BEGIN
async function openHub(): Promise<Hub> {
  const seed = largeElection()
  const limits = { authPerMinute: 1e6, signInsPerMinute: 1e6 }
  const opened = await startHub({
    host: '127.0.0.1',
    port: 0,
    dataDir: null,
    mode: seed.mode,
    seed,
    limits,
    now: () => now,
  })
  if (!opened.ok) throw new Error(opened.error.sentence)
  started.push(() => opened.value.stop())
  return opened.value
}

async function openDesk(dir: string, hub: Hub, mode: 'day' | 'rest'): Promise<DeskProcess> {
  const desk = new DeskProcess(dir, now, mode)
  started.push(() => desk.stop())
  await desk.ready()
  await desk.ask({ is: 'sign-in', url: hub.url, email: EMAIL, password: PASSWORD })
  const client = connect(contract, desk.window, { afterRender: (done) => void setImmediate(done) })
  const seen = { onSnapshot() {}, onPatches() {} }
  for (const name of STREAMS) client.watch(name, null, seen)
  return desk
}

type Hourly = Memory & { readonly hour: number }

/** Lives the day hour by hour; ends early where the wall's time is up. */
async function live(desk: DeskProcess, hub: Hub): Promise<readonly Hourly[]> {
  const plan = new DayPlan(EVENTS, new Happenings())
  const hours: Hourly[] = []
  for (let elapsed = 0; elapsed < DAY.hours * HOUR_MS; ) {
    elapsed += STEP_MS
    const hour = elapsed / HOUR_MS
    now = BEGIN + elapsed - STEP_MS / 2
    const due = plan.dueBy(hour)
    if (due > 0) {
      const done = hub.store.change((tables, announce) => {
        for (let one = 0; one < due; one++) plan.one(tables, announce, hour, now)
        return ok(null)
      })
      if (!done.ok) throw new Error(`the hub refuses what happens: ${JSON.stringify(done.error)}`)
    }
    await desk.ask({ is: 'go', elapsed, seq: hub.store.position().seq })
    if (elapsed % HOUR_MS !== 0) continue
    const word = await desk.ask({ is: 'measure' })
    if (word.is !== 'measured') throw new Error(`measured: ${word.is}`)
    hours.push({ hour, ...word.memory })
    tellHour({ hour, ...word.memory })
    if (performance.now() - begun > LONGEST_MS) break
  }
  return hours
}

function tellHour({ hour, rss, rssCleared, floor, external, rows, state, cpuMs, late }: Hourly): void {
  const memory = `rss ${megabytes(rss)}, cleared ${megabytes(rssCleared)}, alive ${megabytes(floor)} + ${megabytes(external)} outside`
  const more = late > 0 ? `, ${late} answers late` : ''
  say(
    `hour ${hour}: ${memory} MB; ${rows} rows, ${state}, ${(cpuMs / 1_000).toFixed(0)} s of processor${more} (${seconds()} s)`,
  )
}

const rises = (hours: readonly Hourly[], of: (memory: Memory) => number) =>
  slopeOf(hours.map((each) => ({ x: each.hour, y: of(each) / 1e6 })))

/** True when every gate is met. */
function judge(hours: readonly Hourly[], share: number): boolean {
  const warm = hours.filter(({ hour }) => hour > WARM_HOURS)
  const settled = hours.filter(({ hour }) => hour > DAY.pollsClose + 1)
  const last = hours.at(-1)
  const rss = (last?.rss ?? 0) / 1e6
  const known = rises(warm, ({ floor }) => floor)
  const after = rises(settled, ({ floor }) => floor)
  say(`alive rises ${known.toFixed(2)} MB an hour over the day, ${after.toFixed(2)} once everybody who came is known`)
  say(
    `rss rises ${rises(warm, (each) => each.rss).toFixed(2)} MB an hour, ${rises(settled, (each) => each.rss).toFixed(2)} once all are known`,
  )
  say(
    `gate: ${rss.toFixed(0)} MB of ${GATE.megabytes} at the end, ${after.toFixed(2)} of ${GATE.slope} MB an hour, ${(share * 100).toFixed(2)} of ${GATE.rest * 100} % at rest`,
  )
  return last?.hour === DAY.hours && rss <= GATE.megabytes && after <= GATE.slope && share <= GATE.rest
}

async function bench(): Promise<boolean> {
  await buildDesk()
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-day-'))
  started.push(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }))
  const hub = await openHub()
  const desk = await openDesk(dir, hub, 'day')
  say(`${EVENTS} events in ${DAY.hours} hours, first read at ${seconds()} s`)
  const hours = await live(desk, hub)
  const reached = hours.at(-1)?.hour ?? 0
  if (reached < DAY.hours) say(`time is up: the day got to hour ${reached}`)
  await desk.stop()
  const [evening, opened] = [now, performance.now()]
  const still = setInterval(() => {
    now = Math.floor(evening + performance.now() - opened)
  }, 100)
  started.push(() => clearInterval(still))
  const again = await openDesk(dir, hub, 'rest')
  const rested = await again.ask({ is: 'rest', ms: REST_MS })
  if (rested.is !== 'rested') throw new Error(`rested: ${rested.is}`)
  say(
    `opened again: at most ${megabytes(rested.rss)} MB until its rows were checked, then ${(rested.share * 100).toFixed(2)} % of a core at rest`,
  )
  return judge(hours, rested.share)
}

try {
  if (!(await bench())) process.exitCode = 1
} catch (cause) {
  say(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  process.exitCode = 1
} finally {
  await closeAll()
}
