import type { Result } from '../../shared/result.ts'
import type { User, SessionView } from '../../shared/view/session.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Revocation } from './revocation.ts'
import type { Cause } from '../../shared/model/link.ts'

export type SignInFault = 'wrong-credentials' | 'too-many-tries' | 'no-answer' | 'not-a-tally-server'
/** `signed-out`: no tokens. `refused`: the server proved them bad. `no-answer`: try later, the tokens may be good. */
export type TokenFault =
  | { readonly is: 'signed-out' }
  | { readonly is: 'refused'; readonly cause: Cause }
  | { readonly is: 'no-answer'; readonly cause: Cause; readonly retryAfterMs: number | null }

/**
 * One user at one server: the access and refresh tokens, their single-flight early refresh with rotation, and their
 * place in the vault. Tokens leave only through `token`, to a header of a call to this same server.
 */
export interface Session {
  state(): SessionView['state']
  user(): User | null
  /** Takes up the tokens a former run left in the vault. False when there are none. */
  restore(): Promise<boolean>
  signIn(email: string, password: string): Promise<Result<User, SignInFault>>
  /** The same for a device, by a hub's one-time code: `wrong-credentials` is a code that is wrong, used or too old. */
  pair(code: string): Promise<Result<User, SignInFault>>
  /** Tells the server if it listens, then forgets everywhere. Never fails, never waits long. */
  signOut(): Promise<void>
  /** An access token with at least a minute to live. `fresh`: the last one was refused, get another. */
  token(fresh: boolean): Promise<Result<string, TokenFault>>
  onChange(listener: () => void): Unsubscribe
  /** A new access token came: an open socket may be told. */
  onRenewed(listener: (token: string) => void): Unsubscribe
  /**
   * The server took this very account away. Listeners write it down: the sign-in leaves the vault only once all of them say
   * that they did, for without it the order is not heard again.
   */
  onRevoked(listener: (order: Revocation) => boolean): Unsubscribe
  stop(): void
}
