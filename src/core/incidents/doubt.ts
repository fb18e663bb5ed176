import { TOPICS } from '../../shared/model/change.ts'
import type { DoubtCause } from '../../shared/model/trust.ts'
import type { Condition, Rule } from './rule.ts'
import { seenFor } from './rule.ts'

/** A read mends most doubts sooner, ms. */
const DOUBT_WARNS = 60_000
/** ms */
const DOUBT_ALARMS = 300_000
/** Doubts that say no more than that the link is down, which has an incident of its own. */
const OF_THE_LINK: ReadonlySet<DoubtCause> = new Set(['link-down', 'silent', 'signed-out', 'not-read-yet', 'gap'])

/** A topic's figures have been in doubt for longer than a read takes. */
export const doubtRule: Rule = (facts) => {
  const isLive = facts.link.state === 'live'
  return TOPICS.flatMap((topic): Condition[] => {
    const trust = facts.book.projection.trust.of(topic)
    if (trust.state !== 'doubtful') return []
    const { because, since } = trust
    const lasted = seenFor(facts, since)
    // What this account may not read stays so all day and is said at the figure.
    if (lasted <= DOUBT_WARNS || because === 'not-allowed' || (!isLive && OF_THE_LINK.has(because))) return []
    return [
      {
        key: `doubt:${topic}`,
        severity: lasted > DOUBT_ALARMS ? 'alarm' : 'warning',
        topic,
        committee: null,
        evidence: { is: 'doubt', because },
        since: Math.max(since, facts.lookingSince),
      },
    ]
  })
}
