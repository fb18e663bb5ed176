import { holds, type Rule } from './rule.ts'

/** Off by more than this, ages and deadlines mislead, ms. */
const BEGINS_OVER = 2_000
/** And it is over below this, ms. */
const ENDS_UNDER = 1_500
/** Sign-ins and deadlines fail, ms. */
const ALARMS_OVER = 30_000

/** This desk's clock and the server's differ. */
export const clockRule: Rule = (facts) => {
  const { clockSkew } = facts.link
  if (clockSkew === null) return 'unknown'
  const off = Math.abs(clockSkew)
  if (off <= (holds(facts, 'clock') ? ENDS_UNDER : BEGINS_OVER)) return []
  return [
    {
      key: 'clock',
      severity: off > ALARMS_OVER ? 'alarm' : 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'clock', skewMs: clockSkew },
      since: facts.now,
    },
  ]
}
