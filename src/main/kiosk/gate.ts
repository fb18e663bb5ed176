import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../../core/ports.ts'

/** A launch link lives this long: a browser needs seconds to start, a person who copies the link a little more. */
const KEY_LIFE_MS = 60_000
/** Launch links waiting to be used at once; the oldest gives way. */
const MAX_KEYS = 16
/** Browsers let in during one run of the program; each keeps its own session. */
const MAX_SESSIONS = 64

export type Refusal = { readonly status: 403 | 421; readonly say: string }
type Headers = Readonly<Pick<IncomingHttpHeaders, 'host' | 'origin' | 'cookie'>>

/**
 * Who may come in. A page anywhere on the web can make the operator's browser send requests here, and any program on
 * this machine can send its own; the gate tells the console's window from both. It owns the launch keys and sessions of
 * this run (in memory, as digests) and decides; it answers nothing itself.
 */
export class Gate {
  readonly #port: number
  readonly #clock: Pick<Clock, 'elapsed'>
  /** Digest of an unused launch key → when it was made. */
  readonly #keys = new Map<string, number>()
  /** Digests of the session values handed out. */
  readonly #sessions = new Set<string>()

  constructor(port: number, clock: Pick<Clock, 'elapsed'>) {
    this.#port = port
    this.#clock = clock
  }

  /** A fresh launch key: good once, for a minute. */
  newKey(): string {
    const key = randomBytes(32).toString('base64url')
    this.#keys.set(digest(key), this.#clock.elapsed())
    trim(this.#keys, MAX_KEYS)
    return key
  }

  /** Takes a launch key and gives the session value for it; null when unknown, used or too old. */
  redeem(key: string): string | null {
    const name = digest(key)
    const made = this.#keys.get(name)
    this.#keys.delete(name)
    if (made === undefined || this.#clock.elapsed() - made > KEY_LIFE_MS) return null
    const session = randomBytes(32).toString('base64url')
    this.#sessions.add(digest(session))
    trim(this.#sessions, MAX_SESSIONS)
    return session
  }

  /** Cookies are shared by all ports of a host, so the name carries ours. */
  get cookieName(): string {
    return `tallydesk-${this.#port}`
  }

  /** Only these names may be in the address bar: any other that leads here is a foreign name pointed at loopback. */
  checkHost(headers: Headers): Refusal | null {
    const known = headers.host === `127.0.0.1:${this.#port}` || headers.host === `localhost:${this.#port}`
    return known ? null : { status: 421, say: 'This address does not belong to Tallydesk. Use the printed link.' }
  }

  /** A socket may be opened by our own page only; browsers always say whose page asks. */
  checkOrigin(headers: Headers): Refusal | null {
    const own = headers.host !== undefined && headers.origin === `http://${headers.host}`
    return own ? null : { status: 403, say: 'Only the Tallydesk page may open this socket.' }
  }

  checkSession(headers: Headers): Refusal | null {
    for (const value of cookieValues(headers.cookie ?? '', this.cookieName)) {
      const name = digest(value)
      for (const session of this.#sessions) if (equal(session, name)) return null
    }
    return {
      status: 403,
      say: 'This browser was not let in. Open the link Tallydesk printed, or ask it for a new one.',
    }
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const equal = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Drops the oldest entries past the bound. */
function trim(kept: Map<string, number> | Set<string>, bound: number) {
  for (const oldest of kept.keys()) {
    if (kept.size <= bound) return
    kept.delete(oldest)
  }
}

function cookieValues(header: string, name: string): string[] {
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
