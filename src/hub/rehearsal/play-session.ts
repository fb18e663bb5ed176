import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { SeedUser } from '../seed.ts'
import type { PlayClock } from './play-control.ts'
import type { PlayFault } from './play-fault.ts'
import { type Answer, type Call, refusalWords, type Sender } from './play-rest.ts'

export type PlayUser = Pick<SeedUser, 'email' | 'password'>
/** What stops a step: a fault, or the play being aborted. */
export type Halt = PlayFault | 'stopped'

/** A fresh token may end before it is used; refused more often than this, it is the server's word. */
const RENEWALS = 2

/** Makes calls in the name of users: signs each in when first needed and keeps the tokens fresh. */
export type Sessions = {
  /** The answer whatever its status, except 401, which is answered by new tokens and one more try. */
  as(email: string, call: Omit<Call, 'token'>): Promise<Result<Answer, Halt>>
}

type Tokens = { readonly access: string; readonly refresh: string; readonly expires: number }

/** A token is renewed this long before it ends, so that no call is made with one that ends on the way. */
const RENEW_BEFORE_MS = 60_000

const tokensShape = z.looseObject({ data: z.looseObject({ access: z.string(), refresh: z.string() }) })
const claimsShape = z.looseObject({ exp: z.number() })

export function createSessions(users: readonly PlayUser[], sender: Sender, clock: PlayClock): Sessions {
  const held = new Map<string, Tokens>()

  async function tokensFor(email: string): Promise<Result<Tokens, Halt>> {
    const known = held.get(email)
    if (known !== undefined && known.expires - clock.now() > RENEW_BEFORE_MS) return ok(known)
    if (known !== undefined) {
      const renewed = await ask(email, { method: 'POST', path: '/api/auth/refresh/', body: { refresh: known.refresh } })
      if (renewed.ok || renewed.error === 'stopped' || renewed.error.is === 'unreachable') return renewed
    }
    const user = users.find((candidate) => candidate.email === email)
    if (user === undefined)
      return err(fault('unknown-name', '/api/auth/login/', null, `no user ${email} was given to the player`))
    return ask(email, {
      method: 'POST',
      path: '/api/auth/login/',
      body: { email: user.email, password: user.password },
    })
  }

  async function ask(email: string, call: Call): Promise<Result<Tokens, Halt>> {
    const answer = await sender.send(call)
    if (!answer.ok) return answer
    const { status, json } = answer.value
    if (status !== 200)
      return err(fault('sign-in-refused', call.path, status, `${email}: ${refusalWords(answer.value)}`))
    const parsed = tokensShape.safeParse(json)
    if (!parsed.success) return err(fault('unexpected-answer', call.path, status, 'no access and refresh token in it'))
    const { access, refresh } = parsed.data.data
    const tokens = { access, refresh, expires: expiryOf(access) }
    held.set(email, tokens)
    return ok(tokens)
  }

  async function as(email: string, call: Omit<Call, 'token'>): Promise<Result<Answer, Halt>> {
    for (let tries = 0; ; tries += 1) {
      const tokens = await tokensFor(email)
      if (!tokens.ok) return tokens
      const answer = await sender.send({ ...call, token: tokens.value.access })
      if (!answer.ok || answer.value.status !== 401 || tries >= RENEWALS) return answer
      held.set(email, { ...tokens.value, expires: 0 })
    }
  }
  return { as }
}

/** When a token ends, epoch ms, by its own claims; never, if it does not say. */
function expiryOf(token: string): number {
  try {
    const claims = claimsShape.safeParse(
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')),
    )
    return claims.success ? claims.data.exp * 1000 : Number.POSITIVE_INFINITY
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

function fault(is: PlayFault['is'], path: string, status: number | null, message: string): PlayFault {
  return { is, call: `POST ${path}`, status, message, action: null }
}
