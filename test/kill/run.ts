import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startHub } from '../../src/hub/hub.ts'
import { seededRandom } from '../doubles/seeded-random.ts'
import { doneAt } from './done.ts'
import { electionOf } from './election.ts'
import { type End, live } from './life.ts'
import { markFirst } from './marked.ts'
import { Ledger } from './operator.ts'
import { aboutAt, aboutOf, KINDS, kindAt } from './typed.ts'

const CLI = resolve(import.meta.dirname, '../../src/main/cli.ts')
/** Marks one life may bring at most, for the size of the election. */
const MARKS_A_LIFE = 20
/** Killed this long after its first saved mark, ms, at most; one life in four is killed while it begins. */
const SOON = 250
const WHILE_IT_BEGINS = 1_500
/** The last life, which nobody kills, may take this long to have everything settled, ms, and as much for each that waits. */
const SETTLES_WITHIN = 60_000
const EACH_SETTLES_WITHIN = 250

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
type Entry = {
  readonly state: string
  readonly action: { readonly does: string; readonly [field: string]: unknown }
}

/** Kills a desk at random moments while somebody types, starts it again each time, and looks at what is left. */
export async function runKills(kills: number, seed: number, say: (line: object) => void): Promise<KillReport> {
  const began = performance.now()
  const random = seededRandom(seed)
  const ledger = new Ledger()
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
      const isEarly = random.next() < 0.25
      const ms = random.next() * (isEarly ? WHILE_IT_BEGINS : SOON)
      const { saved, signal, err } = await one({ after: isEarly ? 'start' : 'first-save', ms })
      if (signal !== 'SIGKILL') throw new Error(`life ${kill} ended by itself (${signal}): ${err.slice(-2_000)}`)
      if (saved > 0) livesWithMarks++
      if (kill % 50 === 0) say({ t: 'killed', times: kill, saved: ledger.saved.size })
    }
    const waiting = Object.entries(await outboxOf(data)).flatMap(([key, { state }]) => (isOpen(state) ? [key] : []))
    await one({ settled: new Set(waiting), within: SETTLES_WITHIN + waiting.length * EACH_SETTLES_WITHIN })
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

const isOpen = (state: string): boolean => state === 'queued' || state === 'sent'

const run = promisify(execFile)
async function json<T>(words: readonly string[]): Promise<T> {
  const { stdout } = await run(process.execPath, [CLI, ...words], { maxBuffer: 1 << 28 })
  return JSON.parse(stdout) as T // a command of our own, whose fields the report names
}
const outboxOf = async (data: string) =>
  (await json<{ readonly outbox: Readonly<Record<string, Entry>> }>(['state', '--data', data])).outbox
