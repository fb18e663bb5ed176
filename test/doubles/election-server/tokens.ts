import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

export type Claims = {
  readonly token_type: 'access' | 'refresh'
  readonly exp: number
  readonly iat: number
  readonly jti: string
  readonly user_id: number
}
export type Lifetimes = { accessSeconds: number; refreshSeconds: number }

/** The real server's tokens: HS256, access and refresh, rotation with a blacklist. */
export class Tokens {
  readonly lifetimes: Lifetimes
  readonly #key = randomUUID()
  readonly #blacklist = new Set<string>()
  /** Tokens given out before this moment count as expired. ms. */
  #expiredBefore = 0

  constructor(lifetimes: Lifetimes) {
    this.lifetimes = lifetimes
  }

  issue(user: number): { access: string; refresh: string } {
    return {
      access: this.#sign('access', user, this.lifetimes.accessSeconds),
      refresh: this.#sign('refresh', user, this.lifetimes.refreshSeconds),
    }
  }
  /** Null when it is not a token of this server, of another type, expired or blacklisted. */
  verify(token: string, type: Claims['token_type']): Claims | null {
    const [head, body, seal] = token.split('.')
    if (head === undefined || body === undefined || seal === undefined) return null
    const expected = this.#seal(`${head}.${body}`)
    if (seal.length !== expected.length || !timingSafeEqual(Buffer.from(seal), Buffer.from(expected))) return null
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Claims & { made: number } // sealed by us
    if (claims.token_type !== type || claims.exp * 1000 <= Date.now()) return null
    return type === 'access' && claims.made < this.#expiredBefore ? null : claims
  }
  isBlacklisted(jti: string): boolean {
    return this.#blacklist.has(jti)
  }
  blacklist(jti: string): void {
    this.#blacklist.add(jti)
  }
  /** Every access token given out so far is expired from now on. */
  expireAccess(): void {
    this.#expiredBefore = performance.timeOrigin + performance.now()
  }

  #sign(type: Claims['token_type'], user: number, seconds: number): string {
    const iat = Math.floor(Date.now() / 1000)
    const made = performance.timeOrigin + performance.now()
    const claims = { token_type: type, exp: iat + seconds, iat, jti: randomUUID(), user_id: user, made }
    const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
    return `${text}.${this.#seal(text)}`
  }
  #seal(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url')
  }
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
