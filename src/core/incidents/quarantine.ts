import { holds, type Rule } from './rule.ts'

/** One bad frame is a curiosity; so many in ten minutes are a fault of somebody's. */
const GROWS = 3
const ALARMS = 50

/** Messages that cannot be understood keep coming: what they tell is not here. It is over when none came for ten minutes. */
export const quarantineRule: Rule = (facts) => {
  const { quarantinedLately: lately, book, now } = facts
  if (lately < (holds(facts, 'quarantine') ? 1 : GROWS)) return []
  return [
    {
      key: 'quarantine',
      severity: lately >= ALARMS ? 'alarm' : 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'quarantine', lately, total: book.projection.quarantined },
      since: now,
    },
  ]
}
