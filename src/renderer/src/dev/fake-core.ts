import { contract } from '../../../shared/contract.ts'
import { CommandKey } from '../../../shared/model/ids.ts'
import type { Port } from '../../../shared/port.ts'
import { serve } from '../../../shared/rpc/serve.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'
import { fakeItem, someCards, someOfEach } from './fake-desk.ts'
import { fakeCount } from './fake-count.ts'
import { fakeDuty } from './fake-duty.ts'
import { fakeHandlers } from './fake-handlers.ts'
import { type Changed, fakeSources, type Whole } from './fake-sources.ts'
import { noCalls, noMany } from './fake-pledges.ts'
import { fakePaper } from './fake-paper.ts'
import { fakeReplay } from './fake-replay.ts'
import { sessionOf } from './fake-views.ts'
import { markOne } from './mark-one.ts'
import { portPair } from './memory-port.ts'
import type { Scenario } from './scenario.ts'
import { createWorld, type World } from './world.ts'

const TICK_MS = 900
const AWAY_AFTER_MS = 2_000

export type FakeCore = {
  readonly open: () => Promise<Port>
  readonly world: World
  /** One more mark, as if it had been pushed. */
  readonly tick: () => void
  /** The server refuses one of this desk's actions, for this reason. */
  readonly refuse: (reason: string) => void
  /** What the core finds in each sheet, though the window does not. */
  readonly finds: ReturnType<typeof fakeCount>['finds']
  /** A rule finds something. */
  readonly trigger: ReturnType<typeof fakeDuty>['trigger']
  /** Somebody at another window of this desk takes the call of this elector. */
  readonly elsewhere: (elector: string, caller: string) => void
  /** What becomes of the latest action of this desk. */
  readonly settle: (state: OutboxItem['state'], reason?: string, next?: OutboxItem['next']) => void
  /** Every command received, oldest first. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  /** The window's recorded day. */
  readonly replay: ReturnType<typeof fakeReplay>
  readonly stop: () => void
}

/** Serves the whole contract from made-up data. Owns its timers and the ports it handed out; touches nothing else. */
export function createFakeCore(scenario: Scenario, now: () => number = Date.now): FakeCore {
  const startedAt = now()
  const world = createWorld({ ...scenario, now: startedAt })
  const { tell, whole } = switchboard()
  const calls: { name: string; input: unknown }[] = []
  const [outbox, cards] = [scenario.yours ? someOfEach(startedAt) : [], scenario.conflicts ? someCards(startedAt) : []]
  let session = sessionOf(scenario)

  const replay = fakeReplay(startedAt, tell, (name, input) => calls.push({ name, input }))
  if (scenario.replay) replay.lookBack()
  const duty = fakeDuty({ world, scenario, startedAt, now, tell, calls })
  const mine = { outbox, cards, phone: noCalls(), many: noMany(), session: () => session }
  const count = fakeCount({ world, scenario, startedAt, tell })
  const made = { world, now, replay, duty, count, ...mine, paper: fakePaper({ world, now, tell, calls }) }
  const sources = fakeSources({ ...made, scenario, startedAt, whole })
  const handlers = fakeHandlers({
    ...made,
    ...{ calls, tell, live: scenario.link === 'live' },
    become(change) {
      session = { ...session, ...change }
      tell('session')
    },
  })

  function tick() {
    if (scenario.link === 'live' && scenario.election && !scenario.quiet) {
      const committee = markOne(world, now())
      if (committee !== null) tell('committees', String(committee))
      for (const stream of ['headline', 'feed', 'attendance', 'turnout']) tell(stream)
      replay.beat()
    }
    for (const stream of ['link', 'trust']) tell(stream)
  }
  const timer = scenario.still ? undefined : setInterval(tick, TICK_MS)
  const host = openings(scenario, { handlers, sources })
  return {
    ...{ world, calls, finds: count.finds },
    tick,
    replay,
    ...becoming(outbox, now, () => tell('outbox')),
    trigger: duty.trigger,
    elsewhere(elector, caller) {
      made.phone.claims.set(elector, { caller, window: 'elsewhere', at: now(), until: now() + 600_000, from: 'server' })
      tell('calls')
    },
    open: host.open,
    stop() {
      clearInterval(timer)
      host.stop()
    },
  }
}

/** What the server makes of this desk's actions, when a test says so. */
function becoming(outbox: OutboxItem[], now: () => number, tell: () => void): Pick<FakeCore, 'refuse' | 'settle'> {
  return {
    refuse(reason) {
      outbox.push(refusedItem(now(), reason))
      tell()
    },
    settle(state, reason, next = null) {
      const last = outbox.pop()
      if (last) outbox.push({ ...last, state, settledAt: now(), reason: reason ?? null, next })
      tell()
    },
  }
}

/** Who watches which stream, and how they are told. */
function switchboard() {
  const listeners = new Map<string, Set<Changed>>()
  const tell = (stream: string, key = 'all') => {
    for (const changed of listeners.get(stream) ?? []) changed(key)
  }
  const whole: Whole = (stream, read) => (input, changed) => {
    const set = listeners.get(stream) ?? new Set()
    listeners.set(stream, set.add(changed))
    return { snapshot: () => read(input), patch: () => read(input), stop: () => void set.delete(changed) }
  }
  return { tell, whole }
}

/** Hands out one port after the other; with `away` the first closes after a while and no other comes. */
function openings(scenario: Scenario, core: Parameters<typeof serve<typeof contract>>[2]) {
  const stops: (() => void)[] = []
  return {
    async open(): Promise<Port> {
      if (scenario.away && stops.length > 0) throw new Error('the host is away')
      const [page, host] = portPair()
      const options = { report: complain, soon: (run: () => void) => queueMicrotask(run), checkOutputs: true }
      stops.push(scenario.loading ? silent(host) : serve(contract, host, core, options))
      if (scenario.away) setTimeout(() => page.close(), AWAY_AFTER_MS)
      return page
    },
    stop() {
      for (const stop of stops) stop()
    },
  }
}

const refusedItem = (at: number, reason: string): OutboxItem => ({
  ...fakeItem(at),
  key: CommandKey.parse('fake-refused'),
  does: 'guarantee.set-status',
  about: '#7',
  state: 'rejected',
  queuedAt: at,
  settledAt: at,
  reason,
  next: 'enter-again',
})

function complain(fault: { where: string; cause: unknown }) {
  throw new Error(`fake core: ${fault.where}`, { cause: fault.cause })
}

/** Says hello and nothing more: every view stays in its loading state. */
function silent(port: Port): () => void {
  queueMicrotask(() => port.send({ t: 'hello', version: contract.version }))
  return () => undefined
}
