import type { Account } from './rows.ts'
import { ACCOUNTS } from './rows.ts'

/** In every secret of a history, so that one search finds whichever leaks. */
export const SECRET_MARK = 's3cr3t'
export const PASSWORD = `${SECRET_MARK}-words`

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
type Refresh = { readonly account: Account; readonly until: number; usedAt: number | null; successor: string | null }
type Access = { readonly account: Account; readonly until: number }

/** Tokens as the family has them: short-lived access, refresh that is good once. Times are ms of the history. */
export class Tokens {
  readonly #access = new Map<string, Access>()
  readonly #refresh = new Map<string, Refresh>()
  readonly #accessMs: number
  readonly #refreshMs: number
  readonly #epoch: number
  #made = 0

  constructor(epoch: number, accessMs: number, refreshMs: number) {
    this.#epoch = epoch
    this.#accessMs = accessMs
    this.#refreshMs = refreshMs
  }

  login(email: unknown, password: unknown, now: number) {
    const account = ACCOUNTS.find((one) => one.email === email)
    return account && password === PASSWORD ? { account, ...this.#issue(account, now) } : null
  }

  #issue(account: Account, now: number): { readonly access: string; readonly refresh: string } {
    this.#made += 1
    const [iat, exp] = [Math.floor((this.#epoch + now) / 1000), Math.floor((this.#epoch + now + this.#accessMs) / 1000)]
    const access = `${part({ alg: 'x' })}.${part({ iat, exp, jti: this.#made })}.${SECRET_MARK}-a${this.#made}`
    const refresh = `${SECRET_MARK}-r${this.#made}`
    this.#access.set(access, { account, until: now + this.#accessMs })
    this.#refresh.set(refresh, { account, until: now + this.#refreshMs, usedAt: null, successor: null })
    return { access, refresh }
  }

  /** Rotates: the old one is dead from here on, whether or not the answer arrives. */
  renew(refresh: unknown, now: number): { readonly access: string; readonly refresh: string } | null {
    const found = this.#refresh.get(String(refresh))
    if (!found || found.usedAt !== null || found.until <= now) return null
    const issued = this.#issue(found.account, now)
    found.usedAt = now
    found.successor = issued.refresh
    return issued
  }

  /** Why a refresh token is no good: `used` names the token that came in its place. */
  whyNot(refresh: string, now: number): 'unknown' | 'ended' | { readonly used: string } | null {
    const found = this.#refresh.get(refresh)
    if (!found) return 'unknown'
    if (found.successor !== null) return { used: found.successor }
    return found.until <= now ? 'ended' : null
  }

  logout(refresh: unknown): void {
    this.#refresh.delete(String(refresh))
  }

  accountOf(header: string | undefined, now: number): Account | null {
    const found = this.#access.get(header?.replace(/^Bearer /, '') ?? '')
    return found && found.until > now ? found.account : null
  }

  /** Every access token given out so far is refused from now on. */
  expireAll(): void {
    this.#access.clear()
  }
}
