/** Repeatable chance: the same seed and purpose give the same numbers on every machine and in every order of use. */
export interface Chance {
  /** Uniform in [0, 1). */
  next(): number
  /** A whole number in [0, limit). */
  below(limit: number): number
  /** A real number in [low, high). */
  between(low: number, high: number): number
  happens(probability: number): boolean
  /** One entry, each as likely; the list must not be empty. */
  pick<T>(list: readonly T[]): T
  /** One entry, as likely as its weight says; the list must not be empty. */
  pickWeighted<T>(list: readonly (readonly [T, number])[]): T
}

/**
 * One stream of chance for one purpose. Purposes do not disturb each other: asking for one more note never changes an
 * elector's name, and a part can be made again without making what came before it.
 */
export function chanceOf(seed: number, purpose: string): Chance {
  const next = mulberry(scramble(`${seed}/${purpose}`))
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    between: (low, high) => low + next() * (high - low),
    happens: (probability) => next() < probability,
    pick: (list) => at(list, Math.floor(next() * list.length)),
    pickWeighted: (list) => weighted(list, next()),
  }
}

/** FNV-1a over UTF-16 units, then one round of mixing, so that neighbouring seeds do not look alike. */
export function scramble(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Mulberry32: 32 bits of state, full period, plenty for names and arrival times. */
function mulberry(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index]
  if (found === undefined) throw new Error('chance was asked to pick from an empty list')
  return found
}

function weighted<T>(list: readonly (readonly [T, number])[], roll: number): T {
  const total = list.reduce((sum, [, weight]) => sum + weight, 0)
  let left = roll * total
  for (const [entry, weight] of list) {
    left -= weight
    if (left < 0) return entry
  }
  return at(list, list.length - 1)[0]
}
