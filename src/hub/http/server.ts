import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastify from 'fastify'
import type { HubContext } from '../context.ts'
import { wordsOf } from '../log.ts'
import { errorText } from './envelope.ts'
import type { RestFault } from './fault.ts'

const BODY_BYTES = 1024 * 1024
/** A request that is not whole by then is given up. */
const REQUEST_TIMEOUT_MS = 30_000
const HEADERS_TIMEOUT_MS = 15_000
/** Longer than the idle time of common proxies, so that the hub never hangs up first. */
const KEEP_ALIVE_MS = 75_000
const JSON_TYPE = 'application/json; charset=utf-8'

export function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type(JSON_TYPE).send(text)
}

export function sendFault(reply: FastifyReply, fault: RestFault): FastifyReply {
  if (fault.status === 401) reply.header('www-authenticate', 'Bearer realm="api"')
  if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', String(fault.retryAfterSeconds))
  return sendText(reply, fault.status, errorText(fault))
}

/** The HTTP side without its routes: limits, error answers, browser rules, counting. Everything it answers is JSON. */
export async function makeServer(context: HubContext): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
  })
  app.server.headersTimeout = HEADERS_TIMEOUT_MS
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    // a DELETE with the header and no body is no fault
    if (body === '') done(null, undefined)
    else void parse(request, body, done)
  })
  await app.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    errorResponseBuilder: () => Object.assign(new Error('Too many requests'), { statusCode: 429 }),
  })
  app.setErrorHandler((error, request, reply) => sendFault(reply, faultOf(error, request, context)))
  app.setNotFoundHandler((request, reply) => {
    const slash = request.url.split('?')[0]?.endsWith('/') === true
    const message = slash ? 'Not found.' : 'Not found. Paths of this server end with a slash.'
    return sendFault(reply, { status: 404, message })
  })
  addBrowserRules(app, context)
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    context.metrics.requests.inc({ method: request.method, route, status: String(reply.statusCode) })
    context.metrics.seconds.observe({ method: request.method, route }, reply.elapsedTime / 1000)
  })
  return app
}

function addBrowserRules(app: FastifyInstance, context: HubContext): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store')
    const { origin, host } = request.headers
    if (origin === undefined) return
    reply.header('vary', 'Origin')
    if (!context.originAllowed(origin, host)) return
    reply.header('access-control-allow-origin', origin)
    if (request.method !== 'OPTIONS') return
    reply
      .header('access-control-allow-methods', 'DELETE, GET, OPTIONS, PATCH, POST')
      .header('access-control-allow-headers', 'authorization, content-type, idempotency-key')
      .header('access-control-max-age', '86400')
    return reply.code(204).send()
  })
}

/** What a thrown thing becomes for the caller. Only the hub's own log learns the details of a bug. */
function faultOf(error: unknown, request: FastifyRequest, context: HubContext): RestFault {
  // fastify and its plugins put these on the errors they throw
  const { statusCode, code } = error as { readonly statusCode?: number; readonly code?: string }
  if (statusCode === 429) return { status: 429, message: 'Too many requests: try again in a moment.' }
  if (statusCode === 413) return { status: 413, message: 'The request body is too large.' }
  if (statusCode === 415) return { status: 415, message: 'The request body must be application/json.' }
  if (statusCode === 400) return { status: 400, message: `JSON parse error - ${wordsOf(error)}` }
  context.log({
    level: 'error',
    event: 'request.failed',
    method: request.method,
    route: request.routeOptions.url ?? '',
    code: code ?? null,
    words: wordsOf(error),
  })
  return { status: 500, message: 'The hub failed on this request; nothing was changed. Its log says why.' }
}
