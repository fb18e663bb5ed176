import type { Random } from '../../src/core/ports.ts'
import { seededRandom } from '../doubles/seeded-random.ts'

/** Draws of one source of chance. Each source has its own, so that taking a step out of a history leaves the others' draws alone. */
export type Chance = Random & {
  /** A whole number from 0 up to and without `end`. */
  upTo(end: number): number
  between(from: number, to: number): number
  is(part: number): boolean
  of<T>(items: readonly T[]): T
}

/** FNV-1a over the words that name a source. */
function mixed(seed: number, name: string): number {
  let sum = 0x811c9dc5 ^ seed
  for (const letter of `${seed}/${name}`) sum = Math.imul(sum ^ letter.charCodeAt(0), 0x01000193) >>> 0
  return sum
}

export function chanceOf(seed: number, name: string): Chance {
  const random = seededRandom(mixed(seed, name))
  const upTo = (end: number) => Math.floor(random.next() * end)
  return {
    ...random,
    upTo,
    between: (from, to) => from + upTo(to - from + 1),
    is: (part) => random.next() < part,
    of: (items) => items[upTo(items.length)]!,
  }
}
