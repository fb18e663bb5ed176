import { create } from 'zustand'

export const SCREENS = [
  'board',
  'guarantees',
  'radar',
  'attendance',
  'count',
  'results',
  'incidents',
  'conflicts',
  'link',
] as const
export type Listed = (typeof SCREENS)[number]
/** A screen of the navigation, or one that others lead to: `#/committee?code=m4`. */
export type Screen = Listed | 'committee'

/** Where the window is: `#/attendance?committee=m4`. */
export type Route = { readonly screen: Screen; readonly query: Readonly<Record<string, string>> }

const isScreen = (text: string): text is Screen => text === 'committee' || (SCREENS as readonly string[]).includes(text) // widened to ask

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?')
  return { screen: isScreen(path) ? path : 'board', query: Object.fromEntries(new URLSearchParams(search)) }
}

/** An address for a link: `href={to('attendance', { committee: 'm4' })}`. Empty values are left out. */
export function to(screen: Screen, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  const text = search.toString()
  return `#/${screen}${text ? `?${text}` : ''}`
}

/** Parts of an address that say what is open or how it is looked at, on any screen: none of them narrows a list. */
const NO_FILTERS: readonly string[] = ['record', 'span', 'view', 'open', 'of']

/** The parts of an address that narrow a list; `keep`: those of this screen that do not. */
export const filtersIn = (query: Route['query'], keep: readonly string[] = []): readonly string[] =>
  Object.keys(query).filter((name) => !NO_FILTERS.includes(name) && !keep.includes(name))

export const useRoute = create<Route>()(() => parseRoute(location.hash))

/** Follows the address bar; returns its stop. */
export function followAddress(page: Pick<Window, 'addEventListener' | 'removeEventListener'> = window): () => void {
  const follow = () => useRoute.setState(parseRoute(location.hash), true)
  page.addEventListener('hashchange', follow)
  return () => page.removeEventListener('hashchange', follow)
}

export function go(screen: Screen, query: Readonly<Record<string, string | null | undefined>> = {}): void {
  location.hash = to(screen, query)
  // At once, not when the browser says so: a filter that is changed in between would put the address back to where it was.
  useRoute.setState(parseRoute(location.hash), true)
}

/** Changes filters in place: Back leaves the screen, it does not undo each letter of a search. */
export function refine(query: Readonly<Record<string, string | null | undefined>>): void {
  const { screen, query: before } = useRoute.getState()
  history.replaceState(history.state, '', to(screen, { ...before, ...query }))
  useRoute.setState(parseRoute(location.hash), true)
}
