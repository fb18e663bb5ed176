/** A second start with this word adds a window to the running desk. */
export const NEW_WINDOW = '--new-window'

/** The app's own words: unpackaged, the first that is no switch names the app, and Chromium's switches come before it. */
export function wordsAfterApp(argv: readonly string[], packaged: boolean): readonly string[] {
  const given = argv.slice(1)
  const own = packaged ? given : given.slice(given.findIndex((word) => !word.startsWith('-')) + 1)
  return own.filter((word) => word !== NEW_WINDOW)
}

/** How far V8's young half may grow, MB: said for the core alone. */
const YOUNG_HALF = '--max-semi-space-size'

type Switches = { getSwitchValue(name: string): string; removeSwitch(name: string): void }

/**
 * Windows would be given the same word by Chromium, which hands `js-flags` on to each process it starts: they keep their own
 * heap, whose young half is small already and has frames to draw. Called before the first of them starts.
 */
export function forCoreAlone(line: Switches): void {
  if (line.getSwitchValue('js-flags').startsWith(`${YOUNG_HALF}=`)) line.removeSwitch('js-flags')
}
