import type { LinkView } from '../../../shared/model/link.ts'
import type { MetersView } from '../../../shared/view/meters.ts'
import { fakeLink } from './fake-link.ts'
import type { Scenario } from './scenario.ts'
import { seeded } from './seeded.ts'

const MINUTE = 60_000

const FIGURES = {
  framesReceived: 48_212,
  framesSent: 812,
  bytesReceived: 14_220_112,
  reconnects: 2,
  errors: 4,
  quarantined: 1,
  duplicates: 17,
  gaps: 1,
  phantoms: 0,
  reads: 44,
  readFailures: 1,
  journalLength: 61_220,
  journalHead: '9f2c41d0b7aa53e1',
  ingestMs: 3,
} as const // the figures as written

/** A day with one break, and with a second one that lasts when the scenario is not live. */
export function fakeMeters(scenario: Scenario, startedAt: number, now: number): MetersView {
  const begin = startedAt - 200 * MINUTE
  const cut = startedAt - 96 * MINUTE
  const down = scenario.link !== 'live'
  const points = makePoints(begin, cut, down)
  return {
    meters: { ...FIGURES, startedAt: begin },
    health: down ? { verdict: 'unhealthy', reasons: ['not-live', 'data-old'] } : { verdict: 'healthy', reasons: [] },
    points,
    ribbon: makeRibbon(begin, cut, down ? fakeLink(scenario, startedAt, now) : null),
    closes: [
      {
        at: cut,
        cause: { code: 'server-restarting', proof: 'close 1012 “service restart”', at: cut },
        lastedMs: 102 * MINUTE,
      },
      {
        at: cut - 60_000,
        cause: { code: 'silent', proof: 'no byte for 25 s; pong overdue', at: cut },
        lastedMs: 41 * MINUTE,
      },
    ],
    quarantine: [
      {
        cursor: 5_121,
        at: cut + 70_000,
        reason: 'type "vote_countz" is not known',
        bytes: 214,
        excerpt: '{"type":"vote_countz","data":{"committee":4,"votes":[1,2,3]}}',
      },
    ],
  }
}

function makePoints(begin: number, cut: number, down: boolean): MetersView['points'] {
  const random = seeded(7)
  return Array.from({ length: 200 }, (_, index) => {
    const at = begin + index * MINUTE
    const broken = Math.abs(at - cut) < 90_000 || (down && index > 195)
    return {
      at,
      roundTrip: broken ? null : 30 + random() * 25 + (index % 47 === 3 ? 180 : 0),
      frames: broken ? 0 : 2 + random() * 6,
      bytes: broken ? 0 : 900 + random() * 1_500,
      dataAge: broken ? 90_000 * random() + 20_000 : 600 + random() * 2_500,
      reconnects: Math.abs(at - cut) < 30_000 ? 1 : 0,
      errors: Math.abs(at - cut) < 60_000 ? 2 : 0,
    }
  })
}

function makeRibbon(begin: number, cut: number, now: LinkView | null): MetersView['ribbon'] {
  const last: MetersView['ribbon'] = now ? [{ state: now.state, from: now.since, to: null, cause: now.cause }] : []
  return [
    { state: 'offline', from: begin, to: begin + 4_000, cause: null },
    { state: 'live', from: begin + 4_000, to: cut - 60_000, cause: null },
    {
      state: 'stale',
      from: cut - 60_000,
      to: cut - 20_000,
      cause: { code: 'silent', proof: 'no byte for 25 s', at: cut },
    },
    {
      state: 'offline',
      from: cut - 20_000,
      to: cut + 60_000,
      cause: { code: 'server-restarting', proof: 'close 1012', at: cut },
    },
    { state: 'catching-up', from: cut + 60_000, to: cut + 66_000, cause: null },
    { state: 'live', from: cut + 66_000, to: now ? now.since : null, cause: null },
    ...last,
  ]
}
