import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import type { Action } from './ask.ts'
import type { Database } from './database.ts'
import { dumps, HTML_404, utc } from './text.ts'
import type { Tokens } from './tokens.ts'

/** Daphne's own pings, and how long it waits for an answer. */
const PING_MS = 20_000

/** How long Daphne lets a handshake wait that its application does not answer; then it hangs up without a word. */
const CONNECT_MS = 5_000

/** What is wrong with the socket side right now. */
export type ChannelFaults = {
  /** Frames that reach nobody, still to come. */
  dropNext: number
  /** Share of frames that do not reach a receiver whose channel is "full", 0 to 1. */
  dropShare: number
  /**
   * `dead`: sockets end 1011, handshakes get 403. `frozen`: pings are answered, frames go nowhere. `still`: a stopped
   * process, as real parts have it: pings are answered, handshakes are not, and a write waits with its frames until it moves.
   */
  redis: 'up' | 'dead' | 'frozen' | 'still'
  /** False: a WSGI deployment, where the path is a page that does not exist. */
  socket: boolean
  /** Hosts an Origin may name; null: DEBUG, where any or none will do. */
  allowedHosts: readonly string[] | null
}

/**
 * The one group everybody is in. Owns the open sockets and the pings that keep them. Refusals come before the handshake is accepted, as
 * bare HTTP statuses, so no client ever sees a close code for them.
 */
export class Channel {
  readonly faults: ChannelFaults = { dropNext: 0, dropShare: 0, redis: 'up', socket: true, allowedHosts: null }
  /** Frames told, frames handed to sockets, handshakes answered by status. */
  readonly meters = { told: 0, sent: 0, refused: 0, accepted: 0 }
  readonly #server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  readonly #members = new Map<WebSocket, { alive: boolean; inGroup: boolean }>()
  readonly #database: Database
  readonly #tokens: Tokens
  readonly #chance: () => number
  readonly #pings: NodeJS.Timeout
  /** Frames that a Redis standing still has not passed on, and who waits for it to move. */
  readonly #held: string[] = []
  readonly #waiting = new Set<() => void>()

  constructor(database: Database, tokens: Tokens, chance: () => number) {
    this.#database = database
    this.#tokens = tokens
    this.#chance = chance
    this.#pings = setInterval(() => this.#ping(), PING_MS).unref()
  }

  get open(): number {
    return this.#members.size
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => {})
    const [path = '', query = ''] = (request.url ?? '').split('?')
    const refusal = this.#refusal(request, path, query)
    if (refusal !== null) {
      this.meters.refused++
      socket.end(refusal)
      return
    }
    if (this.faults.redis === 'still') return this.#keepWaiting(request, socket, head)
    this.#server.handleUpgrade(request, socket, head, (open) => this.#welcome(open))
  }
  #keepWaiting(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const limit = setTimeout(() => socket.destroy(), CONNECT_MS)
    const goOn = (): void => {
      clearTimeout(limit)
      if (!socket.destroyed) this.upgrade(request, socket, head)
    }
    this.#waiting.add(goOn)
    socket.once('close', () => {
      clearTimeout(limit)
      this.#waiting.delete(goOn)
    })
  }

  /** Resolves at once, unless frames wait for a Redis that stands still: then when it moves, or is gone. */
  moving(): Promise<void> {
    if (this.#held.length === 0) return Promise.resolve()
    return new Promise((go) => this.#waiting.add(go))
  }
  /** Redis is no longer what it was: what was held is passed on where it lives, and who waited goes on. */
  moved(): void {
    const held = this.#held.splice(0)
    if (this.faults.redis === 'up') for (const text of held) this.#pass(text)
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const go of waiting) go()
  }

  tell(type: string, action: Action, data: unknown): void {
    this.meters.told++
    const text = dumps({ type, action, data, timestamp: utc(Date.now()) })
    if (this.faults.redis === 'still') this.#held.push(text)
    if (this.faults.redis !== 'up') return
    if (this.faults.dropNext > 0) this.faults.dropNext--
    else this.#pass(text)
  }
  #pass(text: string): void {
    for (const [socket, member] of this.#members) {
      if (!member.inGroup || (this.faults.dropShare > 0 && this.#chance() < this.faults.dropShare)) continue
      socket.send(text)
      this.meters.sent++
    }
  }

  /** Ends every open socket with this code. */
  endAll(code: number): void {
    for (const socket of this.#members.keys()) socket.close(code)
  }
  /** The 24 hours of group membership are over: pings are answered, nothing else comes. */
  lapse(): void {
    for (const member of this.#members.values()) member.inGroup = false
  }
  stop(): void {
    clearInterval(this.#pings)
    this.moved()
    for (const socket of this.#members.keys()) socket.terminate()
    this.#server.close()
  }

  #refusal(request: IncomingMessage, path: string, query: string): string | null {
    if (!this.faults.socket) return page404()
    if (!originAllowed(request.headers.origin, this.faults.allowedHosts)) return DENIED
    if (path !== '/ws/election-updates/') return 'HTTP/1.1 500 Internal server error\r\n\r\n'
    const claims = this.#tokens.verify(tokenOf(query, request.headers.authorization), 'access')
    const user = claims === null ? undefined : this.#database.get('users', claims.user_id)
    return user?.active === true && this.faults.redis !== 'dead' ? null : DENIED
  }

  #welcome(socket: WebSocket): void {
    this.meters.accepted++
    const member = { alive: true, inGroup: true }
    this.#members.set(socket, member)
    socket.on('close', () => this.#members.delete(socket))
    socket.on('error', () => {})
    socket.on('pong', () => {
      member.alive = true
    })
    socket.on('message', (data: RawData, binary: boolean) => heard(socket, data, binary))
    socket.send(
      dumps({ type: 'connection_success', message: 'Connected to real-time updates', timestamp: utc(Date.now()) }),
    )
  }
  #ping(): void {
    for (const [socket, member] of this.#members) {
      if (!member.alive) socket.terminate()
      member.alive = false
      socket.ping()
    }
  }
}

const DENIED = 'HTTP/1.1 403 Access denied\r\n\r\n'
const page404 = (): string =>
  `HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: ${HTML_404.length}\r\nConnection: close\r\n\r\n${HTML_404}`

/** The text after the last `token=`, not decoded; the header only where the query has none. */
function tokenOf(query: string, header: string | undefined): string {
  const at = query.lastIndexOf('token=')
  if (at >= 0) return query.slice(at + 'token='.length).split('&')[0] ?? ''
  return header?.startsWith('Bearer ') === true ? header.slice('Bearer '.length) : ''
}

/** Any scheme, any port; the host has to be listed. */
function originAllowed(origin: string | undefined, allowed: readonly string[] | null): boolean {
  if (allowed === null) return true
  const host = origin === undefined ? null : (URL.parse(origin)?.hostname ?? null)
  return host !== null && allowed.includes(host)
}

function heard(socket: WebSocket, data: RawData, binary: boolean): void {
  if (binary) return socket.close(1011)
  const message = parsed(String(data))
  if (message === undefined) return
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return socket.close(1011)
  const { type, timestamp, channels } = message as { type?: unknown; timestamp?: unknown; channels?: unknown } // any object
  if (type === 'ping') socket.send(dumps({ type: 'pong', timestamp: timestamp ?? null }))
  if (type === 'subscribe') socket.send(dumps({ type: 'subscribed', channels: channels ?? [] }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
