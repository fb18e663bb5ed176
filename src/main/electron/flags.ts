/** What the window shell itself reads from its command line; the rest is the console's. */
export type Flags = {
  readonly kiosk: boolean
  /** A second start with this flag adds a window to the running desk. */
  readonly newWindow: boolean
  /** Where this desk keeps its data; null: the usual place. */
  readonly data: string | null
}

/** Knows `--data DIR` and `--data=DIR`. Anything it does not know it leaves alone. */
export function readFlags(words: readonly string[]): Flags {
  const at = words.indexOf('--data')
  const joined = words.find((word) => word.startsWith('--data='))
  const data = at >= 0 ? words[at + 1] : joined?.slice('--data='.length)
  return { kiosk: words.includes('--kiosk'), newWindow: words.includes('--new-window'), data: data || null }
}

/** The app's own words: unpackaged, the first that is no switch names the app, and Chromium's switches come before it. */
export function wordsAfterApp(argv: readonly string[], packaged: boolean): readonly string[] {
  const given = argv.slice(1)
  return packaged ? given : given.slice(given.findIndex((word) => !word.startsWith('-')) + 1)
}
