import type { Conflict } from '../../../shared/view/conflict.ts'
import { useValue } from './core-context.tsx'
import type { Screen } from './route.ts'

/** The screen that shows the record a card is about. */
export function screenOf({ kind, about, fields }: Conflict): Screen {
  if (kind === 'double-mark') return 'attendance'
  if (kind === 'guarantee') return 'guarantees'
  if (kind === 'count') return 'count'
  if (kind === 'results' || about === '') return 'results'
  if (about.includes(' @ ')) return 'attendance'
  return fields.some(({ field }) => field === 'votes' || field === 'cast') ? 'count' : 'guarantees'
}

/** Cards about records of one screen that wait for a decision, oldest first. */
export function useOpenCards(screen: Screen): readonly Conflict[] {
  const view = useValue('conflicts')
  return view?.cards.filter((card) => card.state === 'open' && screenOf(card) === screen) ?? []
}
