import type { Random } from '../../src/core/ports.ts'

/** Chance that can be had again: print the seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    id: () =>
      Array.from({ length: 4 }, () =>
        Math.floor(next() * 0x1_0000_0000)
          .toString(36)
          .padStart(7, '0'),
      ).join(''),
  }
}

/** The same draw for ever. */
export const fixedRandom = (value: number): Random => {
  let ids = 0
  return { next: () => value, id: () => `id-${++ids}-00000000000000000000` }
}

/** `TEST_SEED`, or another each run. Say which in the test's output. */
export const freshSeed = (): number => Number(process.env.TEST_SEED ?? Math.floor(Math.random() * 0x7fff_ffff))
