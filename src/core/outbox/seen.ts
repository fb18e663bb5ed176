import { assertNever } from '../../shared/result.ts'
import type { Action } from './action.ts'
import { type Fields, type Holdings, type Seen, standingOf, wantedBy } from './standing.ts'

/** The fields whose value the operator relied on when they typed it. */
function relevant(action: Action, fields: Fields): readonly string[] {
  switch (action.does) {
    case 'attendance.mark':
    case 'attendance.pending':
    case 'guarantee.create':
    case 'guarantee.note':
    case 'count.type':
    case 'count.resolve':
    case 'count.drop':
    case 'results.generate':
      return []
    case 'attendance.correct':
      return ['status']
    case 'guarantee.remove':
      return ['status', 'confirmation']
    case 'guarantee.update':
    case 'guarantee.set-status':
    case 'guarantee.edit':
    case 'guarantee.confirm':
      return Object.keys(wantedBy(action) ?? {})
    case 'count.enter':
      return Object.keys(wantedBy(action) ?? {})
    case 'count.verify':
      return Object.keys(fields).filter((name) => name !== 'entry')
    case 'results.publish':
      return ['generated']
    default:
      return assertNever(action)
  }
}

/**
 * What the operator saw of the record: what this desk holds of it, and what they typed of it before that has not been seen back
 * yet (`mine`). Null: nothing was relied on.
 */
export function seenOf(action: Action, held: Holdings, mine: readonly Action[]): Seen | null {
  const fields = standingOf(action, held)?.fields ?? {}
  const names = relevant(action, fields)
  if (names.length === 0) return null
  const typed = mine.map((one) => wantedBy(one) ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const values = [
        fields[name] ?? null,
        ...typed.flatMap((wanted) => (name in wanted ? [wanted[name] ?? null] : [])),
      ]
      return [name, [...new Set(values)]]
    }),
  )
}
