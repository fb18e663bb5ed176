import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { bearerOf } from '../auth/gate.ts'
import { isViewer } from '../auth/roles.ts'
import { TICKET_LIFE_MS } from '../auth/tickets.ts'
import type { TokenFault } from '../auth/tokens.ts'
import type { HubContext } from '../context.ts'
import { parsed } from '../http/api.ts'
import { successText } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { refused } from '../http/fault.ts'
import { snaked } from '../http/keys.ts'
import { sendFault, sendText } from '../http/server.ts'
import { ok } from '../../shared/result.ts'

const Credentials = z.object({ email: z.string().max(254), password: z.string().max(1000) })
const Refresh = z.object({ refresh: z.string().max(4000) })

/** Words the family's clients look for. */
const WRONG = 'Invalid email or password'
const BUSY: RestFault = {
  status: 503,
  message: 'Too many people are signing in: try again in a few seconds.',
  retryAfterSeconds: 3,
}
const LISTED: RestFault = { status: 401, message: 'Token is blacklisted' }
const INVALID: RestFault = { status: 401, message: 'Token is invalid or expired' }

/** Sign-in, refresh with rotation, sign-out, connection tickets. */
export function addAuth(app: FastifyInstance, context: HubContext): void {
  const limited = (max: number) => ({ config: { rateLimit: { max, timeWindow: 60_000 } } })
  const { signInsPerMinute, authPerMinute } = context.limits
  app.post('/api/auth/login/', limited(signInsPerMinute), (request, reply) => signIn(context, request.body, reply))
  app.post('/api/auth/refresh/', limited(authPerMinute), (request, reply) => refresh(context, request.body, reply))
  app.post('/api/auth/logout/', limited(authPerMinute), (request, reply) =>
    signOut(context, request.body, bearerOf(request.headers.authorization), reply),
  )
  app.post('/api/auth/ws-ticket/', limited(authPerMinute), async (request, reply) => {
    const caller = await context.gate.byToken(bearerOf(request.headers.authorization))
    if (!caller.ok) return sendFault(reply, { status: 401, message: 'Authentication credentials were not provided.' })
    const ticket = context.tickets.issue(caller.value.admission)
    return say(context, reply, { ticket, expires_in: TICKET_LIFE_MS / 1000 })
  })
}

function say(context: HubContext, reply: FastifyReply, data: unknown, message?: string): FastifyReply {
  const answer = message === undefined ? { data } : { data, message }
  return sendText(reply, 200, successText(answer, context.store.position(), context.now()))
}

async function signIn(context: HubContext, body: unknown, reply: FastifyReply): Promise<FastifyReply> {
  const given = parsed(Credentials, snaked(body)?.value)
  if (!given.ok) return sendFault(reply, given.error)
  const { email, password } = given.value
  const wait = context.attempts.waitFor(email)
  if (wait > 0) {
    context.metrics.signIns.inc({ outcome: 'limited' })
    const message = 'Too many wrong passwords for this account: wait before the next try.'
    return sendFault(reply, { status: 429, message, retryAfterSeconds: Math.ceil(wait / 1000) })
  }
  const found = context.store.read((tables) => tables.users.forSignIn(email)).value
  const matches = await context.passwords.matches(password, found?.hash ?? null)
  if (!matches.ok) return sendFault(reply, BUSY)
  if (found === null || !matches.value || !found.user.is_active || isViewer(found.user.role)) {
    context.attempts.failed(email)
    context.metrics.signIns.inc({ outcome: 'refused' })
    return sendFault(reply, refused(WRONG, { nonFieldErrors: [WRONG] }))
  }
  context.attempts.succeeded(email)
  context.metrics.signIns.inc({ outcome: 'ok' })
  const pair = await context.tokens.issue(found.user.id, 'person')
  context.store.change((tables) => ok(tables.users.signedIn(found.user.id, context.now())))
  const user = context.store.read((tables) => tables.users.byId(found.user.id)).value
  return say(context, reply, { ...pair, user }, 'Login successful')
}

async function refresh(context: HubContext, body: unknown, reply: FastifyReply): Promise<FastifyReply> {
  const given = parsed(Refresh, snaked(body)?.value)
  if (!given.ok) return sendFault(reply, { ...given.error, status: 401 })
  const claims = await context.tokens.verify(given.value.refresh, 'refresh')
  const revoked = revocationFor(context, claims.ok ? claims.value.user_id : ofExpired(claims.error))
  if (revoked !== null) return sendFault(reply, revoked)
  if (!claims.ok) return sendFault(reply, INVALID)
  const { jti, sid, exp, user_id: userId } = claims.value
  const caller = context.gate.byAdmission({ userId, sid, exp })
  if (!caller.ok) return sendFault(reply, caller.error.is === 'inactive' ? INVALID : LISTED)
  if (isViewer(caller.value.viewer.role)) {
    // Nobody stands by to sign a wall in again: an answer that is lost on its way costs it nothing, the old token stays good.
    const renewed = await context.tokens.issue(userId, 'device', sid)
    return say(context, reply, renewed, 'Token refreshed successfully')
  }
  // made before the old one is spent: a failure in between must not sign anyone out
  const pair = await context.tokens.issue(userId, 'person', sid)
  const spent = context.store.change((tables) => ok(tables.tokens.revoke(jti, exp * 1000)))
  if (!spent.ok || !spent.value.value) return sendFault(reply, LISTED)
  return say(context, reply, pair, 'Token refreshed successfully')
}

const ofExpired = (fault: TokenFault): number | null => (fault.is === 'expired' ? fault.of : null)

/**
 * The one answer that is an order: an administrator took this very account away. Told to whoever holds a refresh token of
 * it that this hub signed, also one whose time is over; no other 401 has this code.
 */
function revocationFor(context: HubContext, userId: number | null): RestFault | null {
  if (userId === null) return null
  const found = context.store.read(({ users }) => ({
    user: users.byId(userId),
    order: users.revocationOf(userId),
  })).value
  if (found.user === null || found.order === null) return null
  const { id: order, by, at, wipe } = found.order
  const account = { id: userId, email: found.user.email }
  const errors = { code: 'account_revoked', order, by, at, wipe, account }
  return { status: 401, message: 'This account was revoked by an administrator', errors }
}

/** Needs no live access token: a desk that was away for hours must still be able to leave for good. */
async function signOut(
  context: HubContext,
  body: unknown,
  bearer: string | null,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const given = parsed(Refresh, snaked(body)?.value)
  if (!given.ok) return sendFault(reply, given.error)
  const claims = await context.tokens.verify(given.value.refresh, 'refresh')
  if (!claims.ok) {
    const access = bearer === null ? null : await context.tokens.verify(bearer, 'access')
    if (access === null || !access.ok) return sendFault(reply, INVALID)
  }
  const sid = claims.ok ? claims.value.sid : null
  if (claims.ok) {
    const { jti, exp } = claims.value
    context.store.change((tables) => {
      tables.tokens.revoke(jti, exp * 1000)
      return ok(tables.tokens.revoke(claims.value.sid, exp * 1000))
    })
  }
  if (sid !== null) context.desks.endSession(sid)
  return say(context, reply, null, 'Logout successful')
}
