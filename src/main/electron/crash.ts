/** Falls of a window's renderer within this time are one story. */
export const CRASH_SPAN_MS = 60_000
/** So many falls in one story are mended without asking; the next one asks, so that a broken page does not flicker. */
export const CRASHES_MENDED = 3

/** What to do about a fall, and the falls to remember. */
export type AfterCrash = { readonly is: 'reload' | 'ask'; readonly falls: readonly number[] }

/** `falls` and `now` in ms of the same clock. */
export function afterCrash(falls: readonly number[], now: number): AfterCrash {
  const recent = [...falls.filter((at) => now - at < CRASH_SPAN_MS), now]
  return recent.length <= CRASHES_MENDED ? { is: 'reload', falls: recent } : { is: 'ask', falls: [] }
}

/** A main process that breaks within this time of its start would break again, ms. */
export const SOON_MS = 60_000
/** A life of the main process that ended in an error nobody caught. */
export type BrokenLife = {
  /** The command line's launcher starts it again by itself. */
  readonly launched: boolean
  readonly safe: boolean
  /** It was started because a life before it broke. */
  readonly again: boolean
  readonly livedMs: number
}

/** What follows: nothing, the same again, or safe mode. */
export function afterBreak({ launched, safe, again, livedMs }: BrokenLife): 'end' | 'again' | 'safe' {
  if (launched || safe) return 'end'
  return again && livedMs < SOON_MS ? 'safe' : 'again'
}
