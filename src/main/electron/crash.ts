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
