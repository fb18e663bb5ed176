import { useValue } from './core-context.tsx'
import { go, parseRoute, refine, useRoute } from './route.ts'

/**
 * What is open over a screen, by the name the address has for it: `#/incidents?open=rules`, `#/attendance?open=paper&of=m4`.
 * A link opens it, and so does a reload; Back closes it.
 */
export type Openable =
  | 'keys'
  | 'recordings'
  | 'evidence'
  | 'zone'
  | 'keeping'
  | 'yours'
  | 'rules'
  | 'shift'
  | 'new'
  | 'views'
  | 'counting'
  | 'paper'
  | 'verify'
  | 'publish'
  | 'notes'
  | 'correct'
  | 'edit'
  | 'remove'
  | 'bulk'
  | 'call'
  | 'undo'
  | 'pending'
  | 'snooze'
  | 'resolve'
  | 'escalate'
  | 'note'
  | 'drop'
  | 'print'
  | 'messages'

/** Kept with an entry of the history: the entry before it is the same page without what is open. */
const OVER = { over: true } as const // a literal
const isOver = (state: unknown): boolean => typeof state === 'object' && state !== null && 'over' in state

export function openNow(name: Openable, of: string | null = null): void {
  const { screen, query } = useRoute.getState()
  if (query.open === name && (query.of ?? null) === of) return
  // What was just closed is still in the address: the step back would close this one too.
  if (!query.open && parseRoute(location.hash).query.open)
    return addEventListener('hashchange', () => openNow(name, of), { once: true })
  go(screen, { ...query, open: name, of })
  history.replaceState(OVER, '')
}

/** Closes it as Back does; where the address alone opened it there is nothing to go back to. */
export function closeNow(name: Openable): void {
  // Who went elsewhere from within it has closed it: the address knows that at once, the page a moment later.
  if (parseRoute(location.hash).query.open !== name) return
  if (!isOver(history.state)) return refine({ open: null, of: null })
  // Gone at once, and the history a moment later.
  useRoute.setState(({ screen, query: { open: _open, of: _of, ...query } }) => ({ screen, query }), true)
  history.back()
}

/** Whether it is open, of whom or what (`of` in the address; null: of nothing in particular), and how it opens and closes. */
export function useOpen(name: Openable) {
  // Whose typing it is to hold must be known first.
  const isKnown = useValue('session') !== null
  const isOpen = useRoute(({ query }) => query.open === name) && isKnown
  const named = useRoute(({ query }) => query.of ?? null)
  const of = isOpen ? named : null
  return { isOpen, of, open: (about: string | null = null) => openNow(name, about), close: () => closeNow(name) }
}
