/** ISO 8601 with an explicit zone, as the server family writes it: `…+00:00` around frames, `…+03:00` inside records, `…Z`. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** Ms since 1970 UTC, microseconds cut off; null when the text is no such time. */
export function momentOf(text: string): number | null {
  if (!STAMP.test(text)) return null
  const ms = Date.parse(text)
  return Number.isNaN(ms) ? null : ms
}
