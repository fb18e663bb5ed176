import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../../core/ports.ts'

/** A browser started by this program uses its launch link at once; other users of this machine may see it pass by. */
const BROWSER_LIFE_MS = 60_000
/** After its first use a person's link lets in for this long: a load that failed can be tried again, a second window opened. */
export const AFTER_USE_MS = 120_000
/** Launch links waiting to be used at once; the oldest gives way. */
const MAX_KEYS = 16
/** Browsers let in during one run of the program; each keeps its own session. */
const MAX_SESSIONS = 64

/** Who will use a launch link: a browser this program starts, or a person who reads it off the terminal, whenever that is. */
export type LinkFor = 'browser' | 'person'
/** `ends` on the elapsed clock; null while a person has not used it. */
type Key = { ends: number | null }

/** Sessions as digests: who has one cannot come in with it. */
export type SessionStore = { readonly before: readonly string[]; readonly keep: (sessions: readonly string[]) => void }

export type Refusal = { readonly status: 403 | 421; readonly say: string }
type Headers = Readonly<Pick<IncomingHttpHeaders, 'host' | 'origin' | 'cookie'>>

/**
 * Who may come in. A page anywhere on the web can make the operator's browser send requests here, and any program on
 * this machine can send its own; the gate tells the console's window from both. It owns the launch keys and sessions of
 * this run (in memory, as digests) and decides; it answers nothing itself. A run that follows a death is given the sessions
 * of the one before, so that windows already open stay let in.
 */
export class Gate {
  readonly #port: number
  readonly #clock: Pick<Clock, 'elapsed'>
  /** By digest. */
  readonly #keys = new Map<string, Key>()
  /** Digests of the session values handed out. */
  readonly #sessions: Set<string>
  readonly #keep: SessionStore['keep']

  constructor(port: number, clock: Pick<Clock, 'elapsed'>, { before, keep }: SessionStore = NO_STORE) {
    this.#port = port
    this.#clock = clock
    this.#sessions = new Set(before)
    this.#keep = keep
  }

  /** A fresh launch key: for a browser good for a minute, for a person until it is used and two minutes more. */
  newKey(who: LinkFor): string {
    const key = randomBytes(32).toString('base64url')
    this.#keys.set(digest(key), { ends: who === 'browser' ? this.#clock.elapsed() + BROWSER_LIFE_MS : null })
    trim(this.#keys, MAX_KEYS)
    return key
  }

  /** Takes a launch key and gives a session value for it; null when unknown or past its time. */
  redeem(key: string): string | null {
    const name = digest(key)
    const found = this.#keys.get(name)
    if (found === undefined) return null
    const now = this.#clock.elapsed()
    found.ends ??= now + AFTER_USE_MS
    if (now > found.ends) {
      this.#keys.delete(name)
      return null
    }
    const session = randomBytes(32).toString('base64url')
    this.#sessions.add(digest(session))
    trim(this.#sessions, MAX_SESSIONS)
    this.#keep([...this.#sessions])
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
      say: 'This browser was not let in. Open the link on the terminal where Tallydesk was started, or start Tallydesk again.',
    }
  }
}

const NO_STORE: SessionStore = { before: [], keep: () => {} }
const digest = (text: string) => createHash('sha256').update(text).digest('hex')
const equal = (a: string, b: string) => timingSafeEqual(Buffer.from(a), Buffer.from(b))

/** Drops the oldest entries past the bound. */
function trim(kept: Map<string, unknown> | Set<string>, bound: number) {
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
