import { Agent, type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { TLSSocket } from 'node:tls'
import type { Http, HttpAnswer, HttpRequest, InTime, NetworkFault } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type CertificateFacts, noteCertificate } from './certificate.ts'
import { addressOf, codeOf, flatten, networkFault, parseAddress, refusedHere } from './network-fault.ts'
import { createTrust } from './trust.ts'

/** Connections kept to one server: enough for a snapshot of every topic at once, few enough to be polite. */
const MAX_CONNECTIONS = 6
/** An idle connection is kept this long; most servers close theirs a little later. */
const IDLE_MS = 4_000
/** The longest a timer of this platform waits, ms. */
const LONGEST_TIMER = 2 ** 31 - 1

/**
 * Asks servers over HTTP. It owns the connections it keeps between requests, and gives them up on `close`; it follows
 * no redirect, asks for no compression, keeps no cookie, and never throws.
 */
export function createHttp(): { readonly http: Http; close(): void } {
  const pools = createPools()
  const waiting = new Set<() => void>()
  let closed = false

  async function http(request: HttpRequest): Promise<Result<HttpAnswer, NetworkFault>> {
    if (closed) return err({ is: 'aborted', detail: 'this desk is closing' })
    const url = parseAddress(request.url, ['http:', 'https:'])
    if (!(url instanceof URL)) return err(url)
    const pool = pools.of(url, request)
    if (!pool.ok) return pool
    const due = performance.now() + request.timeoutMs
    const first = await once(url, request, pool.value, due)
    // A kept connection may die just as it is used. Asking again is safe only where asking changes nothing.
    if (first.stale && request.method === 'GET') return (await once(url, request, pool.value, due)).result
    return first.result
  }

  function once(url: URL, request: HttpRequest, pool: Agent, due: number) {
    return new Promise<Outcome>((resolve) => {
      const finish = (outcome: Outcome) => {
        waiting.delete(abort)
        resolve(outcome)
      }
      let exchange: ClientRequest | null = null
      const abort = () => {
        finish({ result: err({ is: 'aborted', detail: 'this desk is closing' }), stale: false })
        exchange?.destroy()
      }
      waiting.add(abort)
      try {
        exchange = begin(url, request, pool, due, finish)
      } catch (cause) {
        finish({ result: err(refusedHere(cause)), stale: false })
      }
    })
  }

  function close() {
    closed = true
    for (const abort of [...waiting]) abort()
    pools.close()
  }
  return { http, close }
}

/** Kept connections; one pool per extra authority: what was made under one trust is never used under another. */
function createPools() {
  const trust = createTrust()
  const plain = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, timeout: IDLE_MS })
  const secure = new Map<string, Result<SecureAgent, NetworkFault>>()
  function secureFor(request: HttpRequest): Result<SecureAgent, NetworkFault> {
    const key = request.tls.authority ?? ''
    const known = secure.get(key)
    if (known) return known
    const trusted = trust(request.tls)
    if (!trusted.ok) return trusted
    const context = { secureContext: trusted.value }
    const agent = new SecureAgent({ keepAlive: true, maxSockets: MAX_CONNECTIONS, timeout: IDLE_MS, ...context })
    secure.set(key, ok(agent))
    return ok(agent)
  }
  return {
    of: (url: URL, request: HttpRequest) => (url.protocol === 'https:' ? secureFor(request) : ok(plain)),
    close: () => {
      plain.destroy()
      for (const agent of secure.values()) if (agent.ok) agent.value.destroy()
    },
  }
}

type Outcome = {
  readonly result: Result<HttpAnswer, NetworkFault>
  /** The kept connection was dead before the first byte of an answer. */
  readonly stale: boolean
}

function exchangeFor(url: URL, request: HttpRequest, agent: Agent, body: Buffer | null): ClientRequest {
  const length = body ? { 'content-length': body.byteLength } : {}
  return (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
    agent,
    method: request.method,
    headers: { 'accept-encoding': 'identity', ...request.headers, ...length },
  })
}

function begin(
  url: URL,
  request: HttpRequest,
  agent: Agent,
  due: number,
  finish: (outcome: Outcome) => void,
): ClientRequest {
  const address = addressOf(url)
  let certificate: CertificateFacts | null = null
  let answered = false
  let written = request.inTime === undefined
  const body = request.body === null ? null : Buffer.from(request.body, 'utf8')
  const exchange = exchangeFor(url, request, agent, body)
  const give = (fault: NetworkFault, stale = false) => {
    clearTimeout(deadline)
    finish({ result: err(written ? fault : { ...fault, unsent: true }), stale })
    exchange.destroy()
  }
  const deadline = setTimeout(
    () => give({ is: 'timed-out', detail: `no whole answer from ${address.host}:${address.port} in time` }),
    Math.max(0, due - performance.now()),
  )
  exchange.on('socket', (socket) => noteCertificate(socket, (facts) => void (certificate = facts)))
  exchange.on('error', (cause) => {
    const stale = exchange.reusedSocket && !answered && codeOf(cause) === 'ECONNRESET'
    give(networkFault(cause, address, certificate), stale)
  })
  exchange.on('response', (answer) => {
    answered = true
    collect(answer, request.maxBytes, (collected) => {
      if (!collected.ok) return give(collected.error)
      clearTimeout(deadline)
      const flat = flatten(answer.headers)
      finish({ result: ok({ status: answer.statusCode ?? 0, headers: flat, body: collected.value }), stale: false })
    })
  })
  // A server that switches protocols where none was offered speaks something else.
  exchange.on('upgrade', () => give({ is: 'reset', detail: `${address.host} changed the protocol unasked` }))
  const write = () => {
    written = true
    exchange.end(body ?? undefined)
  }
  if (request.inTime === undefined) write()
  else whenConnected(exchange, request.inTime, write, () => give({ is: 'aborted', detail: 'its time was past' }))
  return exchange
}

/** What is ended before there is a connection waits in it, and would go whenever that comes about. */
function whenConnected(exchange: ClientRequest, { withinMs, isLate }: InTime, write: () => void, late: () => void) {
  // Further off than a timer can be, the request's own time ends first.
  const time = setTimeout(late, Math.max(0, Math.min(withinMs, LONGEST_TIMER)))
  exchange.once('close', () => clearTimeout(time))
  exchange.on('socket', (socket) => {
    const connected = () => {
      clearTimeout(time)
      if (exchange.destroyed) return
      if (isLate()) late()
      else write()
    }
    if (exchange.reusedSocket) return connected()
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', connected)
  })
}

function collect(answer: IncomingMessage, maxBytes: number, done: (body: Result<string, NetworkFault>) => void) {
  const parts: Buffer[] = []
  let bytes = 0
  answer.on('data', (part: Buffer) => {
    bytes += part.byteLength
    if (bytes > maxBytes) return done(err({ is: 'too-big', detail: `the answer is larger than ${maxBytes} bytes` }))
    parts.push(part)
  })
  answer.on('end', () => done(ok(Buffer.concat(parts).toString('utf8'))))
  answer.on('error', () => done(err({ is: 'reset', detail: 'the answer broke off half-way' })))
}
