import { z } from 'zod'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Pace } from './pace.ts'
import type { PlayClock } from './play-control.ts'
import type { PlayFault } from './play-fault.ts'

/** The part of `fetch` that is needed; the platform's own fits. */
export type PlayFetch = (url: string, init: PlayRequest) => Promise<PlayResponse>
export type PlayRequest = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly signal: AbortSignal
}
export type PlayResponse = {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

/** An answer within the protocol: the status and the parsed JSON (undefined when the body is not JSON). */
export type Answer = { readonly status: number; readonly json: unknown }
export type Call = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  readonly token?: string | undefined
}

/** A call that has had no answer for this long is given up and made again. */
const CALL_TIMEOUT_MS = 30_000
/** Waits between tries: doubled each time, from the first to the longest. */
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000
/** A server that has been unwell for this long is not coming back within this play. */
const PATIENCE_MS = 180_000

export type SenderOptions = {
  readonly url: string
  readonly fetch: PlayFetch
  readonly clock: PlayClock
  readonly pace: Pace
  readonly signal: AbortSignal
  /** Begins every idempotency key of this play. */
  readonly runId: string
  readonly onRetry: (call: string, why: string, waitMs: number) => void
}

/** Sends one call until the server has answered it; `stopped` when the play was aborted meanwhile. */
export type Sender = {
  send(call: Call): Promise<Result<Answer, PlayFault | 'stopped'>>
  readonly calls: number
  readonly retries: number
}

/**
 * Owns the way to the server: each call carries one idempotency key through all its tries, so that an answer lost on
 * the way neither doubles nor drops what was asked. It never judges an answer: anything but 429 and 5xx goes back.
 */
export function createSender(options: SenderOptions): Sender {
  const { clock, pace, signal } = options
  const counts = { calls: 0, retries: 0 }

  async function send(call: Call): Promise<Result<Answer, PlayFault | 'stopped'>> {
    counts.calls += 1
    const key = `${options.runId}-${counts.calls}`
    const since = clock.now()
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      if (signal.aborted) return err('stopped')
      const tried = await attempt(options, call, key)
      if (tried.is === 'answer') return ok(tried.answer)
      if (signal.aborted) return err('stopped')
      if (clock.now() - since > PATIENCE_MS) return err(gaveUp(call, tried.status, tried.why))
      const waitMs = tried.retryAfterMs ?? wait
      options.onRetry(`${call.method} ${call.path}`, tried.why, waitMs)
      counts.retries += 1
      if ((await pace.rest(waitMs)) === 'stopped') return err('stopped')
    }
  }
  return {
    send,
    get calls() {
      return counts.calls
    },
    get retries() {
      return counts.retries
    },
  }
}

type Tried =
  | { readonly is: 'answer'; readonly answer: Answer }
  | { readonly is: 'again'; readonly why: string; readonly status: number | null; readonly retryAfterMs: number | null }

async function attempt({ url, fetch, clock, signal }: SenderOptions, call: Call, key: string): Promise<Tried> {
  const giveUp = new AbortController()
  const stop = (): void => giveUp.abort()
  const stopTimer = clock.after(CALL_TIMEOUT_MS, stop)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    const response = await fetch(`${url}${call.path}`, requestOf(call, key, giveUp.signal))
    const text = await response.text()
    if (response.status !== 429 && response.status < 500)
      return { is: 'answer', answer: { status: response.status, json: jsonOf(text) } }
    const retryAfterMs = waitAsked(response.headers.get('retry-after'), clock.now())
    return { is: 'again', why: `HTTP ${response.status}`, status: response.status, retryAfterMs }
  } catch (thrown) {
    // Whatever fetch throws means that no whole answer came; the key makes asking again safe.
    const why = giveUp.signal.aborted && !signal.aborted ? `no answer in ${CALL_TIMEOUT_MS / 1000} s` : wordsOf(thrown)
    return { is: 'again', why, status: null, retryAfterMs: null }
  } finally {
    stopTimer()
    signal.removeEventListener('abort', stop)
  }
}

function requestOf(call: Call, key: string, signal: AbortSignal): PlayRequest {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (call.token !== undefined) headers['authorization'] = `Bearer ${call.token}`
  if (call.method !== 'GET') headers['idempotency-key'] = key
  if (call.body === undefined) return { method: call.method, headers, signal }
  headers['content-type'] = 'application/json'
  return { method: call.method, headers, body: JSON.stringify(call.body), signal }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `Retry-After` as seconds or as a date, in ms. */
function waitAsked(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'connection lost'
  return thrown.cause instanceof Error ? `${thrown.message}: ${thrown.cause.message}` : thrown.message
}

function gaveUp(call: Call, status: number | null, why: string): PlayFault {
  const message = `no good answer for ${PATIENCE_MS / 1000} s, last: ${why}`
  return { is: 'unreachable', call: `${call.method} ${call.path}`, status, message, action: null }
}

const errorBody = z.looseObject({ message: z.string().optional(), error: z.string().optional() })

/** What the server says in words about a refusal. */
export function refusalWords(answer: Answer): string {
  const body = errorBody.safeParse(answer.json)
  return (body.success ? (body.data.message ?? body.data.error) : undefined) ?? 'no explanation'
}
