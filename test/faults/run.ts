import { setTimeout as wait } from 'node:timers/promises'
import { ACCOUNTS, chanceOf } from '../doubles/election-server/seed.ts'
import { type ElectionServer, startElectionServer } from '../doubles/election-server/start.ts'
import { isRead } from '../../src/shared/model/trust.ts'
import { Chronicle } from './chronicle.ts'
import { type Desk, type DeskMeters, startDesk } from './desk.ts'
import { Judge, type Verdict } from './judge.ts'
import { draw, lengthOf } from './script.ts'
import { Watch, type WatchReport } from './watch.ts'

/** Between two samples, ms; each commit of the server is sampled too, right when it is done. */
const SAMPLE_EVERY = 100
/** Between two things somebody does, ms, on average. */
const ACT_EVERY = 180
/** Peace between two mishaps, ms, at most. */
const CALM = 4_000
/** So long after the last fault everything is as the server has it: a failed read's longest wait and one sweep. */
export const SETTLES_WITHIN = 150_000

export type FaultRun = {
  readonly seed: number
  /** How long things go wrong, ms. */
  readonly ms: number
  /** The longest mishap, ms. */
  readonly longest: number
  /** Also runs `tallydesk watch` as a process of its own, as the administrator. */
  readonly watch?: boolean
  /** Given each log line of each desk. */
  readonly log?: (email: string, line: string) => void
  readonly say?: (line: Readonly<Record<string, unknown>>) => void
}
export type DeskReport = {
  readonly email: string
  readonly verdict: Verdict
  /** What it showed in the end that the server had otherwise. */
  readonly differences: readonly string[]
  /** Ms from the last fault until it was equal, read, and nothing was left to confirm; null: never. */
  readonly settledAfter: number | null
  readonly meters: DeskMeters
  readonly phantoms: number
  readonly quarantined: number
  /** Guarantees and marks in its journal that were never this account's to see. */
  readonly leaks: readonly string[]
}
export type FaultReport = {
  readonly seed: number
  readonly mishaps: Readonly<Record<string, number>>
  readonly desks: readonly DeskReport[]
  /** What the process ended with; null: there was none. */
  readonly watch: WatchReport | null
  readonly limited: number
  readonly requests: number
}

type Watched = { readonly desk: Desk; readonly judge: Judge; readonly chronicle: Chronicle }

/** A day of the imitation with its faults, and two consoles held against it from beginning to end. */
export async function runFaults(options: FaultRun): Promise<FaultReport> {
  const chance = chanceOf(options.seed)
  const server = await startElectionServer({
    seed: options.seed,
    electorsEach: 40,
    commitDelay: 5,
    lifetimes: { accessSeconds: 90 },
  })
  const watched: Watched[] = []
  const watch = options.watch ? new Watch(server.url, ACCOUNTS.admin) : null
  try {
    for (const email of [ACCOUNTS.admin, ACCOUNTS.user]) {
      const desk = await startDesk(server.url, email, { tee: (line) => options.log?.(email, line) })
      const chronicle = new Chronicle(server, email, () => judge.sample())
      const judge = new Judge(email, chronicle, desk.book, desk.link)
      watched.push({ desk, chronicle, judge })
    }
    const sampler = setInterval(() => {
      for (const { judge } of watched) judge.sample()
    }, SAMPLE_EVERY)
    try {
      const mishaps = await misbehave(server, watched, options, chance)
      const settled = await settle(server, watched, options)
      const ended = watch && (await endWatch(server, watch))
      const desks = watched.map((each, index) => reportOf(server, each, settled[index] ?? null))
      return {
        seed: options.seed,
        mishaps,
        desks,
        watch: ended,
        requests: server.meters.rest.requests,
        limited: server.meters.rest.limited,
      }
    } finally {
      clearInterval(sampler)
    }
  } finally {
    for (const { desk, chronicle } of watched) {
      desk.stop()
      chronicle.stop()
    }
    await watch?.end(server, ACCOUNTS.admin)
    await server.stop()
  }
}

async function misbehave(
  server: ElectionServer,
  watched: readonly Watched[],
  { ms, longest, say }: FaultRun,
  chance: () => number,
): Promise<Record<string, number>> {
  const until = Date.now() + ms
  const mishaps: Record<string, number> = {}
  const acting = act(server, until, chance)
  while (Date.now() < until) {
    const mishap = draw(chance)
    const length = Math.min(lengthOf(longest, chance), until - Date.now())
    mishaps[mishap.name] = (mishaps[mishap.name] ?? 0) + 1
    say?.({ t: 'mishap', at: Date.now(), is: mishap.name, ms: Math.round(length) })
    await mishap.run(server.faults, length, chance)
    // Where there was no socket the console asks again after 5 min; this operator does not wait for that.
    if (mishap.name === 'no socket') for (const { desk } of watched) desk.core().link.tryNow()
    await wait(Math.max(0, Math.min(chance() * CALM, until - Date.now())))
  }
  await acting
  return mishaps
}

async function act(server: ElectionServer, until: number, chance: () => number): Promise<void> {
  while (Date.now() < until) {
    await server.act()
    await wait(chance() * 2 * ACT_EVERY)
  }
}

/** Waits until each desk shows what the server has, read and with nothing left to confirm; gives how long each took. */
async function settle(
  server: ElectionServer,
  watched: readonly Watched[],
  { say }: FaultRun,
): Promise<(number | null)[]> {
  const began = Date.now()
  const took: (number | null)[] = watched.map(() => null)
  while (took.includes(null) && Date.now() - began < SETTLES_WITHIN) {
    await wait(SAMPLE_EVERY)
    for (const [index, each] of watched.entries()) {
      if (took[index] !== null || !isSettled(server, each)) continue
      took[index] = Date.now() - began
      say?.({ t: 'settled', at: Date.now(), email: each.desk.email, ms: took[index] })
    }
  }
  return took
}

function isSettled(server: ElectionServer, { desk, judge }: Watched): boolean {
  const trust = desk.book()?.projection.trust.view()
  const claims = trust ? Object.values(trust) : []
  if (!claims.every(isRead) || claims.length === 0) return false
  return judge.differences(server).length === 0
}

function reportOf(
  server: ElectionServer,
  { desk, judge, chronicle }: Watched,
  settledAfter: number | null,
): DeskReport {
  const { phantoms = 0, quarantined = 0 } = desk.book()?.projection ?? {}
  return {
    email: desk.email,
    verdict: judge.verdict(),
    differences: judge.differences(server),
    settledAfter,
    meters: desk.meters,
    phantoms,
    quarantined,
    leaks: leaksOf(desk, chronicle),
  }
}

/** A guarantee or a mark was never rolled back here, so what the account could see is all that was ever committed for it. */
function leaksOf({ journaled }: Desk, chronicle: Chronicle): readonly string[] {
  const seen = new Set([
    ...chronicle
      .namesOf('guarantees')
      .map((name) => name.replace('guarantees/', 'guarantee/').replace('groups/', 'group/')),
    ...chronicle.namesOf('attendance'),
  ])
  return [...journaled].filter((name) => !seen.has(name))
}

/** What only a sweep would find is found by the reading after a cut, and that a process can be seen to have done. */
async function endWatch(server: ElectionServer, watch: Watch): Promise<FaultReport['watch']> {
  watch.tryNow()
  await watch.settled(SETTLES_WITHIN)
  const seen = watch.unsettled()
  server.faults.cutAll()
  await seen
  watch.tryNow()
  await watch.settled(SETTLES_WITHIN)
  return watch.end(server, ACCOUNTS.admin)
}
