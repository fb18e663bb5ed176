import type { CauseCode, LinkState, LinkView } from '../../../shared/model/link.ts'
import type { TrustView, TopicTrust } from '../../../shared/model/trust.ts'
import { TOPICS } from '../../../shared/model/change.ts'
import type { Scenario } from './scenario.ts'

const MINUTE = 60_000
const UNREAD_PART: ReadonlySet<string> = new Set(['guarantees', 'counts', 'results'])

/** The link as the scenario wants it. `now` moves, so ages and countdowns do. */
export function fakeLink(scenario: Scenario, startedAt: number, now: number): LinkView {
  const base = {
    by: scenario.polling ? ('polling' as const) : ('socket' as const), // the literals the schema names
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
  const ago = (ms: number, heardMs: number) => ({ since: startedAt - ms, heardAt: startedAt - heardMs })
  const why = (code: CauseCode, proof: string) => ({ cause: { code, proof, at: startedAt } })
  const byState: Readonly<Record<LinkState, Partial<LinkView>>> = {
    live: {},
    'catching-up': ago(3_000, 0),
    stale: { ...ago(26_000, 38_000), ...why('silent', 'no byte for 26 s'), nextTryAt },
    offline: {
      ...ago(4 * MINUTE, 4 * MINUTE),
      ...why('refused', 'ECONNREFUSED 10.0.0.12:8000'),
      attempt: 7,
      nextTryAt,
    },
    'signed-out': { ...ago(2 * MINUTE, 2 * MINUTE), ...why('token-refused', '401 token_not_valid') },
    refused: { ...ago(MINUTE, MINUTE), ...why('origin-refused', 'HTTP 403 on upgrade, Origin http://10.0.0.12:8000') },
  }
  const told = { ...base, ...byState[scenario.link], state: scenario.link }
  return scenario.unread ? { ...told, heardAt: null } : told
}

export function fakeTrust(scenario: Scenario, startedAt: number, now: number): TrustView {
  const confirmedAt = startedAt - 6 * MINUTE
  const one = (topic: string): TopicTrust => {
    if (scenario.unread)
      return {
        state: 'doubtful',
        since: startedAt - 4 * MINUTE,
        because: scenario.clerk ? 'not-allowed' : 'not-read-yet',
        confirmedAt: null,
      }
    if ((scenario.partRead && UNREAD_PART.has(topic)) || (scenario.cameUnread && topic === 'attendance'))
      return { state: 'doubtful', since: startedAt - 4 * MINUTE, because: 'read-failed', confirmedAt: null }
    if (scenario.doubt === 'all')
      return { state: 'doubtful', since: startedAt - 4 * MINUTE, because: 'link-down', confirmedAt }
    if (scenario.doubt === 'some' && topic === 'attendance')
      return { state: 'doubtful', since: startedAt - 95_000, because: 'gap', confirmedAt }
    if (scenario.unnumbered) return asRead(topic, now)
    if (topic === 'phase') return { state: 'confirmed', at: confirmedAt }
    return { state: 'live', confirmedAt, at: now - 1_200 }
  }
  return Object.fromEntries(TOPICS.map((topic) => [topic, one(topic)])) as TrustView // every topic is in TOPICS
}

/** Each topic read within the last half minute; of the counts two frames wait. */
function asRead(topic: string, now: number): TopicTrust {
  const confirmedAt = now - (now % 30_000) - topic.length * 100
  if (topic === 'counts') return { state: 'provisional', confirmedAt, since: now - 2_000, frames: 2 }
  return { state: 'provisional', confirmedAt, since: confirmedAt, frames: 0 }
}
