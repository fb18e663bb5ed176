import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { bad, type Reply, required, type Route, textOf } from './ask.ts'
import type { Channel } from './channel.ts'
import type { Database } from './database.ts'
import { attendanceRoutes, electorRoutes } from './routes/attendance.ts'
import { electionRoutes } from './routes/elections.ts'
import { guaranteeRoutes } from './routes/guarantees.ts'
import { resultsRoutes } from './routes/results.ts'
import { votingRoutes } from './routes/voting.ts'
import type { UserRow } from './rows.ts'
import * as show from './serializers.ts'
import { camelized, HTML_404, HTML_500, htmlPage, snaked, utc } from './text.ts'
import type { Tokens } from './tokens.ts'

/** The sample reverse proxy's limits: requests a second and burst; for `/api/auth/` a minute. Null: no proxy. */
export type ProxyFault = { readonly status: 503 | 429; readonly retryAfter: number | null } | null

const ROUTES: readonly Route[] = [
  ...electionRoutes,
  ...electorRoutes,
  ...attendanceRoutes,
  ...guaranteeRoutes,
  ...votingRoutes,
  ...resultsRoutes,
]

/** The REST side. Keeps nothing but the proxy's buckets; `faults` may be changed at any moment. */
export class Rest {
  readonly faults: { proxy: ProxyFault; failWith: 500 | 502 | 503 | null } = { proxy: null, failWith: null }
  readonly meters = { requests: 0, limited: 0 }
  readonly #database: Database
  readonly #channel: Channel
  readonly #tokens: Tokens
  readonly #all = new Bucket(10, 20)
  readonly #auth = new Bucket(5 / 60, 5)
  origin = ''

  constructor(database: Database, channel: Channel, tokens: Tokens) {
    this.#database = database
    this.#channel = channel
    this.#tokens = tokens
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.meters.requests++
    const body = await bodyOf(request)
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const refused = this.#proxyRefusal(path)
    if (refused !== null) return send(response, refused.status, refused.headers, refused.page)
    const method = request.method ?? 'GET'
    if (method === 'GET' && !path.endsWith('/')) return send(response, 301, { location: `${path}/` }, '')
    const reply = await this.#answer(method, path, new URLSearchParams(query), request.headers.authorization, body)
    if (reply === null || 'html' in reply)
      return send(response, reply?.status ?? 404, {}, reply?.status === 500 ? HTML_500 : HTML_404)
    const unauthorised = reply.status === 401 && !path.startsWith('/api/auth/')
    const headers = unauthorised ? { 'www-authenticate': 'Bearer realm="api"' } : {}
    send(response, reply.status, { 'content-type': 'application/json', ...headers }, JSON.stringify(envelope(reply)))
  }

  /** A call as this user, without the network: what the product's other users do. */
  async act(user: UserRow, method: string, path: string, body: Readonly<Record<string, unknown>>): Promise<Reply> {
    const [bare = '', query = ''] = path.split('?')
    return (await this.#routed(user, method, bare, new URLSearchParams(query), body)) ?? { status: 404, html: true }
  }

  #proxyRefusal(path: string): { status: number; headers: Record<string, string>; page: string } | null {
    const { proxy, failWith } = this.faults
    if (failWith !== null) return { status: failWith, headers: {}, page: htmlPage(`${failWith} from the proxy`, '') }
    if (proxy === null) return null
    const bucket = path.startsWith('/api/auth/') ? this.#auth : this.#all
    if (bucket.take(Date.now())) return null
    this.meters.limited++
    const headers: Record<string, string> = proxy.retryAfter === null ? {} : { 'retry-after': String(proxy.retryAfter) }
    return { status: proxy.status, headers, page: htmlPage(`${proxy.status} Service Temporarily Unavailable`, 'nginx') }
  }

  async #answer(
    method: string,
    path: string,
    query: URLSearchParams,
    authorization: string | undefined,
    body: string,
  ): Promise<Reply | null> {
    const given = parsed(body, !path.startsWith('/api/candidates/'))
    if (path.startsWith('/api/auth/')) return this.#authorize(method, path, given)
    if (!ROUTES.some((route) => route.path.test(localPath(path))) && path !== HEALTH) return null
    const user = this.#userOf(authorization)
    if (!('email' in user)) return user
    if (given === null) return bad('JSON parse error - Expecting value: line 1 column 1 (char 0)')
    return path === HEALTH ? this.#health(user) : this.#routed(user, method, path, query, given)
  }

  async #routed(
    user: UserRow,
    method: string,
    path: string,
    query: URLSearchParams,
    body: Readonly<Record<string, unknown>>,
  ): Promise<Reply | null> {
    const local = localPath(path)
    const found = ROUTES.filter((route) => route.path.test(local))
    const route = found.find((each) => each.method === method)
    if (route === undefined)
      return found.length === 0 ? null : { status: 405, message: `Method "${method}" not allowed.` }
    const params = route.path.exec(local)?.slice(1) ?? []
    const tell = this.#channel.tell.bind(this.#channel)
    return route.handle({ user, params, query, body, db: this.#database, origin: this.origin, tell })
  }

  #userOf(authorization: string | undefined): UserRow | Reply {
    if (authorization === undefined || !authorization.startsWith('Bearer '))
      return { status: 401, message: 'Authentication credentials were not provided.' }
    const claims = this.#tokens.verify(authorization.slice('Bearer '.length), 'access')
    if (claims === null) return { status: 401, message: 'Given token not valid for any token type' }
    const user = this.#database.get('users', claims.user_id)
    if (user === undefined) return { status: 401, message: 'User not found' }
    return user.active ? user : { status: 401, message: 'User is inactive' }
  }

  #authorize(method: string, path: string, body: Readonly<Record<string, unknown>> | null): Reply | null {
    if (method !== 'POST') return { status: 405, message: `Method "${method}" not allowed.` }
    if (body === null) return bad('JSON parse error - Expecting value: line 1 column 1 (char 0)')
    if (path === '/api/auth/login/') return this.#login(body)
    if (path === '/api/auth/refresh/') return this.#refresh(body)
    // The view turns authentication off and then demands it.
    return path === '/api/auth/logout/'
      ? { status: 403, message: 'You do not have permission to perform this action.' }
      : null
  }
  #login(body: Readonly<Record<string, unknown>>): Reply {
    const [email, password] = [textOf(body, 'email'), textOf(body, 'password')]
    if (email === null) return required('email')
    if (password === null) return required('password')
    const user = this.#database.all('users').find((row) => row.email === email)
    if (user === undefined || user.password !== password || !user.active)
      return bad('Invalid email or password', { nonFieldErrors: ['Invalid email or password'] })
    const pair = this.#tokens.issue(user.id)
    return { status: 200, data: { ...pair, user: show.user(user) }, message: 'Login successful' }
  }
  #refresh(body: Readonly<Record<string, unknown>>): Reply {
    const token = textOf(body, 'refresh')
    if (token === null)
      return { status: 401, message: "{'refresh': [ErrorDetail(string='This field is required.', code='required')]}" }
    const claims = this.#tokens.verify(token, 'refresh')
    if (claims === null) return notValid('Token is invalid or expired')
    if (this.#tokens.isBlacklisted(claims.jti)) return notValid('Token is blacklisted')
    this.#tokens.blacklist(claims.jti)
    return { status: 200, data: this.#tokens.issue(claims.user_id), message: 'Token refreshed successfully' }
  }
  #health(user: UserRow): Reply {
    if (user.role !== 'ADMIN' && user.role !== 'SUPER_ADMIN')
      return { status: 403, message: 'You do not have permission to perform this action.' }
    const layer = { channel_layer_configured: true, channel_layer_type: 'RedisChannelLayer', connection_count: 0 }
    return { status: 200, data: layer, message: 'WebSocket infrastructure is healthy' }
  }
}

/** Routes see the path decoded, so a code holding a slash or a dot finds none. */
const localPath = (path: string): string => decodeURIComponent(path).slice('/api/'.length)
const HEALTH = '/api/utils/websocket/health/'

const notValid = (words: string): Reply => ({
  status: 401,
  message: `{'detail': ErrorDetail(string='${words}', code='token_not_valid'), 'code': ErrorDetail(string='token_not_valid', code='token_not_valid')}`,
})

function envelope(reply: Exclude<Reply, { html: true }>): object {
  if ('data' in reply) {
    const meta = { timestamp: utc(Date.now()), request_id: randomUUID(), ...reply.meta }
    const message = reply.message === undefined ? {} : { message: reply.message }
    return { status: 'success', data: camelized(reply.data), ...message, meta: camelized(meta) }
  }
  const errors = reply.errors === undefined ? {} : { errors: camelized(reply.errors) }
  return { status: 'error', data: null, message: reply.message, ...errors }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** Null: not JSON, or not an object. */
function parsed(body: string, bothStyles: boolean): Readonly<Record<string, unknown>> | null {
  if (body === '') return {}
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return (bothStyles ? snaked(value) : value) as Record<string, unknown> // an object, checked above
  } catch {
    return null
  }
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    server: 'daphne',
    vary: 'Origin',
    'x-frame-options': 'DENY',
    'content-length': Buffer.byteLength(text),
    ...headers,
  })
  response.end(text)
}

/** nginx `limit_req … nodelay`: what runs over the burst is refused. */
class Bucket {
  readonly #perSecond: number
  readonly #burst: number
  #level = 0
  #at = 0

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond
    this.#burst = burst
  }
  take(now: number): boolean {
    this.#level = Math.max(0, this.#level - ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    if (this.#level > this.#burst) return false
    this.#level++
    return true
  }
}
