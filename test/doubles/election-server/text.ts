/** How the real server writes things down: its two kinds of time, Python's JSON, its HTML pages. */

const micro = (ms: number): string => String((ms * 7) % 1000).padStart(3, '0')
const KUWAIT_MS = 3 * 60 * 60_000

/** Around frames and answers: UTC, `+00:00`, microseconds. */
export const utc = (ms: number): string => `${new Date(ms).toISOString().slice(0, -1)}${micro(ms)}+00:00`
/** Inside records: Kuwait time. */
export const local = (ms: number): string => `${new Date(ms + KUWAIT_MS).toISOString().slice(0, -1)}${micro(ms)}+03:00`
export const localOrNull = (ms: number | null): string | null => (ms === null ? null : local(ms))
/** In error texts: UTC, without saying so. */
export const clock = (ms: number): string => new Date(ms).toISOString().slice(11, 19)

/** `json.dumps`: a space after comma and colon, everything but ASCII escaped. */
export function dumps(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(dumps).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, inside]) => inside !== undefined)
      .map(([key, inside]) => `${dumps(key)}: ${dumps(inside)}`)
      .join(', ')}}`
  return JSON.stringify(value).replace(/[^\0-\x7f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** `djangorestframework-camel-case` on the way out, at every depth. */
export function camelized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelized)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [camel(key), camelized(inside)]))
}
const camel = (key: string): string =>
  key.replace(/[a-z0-9]?_[a-z0-9]/g, (found) =>
    found.length === 3 ? `${found[0]}${found[2]?.toUpperCase()}` : `${found[1]?.toUpperCase()}`,
  )

/** And on the way in. */
export function snaked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(snaked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snaked(inside),
    ]),
  )
}

export const htmlPage = (title: string, words: string): string =>
  `\n<!doctype html>\n<html lang="en">\n<head>\n  <title>${title}</title>\n</head>\n<body>\n  <h1>${title}</h1><p>${words}</p>\n</body>\n</html>\n`
export const HTML_404 = htmlPage('Not Found', 'The requested resource was not found on this server.')
export const HTML_500 = htmlPage('Server Error (500)', '')

const LABELS: Readonly<Record<string, string>> = {
  SUPER_ADMIN: 'Super Admin',
  GUARANTEE_PHASE: 'Guarantee Collection Phase',
  VOTING_DAY: 'Voting Day',
  COUNTING: 'Counting in Progress',
  NOT_AVAILABLE: 'Not Available',
  IN_PROGRESS: 'In Progress',
}
/** A choice's label: `VERIFIED` → `Verified`. */
export const label = (code: string): string => LABELS[code] ?? `${code[0]}${code.slice(1).toLowerCase()}`
/** A share in per cent. */
export const percent = (part: number, whole: number, decimals = 2): number =>
  whole === 0 ? 0 : Number(((part / whole) * 100).toFixed(decimals))
