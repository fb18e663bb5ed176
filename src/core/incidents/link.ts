import type { Rule } from './rule.ts'
import { seenFor } from './rule.ts'

/** Short breaks mend themselves, ms. */
const NOT_LIVE_WARNS = 20_000
/** By now a person has to look, ms. */
const NOT_LIVE_ALARMS = 60_000

/** The link is not live: nobody here knows what happens elsewhere. */
export const linkRule: Rule = (facts) => {
  const { state, since, cause } = facts.link
  const lasted = seenFor(facts, since)
  if (state === 'live' || lasted <= NOT_LIVE_WARNS) return []
  return [
    {
      key: 'link',
      // Reading what was missed may take its time, and is on its way to live.
      severity: lasted > NOT_LIVE_ALARMS && state !== 'catching-up' ? 'alarm' : 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'link', state, cause: cause?.code ?? null },
      since,
    },
  ]
}
