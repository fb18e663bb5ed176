import { setTimeout as wait } from 'node:timers/promises'
import { ACCOUNTS } from '../test/doubles/election-server/seed.ts'
import { type ElectionServer, type Mishaps, startElectionServer } from '../test/doubles/election-server/start.ts'
import { Chronicle } from '../test/faults/chronicle.ts'
import { consoleClient } from './console-client.ts'
import { type Contestant, TOPICS_HELD } from './contestant.ts'
import { WebClient } from './web-client.ts'

/**
 * `npm run bench:faults`: the same faults at the same moments of the same imitation, for the console's core and for a
 * re-enactment of the server's own web client. Time is not scaled.
 */

/** People go on working for so long, a fault comes after the first part of it. Ms. */
const DAY = 20_000
const FAULT_AFTER = 4_000
const ACT_EVERY = 200
const SAMPLE_EVERY = 100
/** So long after the day it is waited for that all is right; then it never is. */
const PATIENCE = 75_000

type Scenario = { readonly name: string; readonly seed: number; readonly run: (faults: Mishaps) => Promise<unknown> }
const SCENARIOS: readonly Scenario[] = [
  { name: 'nothing goes wrong', seed: 1, run: () => Promise.resolve() },
  {
    name: 'one frame in three is lost for 8 s',
    seed: 2,
    run: async (faults) => {
      faults.dropShare(1 / 3)
      await wait(8_000)
      faults.dropShare(0)
    },
  },
  { name: 'the network is gone for 3 s', seed: 3, run: (faults) => faults.cutFor(3_000) },
  {
    name: 'the message layer dies for 4 s',
    seed: 4,
    run: async (faults) => {
      faults.killRedis()
      await wait(4_000)
      faults.reviveRedis()
    },
  },
  {
    name: 'the server closes with 1001',
    seed: 5,
    run: async (faults) => {
      faults.closeWith(1001)
      await wait(100)
    },
  },
  { name: 'the 24 h close (1000)', seed: 6, run: async (faults) => faults.closeAfterDay() },
  { name: 'the 24 h membership', seed: 7, run: async (faults) => faults.lapseMembership() },
]

type Score = {
  readonly client: string
  /** Changes of records that never came to be shown, nor any later one of the same record. */
  readonly missed: number
  /** Records wrong when patience ended. */
  readonly wrong: number
  /** From the end of the day until all was right, ms; null: never. */
  readonly consistentAfter: number | null
  /** Seconds in which some topic was wrong and its client did not say so. */
  readonly unsaidSeconds: number
  readonly requests: number
}
type Row = { readonly scenario: string; readonly events: number; readonly scores: readonly Score[] }

/** Follows one client: which version of each record it came to hold, and what it left unsaid. */
class Follower {
  readonly client: Contestant
  readonly #chronicle: Chronicle
  readonly #held = new Map<string, number>()
  #unsaid = 0
  consistentAfter: number | null = null

  constructor(client: Contestant, chronicle: Chronicle) {
    this.client = client
    this.#chronicle = chronicle
  }

  sample(): void {
    if (this.#look().unsaid) this.#unsaid += SAMPLE_EVERY
  }
  get isRight(): boolean {
    return this.#look().wrong === 0
  }
  #look(): { wrong: number; unsaid: boolean } {
    let [wrong, unsaid] = [0, false]
    for (const topic of TOPICS_HELD) {
      const holds = this.client.holds(topic)
      const before = wrong
      for (const name of namesOf(this.#chronicle, topic, holds)) {
        const version = this.#chronicle.versionOf(topic, name, holds.get(name) ?? null)
        this.#held.set(name, Math.max(version, this.#held.get(name) ?? 0))
        if (version !== this.#chronicle.newest(topic, name)) wrong++
      }
      if (wrong > before && !this.client.says(topic)) unsaid = true
    }
    return { wrong, unsaid }
  }
  score(): Score {
    const { wrong } = this.#look()
    let missed = 0
    for (const topic of TOPICS_HELD)
      for (const name of namesOf(this.#chronicle, topic))
        missed += this.#chronicle.newest(topic, name) - (this.#held.get(name) ?? 0)
    const { name, requests } = this.client
    const { consistentAfter } = this
    return { client: name, missed, wrong, consistentAfter, unsaidSeconds: this.#unsaid / 1_000, requests }
  }
}

const namesOf = (chronicle: Chronicle, topic: (typeof TOPICS_HELD)[number], held?: ReadonlyMap<string, string>) => [
  ...new Set([...chronicle.namesOf(topic).filter((name) => name.startsWith(topic)), ...(held?.keys() ?? [])]),
]

async function play({ name, seed, run }: Scenario): Promise<Row> {
  const server = await startElectionServer({ seed, commitDelay: 5 })
  const chronicle = new Chronicle(server, ACCOUNTS.admin)
  const web = new WebClient(server.url, ACCOUNTS.admin)
  const clients = [await consoleClient(server.url, ACCOUNTS.admin), web]
  await web.start()
  const followers = clients.map((client) => new Follower(client, chronicle))
  await until(
    () => followers.every((follower) => follower.isRight) && !clients.some((client) => client.says('counts')),
    20_000,
  )
  const before = eventsOf(chronicle)
  const sampler = setInterval(() => {
    for (const follower of followers) follower.sample()
  }, SAMPLE_EVERY)
  await Promise.all([work(server), wait(FAULT_AFTER).then(() => run(server.faults))])
  const over = Date.now()
  await until(() => {
    for (const follower of followers) if (follower.isRight) follower.consistentAfter ??= Date.now() - over
    return followers.every(({ consistentAfter }) => consistentAfter !== null)
  }, PATIENCE)
  clearInterval(sampler)
  const row = { scenario: name, events: eventsOf(chronicle) - before, scores: followers.map((each) => each.score()) }
  for (const client of clients) client.stop()
  chronicle.stop()
  await server.stop()
  return row
}

async function work(server: ElectionServer): Promise<void> {
  for (const end = Date.now() + DAY; Date.now() < end; await wait(ACT_EVERY)) await server.act()
}
const eventsOf = (chronicle: Chronicle): number =>
  TOPICS_HELD.flatMap((topic) => namesOf(chronicle, topic).map((name) => chronicle.newest(topic, name))).reduce(
    (sum, each) => sum + each,
    0,
  )
async function until(isSo: () => boolean, ms: number): Promise<void> {
  for (const end = Date.now() + ms; !isSo() && Date.now() < end; ) await wait(SAMPLE_EVERY)
}

function print(rows: readonly Row[]): void {
  const columns = ['', 'client', 'events', 'missed', 'wrong at end', 'consistent after', 'wrong, unsaid', 'requests']
  const cells = rows.flatMap(({ scenario, events, scores }) =>
    scores.map((score, index) => [
      index === 0 ? scenario : '',
      score.client,
      String(events),
      String(score.missed),
      String(score.wrong),
      score.consistentAfter === null
        ? `not in ${PATIENCE / 1_000} s`
        : `${(score.consistentAfter / 1_000).toFixed(1)} s`,
      `${score.unsaidSeconds.toFixed(1)} s`,
      String(score.requests),
    ]),
  )
  const widths = columns.map((_, at) => Math.max(...[columns, ...cells].map((row) => row[at]?.length ?? 0)))
  for (const row of [columns, ...cells]) {
    console.log(
      row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
    )
  }
}

console.log(
  `${DAY / 1_000} s of work, a fault after ${FAULT_AFTER / 1_000} s, then up to ${PATIENCE / 1_000} s of patience; time is not scaled.`,
)
const rows = await Promise.all(SCENARIOS.map(play))
print(rows)
console.log(JSON.stringify({ t: 'bench', name: 'faults', rows }))
