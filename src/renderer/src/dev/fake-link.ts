import type { LinkView } from '../../../shared/model/link.ts'
import type { TrustView, TopicTrust } from '../../../shared/model/trust.ts'
import { TOPICS } from '../../../shared/model/change.ts'
import type { MetersView } from '../../../shared/view/meters.ts'
import { seeded } from './seeded.ts'
import type { Scenario } from './scenario.ts'

const MINUTE = 60_000

/** The link as the scenario wants it. `now` moves, so ages and countdowns do. */
export function fakeLink(scenario: Scenario, startedAt: number, now: number): LinkView {
  const base = {
    by: 'socket' as const, // the literal the schema names
    attempt: 0,
    cause: null,
    nextTryAt: null,
    heardAt: now - 1_200,
    roundTrip: 38,
    clockSkew: 140,
    since: startedAt - 192 * MINUTE,
  }
  const round = 12_000
  const nextTryAt = startedAt + Math.ceil((now - startedAt + 1) / round) * round
  switch (scenario.link) {
    case 'live':
      return { ...base, state: 'live' }
    case 'catching-up':
      return { ...base, state: 'catching-up', since: startedAt - 3_000 }
    case 'stale':
      return {
        ...base,
        state: 'stale',
        since: startedAt - 26_000,
        heardAt: startedAt - 38_000,
        cause: { code: 'silent', proof: 'no byte for 26 s', at: startedAt },
        nextTryAt,
      }
    case 'offline':
      return {
        ...base,
        state: 'offline',
        since: startedAt - 4 * MINUTE,
        heardAt: startedAt - 4 * MINUTE,
        attempt: 7,
        cause: { code: 'refused', proof: 'ECONNREFUSED 10.0.0.12:8000', at: startedAt },
        nextTryAt,
      }
    case 'signed-out':
      return {
        ...base,
        state: 'signed-out',
        since: startedAt - 2 * MINUTE,
        heardAt: startedAt - 2 * MINUTE,
        cause: { code: 'token-refused', proof: '401 token_not_valid', at: startedAt },
      }
    case 'refused':
      return {
        ...base,
        state: 'refused',
        since: startedAt - MINUTE,
        heardAt: startedAt - MINUTE,
        cause: { code: 'origin-refused', proof: 'HTTP 403 on upgrade, Origin http://10.0.0.12:8000', at: startedAt },
      }
  }
}

export function fakeTrust(scenario: Scenario, startedAt: number, now: number): TrustView {
  const confirmedAt = startedAt - 6 * MINUTE
  const one = (topic: string): TopicTrust => {
    if (scenario.doubt === 'all')
      return { state: 'doubtful', since: startedAt - 4 * MINUTE, because: 'link-down', confirmedAt }
    if (scenario.doubt === 'some' && topic === 'attendance')
      return { state: 'doubtful', since: startedAt - 95_000, because: 'gap', confirmedAt }
    if (topic === 'counts') return { state: 'provisional', confirmedAt, since: now - 2_000, frames: 2 }
    if (topic === 'phase') return { state: 'confirmed', at: confirmedAt }
    return { state: 'live', confirmedAt, at: now - 1_200 }
  }
  return Object.fromEntries(TOPICS.map((topic) => [topic, one(topic)])) as TrustView // every topic is in TOPICS
}

export function fakeMeters(scenario: Scenario, startedAt: number, now: number): MetersView {
  const random = seeded(7)
  const begin = startedAt - 200 * MINUTE
  const cut = startedAt - 96 * MINUTE
  const down = scenario.link !== 'live'
  const points = Array.from({ length: 200 }, (_, index) => {
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
  return {
    meters: {
      startedAt: begin,
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
    },
    health: down ? { verdict: 'unhealthy', reasons: ['not-live', 'data-old'] } : { verdict: 'healthy', reasons: [] },
    points,
    ribbon: [
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
      { state: 'live', from: cut + 66_000, to: down ? startedAt - 4 * MINUTE : null, cause: null },
      ...(down
        ? [
            {
              state: fakeLink(scenario, startedAt, now).state,
              from: startedAt - 4 * MINUTE,
              to: null,
              cause: fakeLink(scenario, startedAt, now).cause,
            },
          ]
        : []),
    ],
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
