import { useEffect } from 'react'
import { usePreferences } from './preferences.ts'
import { go, type Listed } from './route.ts'

/** `g` and then this letter goes to the screen. */
export const SCREEN_KEY: Readonly<Record<Listed, string>> = {
  board: 'b',
  guarantees: 'g',
  radar: 'p',
  attendance: 'a',
  count: 'c',
  results: 'r',
  conflicts: 'x',
  incidents: 'f',
  link: 'l',
}

/** The second letter has to follow within this time, ms. */
const CHORD_MS = 1_200

export type KeyActions = {
  readonly palette: () => void
  readonly help: () => void
  readonly mark: () => void
  readonly faults: () => void
  /** Null, as each below: there is nothing it could do now, and the key is nobody's. */
  readonly search: (() => void) | null
  readonly tryNow: (() => void) | null
  /** Holds the screen still, or lets it go. */
  readonly freeze: (() => void) | null
  /** Leaves a replay. */
  readonly live: (() => void) | null
}

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Decides what a key means; `chord` is the letter typed just before. */
export function actionOf(key: string, chord: string | null): keyof KeyActions | Listed | null {
  if (chord === 'g') {
    const found = Object.entries(SCREEN_KEY).find(([, letter]) => letter === key)
    return (found?.[0] as Listed | undefined) ?? null // Object.entries widens the key
  }
  if (key === '?') return 'help'
  if (key === '/') return 'search'
  if (key === 'm') return 'mark'
  if (key === 'n') return 'faults'
  if (key === 'f') return 'freeze'
  if (key === 'l') return 'live'
  if (key === 't') return 'tryNow'
  return null
}

/** Listens for the console's keys while the page is shown. Keys without Ctrl rest while a field or a dialog has the focus. */
export function useKeys(actions: KeyActions): void {
  useEffect(() => {
    let chord: { readonly key: string; readonly at: number } | null = null
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return actions.palette()
      }
      if (event.ctrlKey || event.metaKey || event.altKey || typesText(event.target)) return
      if (!usePreferences.getState().singleKeys || document.querySelector('[role="dialog"]')) return
      const before = chord && event.timeStamp - chord.at < CHORD_MS ? chord.key : null
      const action = actionOf(event.key, before)
      chord = before === null && event.key === 'g' ? { key: 'g', at: event.timeStamp } : null
      if (action === null) return
      if (action in SCREEN_KEY) {
        event.preventDefault()
        return go(action as Listed) // the keys of SCREEN_KEY are the screens
      }
      const act = actions[action as keyof KeyActions] // what is not a screen is an action
      if (act === null || (action === 'search' && !document.getElementById('search'))) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [actions])
}
