/** Frames carry snake_case keys, REST answers the same records in camelCase. */
export type KeyStyle = 'frame' | 'rest'

const known = new Map<string, string>()
/** The console asks for about a hundred names; past this many they come from elsewhere and are not kept. */
const KNOWN_LIMIT = 1000

/**
 * A snake_case name as the server's REST answers spell it: `koc_id` → `kocId`, and its oddities `group__name` → `group_Name`,
 * `recent_24h` → `recent24h`. Names without an underscore, such as `isConfirmed`, stay as they are.
 */
export function camelCase(name: string): string {
  const before = known.get(name)
  if (before !== undefined) return before
  const spelled = name.replace(/[a-z0-9]?_[a-z0-9]/g, join)
  if (known.size < KNOWN_LIMIT) known.set(name, spelled)
  return spelled
}

const join = (found: string): string =>
  found.length === 3 ? `${found[0]}${found.slice(2).toUpperCase()}` : found.slice(1).toUpperCase()
