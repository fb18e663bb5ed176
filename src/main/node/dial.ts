import type { ClientRequest, IncomingMessage } from 'node:http'
import { type ClientOptions, WebSocket } from 'ws'
import type { Dial, DialListener, DialRequest, NetworkFault, Socket } from '../../core/ports.ts'
import { type CertificateFacts, noteCertificate } from './certificate.ts'
import { addressOf, codeOf, flatten, networkFault, parseAddress, refusedHere } from './network-fault.ts'
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
    try {
      const options = { secureContext: url.protocol === 'wss:' ? trust(request.tls) : undefined }
      return open(url, request, listener, options)
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

function open(url: URL, request: DialRequest, listener: DialListener, tls: object): Socket {
  const address = addressOf(url)
  let certificate: CertificateFacts | null = null
  /** Set once the outcome of the attempt is told; `over` once nothing more may be told at all. */
  let told = false
  let over = false
  /** Our own verdict on the peer's frames; the platform reports 1006 for these. */
  let verdict: { code: number; reason: string } | null = null

  const options: ClientOptions = {
    ...tls,
    headers: request.headers,
    maxPayload: request.maxFrameBytes,
    perMessageDeflate: false,
    followRedirects: false,
    ...(request.origin === null ? {} : { origin: request.origin }),
    finishRequest: (sent: ClientRequest) => {
      sent.on('socket', (socket) => noteCertificate(socket, (facts) => void (certificate = facts)))
      sent.end()
    },
  }
  url.hash = ''
  const ws = new WebSocket(url, options)
  const deadline = setTimeout(() => {
    const detail = `no answer from ${address.host}:${address.port} within ${request.timeoutMs} ms`
    fail({ is: 'timed-out', detail })
  }, request.timeoutMs)
  let goodbye: NodeJS.Timeout | undefined

  /** Tells the one outcome of the attempt, unless it is told or unwanted. */
  function outcome(tell: () => void) {
    clearTimeout(deadline)
    if (told || over) return
    told = true
    tell()
  }
  function fail(fault: NetworkFault) {
    outcome(() => {
      over = true
      ws.terminate()
      listener.failed(fault)
    })
  }
  function end(code: number, reason: string) {
    clearTimeout(goodbye)
    if (over || !told) return
    over = true
    listener.closed(code, reason)
  }

  ws.on('open', () => outcome(() => listener.opened()))
  ws.on('message', (data, isBinary) => {
    if (over) return
    // A Buffer by the library's default; anything else cannot come without asking for it.
    const bytes = data as Buffer
    if (isBinary) listener.binary(bytes.byteLength)
    else listener.text(bytes.toString('utf8'))
  })
  ws.on('ping', () => over || listener.alive())
  ws.on('pong', () => over || listener.alive())
  ws.on('unexpected-response', (sent, answer) => {
    readRefusal(answer, (body) => {
      outcome(() => {
        over = true
        listener.refused({ status: answer.statusCode ?? 0, headers: flatten(answer.headers), body })
      })
      sent.destroy()
    })
  })
  ws.on('error', (cause) => {
    if (!told) return fail(faultOf(cause, () => networkFault(cause, address, certificate)))
    verdict ??= verdictOf(cause, request.maxFrameBytes)
    // The peer is not owed the full goodbye after it broke the rules; the next turn lets our close frame leave first.
    if (verdict) setImmediate(() => ws.terminate())
  })
  ws.on('close', (code, reason) => {
    if (verdict) end(verdict.code, verdict.reason)
    else end(code, reason.toString('utf8'))
  })

  return {
    // A frame for a socket that is just ending has nowhere to go; the caller hears `closed` next and repeats what counts.
    send: (text) => {
      if (ws.readyState === WebSocket.OPEN) ws.send(text)
    },
    ping: () => {
      if (ws.readyState === WebSocket.OPEN) ws.ping()
    },
    close: (code, reason) => {
      if (!told) return fail({ is: 'aborted', detail: 'given up by this desk' })
      if (over || goodbye) return
      goodbye = setTimeout(() => {
        ws.terminate()
        end(ABNORMAL, '')
      }, GOODBYE_MS)
      sayGoodbye(ws, code, reason)
    },
    drop: () => {
      over = true
      clearTimeout(deadline)
      clearTimeout(goodbye)
      ws.terminate()
    },
  }
}

/** A code the protocol lets us send, else the plain goodbye. */
function sayGoodbye(ws: WebSocket, code: number, reason: string) {
  try {
    ws.close(code, reason)
  } catch {
    ws.close(1000)
  }
}

/** Faults the library finds in the handshake carry no code, only words. */
function faultOf(cause: Error, otherwise: () => NetworkFault): NetworkFault {
  if (codeOf(cause)) return otherwise()
  return { is: 'reset', detail: `the answer was not a proper socket: ${cause.message}` }
}

function verdictOf(cause: Error, maxFrameBytes: number): { code: number; reason: string } | null {
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
