import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'

/** What a valid token says. `exp` is UTC seconds; `sid` ties an access token to the sign-in it came from. */
const Claims = z.object({
  token_type: z.enum(['access', 'refresh']),
  user_id: z.number().int(),
  jti: z.string(),
  sid: z.string(),
  exp: z.number(),
})
export type Claims = z.output<typeof Claims>

/** `of`: whose token it was, where this hub signed it and only its time is over. */
export type TokenFault = { readonly is: 'expired'; readonly of: number | null } | { readonly is: 'invalid' }
export type TokenPair = { readonly access: string; readonly refresh: string }
export type Tokens = {
  /** A pair for a new sign-in, or for the same one when `sid` is given; a device's refresh token lives much longer. */
  issue(userId: number, who: 'person' | 'device', sid?: string): Promise<TokenPair>
  verify(token: string, type: 'access' | 'refresh'): Promise<Result<Claims, TokenFault>>
}

export type TokenOptions = {
  readonly key: Uint8Array
  readonly accessSeconds: number
  readonly refreshSeconds: number
  readonly deviceSeconds: number
  readonly now: () => number
}

/** JWT, HS256, with the claims the server family's clients expect. */
export function tokensWith(options: TokenOptions): Tokens {
  const nowSeconds = (): number => Math.floor(options.now() / 1000)
  const sign = (type: Claims['token_type'], userId: number, sid: string, life: number): Promise<string> => {
    const iat = nowSeconds()
    const claims = {
      token_type: type,
      exp: iat + life,
      iat,
      jti: randomUUID().replaceAll('-', ''),
      user_id: userId,
      sid,
    }
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(options.key)
  }
  return {
    issue: async (userId, who, sid = randomUUID()) => ({
      access: await sign('access', userId, sid, options.accessSeconds),
      refresh: await sign('refresh', userId, sid, who === 'device' ? options.deviceSeconds : options.refreshSeconds),
    }),
    verify: async (token, type) => {
      try {
        const { payload } = await jwtVerify(token, options.key, {
          algorithms: ['HS256'],
          currentDate: new Date(options.now()),
        })
        const claims = Claims.safeParse(payload)
        return claims.success && claims.data.token_type === type ? ok(claims.data) : err({ is: 'invalid' })
      } catch (thrown) {
        if (!(thrown instanceof errors.JWTExpired)) return err({ is: 'invalid' })
        // Its signature was checked before its time was.
        const claims = Claims.safeParse(thrown.payload)
        return err({
          is: 'expired',
          of: claims.success && claims.data.token_type === type ? claims.data.user_id : null,
        })
      }
    },
  }
}
