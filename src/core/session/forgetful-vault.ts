import { ok } from '../../shared/result.ts'
import type { Vault } from '../ports.ts'

/**
 * Keeps nothing. For a sign-in nobody will ask for again: a rehearsal's hub ends with the program, and its tokens must not
 * pile up in the operator's keychain.
 */
export const forgetfulVault = (): Vault => ({
  probe: async () => 'memory',
  state: () => 'memory',
  read: async () => ok(null),
  write: async () => ok(undefined),
  erase: async () => ok(undefined),
})
