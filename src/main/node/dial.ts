import type { ClientRequest, IncomingMessage } from 'node:http'
import type { SecureContext } from 'node:tls'
import { type ClientOptions, WebSocket } from 'ws'
import type { Dial, DialListener, DialRequest, NetworkFault, Socket } from '../../core/ports.ts'
import { ok } from '../../shared/result.ts'
import { type CertificateFacts, noteCertificate } from './certificate.ts'
import { type Address, addressOf, codeOf, flatten, networkFault, parseAddress, refusedHere } from './network-fault.ts'
import { createTrust } from './trust.ts'

/** How much of a refusal is worth reading: a word of JSON or the top of an error page. Bytes. */
const REFUSAL_BYTES = 2_048
/** A server that does not answer our goodbye is left after this long. */
const GOODBYE_MS = 3_000
/** No close frame came. */
const ABNORMAL = 1006

/**
 * Opens WebSockets. Each dial owns one connection from the first byte to the last and reports it exactly once; it never
 * throws, never redials, follows no redirect and accepts no compression (a small server pays for it with its life).
 */
export function createDial(): Dial {
  const trust = createTrust()
  return (request, listener) => {
    const url = parseAddress(request.url, ['ws:', 'wss:'])
    if (!(url instanceof URL)) return stillborn(url, listener)
    const trusted = url.protocol === 'wss:' ? trust(request.tls) : ok(undefined)
    if (!trusted.ok) return stillborn(trusted.error, listener)
    try {
      url.hash = ''
      return new Connection(url, request, listener, trusted.value)
    } catch (cause) {
      return stillborn(refusedHere(cause), listener)
    }
  }
}

function stillborn(fault: NetworkFault, listener: DialListener): Socket {
  let dropped = false
  setImmediate(() => {
    if (!dropped) listener.failed(fault)
  })
  return { send() {}, ping() {}, close() {}, drop: () => void (dropped = true) }
}

/** One connection, from the first byte to the last. */
class Connection implements Socket {
  readonly #address: Address
  readonly #request: DialRequest
  readonly #listener: DialListener
  readonly #ws: WebSocket
  readonly #deadline: NodeJS.Timeout
  #goodbye: NodeJS.Timeout | undefined
  #certificate: CertificateFacts | null = null
  /** The one outcome of the attempt was told. */
  #told = false
  /** Nothing more may be told. */
  #over = false
  /** Our own verdict on the peer's frames; the library would say 1006 for these. */
  #verdict: Verdict | null = null

  constructor(url: URL, request: DialRequest, listener: DialListener, secureContext: SecureContext | undefined) {
    this.#address = addressOf(url)
    this.#request = request
    this.#listener = listener
    this.#ws = new WebSocket(url, this.#clientOptions(secureContext))
    this.#deadline = setTimeout(() => this.#tooLate(), request.timeoutMs)
    this.#attach(this.#ws)
  }

  // A frame for a socket that is just ending has nowhere to go; the caller hears `closed` next and repeats what counts.
  send(text: string) {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.send(text)
  }

  ping() {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping()
  }

  close(code: number, reason: string) {
    if (this.#over) return
    if (!this.#told) return this.#fail({ is: 'aborted', detail: 'given up by this desk' })
    this.#goodbye ??= setTimeout(() => {
      this.#ws.terminate()
      this.#end(ABNORMAL, '')
    }, GOODBYE_MS)
    sayGoodbye(this.#ws, code, reason)
  }

  drop() {
    this.#over = true
    clearTimeout(this.#deadline)
    clearTimeout(this.#goodbye)
    this.#ws.terminate()
  }

  #clientOptions(secureContext: SecureContext | undefined): ClientOptions {
    const { headers, origin, maxFrameBytes } = this.#request
    return {
      headers,
      maxPayload: maxFrameBytes,
      perMessageDeflate: false,
      followRedirects: false,
      ...(origin === null ? {} : { origin }),
      ...(secureContext ? { secureContext } : {}),
      finishRequest: (sent: ClientRequest) => {
        sent.on('socket', (socket) => noteCertificate(socket, (facts) => void (this.#certificate = facts)))
        sent.end()
      },
    }
  }

  #attach(ws: WebSocket) {
    ws.on('open', () => this.#outcome(() => this.#listener.opened()))
    ws.on('message', (data, isBinary) => this.#message(data as Buffer, isBinary)) // the library's default form of a frame
    ws.on('ping', () => this.#over || this.#listener.alive())
    ws.on('pong', () => this.#over || this.#listener.alive())
    ws.on('unexpected-response', (sent, answer) => this.#refused(sent, answer))
    ws.on('error', (cause) => this.#broken(cause))
    ws.on('close', (code, reason) => this.#end(this.#verdict?.code ?? code, this.#verdict?.reason ?? String(reason)))
  }

  #message(data: Buffer, isBinary: boolean) {
    if (this.#over) return
    if (isBinary) this.#listener.binary(data.byteLength)
    else this.#listener.text(data.toString('utf8'))
  }

  #refused(sent: ClientRequest, answer: IncomingMessage) {
    readRefusal(answer, (body) => {
      this.#outcome(() => {
        this.#over = true
        this.#listener.refused({ status: answer.statusCode ?? 0, headers: flatten(answer.headers), body })
      })
      sent.destroy()
    })
  }

  #broken(cause: Error) {
    if (!this.#told) {
      const wrong = codeOf(cause) ? networkFault(cause, this.#address, this.#certificate) : improper(cause)
      return this.#fail(wrong)
    }
    this.#verdict ??= verdictOf(cause, this.#request.maxFrameBytes)
    // The peer is not owed the full goodbye after it broke the rules; the next turn lets our close frame leave first.
    if (this.#verdict) setImmediate(() => this.#ws.terminate())
  }

  #tooLate() {
    const { host, port } = this.#address
    this.#fail({ is: 'timed-out', detail: `no answer from ${host}:${port} within ${this.#request.timeoutMs} ms` })
  }

  /** Tells the one outcome of the attempt, unless it is told or unwanted. */
  #outcome(tell: () => void) {
    clearTimeout(this.#deadline)
    if (this.#told || this.#over) return
    this.#told = true
    tell()
  }

  #fail(fault: NetworkFault) {
    this.#outcome(() => {
      this.#over = true
      this.#ws.terminate()
      this.#listener.failed(fault)
    })
  }

  #end(code: number, reason: string) {
    clearTimeout(this.#goodbye)
    if (this.#over || !this.#told) return
    this.#over = true
    this.#listener.closed(code, reason)
  }
}

/** What the library finds wrong in a handshake carries no code, only words. */
const improper = (cause: Error): NetworkFault => ({
  is: 'reset',
  detail: `the answer was not a proper socket: ${cause.message}`,
})

/** A code the protocol lets us send, else the plain goodbye. */
function sayGoodbye(ws: WebSocket, code: number, reason: string) {
  try {
    ws.close(code, reason)
  } catch {
    ws.close(1000)
  }
}

type Verdict = { readonly code: number; readonly reason: string }

function verdictOf(cause: Error, maxFrameBytes: number): Verdict | null {
  const code = codeOf(cause)
  if (code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' || code === 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH') {
    return { code: 1009, reason: `a frame was larger than ${maxFrameBytes} bytes` }
  }
  if (code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS') return { code: 1008, reason: 'a frame came in too many pieces' }
  if (code === 'WS_ERR_INVALID_UTF8') return { code: 1007, reason: 'a text frame was not UTF-8' }
  if (code.startsWith('WS_ERR_')) return { code: 1002, reason: `the server broke the protocol (${code})` }
  return null
}

function readRefusal(answer: IncomingMessage, done: (body: string) => void) {
  const parts: Buffer[] = []
  let bytes = 0
  const finish = () => done(Buffer.concat(parts).subarray(0, REFUSAL_BYTES).toString('utf8'))
  answer.on('data', (part: Buffer) => {
    parts.push(part)
    bytes += part.byteLength
    if (bytes >= REFUSAL_BYTES) finish()
  })
  answer.on('end', finish)
  answer.on('error', finish)
  answer.on('close', finish)
}
