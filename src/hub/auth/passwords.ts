import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Mode } from '../store/records.ts'

/** How much work a hash costs; written into the hash, so old ones stay readable when this is raised. */
type Cost = { readonly N: number; readonly r: number; readonly p: number }
const COSTS: Readonly<Record<Mode, Cost>> = {
  // OWASP's scrypt setting of 32 MB
  official: { N: 2 ** 15, r: 8, p: 3 },
  // a rehearsal has invented people and a password printed on the screen
  rehearsal: { N: 2 ** 11, r: 8, p: 1 },
}
const KEY_BYTES = 32
const SALT_BYTES = 16
/** Hashes worked on at once; each takes tens of MB and a thread of the pool. */
const AT_ONCE = 2
/** Sign-ins that may wait; past it the hub says it is busy instead of falling behind. */
const MAY_WAIT = 64

export type Busy = { readonly is: 'busy' }
export type Passwords = {
  hash(password: string): Promise<Result<string, Busy>>
  /** Takes as long for an unknown account (`stored` null) as for a wrong password. */
  matches(password: string, stored: string | null): Promise<Result<boolean, Busy>>
}

const derive = (password: string, salt: Buffer, cost: Cost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 256 * cost.N * cost.r }
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (fault, key) => (fault ? reject(fault) : resolve(key)))
  })

/** Owns the queue of hashing work. Keeps no password and no hash. */
export function passwordsFor(mode: Mode): Passwords {
  const cost = COSTS[mode]
  const waiting: (() => void)[] = []
  let working = 0
  const nobody = formatted(cost, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES))

  async function queued<T>(work: () => Promise<T>): Promise<Result<T, Busy>> {
    if (working >= AT_ONCE) {
      if (waiting.length >= MAY_WAIT) return err({ is: 'busy' })
      await new Promise<void>((turn) => waiting.push(turn))
    }
    working += 1
    try {
      return ok(await work())
    } finally {
      working -= 1
      waiting.shift()?.()
    }
  }

  return {
    hash: (password) =>
      queued(async () => {
        const salt = randomBytes(SALT_BYTES)
        return formatted(cost, salt, await derive(password, salt, cost))
      }),
    matches: (password, stored) =>
      queued(async () => {
        const parts = parsed(stored ?? nobody) ?? parsed(nobody)
        if (parts === null) return false
        const key = await derive(password, parts.salt, parts.cost)
        return timingSafeEqual(key, parts.key) && stored !== null
      }),
  }
}

const formatted = (cost: Cost, salt: Buffer, key: Buffer): string =>
  `scrypt$${cost.N}$${cost.r}$${cost.p}$${salt.toString('base64')}$${key.toString('base64')}`

function parsed(stored: string): { readonly cost: Cost; readonly salt: Buffer; readonly key: Buffer } | null {
  const [name, N, r, p, salt, key] = stored.split('$')
  if (name !== 'scrypt' || salt === undefined || key === undefined) return null
  const parts = {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
  return parts.key.length === KEY_BYTES ? parts : null
}
