import { z } from 'zod'
import type { User } from '../../shared/view/session.ts'

/**
 * An administrator's order about one account, as a hub gives it in the `errors` of its answer to that account's own refresh
 * token. `at`: UTC ms by the hub's clock. `wipe`: desks are to remove what they keep of this server.
 */
export type Revocation = z.infer<typeof Revocation>
export const Revocation = z.object({
  code: z.literal('account_revoked'),
  order: z.string().min(8).max(100),
  by: z.string().min(1).max(254),
  at: z.number().int().positive(),
  wipe: z.boolean(),
  account: z.object({ id: z.number().int(), email: z.string().max(254) }),
})

/** The order in an answer's `errors`; null: there is none, and the refusal is a refusal only. */
export function readRevocation(errors: unknown): Revocation | null {
  const found = Revocation.safeParse(errors)
  return found.success ? found.data : null
}

/** Whether it speaks of this very account: an answer about anybody else orders nothing here. */
export const isOf = ({ account }: Revocation, user: User | null): boolean =>
  user !== null && account.id === user.id && account.email.toLowerCase() === user.email.toLowerCase()
