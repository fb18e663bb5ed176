import { type AppContract, contract } from '../../../shared/contract.ts'
import { CommandKey, UserId } from '../../../shared/model/ids.ts'
import type { Port } from '../../../shared/port.ts'
import { ok } from '../../../shared/result.ts'
import type { Handlers, Sources } from '../../../shared/rpc/define.ts'
import { serve } from '../../../shared/rpc/serve.ts'
import type { Headline } from '../../../shared/view/board.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'
import type { SessionView } from '../../../shared/view/session.ts'
import { fakeLink, fakeMeters, fakeTrust } from './fake-link.ts'
import { markOne } from './mark-one.ts'
import { portPair } from './memory-port.ts'
import type { Scenario } from './scenario.ts'
import { sliceAttendance, sliceCounts, sliceGuarantees } from './slices.ts'
import { createWorld, type World } from './world.ts'

const TICK_MS = 900

export type FakeCore = {
  readonly open: () => Promise<Port>
  readonly world: World
  /** One more mark, as if it had been pushed. */
  readonly tick: () => void
  /** Every command received, oldest first. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly stop: () => void
}

type Changed = (key: string) => void

/** Serves the whole contract from made-up data. Owns its timers and the ports it handed out; touches nothing else. */
export function createFakeCore(scenario: Scenario, now: () => number = Date.now): FakeCore {
  const startedAt = now()
  const world = createWorld({ ...scenario, now: startedAt })
  const listeners = new Map<string, Set<Changed>>()
  const calls: { name: string; input: unknown }[] = []
  const outbox: OutboxItem[] = []
  let session = sessionOf(scenario)

  const tell = (stream: string, key = 'all') => {
    for (const changed of listeners.get(stream) ?? []) changed(key)
  }
  /** A stream whose patch is its whole value. */
  const whole =
    <I, T>(stream: string, read: (input: I) => T) =>
    (input: I, changed: Changed) => {
      const set = listeners.get(stream) ?? new Set()
      listeners.set(stream, set.add(changed))
      return { snapshot: () => read(input), patch: () => read(input), stop: () => void set.delete(changed) }
    }

  const sources: Sources<AppContract> = {
    host: whole('host', () => ({
      kind: 'browser',
      version: '0.1.0',
      can: { tray: false, notify: false, keychain: true, rehearse: true, quit: false },
      kiosk: false,
    })),
    session: whole('session', () => session),
    link: whole('link', () => fakeLink(scenario, startedAt, now())),
    trust: whole('trust', () => fakeTrust(scenario, startedAt, now())),
    headline: whole('headline', () => headlineOf(world, scenario)),
    committees: (_input, changed) => {
      const feed = whole('committees', () => world.committees)(null, changed)
      return { ...feed, patch: (key) => world.committees.find((row) => String(row.id) === key) ?? null }
    },
    candidates: whole('candidates', () => world.candidates),
    turnout: whole('turnout', () => world.turnout),
    feed: whole('feed', () => world.feed.slice(0, 100)),
    attendance: whole('attendance', (query) => sliceAttendance(world, query)),
    guarantees: whole('guarantees', (query) => sliceGuarantees(world, query)),
    counts: whole('counts', (query) => sliceCounts(world, query)),
    results: whole('results', () => resultsOf(world, scenario, startedAt)),
    outbox: whole('outbox', () => ({
      waiting: outbox.filter((item) => item.state === 'queued').length,
      oldestAt: null,
      rejected: outbox.filter((item) => item.state === 'rejected').length,
      recent: [...outbox].reverse().slice(0, 50),
    })),
    meters: whole('meters', () => fakeMeters(scenario, startedAt, now())),
  }

  const save = (does: string, about: string) => {
    const key = CommandKey.parse(`fake-${String(outbox.length + 1).padStart(6, '0')}`)
    outbox.push({
      key,
      does,
      about,
      state: scenario.link === 'live' ? 'confirmed' : 'queued',
      queuedAt: now(),
      settledAt: now(),
      attempts: 1,
      reason: null,
    })
    tell('outbox')
    return ok({ key })
  }
  const noted = async <T>(name: string, input: unknown, answer: () => T): Promise<T> => {
    calls.push({ name, input })
    return answer()
  }
  const become = (change: Partial<SessionView>) => {
    session = { ...session, ...change }
    tell('session')
    return ok(null)
  }
  const handlers: Handlers<AppContract> = {
    'session.sign-in': (input) =>
      noted('session.sign-in', { email: input.email }, () =>
        input.password === 'wrong'
          ? { ok: false, error: 'wrong-credentials' }
          : become({ state: 'signed-in', user: USER }),
      ),
    'session.sign-out': (input) => noted('session.sign-out', input, () => become({ state: 'signed-out', user: null })),
    'server.connect': (input) =>
      noted('server.connect', input, () => {
        const server = { ...input, id: 'server-two', kind: null }
        become({ state: 'signed-out', server, servers: [...session.servers, server], mode: input.mode })
        return ok({ id: server.id })
      }),
    'server.choose': (input) => noted('server.choose', input, () => ok(null)),
    'server.rehearse': (input) =>
      noted('server.rehearse', input, () => become({ state: 'signed-in', mode: 'rehearsal', user: USER })),
    'link.try-now': (input) => noted('link.try-now', input, () => ok(null)),
    'link.reread': (input) => noted('link.reread', input, () => ok(null)),
    'attendance.mark': (input) => noted('attendance.mark', input, () => save('attendance.mark', input.elector)),
    'elector.find': (input) => noted('elector.find', input, () => ({ ok: false, error: 'not-found' })),
    'guarantee.set-status': (input) =>
      noted('guarantee.set-status', input, () => {
        change(world, input.id, { status: input.status })
        tell('guarantees')
        return save('guarantee.set-status', String(input.id))
      }),
    'guarantee.confirm': (input) =>
      noted('guarantee.confirm', input, () => {
        change(world, input.id, { confirmation: input.confirmation })
        tell('guarantees')
        return save('guarantee.confirm', String(input.id))
      }),
    'guarantee.edit': (input) => noted('guarantee.edit', input, () => save('guarantee.edit', String(input.id))),
    'count.enter': (input) => noted('count.enter', input, () => save('count.enter', String(input.committee))),
  }

  function tick() {
    if (scenario.link === 'live' && scenario.election && !scenario.quiet) {
      const committee = markOne(world, now())
      if (committee !== null) tell('committees', String(committee))
      for (const stream of ['headline', 'feed', 'attendance', 'turnout']) tell(stream)
    }
    for (const stream of ['link', 'trust']) tell(stream)
  }
  const timer = scenario.still ? undefined : setInterval(tick, TICK_MS)
  const stops: (() => void)[] = []
  let opened = 0
  return {
    world,
    calls,
    tick,
    async open() {
      if (scenario.away && opened > 0) throw new Error('the host is away')
      opened++
      const [page, host] = portPair()
      const core = { handlers, sources }
      const stop = scenario.loading
        ? silent(host)
        : serve(contract, host, core, { report: complain, soon: (run) => queueMicrotask(run), checkOutputs: true })
      stops.push(stop)
      if (scenario.away) setTimeout(() => page.close(), 2_000)
      return page
    },
    stop() {
      clearInterval(timer)
      for (const stop of stops) stop()
    },
  }
}

function complain(fault: { where: string; cause: unknown }) {
  throw new Error(`fake core: ${fault.where}`, { cause: fault.cause })
}

/** Says hello and nothing more: every view stays in its loading state. */
function silent(port: Port): () => void {
  queueMicrotask(() => port.send({ t: 'hello', version: contract.version }))
  return () => undefined
}

const USER = {
  id: UserId.parse(1),
  email: 'chief@example.org',
  name: 'Noura Al-Sabah',
  role: 'ADMIN',
  committees: [],
} as const satisfies NonNullable<SessionView['user']>

function sessionOf(scenario: Scenario): SessionView {
  const server = {
    id: 'headquarters',
    name: scenario.mode === 'rehearsal' ? 'Built-in rehearsal' : 'Headquarters',
    url: 'http://127.0.0.1:8000',
    origin: null,
    authority: null,
    mode: scenario.mode,
    kind: 'hub' as const, // the literal the schema names
    plainAccepted: true,
  }
  const none = scenario.session === 'no-server'
  return {
    state: scenario.session,
    server: none ? null : server,
    servers: none ? [] : [server],
    user: scenario.session === 'signed-in' ? USER : null,
    vault: scenario.vault,
    mode: scenario.mode,
  }
}

function change(world: World, id: number, values: Partial<World['guarantees'][number]>) {
  const index = world.guarantees.findIndex((row) => row.id === id)
  const row = world.guarantees[index]
  if (row)
    world.guarantees[index] = {
      ...row,
      ...values,
      provenance: { source: 'desk', at: row.provenance.at, provisional: true },
    }
}

function headlineOf(world: World, scenario: Scenario): Headline {
  const sum = (read: (row: World['committees'][number]) => number) =>
    world.committees.reduce((so, row) => so + read(row), 0)
  const attended = sum((row) => row.attended)
  const pledged = sum((row) => row.pledged)
  const lively = !scenario.quiet
  const entries = (states: readonly string[]) => world.committees.filter((row) => states.includes(row.entry)).length
  return {
    election: scenario.election ? world.election : null,
    electors: sum((row) => row.electors),
    attended,
    pendingAttendance: sum((row) => row.pending),
    attendedLast: lively ? { m15: 212, m30: 401, m60: 766 } : { m15: 0, m30: 0, m60: 0 },
    guarantees: Math.floor(pledged * 1.12),
    pledged,
    confirmed: Math.floor(pledged * 0.51),
    notAvailable: Math.floor(pledged * 0.06),
    pledgedAttended: sum((row) => row.pledgedAttended),
    committees: world.committees.length,
    entries: {
      started: entries(['IN_PROGRESS']),
      completed: entries(['COMPLETED', 'VERIFIED']),
      verified: entries(['VERIFIED']),
    },
    ballotsCast: sum((row) => row.ballotsCast),
    ballotsInvalid: scenario.counting ? 31 : 0,
    votes: sum((row) => row.votes),
    votesVerified: Math.floor(sum((row) => row.votes) * 0.4),
    latestAttendanceAt: world.attendance[0]?.attendedAt ?? null,
  }
}

function resultsOf(world: World, scenario: Scenario, startedAt: number) {
  if (!scenario.counting) return null
  const headline = headlineOf(world, scenario)
  return {
    status: 'PRELIMINARY' as const, // the literal the schema names
    electors: headline.electors,
    attendance: headline.attended,
    cast: headline.ballotsCast,
    valid: headline.ballotsCast - 31,
    invalid: 31,
    generatedAt: startedAt - 240_000,
    publishedAt: null,
    candidates: [...world.candidates]
      .sort((a, b) => a.rank - b.rank)
      .map((row) => ({ number: row.number, name: row.name, party: row.party ?? '', votes: row.votes, rank: row.rank })),
  }
}
