/** A second start with this word adds a window to the running desk. */
export const NEW_WINDOW = '--new-window'

/** The app's own words: unpackaged, the first that is no switch names the app, and Chromium's switches come before it. */
export function wordsAfterApp(argv: readonly string[], packaged: boolean): readonly string[] {
  const given = argv.slice(1)
  const own = packaged ? given : given.slice(given.findIndex((word) => !word.startsWith('-')) + 1)
  return own.filter((word) => word !== NEW_WINDOW)
}
