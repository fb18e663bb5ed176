import { isOpen } from '../../shared/view/incident.ts'
import type { Rule } from './rule.ts'

/** The server refused what was typed here. It stays so until a person says that it was dealt with: then only more of it calls. */
export const refusedRule: Rule = ({ book, now, last }) => {
  const count = book.projection.outbox.rejected
  const before = last('refused')
  const told = before?.evidence.is === 'refused' ? before.evidence : { count: 0, handled: 0 }
  const handled = before && !isOpen(before) ? told.count : told.handled
  if (count <= handled) return []
  return [
    {
      key: 'refused',
      severity: 'warning',
      topic: null,
      committee: null,
      evidence: { is: 'refused', count, handled },
      since: now,
    },
  ]
}
