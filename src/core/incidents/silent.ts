import { silenceIn } from '../projection/silence.ts'
import { type Condition, placeOf, type Rule } from './rule.ts'

/** A committee marks nobody while the others go on: by its own rhythm and its neighbours' pace. */
export const silentRule: Rule = ({ book, committees, now }) => {
  if (book.projection.trust.of('attendance').state === 'doubtful') return 'unknown'
  const silence = silenceIn(book)
  return committees.flatMap((committee): Condition[] => {
    const found = silence(committee)
    if (!found) return []
    const { quietMs, ...figures } = found
    return [
      {
        key: `silent:${committee.code}`,
        severity: 'alarm',
        topic: 'attendance',
        committee: placeOf(committee),
        evidence: { is: 'silent', ...figures },
        since: now - quietMs,
      },
    ]
  })
}
