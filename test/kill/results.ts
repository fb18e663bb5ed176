import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Hub, startHub } from '../../src/hub/hub.ts'
import { ok } from '../../src/shared/result.ts'
import { seededRandom } from '../doubles/seeded-random.ts'
import { electionOf } from './election.ts'
import { live } from './life.ts'
import { endOf, isOpen, json, outboxOf, restOf } from './looked.ts'
import { Ledger, type Script } from './operator.ts'

/** Of the kills so many fall while the results are published: that is done once, the rest is typed again and again. */
const PUBLISHED_OF = 0.25
const FRAMES = 10_000
/** A desk that is killed over and over on a busy machine may need as long to send it, ms. */
const IN_TIME = 1_800_000

export type ResultsReport = {
  readonly kills: number
  /** Said to be saved at the desk, known to it in the end, and done by the server: of adding up and of publishing. */
  readonly generate: Told
  readonly publish: Told
  /** Said to be saved and not known to the desk in the end. */
  readonly forgotten: number
  readonly waiting: number
  /** Ended at the desk otherwise than as done. */
  readonly otherwise: readonly string[]
  readonly refused: readonly string[]
  readonly journal: { readonly events: number; readonly intact: boolean }
  readonly ms: number
}
type Told = { readonly saved: number; readonly known: number; readonly done: number }

/** Typed again by a person they are two. */
const again = (commandAt: Script['commandAt']): Script => ({ commandAt, isTypedOnce: () => true, isTyped: () => true })
const GENERATE = again(() => ({ does: 'results.generate', input: null }))
const PUBLISH = again(() => ({ does: 'results.publish', input: { deadline: Date.now() + IN_TIME } }))

/**
 * The same in an election whose sheets are all verified: results are added up, and added up again, while the desk is killed over
 * and over, and published in the end, while it is killed as well. A sheet that is entered meanwhile would forbid both.
 */
export async function runResultKills(kills: number, seed: number): Promise<ResultsReport> {
  const began = performance.now()
  const random = seededRandom(seed)
  const place = mkdtempSync(join(tmpdir(), 'tallydesk-kill-results-'))
  const data = join(place, 'desk')
  const limits = { signInsPerMinute: 10_000, authPerMinute: 10_000 }
  const hub = await startHub({
    ...{ host: '127.0.0.1', port: 0, dataDir: join(place, 'hub'), mode: 'official' },
    ...{ seed: electionOf(10), limits },
  })
  if (!hub.ok) throw new Error(hub.error.sentence)
  verifyAll(hub.value)
  const [adding, publishing] = [new Ledger(GENERATE), new Ledger(PUBLISH)]
  const publishes = Math.max(2, Math.round(kills * PUBLISHED_OF))
  try {
    for (const [ledger, lives] of [[adding, kills - publishes] as const, [publishing, publishes] as const]) {
      const one = { server: hub.value.url, data, ledger }
      for (let kill = 1; kill <= lives; kill++) {
        const { signal, err } = await live({ ...one, end: endOf(random) })
        if (signal !== 'SIGKILL') throw new Error(`life ${kill} ended by itself (${signal}): ${err.slice(-2_000)}`)
      }
      // What was added up while somebody publishes would be another's figures to them: first all of it ends.
      await live({ ...one, end: await restOf(data) })
    }
    return await reportOf(hub.value, data, { adding, publishing }, kills, began)
  } finally {
    await hub.value.stop()
    rmSync(place, { recursive: true, force: true })
  }
}

type Ledgers = { readonly adding: Ledger; readonly publishing: Ledger }
async function reportOf(hub: Hub, data: string, { adding, publishing }: Ledgers, kills: number, began: number) {
  const outbox = await outboxOf(data)
  const entries = Object.values(outbox)
  const told = toldBy(hub)
  const of = (does: string, { saved }: Ledger, done: number): Told => ({
    ...{ saved: saved.size, known: entries.filter(({ action }) => action.does === does).length, done },
  })
  return {
    kills,
    generate: of('results.generate', adding, told.filter((status) => status === 'PRELIMINARY').length),
    publish: of('results.publish', publishing, told.filter((status) => status === 'PUBLISHED').length),
    forgotten: [...adding.keys, ...publishing.keys].filter((key) => !(key in outbox)).length,
    waiting: entries.filter(({ state }) => isOpen(state)).length,
    otherwise: entries.flatMap(({ state, action }) =>
      isOpen(state) || state === 'confirmed' ? [] : [`${action.does} ${state}`],
    ),
    refused: [...adding.refused, ...publishing.refused],
    journal: await json<ResultsReport['journal']>(['journal', 'verify', '--data', data]),
    ms: Math.round(performance.now() - began),
  }
}

/** Every sheet is entered and verified before anybody types here. */
function verifyAll({ store }: Hub): void {
  store.change((tables) => {
    const at = Date.now()
    for (const { id: committee, election } of tables.committees.all()) {
      const id = tables.voting.putEntry({ election, committee, cast: 0, invalid: 0, by: 1, notes: '', at })
      tables.voting.patchEntry(id, { status: 'VERIFIED' }, at)
    }
    return ok(null)
  })
}

/** What the server told of its results, in order: each time they were added up or published. */
function toldBy({ store }: Hub): readonly (string | undefined)[] {
  return store.framesAfter(0, FRAMES).flatMap(({ text }) => {
    // The hub's own frame, written by it a moment ago.
    const { data } = JSON.parse(text) as { data?: { results?: { status?: string } } }
    return data?.results ? [data.results.status] : []
  })
}

/** What is wrong with such a run, in words; none when the promise was kept. */
export function resultWrongs(report: ResultsReport): readonly string[] {
  const { generate, publish, forgotten, waiting, otherwise, refused, journal } = report
  const { known, done, saved } = generate
  return [
    // Each that the desk knows was done, and nothing that it does not know.
    ...(done === known ? [] : [`added up ${done} times where the desk knows of ${known}`]),
    ...(publish.done === 1 ? [] : [`published ${publish.done} times`]),
    ...(forgotten > 0 ? [`${forgotten} saved and no longer known to the desk`] : []),
    ...(waiting > 0 ? [`${waiting} still waiting in the end`] : []),
    ...(otherwise.length > 0 ? [`${otherwise.length} ended otherwise: ${otherwise[0]}`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused: ${refused[0]}`] : []),
    ...(journal.intact ? [] : ['the journal does not verify']),
    // A run in which nothing was saved, or added up only once, would prove nothing.
    ...(saved < 2 || publish.saved === 0 ? [`only ${saved} added up and ${publish.saved} published`] : []),
  ]
}
