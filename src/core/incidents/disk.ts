import { holds, type Rule } from './rule.ts'

const MEGABYTE = 1_000_000
/** A day of a large election takes about 500 MB. Bytes. */
const WARNS_BELOW = 1_000 * MEGABYTE
/** Bytes */
const ALARMS_BELOW = 200 * MEGABYTE
/** It is over when there is so much more room than that. */
const MARGIN = 1.2

/** The disk that the journal is on is nearly full: what cannot be written is not shown, and nothing can be typed. */
export const diskRule: Rule = (facts) => {
  const { freeBytes, now } = facts
  if (freeBytes === null) return 'unknown'
  const limit = holds(facts, 'disk') ? WARNS_BELOW * MARGIN : WARNS_BELOW
  if (freeBytes >= limit) return []
  return [
    {
      key: 'disk',
      severity: freeBytes < ALARMS_BELOW ? 'alarm' : 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'disk', freeBytes },
      since: now,
    },
  ]
}
