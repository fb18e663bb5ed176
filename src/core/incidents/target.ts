import { expectedBy } from '../projection/expected.ts'
import { dayNow, holds, type Rule } from './rule.ts'

/** The first hour of a day says little, ms. */
const NOT_BEFORE = 3_600_000
/** At risk below this part of what is expected by now. */
const BEGINS_BELOW = 0.9
/** And no more above this. */
const ENDS_ABOVE = 0.93

/**
 * Turnout is behind the way to its target. Expected by now is the target's share of all electors times the part of the polling
 * time that is over: a straight line from opening to closing. Nothing is said in the first hour or after closing.
 */
export const targetRule: Rule = (facts) => {
  const { book, target } = facts
  const { attendance, electors } = book.figures
  const [election] = book.projection.of('election').values()
  const at = dayNow(facts)
  if (!target || election?.record.phase !== 'VOTING_DAY' || at < target.opens + NOT_BEFORE || at > target.closes)
    return []
  if (book.projection.trust.of('attendance').state === 'doubtful') return 'unknown'
  const expected = expectedBy(target, electors, at)
  const { attended } = attendance
  if (attended >= expected * (holds(facts, 'target') ? ENDS_ABOVE : BEGINS_BELOW)) return []
  return [
    {
      key: 'target',
      severity: 'warning',
      topic: 'attendance',
      committee: null,
      evidence: { is: 'target', attended, electors, expected, target: target.share },
      since: facts.now,
    },
  ]
}
