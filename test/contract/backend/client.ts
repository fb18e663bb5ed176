import { setTimeout as wait } from 'node:timers/promises'
import { readAnswer } from '../../../src/core/backend/envelope.ts'
import type { Rest } from '../../../src/core/backend/backend.ts'
import { err } from '../../../src/shared/result.ts'

export type Target = {
  /** `http://host:port`, without a final slash. */
  readonly url: string
  readonly email: string
  readonly password: string
  /** What the handshake says it comes from; null: the server's own origin. */
  readonly origin: string | null
}
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Undefined where the text is no JSON. */
  readonly json: unknown
}
export type CallOptions = {
  readonly body?: unknown
  /** Null: none. Absent: the account's own. */
  readonly token?: string | null
  readonly key?: string
}
export type Tokens = { readonly access: string; readonly refresh: string }

/** A proxy allows 5 sign-in calls a minute; waiting out one refusal is cheaper than failing for it. */
const LONGEST_PATIENCE_MS = 65_000
const ANSWER_MS = 30_000

/** One account at one server, over plain fetch: none of the product's own client is in the way but the reading of envelopes. */
export class Client {
  readonly #target: Target
  #tokens: Tokens = { access: '', refresh: '' }

  constructor(target: Target) {
    this.#target = target
  }
  get tokens(): Tokens {
    return this.#tokens
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const token = options.token === undefined ? this.#tokens.access : options.token
    const init: RequestInit = {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
      headers: {
        accept: 'application/json',
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    }
    const response = await fetch(`${this.#target.url}${path}`, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: parsed(text) }
  }

  /** A call to `/api/auth/`, which proxies ration. */
  async auth(path: string, body: unknown): Promise<Answer> {
    const answer = await this.call('POST', `/api/auth/${path}/`, { body, token: null })
    if (answer.status !== 429 && answer.status !== 503) return answer
    const asked = Number(answer.headers.get('retry-after') ?? '60') * 1000
    await wait(Math.min(asked, LONGEST_PATIENCE_MS))
    return this.call('POST', `/api/auth/${path}/`, { body, token: null })
  }
  async signIn(): Promise<Answer> {
    const { email, password } = this.#target
    const answer = await this.auth('login', { email, password })
    if (answer.status === 200) this.#tokens = tokensIn(answer)
    return answer
  }
  async refresh(): Promise<Answer> {
    const answer = await this.auth('refresh', { refresh: this.#tokens.refresh })
    if (answer.status === 200) this.#tokens = tokensIn(answer)
    return answer
  }

  /** For the product's own reader. */
  readonly rest: Rest = async ({ method, path, body, key }) => {
    try {
      const options = { ...(body === null ? {} : { body }), ...(key === null ? {} : { key }) }
      const { status, headers, text } = await this.call(method, path, options)
      return readAnswer({ status, headers: Object.fromEntries(headers), body: text })
    } catch (thrown) {
      return err({ is: 'network', fault: { is: 'reset', detail: String(thrown) } })
    }
  }
}

function tokensIn(answer: Answer): Tokens {
  const { access, refresh } = fieldsOf(fieldsOf(answer.json).data)
  if (typeof access !== 'string' || typeof refresh !== 'string') throw new Error('no tokens in data')
  return { access, refresh }
}

/** The fields of a JSON object; none where it is something else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {} // any object may be asked for any key

/** `data` of a success envelope. */
export const dataOf = (answer: Answer): Readonly<Record<string, unknown>> => fieldsOf(fieldsOf(answer.json).data)
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
