import { err, type Result } from '../../shared/result.ts'
import type { Clock, Http, HttpAnswer, InTime, Log, NetworkFault, Random } from '../ports.ts'
import type { Session, TokenFault } from '../session/session.ts'
import type { Rest, RestCall, RestFault, RestReply } from './backend.ts'
import { CallQueue } from './call-queue.ts'
import { readAnswer, retryAfterMs } from './envelope.ts'

/** The largest answer read, bytes: a committee of 100 000 marks fits. */
export const LARGEST_ANSWER = 32 * 1024 * 1024
/** Ms of the usual calls; a call may name another. */
export const REST_WAITS = {
  /** One page, one record, one write. */
  usual: 15_000,
  /** A list the server does not page. */
  long: 60_000,
  /** Rest given to a server that says it is busy and does not say for how long; spread over as much again. */
  breather: 1_000,
} as const

export type RestParts = {
  readonly http: Http
  readonly clock: Clock
  readonly random: Random
  readonly session: Session
  readonly server: { readonly url: string; readonly authority: string | null }
  readonly log: Log
}
/** The calls, and how the pace stands. */
export type PacedRest = Rest & {
  /** Ms until the rest the server asked for is over; 0: none. */
  pauseLeft(): number
  /** Calls waiting for their turn. */
  waiting(): number
  inFlight(): number
  /** The server is a hub: it may be asked faster. */
  atHub(isHub: boolean): void
  stop(): void
}

/**
 * Owns the calls to one server's REST interface: authorisation, pace, envelope. It follows no redirect, repeats a call
 * once only and only after a 401, and never throws: whatever comes back is a value.
 */
export function createRest(parts: RestParts): PacedRest {
  const queue = new CallQueue(parts.clock)
  const rest = async (call: RestCall): Promise<Result<RestReply, RestFault>> => {
    if (!/^\/api\/[^\s\\]*$/.test(call.path))
      return err({ is: 'network', fault: { is: 'bad-url', detail: 'a path begins with /api/ and holds no blanks' } })
    const pauseLeft = queue.pauseLeft()
    if (pauseLeft > call.timeoutMs) return err(busy(pauseLeft))
    const going = { ...parts, inTime: timeOf(parts.clock, call), pause: (ms: number) => queue.pause(ms) }
    return queue.run(laneOf(call), () => authorised(going, call))
  }
  return Object.assign(rest, {
    pauseLeft: () => queue.pauseLeft(),
    waiting: () => queue.waiting(),
    inFlight: () => queue.inFlight(),
    atHub: (isHub: boolean) => queue.atHub(isHub),
    stop: () => queue.stop(),
  })
}

/** One call on its way. */
type Going = RestParts & {
  /** Until when it may be sent; null: at any time. */
  readonly inTime: (() => InTime) | null
  readonly pause: (ms: number) => void
}

/** Until when it may be sent, by either clock: somebody may set the desk's back while it waits its turn. */
function timeOf(clock: Clock, { notAfter }: RestCall): (() => InTime) | null {
  if (notAfter === undefined || notAfter === null) return null
  const end = clock.elapsed() + notAfter - clock.now()
  const left = () => Math.min(notAfter - clock.now(), end - clock.elapsed())
  return () => ({ withinMs: left(), isLate: () => left() <= 0 })
}

const laneOf = (call: RestCall) =>
  call.path.startsWith('/api/auth/') ? 'auth' : call.method === 'GET' ? 'read' : 'write'

const busy = (retryAfterMs: number): RestFault => ({
  is: 'answer',
  status: 503,
  message: 'the server asked for a pause',
  errors: null,
  retryAfterMs,
})

/** One call; after a 401 once more with another token. */
async function authorised(parts: Going, call: RestCall): Promise<Result<RestReply, RestFault>> {
  const token = await parts.session.token(false)
  if (!token.ok) return err(tokenFault(token.error))
  const first = await send(parts, call, token.value)
  if (!first.ok || first.value.status !== 401) return finish(parts, call, first)
  // Another call may have renewed it meanwhile: then its token is the fresh one.
  const current = await parts.session.token(false)
  const other = current.ok && current.value !== token.value ? current : await parts.session.token(true)
  if (!other.ok) return err(tokenFault(other.error))
  return finish(parts, call, await send(parts, call, other.value))
}

function finish({ log, random, pause }: Going, call: RestCall, sent: Sent): Result<RestReply, RestFault> {
  const path = call.path.split('?')[0] ?? ''
  if (!sent.ok) {
    if (sent.error.is === 'too-late') {
      log.warn('rest.too-late', { method: call.method, path })
      return err(sent.error)
    }
    log.warn('rest.no-answer', { method: call.method, path, is: sent.error.is })
    return err({ is: 'network', fault: sent.error })
  }
  const { status, headers } = sent.value
  if (status === 429 || status === 503) {
    const asked = retryAfterMs(headers) ?? REST_WAITS.breather
    const spread = random.next() * Math.max(REST_WAITS.breather, asked / 4)
    pause(asked + spread)
    log.warn('rest.asked-to-wait', { method: call.method, path, status, ms: Math.round(asked + spread) })
  }
  const reply = readAnswer(sent.value)
  if (!reply.ok) log.info('rest.declined', { method: call.method, path, status, is: reply.error.is })
  return reply
}

const versionHeaders = ({ version }: RestCall): Readonly<Record<string, string>> =>
  version === undefined ? {} : version === null ? { 'if-none-match': '*' } : { 'if-match': version }

type Sent = Result<HttpAnswer, NetworkFault | { readonly is: 'too-late' }>

/** Its time is looked at last by who writes it to the network: a connection may be long in coming. */
async function send({ http, server, inTime }: Going, call: RestCall, token: string): Promise<Sent> {
  const time = inTime?.()
  if (time?.isLate()) return err({ is: 'too-late' })
  const hasBody = call.body !== null && call.body !== undefined
  const sent = await http({
    method: call.method,
    url: `${server.url}${call.path}`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(call.key === null ? {} : { 'idempotency-key': call.key }),
      ...versionHeaders(call),
    },
    body: hasBody ? JSON.stringify(call.body) : null,
    timeoutMs: call.timeoutMs,
    maxBytes: LARGEST_ANSWER,
    tls: { authority: server.authority },
    ...(time && { inTime: time }),
  })
  return !sent.ok && sent.error.unsent && time?.isLate() ? err({ is: 'too-late' }) : sent
}

/** No token to be had: told as what it means for the call. */
function tokenFault(fault: TokenFault): RestFault {
  if (fault.is !== 'no-answer') return { is: 'signed-out' }
  const { code, proof } = fault.cause
  switch (code) {
    case 'name-not-found':
    case 'refused':
    case 'timed-out':
    case 'unreachable':
    case 'reset':
    case 'tls':
      return { is: 'network', fault: { is: code, detail: proof } }
    default:
      return { is: 'answer', status: 503, message: proof, errors: null, retryAfterMs: fault.retryAfterMs }
  }
}
