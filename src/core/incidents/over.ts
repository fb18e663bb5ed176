import { type Condition, placeOf, type Rule } from './rule.ts'

/** More came than are entitled: a mark is wrong, or the register is. */
export const overRule: Rule = ({ book, committees, now }) => {
  if (book.projection.trust.of('attendance').state === 'doubtful') return 'unknown'
  return committees.flatMap((committee): Condition[] => {
    const { attended } = book.figures.attendance.of(committee.code)
    const { electors } = committee
    if (attended <= electors) return []
    return [
      {
        key: `over:${committee.code}`,
        severity: 'alarm',
        topic: 'attendance',
        committee: placeOf(committee),
        evidence: { is: 'over', attended, electors },
        since: now,
      },
    ]
  })
}
