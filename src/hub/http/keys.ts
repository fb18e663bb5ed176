/** Keys seen before; a hub has a few hundred, and a bound keeps a hostile body from filling memory. */
const MAY_REMEMBER = 5000
/** Deeper than any record of this protocol; a body beyond it is refused. */
export const MAX_DEPTH = 16

const camelKeys = new Map<string, string>()

/** `elector_koc_id` → `electorKocId`. A double underscore keeps one, as the family writes it: `group__name` → `group_Name`. */
export function camelKey(key: string): string {
  const known = camelKeys.get(key)
  if (known !== undefined) return known
  const made = key.replace(
    /([a-z0-9]?)_([a-z0-9])/g,
    (_all, before: string, after: string) => before + after.toUpperCase(),
  )
  if (camelKeys.size < MAY_REMEMBER) camelKeys.set(key, made)
  return made
}

/** `kocId` → `koc_id`; a key in snake_case stays as it is. */
export const snakeKey = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Keys at every depth, values untouched: the REST style of a record. */
export function camelized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelized)
  if (typeof value !== 'object' || value === null) return value
  const out: Record<string, unknown> = {}
  for (const [key, inner] of Object.entries(value)) out[camelKey(key)] = camelized(inner)
  return out
}

/** Both request styles become one. Null when it is nested deeper than `MAX_DEPTH`. */
export function snaked(value: unknown, depth = 0): { readonly value: unknown } | null {
  if (typeof value !== 'object' || value === null) return { value }
  if (depth >= MAX_DEPTH) return null
  if (Array.isArray(value)) {
    const items: unknown[] = []
    for (const inner of value) {
      const item = snaked(inner, depth + 1)
      if (item === null) return null
      items.push(item.value)
    }
    return { value: items }
  }
  const out: Record<string, unknown> = Object.create(null)
  for (const [key, inner] of Object.entries(value)) {
    const made = snaked(inner, depth + 1)
    if (made === null) return null
    out[snakeKey(key)] = made.value
  }
  return { value: out }
}
