import { z } from 'zod'
import { User } from '../../shared/view/session.ts'
import { parseJson } from '../backend/envelope.ts'
import type { Clock, Random } from '../ports.ts'
import { tokenLife } from './jwt.ts'
import { RENEWAL, SESSION_WAITS } from './waits.ts'

/** The access token and how long it is good, counted from when it came: the desk's wall clock may be wrong. */
export type Access = {
  readonly token: string
  readonly lifeMs: number
  readonly renewAfterMs: number
  readonly cameAt: { readonly wall: number; readonly elapsed: number }
}

/** Takes up a token that was issued just now. */
export function takeUp(token: string, clock: Clock, random: Random): Access {
  const { issuedAt, expiresAt } = tokenLife(token)
  const stated = issuedAt === null || expiresAt === null ? 0 : expiresAt - issuedAt
  const lifeMs = stated > 0 ? stated : SESSION_WAITS.assumedLife
  const part = RENEWAL.from + (RENEWAL.to - RENEWAL.from) * random.next()
  return {
    token,
    lifeMs,
    renewAfterMs: Math.floor(lifeMs * part),
    cameAt: { wall: clock.now(), elapsed: clock.elapsed() },
  }
}

/**
 * Ms since the token came. The larger of two measures: the elapsed clock may stand still while the machine sleeps, the
 * wall clock may be set; believing a token older than it is costs one refresh, younger costs a refusal.
 */
export const ageOf = (access: Access, clock: Clock): number =>
  Math.max(clock.elapsed() - access.cameAt.elapsed, clock.now() - access.cameAt.wall, 0)

/** A short-lived token is good for half its life rather than never. */
export const isGood = (access: Access, clock: Clock): boolean =>
  access.lifeMs - ageOf(access, clock) >= Math.min(SESSION_WAITS.shortestLife, access.lifeMs / 4)

const Kept = z.object({ refresh: z.string().min(1), user: User })
export type Kept = z.infer<typeof Kept>

/** What lies in the vault, or null when it is not ours. */
export function readKept(text: string): Kept | null {
  const parsed = parseJson(text)
  const kept = Kept.safeParse(parsed.ok ? parsed.value : null)
  return kept.success ? kept.data : null
}
export const writeKept = ({ refresh, user }: Kept): string => JSON.stringify({ refresh, user })
