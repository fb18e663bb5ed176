import { createHash, randomInt } from 'node:crypto'

/** A code waits so long for the wall it was made for, ms: long enough to walk to it and type. */
export const PAIRING_LIFE_MS = 15 * 60_000
/** Codes that may wait at once; past it the oldest is void. */
const MAY_WAIT = 100
/** Without letters and digits that are taken for each other. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

export type Pairings = {
  /** A new one-time code for a wall of this name, as people read it: `K7QMB-2XPDT`. */
  issue(name: string): string
  /** The name, once; null when the code is unknown, used or too old. Blanks, dashes and case do not matter. */
  redeem(code: string): string | null
}

/** One-time codes for new walls: in memory only, as digests, so that nobody who reads them can use them. */
export function pairingsAt(now: () => number): Pairings {
  const waiting = new Map<string, { readonly name: string; readonly until: number }>()
  return {
    issue: (name) => {
      for (const [key, { until }] of waiting) if (until <= now() || waiting.size >= MAY_WAIT) waiting.delete(key)
      const code = Array.from({ length: LENGTH }, () => SIGNS[randomInt(SIGNS.length)]).join('')
      waiting.set(digest(code), { name, until: now() + PAIRING_LIFE_MS })
      return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`
    },
    redeem: (code) => {
      const key = digest(code.toUpperCase().replace(/[^0-9A-Z]/g, ''))
      const found = waiting.get(key)
      waiting.delete(key)
      return found !== undefined && found.until > now() ? found.name : null
    },
  }
}

const digest = (code: string): string => createHash('sha256').update(code).digest('base64')
