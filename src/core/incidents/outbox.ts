import type { Rule } from './rule.ts'

/** What waits longer than this is looked at, ms. */
const WAITS_WARNS = 120_000
/** ms */
const WAITS_ALARMS = 600_000

/** Something typed here has waited long for the server. */
export const outboxRule: Rule = ({ book, now }) => {
  const { outbox } = book.projection
  const oldest = outbox.oldest()
  if (!oldest) return []
  const lasted = now - oldest.queuedAt
  if (lasted <= WAITS_WARNS) return []
  return [
    {
      key: 'outbox',
      severity: lasted > WAITS_ALARMS ? 'alarm' : 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'outbox', waiting: outbox.waiting.size, oldestAt: oldest.queuedAt },
      since: oldest.queuedAt,
    },
  ]
}
