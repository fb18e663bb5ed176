import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Result } from '../../shared/result.ts'
import { err } from '../../shared/result.ts'
import type { Caller, GateFault } from '../auth/gate.ts'
import { bearerOf } from '../auth/gate.ts'
import type { Desks, HubContext } from '../context.ts'
import { errorText } from '../http/envelope.ts'
import { wordsOf } from '../log.ts'
import type { CommittedFrame } from '../store/store.ts'
import { utcStamp } from '../time.ts'
import { Desk } from './desk.ts'
import { heard } from './messages.ts'
import type { Close } from './wire.ts'
import { CLOSE, FEATURES, Outgoing, SOCKET_PATH } from './wire.ts'

/** What a desk may send in one message: a resume is 100 bytes, a token under 1 KB. */
const LARGEST_MESSAGE = 64 * 1024
/** How often expiry, silence and slowness are looked at. */
const SWEEP_MS = 1000
/** Protocol pings keep proxies from closing quiet lines and find dead ones within two rounds. */
const PING_EVERY_MS = 20_000
/** A chunk of missed frames that has not left by then belongs to a reader that does not read. */
const CHUNK_PATIENCE_MS = 30_000
/** Messages a desk may send in `CHATTY_WINDOW_MS`. */
const CHATTY = 200
const CHATTY_WINDOW_MS = 10_000
/** Desks get this long to answer the close frame when the hub stops. */
const STOP_GRACE_MS = 1000

/**
 * Owns every open socket of the hub, from the upgrade to the close, and the timer that looks after them. It hears the
 * layer and never the store's writes themselves; what a desk may see is decided by `Outgoing`, what it asks by `messages`.
 */
export class Sockets implements Desks {
  readonly #context: HubContext
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    clientTracking: true,
  })
  readonly #desks = new Set<Desk>()
  readonly #ofUser = new Map<number, number>()
  readonly #sweep: NodeJS.Timeout
  readonly #unsubscribe: () => void
  #lastPing = 0
  #stopping = false

  constructor(context: HubContext) {
    this.#context = context
    this.#unsubscribe = context.layer.subscribe((frames) => this.#spread(frames))
    this.#sweep = setInterval(() => this.#lookAfter(), SWEEP_MS)
    this.#sweep.unref()
  }

  get count(): number {
    return this.#desks.size
  }

  /** Takes over the upgrades of an HTTP server. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head))
  }

  review(): void {
    for (const desk of this.#desks) {
      const caller = this.#context.gate.byAdmission(desk.admission)
      if (caller.ok) desk.viewer = caller.value.viewer
      else desk.close(CLOSE.notSignedIn)
    }
  }

  endSession(sid: string): void {
    for (const desk of this.#desks) if (desk.admission.sid === sid) desk.close(CLOSE.notSignedIn)
  }

  async stop(): Promise<void> {
    this.#stopping = true
    clearInterval(this.#sweep)
    this.#unsubscribe()
    const sockets = [...this.#server.clients]
    const gone = sockets.map((socket) => new Promise<void>((done) => socket.once('close', () => done())))
    for (const desk of this.#desks) desk.close(CLOSE.restarting)
    const patience = setTimeout(() => sockets.forEach((socket) => socket.terminate()), STOP_GRACE_MS)
    await Promise.all(gone)
    clearTimeout(patience)
    this.#server.close()
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // a line that breaks during the upgrade is nobody's fault
    socket.on('error', () => socket.destroy())
    const url = URL.parse(request.url ?? '/', 'http://hub')
    if (url === null || url.pathname !== SOCKET_PATH) {
      return refuse(socket, 404, `There is no socket here: the path is ${SOCKET_PATH} with its final slash.`)
    }
    if (this.#stopping) return refuse(socket, 503, 'The hub is restarting.')
    if (!this.#context.originAllowed(request.headers.origin, request.headers.host)) {
      return refuse(socket, 403, 'This Origin is not allowed: add it to the allowed origins of the hub.')
    }
    const caller = await this.#callerOf(request, url).catch(() => err<GateFault>({ is: 'invalid' }))
    if (this.#stopping || socket.destroyed) return refuse(socket, 503, 'The hub is restarting.')
    this.#server.handleUpgrade(request, socket, head, (open) => this.#opened(open, caller))
  }

  async #callerOf(request: IncomingMessage, url: URL): Promise<Result<Caller, GateFault>> {
    const bearer = bearerOf(request.headers.authorization)
    const ticket = url.searchParams.get('ticket')
    if (bearer !== null || ticket === null) return this.#context.gate.byToken(bearer ?? url.searchParams.get('token'))
    const admission = this.#context.tickets.redeem(ticket)
    return admission === null ? err({ is: 'invalid' }) : this.#context.gate.byAdmission(admission)
  }

  #opened(socket: WebSocket, caller: Result<Caller, GateFault>): void {
    // ws reports here what it then closes for: a frame too big, bad UTF-8
    socket.on('error', () => undefined)
    const refusal = this.#refusal(caller)
    if (refusal !== null || !caller.ok) {
      const why = refusal ?? CLOSE.notSignedIn
      this.#context.metrics.closes.inc({ code: String(why.code) })
      socket.close(why.code, why.reason)
      return
    }
    const { epoch } = this.#context.store
    const limits = { epoch, bufferedBytes: this.#context.limits.bufferedBytes }
    const desk: Desk = new Desk(socket, caller.value, limits, (code) => this.#left(desk, code))
    this.#desks.add(desk)
    this.#ofUser.set(desk.viewer.userId, (this.#ofUser.get(desk.viewer.userId) ?? 0) + 1)
    socket.on('pong', () => (desk.alive = true))
    socket.on('close', (code) => this.#left(desk, code))
    this.#listen(socket, desk)
    this.#greet(desk)
  }

  #refusal(caller: Result<Caller, GateFault>): Close | null {
    if (!caller.ok) return caller.error.is === 'expired' ? CLOSE.tokenExpired : CLOSE.notSignedIn
    const { sockets, socketsPerUser } = this.#context.limits
    const mine = this.#ofUser.get(caller.value.user.id) ?? 0
    return this.#desks.size >= sockets || mine >= socketsPerUser ? CLOSE.tooMany : null
  }

  #greet(desk: Desk): void {
    const at = this.#context.now()
    const { epoch, seq } = this.#context.store.position()
    desk.say({
      type: 'connection_success',
      message: 'Connected to real-time updates',
      timestamp: utcStamp(at),
      features: FEATURES,
      epoch,
      seq,
      mode: this.#context.store.mode,
      server_time: at,
    })
  }

  #listen(socket: WebSocket, desk: Desk): void {
    let count = 0
    let since = this.#context.now()
    socket.on('message', (data: RawData, binary: boolean) => {
      desk.alive = true
      if (binary) return desk.close(CLOSE.textOnly)
      if (this.#context.now() - since > CHATTY_WINDOW_MS) [count, since] = [0, this.#context.now()]
      count += 1
      if (count > CHATTY) return desk.close(CLOSE.tooChatty)
      heard(this.#context, desk, data.toString()).catch((thrown: unknown) => {
        this.#context.log({ level: 'error', event: 'socket.message', words: wordsOf(thrown) })
      })
    })
  }

  #left(desk: Desk, code: number): void {
    if (!this.#desks.delete(desk)) return
    const mine = (this.#ofUser.get(desk.viewer.userId) ?? 1) - 1
    if (mine > 0) this.#ofUser.set(desk.viewer.userId, mine)
    else this.#ofUser.delete(desk.viewer.userId)
    this.#context.metrics.closes.inc({ code: String(code) })
  }

  #spread(frames: readonly CommittedFrame[]): void {
    const outgoing = frames.map((frame) => new Outgoing(frame))
    let sent = 0
    for (const desk of this.#desks) if (!desk.replaying) sent += desk.deliver(outgoing)
    this.#context.metrics.sent.inc(sent)
  }

  #lookAfter(): void {
    const now = this.#context.now()
    const pinging = now - this.#lastPing >= PING_EVERY_MS
    if (pinging) this.#lastPing = now
    for (const desk of this.#desks) {
      if (desk.admission.exp * 1000 <= now) desk.close(CLOSE.tokenExpired)
      else if (desk.waitingSince !== null && now - desk.waitingSince > CHUNK_PATIENCE_MS) desk.close(CLOSE.tooSlow)
      else if (pinging && !desk.alive) desk.cut()
      else if (pinging) desk.ping()
    }
  }
}

/** An answer in plain HTTP to an upgrade that is not to be. */
function refuse(socket: Duplex, status: 403 | 404 | 503, message: string): void {
  const body = errorText({ status, message })
  const reason = { 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable' }[status]
  const head = `HTTP/1.1 ${status} ${reason}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
  socket.end(head + body)
}
