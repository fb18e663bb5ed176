import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { ok } from '../../shared/result.ts'
import { bearerOf } from '../auth/gate.ts'
import { isAdmin } from '../auth/roles.ts'
import type { HubContext } from '../context.ts'
import type { Api } from '../http/api.ts'
import { isLoopbackAddress } from '../http/origin.ts'
import { sendFault } from '../http/server.ts'

/** What the hub says about itself: to admins over REST, to Prometheus on this machine or with a token. */
export function addHealth(api: Api, app: FastifyInstance, context: HubContext): void {
  api.read('/api/utils/websocket/health/', 'admin', () => {
    const { layer, desks } = context
    const data = { channel_layer_configured: true, channel_layer_type: layer.kind, connection_count: desks.count }
    return ok({ data, message: 'WebSocket infrastructure is healthy' })
  })
  app.get('/metrics', async (request, reply) => {
    // a proxy on this machine makes everyone look local, so what it forwards does not count as local
    const local = isLoopbackAddress(request.socket.remoteAddress) && request.headers['x-forwarded-for'] === undefined
    const bearer = bearerOf(request.headers.authorization)
    const known = bearer !== null && context.metricsToken !== null && sameText(bearer, context.metricsToken)
    if (!local && !known) {
      const caller = await context.gate.byToken(bearer)
      if (!caller.ok || !isAdmin(caller.value.user.role)) {
        return sendFault(reply, { status: 401, message: 'Metrics are for this machine, or with a token.' })
      }
    }
    return reply.type(context.metrics.registry.contentType).send(await context.metrics.registry.metrics())
  })
}

/** Compares in a time that says nothing about where two secrets differ. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
