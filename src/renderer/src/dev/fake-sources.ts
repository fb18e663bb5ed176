import type { AppContract } from '../../../shared/contract.ts'
import type { Sources } from '../../../shared/rpc/define.ts'
import type { Conflict } from '../../../shared/view/conflict.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'
import type { SessionView } from '../../../shared/view/session.ts'
import { conflictsOf, outboxOf } from './fake-desk.ts'
import { fakeDoctor } from './fake-doctor.ts'
import type { fakeCount } from './fake-count.ts'
import type { fakeDuty } from './fake-duty.ts'
import { fakeEvidence } from './fake-evidence.ts'
import { fakeLink, fakeTrust } from './fake-link.ts'
import { fakeMeters } from './fake-meters.ts'
import { callsIn, type FakeCalls, type FakeMany, pledgesIn, radarIn } from './fake-pledges.ts'
import type { fakePaper } from './fake-paper.ts'
import type { fakeReplay } from './fake-replay.ts'
import { fakeSafe } from './fake-safe.ts'
import { fakeTile, fakeWall } from './fake-wall.ts'
import { headlineOf, resultsOf, turnoutIn } from './fake-views.ts'
import type { Scenario } from './scenario.ts'
import { choicesIn, notesOf, sliceAttendance, sliceCounts, sliceGuarantees } from './slices.ts'
import type { World } from './world.ts'

export type Changed = (key: string) => void
/** Makes a stream whose patch is its whole value. */
export type Whole = <I, T>(
  stream: string,
  read: (input: I) => T,
) => (input: I, changed: Changed) => { snapshot: () => T; patch: () => T; stop: () => void }

type Stock = {
  readonly world: World
  readonly outbox: readonly OutboxItem[]
  readonly phone: FakeCalls
  readonly many: FakeMany
  readonly cards: readonly Conflict[]
  readonly scenario: Scenario
  readonly startedAt: number
  readonly now: () => number
  readonly whole: Whole
  readonly session: () => SessionView
  readonly replay: ReturnType<typeof fakeReplay>
  readonly duty: ReturnType<typeof fakeDuty>
  readonly count: ReturnType<typeof fakeCount>
  readonly paper: ReturnType<typeof fakePaper>
}

/** Every stream of the contract, read from the made-up world. */
export function fakeSources(stock: Stock): Sources<AppContract> {
  const { world, outbox, phone, many, cards, scenario, startedAt, now, whole, session, replay, duty, count, paper } =
    stock
  return {
    host: whole('host', () => ({
      kind: 'browser',
      version: '0.1.0',
      can: { tray: false, notify: false, keychain: true, rehearse: true, quit: false },
      kiosk: scenario.kiosk,
      wall: scenario.wall,
    })),
    safe: whole('safe', () => (scenario.safe ? fakeSafe(startedAt) : null)),
    session: whole('session', () => session()),
    link: whole('link', () => fakeLink(scenario, startedAt, now())),
    trust: whole('trust', () => fakeTrust(scenario, startedAt, now())),
    headline: whole('headline', () => headlineOf(world, scenario)),
    committees: (_input, changed) => {
      const feed = whole('committees', () => world.committees)(null, changed)
      return { ...feed, patch: (key) => world.committees.find((row) => String(row.id) === key) ?? null }
    },
    wall: whole('session', () => fakeWall(scenario, session(), headlineOf(world, scenario))),
    'wall-tiles': (_input, changed) => {
      const feed = whole('committees', () => world.committees.map(fakeTile))(null, changed)
      return { ...feed, patch: (key) => feed.snapshot().find((tile) => String(tile.id) === key) ?? null }
    },
    candidates: whole('candidates', () => world.candidates),
    turnout: whole('turnout', ({ span }) => turnoutIn(world, scenario, span)),
    feed: whole('feed', () => world.feed.slice(0, 100)),
    attendance: whole('attendance', (query) => sliceAttendance(world, query)),
    guarantees: whole('guarantees', (query) => sliceGuarantees(world, query)),
    'guarantee-choices': whole('guarantee-choices', () => choicesIn(world)),
    pledges: whole('pledges', () => pledgesIn(world)),
    radar: whole('radar', () => radarIn(world, startedAt)),
    bulk: whole('bulk', () => many.bulk),
    views: whole('views', () => many.views),
    calls: whole('calls', (query) => callsIn(world, phone, query)),
    'guarantee.notes': whole('guarantee.notes', (query) => notesOf(world, query, scenario.link === 'live', startedAt)),
    counts: whole('counts', (query) => sliceCounts(world, query)),
    results: whole('results', () => count.published ?? resultsOf(world, scenario, startedAt)),
    outbox: whole('outbox', () => outboxOf(outbox, cards, session().user?.email ?? null)),
    conflicts: whole('conflicts', () => conflictsOf(cards)),
    evidence: whole('evidence', () => fakeEvidence(scenario)),
    doctor: whole('doctor', () => fakeDoctor(scenario, startedAt)),
    ...replay.sources(whole),
    ...duty.sources(whole),
    ...count.sources(whole),
    ...paper.sources(whole),
    meters: whole('meters', () => fakeMeters(scenario, startedAt, now())),
  }
}
