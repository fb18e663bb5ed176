import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startHub } from '../../src/hub/hub.ts'
import { seededRandom } from '../doubles/seeded-random.ts'
import { doneAt } from './done.ts'
import { electionOf } from './election.ts'
import { endOf, isOpen, json, outboxOf, restOf } from './looked.ts'
import { type End, live } from './life.ts'
import { markFirst } from './marked.ts'
import { Ledger } from './operator.ts'
import { aboutAt, aboutOf, DAY, KINDS, kindAt } from './typed.ts'

/** Marks one life may bring at most, for the size of the election. */
const MARKS_A_LIFE = 20

export type KillReport = {
  readonly seed: number
  readonly kills: number
  /** Lives in which a mark was saved before the end. */
  readonly livesWithMarks: number
  readonly saved: number
  /** How many of each kind. */
  readonly savedOf: Readonly<Record<string, number>>
  /** Saved at this desk and not at the server in the end. */
  readonly lost: readonly string[]
  /** At the server more than once. */
  readonly doubled: readonly string[]
  /** Actions saved that the desk itself no longer knows, or still holds as waiting. */
  readonly forgotten: number
  readonly waiting: number
  readonly refused: readonly string[]
  readonly journal: { readonly events: number; readonly intact: boolean }
  readonly ms: number
}
/** Kills a desk at random moments while somebody types, starts it again each time, and looks at what is left. */
export async function runKills(kills: number, seed: number, say: (line: object) => void): Promise<KillReport> {
  const began = performance.now()
  const random = seededRandom(seed)
  const ledger = new Ledger(DAY)
  const place = mkdtempSync(join(tmpdir(), 'tallydesk-kill-'))
  const data = join(place, 'desk')
  const electors = kills * MARKS_A_LIFE + 100
  const seedOf = electionOf(electors)
  // Somebody who starts a program again each second signs in more often than a person.
  const limits = { signInsPerMinute: 10_000, authPerMinute: 10_000 }
  const hub = await startHub({
    host: '127.0.0.1',
    port: 0,
    dataDir: join(place, 'hub'),
    mode: 'official',
    seed: seedOf,
    limits,
  })
  if (!hub.ok) throw new Error(hub.error.sentence)
  markFirst(hub.value, electors)
  try {
    let livesWithMarks = 0
    const one = (end: End) => live({ server: hub.value.url, data, ledger, end })
    for (let kill = 1; kill <= kills; kill++) {
      const { saved, signal, err } = await one(endOf(random))
      if (signal !== 'SIGKILL') throw new Error(`life ${kill} ended by itself (${signal}): ${err.slice(-2_000)}`)
      if (saved > 0) livesWithMarks++
      if (kill % 50 === 0) say({ t: 'killed', times: kill, saved: ledger.saved.size })
    }
    await one(await restOf(data))
    const outbox = Object.values(await outboxOf(data))
    const done = doneAt(hub.value, ledger.typed)
    const known = new Set(outbox.map(({ action }) => aboutOf(action)))
    const saved = [...ledger.saved]
    return {
      seed,
      kills,
      livesWithMarks,
      saved: ledger.saved.size,
      savedOf: Object.fromEntries(KINDS.map((does) => [does, saved.filter((index) => kindAt(index) === does).length])),
      lost: saved.filter((index) => (done.get(index) ?? 0) === 0).map(aboutAt),
      doubled: [...done].flatMap(([index, times]) => (times > 1 ? [aboutAt(index)] : [])),
      forgotten: saved.filter((index) => !known.has(aboutAt(index))).length,
      waiting: outbox.filter(({ state }) => isOpen(state)).length,
      refused: ledger.refused,
      journal: await json<KillReport['journal']>(['journal', 'verify', '--data', data]),
      ms: Math.round(performance.now() - began),
    }
  } finally {
    await hub.value.stop()
    rmSync(place, { recursive: true, force: true })
  }
}
