import { opened, type Step } from './opened.ts'

/** One thing to look at: a screen, or the whole page, under made-up circumstances. */
export type Scene = {
  readonly name: string
  /** As `?fake=` takes it. */
  readonly scenario: string
  readonly screen: string
  /** Typed into what has the focus. */
  readonly typed: string
  /** What a hand does before it is looked at. */
  readonly steps: readonly Step[]
  /** Figures move on it, and nothing else may. */
  readonly moves: boolean
  /** In every size and theme; else in one of each. */
  readonly whole: boolean
}

/** Circumstances a screen may be found in; the first in every size and look. */
const CIRCUMSTANCES = {
  day: 'still,13,yours,conflicts,counting',
  voting: 'still,13,yours,hand-over',
  many: 'still,420,counting',
  nothing: 'still,none',
  offline: 'still,13,offline,yours,counting',
  doubt: 'still,13,doubt,rehearsal',
  unnumbered: 'still,13,unnumbered,polling,memory,surprise',
  long: 'still,13,long,yours,conflicts,counting',
  replay: 'still,13,replay,counting',
  clerk: 'still,13,clerk,counting',
  loading: 'still,13,loading',
} as const

/** What has no frame around it; `typed` into whatever has the focus. */
const ALONE: Readonly<Record<string, { readonly scenario: string; readonly typed?: string }>> = {
  'sign-in': { scenario: 'still,sign-in' },
  'no-server': { scenario: 'still,no-server' },
  safe: { scenario: 'still,safe' },
  'kiosk choose': { scenario: 'still,kiosk,clerk,13,yours' },
  'kiosk ready': { scenario: 'still,kiosk,1,yours' },
  'kiosk elector': { scenario: 'still,kiosk,1,yours', typed: '100871' },
  'kiosk came already': { scenario: 'still,kiosk,1,yours', typed: '406' },
  'kiosk elsewhere': { scenario: 'still,kiosk,1', typed: '405' },
  'kiosk offline': { scenario: 'still,kiosk,1,offline,yours', typed: '100871' },
  'kiosk long': { scenario: 'still,kiosk,1,long,rehearsal,yours', typed: '100871' },
}

/** Every screen of the route table under every circumstance, the pages without a frame, and what opens. A new screen is in it by itself. */
export function scenes(screens: readonly string[]): readonly Scene[] {
  const framed = Object.entries(CIRCUMSTANCES).flatMap(([name, scenario]) =>
    screens.map((screen) => ({
      name: `${screen} ${name}`,
      scenario,
      screen,
      typed: '',
      steps: [],
      moves: name === 'day',
      whole: name === 'day',
    })),
  )
  return [...framed, ...pages, ...over]
}

/** The pages that have no frame. */
export const pages: readonly Scene[] = Object.entries(ALONE).map(([name, { scenario, typed = '' }]) => ({
  ...{ name, scenario, screen: 'board', typed, steps: [], moves: true, whole: true },
}))

/** What opens over a screen, what of a screen only a hand brings about, and the wall. */
const over: readonly Scene[] = opened.map((each) => ({ ...each, typed: '', moves: false, whole: true }))

/** For what looks at each screen once: the circumstances that draw most of it. */
export const BUSY = CIRCUMSTANCES.day
