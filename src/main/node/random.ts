import { randomInt, randomUUID } from 'node:crypto'
import type { Random } from '../../core/ports.ts'

/** As many equal steps as the platform draws in one call. */
const STEPS = 2 ** 47

/** Chance from the operating system. */
export function systemRandom(): Random {
  return {
    next: () => randomInt(STEPS) / STEPS,
    id: () => randomUUID(),
  }
}
