/** Deaths of the console within this time are one story; an older one is forgotten. ms. */
export const DEATH_SPAN_MS = 60_000
/** So many deaths in one story and the console is started in safe mode; so many more there and it is left alone. */
export const DEATHS_BORNE = 4
/** The first death is mended at once; the next waits this long, then twice as long each time. ms. */
const FIRST_WAIT_MS = 250
/** The longest wait before a start, ms: somebody may be looking at an empty board. */
const LONGEST_WAIT_MS = 5_000

/**
 * @typedef {{ readonly is: 'again', readonly afterMs: number } | { readonly is: 'safe' } | { readonly is: 'leave' }} AfterDeath
 */

/**
 * What to do about a death.
 * @param {readonly number[]} deaths when each of this mode was, the last of them just now, ms
 * @param {boolean} safe it died in safe mode
 * @returns {AfterDeath}
 */
export function afterDeath(deaths, safe) {
  const recent = recentOf(deaths).length
  if (recent >= DEATHS_BORNE) return { is: safe ? 'leave' : 'safe' }
  return { is: 'again', afterMs: recent < 2 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (recent - 2)) }
}

/**
 * Those of one story with the last.
 * @param {readonly number[]} deaths
 */
export function recentOf(deaths) {
  const last = deaths.at(-1) ?? 0
  return deaths.filter((at) => last - at < DEATH_SPAN_MS)
}
