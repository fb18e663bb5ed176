import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { type Duplex, pipeline } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Clock, Log } from '../../core/ports.ts'
import type { Port } from '../../shared/port.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../node/clock.ts'
import { type PackDownload, packAt } from '../node/evidence/pack-folder.ts'
import { PAGE_HEADERS } from '../node/page-policy.ts'
import { Gate, type LinkFor, type SessionStore } from './gate.ts'
import { Links } from './links.ts'
import { listPageFiles, type PageFiles } from './page-files.ts'
import { socketPort } from './socket-port.ts'
import { STRANGER_PAGE } from './stranger-page.ts'

/** The largest message a window may send: a count sheet with a thousand candidates is a tenth of it. Bytes. */
const MAX_MESSAGE_BYTES = 1024 * 1024
/** Windows at once; more is a loop, not a headquarters. */
const MAX_WINDOWS = 32
/** A request that is not complete after this long is not from a browser on this machine. */
const REQUEST_MS = 10_000
/** Loopback and nothing else: the console is for the people at this machine. */
const HOST = '127.0.0.1'

/** Who opened a window, for the log. */
export type WindowHello = { readonly window: number; readonly agent: string }
export type ShellOptions = {
  /** The built page: out/renderer. */
  readonly rendererDir: string
  /** Folder of the evidence packs windows may fetch; absent: none. */
  readonly packs?: string
  /** 0: any free one. */
  readonly port: number
  /** A window connected. The port is open; it closes with the window. */
  readonly onPort: (port: Port, hello: WindowHello) => void
  readonly log: Log
  readonly clock?: Pick<Clock, 'elapsed' | 'after'>
  /** A link made for a person was used and lets in no longer: they need another for another window. */
  readonly onLinkSpent?: () => void
  readonly maxBufferedBytes?: number
  /** Where sessions outlive the death of this process; absent: they end with it. */
  readonly sessions?: SessionStore
}
export type ShellFault = {
  readonly is: 'port-in-use' | 'port-forbidden' | 'no-page' | 'failed'
  readonly detail: string
}
export type Shell = {
  readonly port: number
  /** A launch link: for a browser good for a minute, for a person until it is used and two minutes more. */
  newUrl(who: LinkFor): string
  /** Windows connected now. */
  windows(): number
  stop(): Promise<void>
}

/**
 * The browser shell: serves the page and joins each window to the core over a socket, on loopback only. It owns the
 * listening port, its connections and the gate's sessions; it knows nothing of elections and holds no token of theirs.
 */
export async function startShell(options: ShellOptions): Promise<Result<Shell, ShellFault>> {
  const files = listPageFiles(options.rendererDir)
  if (!files) return err({ is: 'no-page', detail: `${options.rendererDir}: the page is not built; run npm run build` })
  const server = createServer({ requestTimeout: REQUEST_MS, headersTimeout: REQUEST_MS, maxHeaderSize: 16_384 })
  const listening = await listen(server, options.port)
  if (!listening.ok) return listening
  const port = listening.value
  const clock = options.clock ?? systemClock()
  const gate = new Gate(port, clock, options.sessions)
  const links = new Links(gate, clock, options.onLinkSpent ?? (() => {}))
  const windows = new Set<WebSocket>()
  let opened = 0

  server.on('request', (request, response) => {
    answer(request, response, { gate, links, files, packs: options.packs ?? null }).catch((cause: unknown) => {
      options.log.error('shell.answer-failed', { cause: String(cause) })
      response.destroy()
    })
  })
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    const refusal = refuseUpgrade(request, gate, windows.size)
    if (refusal) {
      options.log.warn('shell.socket-refused', { why: refusal.say })
      return refuse(socket, refusal.status, refusal.say)
    }
    sockets.handleUpgrade(request, socket, head, (window) => {
      join(window, { window: ++opened, agent: request.headers['user-agent'] ?? '' }, windows, options)
    })
  })
  server.on('clientError', (_cause, socket) => socket.destroy())

  const newUrl = (who: LinkFor) => `http://${HOST}:${port}/open?key=${links.newKey(who)}`
  const stop = () =>
    new Promise<void>((resolve) => {
      links.stop()
      for (const window of windows) window.terminate()
      sockets.close()
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return ok({ port, newUrl, windows: () => windows.size, stop })
}

function join(window: WebSocket, hello: WindowHello, windows: Set<WebSocket>, options: ShellOptions) {
  windows.add(window)
  window.on('close', () => windows.delete(window))
  const bound = options.maxBufferedBytes === undefined ? {} : { maxBufferedBytes: options.maxBufferedBytes }
  const onSlow = () => options.log.warn('shell.window-too-slow', { window: hello.window })
  options.onPort(socketPort(window, { ...bound, onSlow }), hello)
}

function refuseUpgrade(request: IncomingMessage, gate: Gate, windows: number): { status: number; say: string } | null {
  const refusal =
    gate.checkHost(request.headers) ?? gate.checkOrigin(request.headers) ?? gate.checkSession(request.headers)
  if (refusal) return refusal
  if (request.url !== '/port') return { status: 404, say: 'There is no socket here.' }
  if (windows >= MAX_WINDOWS) return { status: 503, say: `${MAX_WINDOWS} windows are open already. Close some.` }
  return null
}

type Parts = {
  readonly gate: Gate
  readonly links: Links
  readonly files: PageFiles
  readonly packs: string | null
}

async function answer(request: IncomingMessage, response: ServerResponse, { gate, links, files, packs }: Parts) {
  const url = URL.parse(request.url ?? '', `http://${HOST}`)
  const wrongHost = gate.checkHost(request.headers)
  if (wrongHost) return say(response, wrongHost.status, wrongHost.say)
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD')
    return say(response, 405, 'Only reading is possible here.')
  }
  if (!url) return say(response, 400, 'Not an address.')
  if (url.pathname === '/open') return letIn(request, response, url, { gate, links })
  const stranger = gate.checkSession(request.headers)
  if (stranger) return sayToStranger(response, stranger.status)
  const pack = packs === null ? null : packAt(packs, url.pathname)
  if (pack) return sendPack(request, response, pack)
  const file = await files.read(url.pathname)
  if (!file) return say(response, 404, 'There is nothing at this address.')
  response.writeHead(200, { ...file.headers, 'content-length': file.body.byteLength })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

/** A pack may be large: it goes from the disk as fast as the browser takes it. */
function sendPack(request: IncomingMessage, response: ServerResponse, pack: PackDownload) {
  response.writeHead(200, pack.headers)
  if (request.method === 'HEAD') return response.end()
  pipeline(pack.open(), response, () => response.destroy())
}

/** Exchanges a launch key for a session. Looking ahead (HEAD, prefetch) must not use the key up. */
function letIn(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { gate, links }: Pick<Parts, 'gate' | 'links'>,
) {
  const ahead = request.method === 'HEAD' || String(request.headers['sec-purpose'] ?? '').includes('prefetch')
  if (ahead) return say(response, 403, 'Open this link in a browser.')
  const session = links.redeem(url.searchParams.get('key') ?? '')
  if (session !== null) {
    response.setHeader('set-cookie', `${gate.cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`)
  } else if (gate.checkSession(request.headers)) {
    return sayToStranger(response, 403)
  }
  const from = request.headers['sec-fetch-site']
  // After a redirect from a foreign page a browser holds strict cookies back; a step from our own page brings them along.
  if (from === 'cross-site' || from === 'same-site') return stepInside(response)
  response.writeHead(303, { ...PAGE_HEADERS, location: '/', 'cache-control': 'no-store' })
  response.end()
}

function stepInside(response: ServerResponse) {
  response.writeHead(200, { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end('<!doctype html><meta http-equiv="refresh" content="0;url=/"><title>Tallydesk</title>')
}

function sayToStranger(response: ServerResponse, status: number) {
  const headers = { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, headers)
  response.end(STRANGER_PAGE)
}

function say(response: ServerResponse, status: number, text: string) {
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(`${text}\n`)
}

function refuse(socket: Duplex, status: number, text: string) {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: text/plain\r\nconnection: close\r\n`
  socket.end(`${head}content-length: ${Buffer.byteLength(text) + 1}\r\n\r\n${text}\n`)
}

function listen(server: Server, port: number): Promise<Result<number, ShellFault>> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return Promise.resolve(err({ is: 'failed', detail: `port ${port}: a port is a whole number from 0 to 65535` }))
  }
  return new Promise((resolve) => {
    server.once('error', (cause: NodeJS.ErrnoException) => resolve(err(listenFault(cause, port))))
    server.listen(port, HOST, () => {
      const at = server.address()
      resolve(ok(typeof at === 'object' && at !== null ? at.port : port))
    })
  })
}

function listenFault(cause: NodeJS.ErrnoException, port: number): ShellFault {
  switch (cause.code) {
    case 'EADDRINUSE':
      return {
        is: 'port-in-use',
        detail: `port ${port} is taken: choose another with --port, or end the program on it`,
      }
    case 'EACCES':
      return { is: 'port-forbidden', detail: `port ${port} needs special rights: choose one above 1023` }
    default:
      return { is: 'failed', detail: `port ${port}: ${cause.code ?? cause.message}` }
  }
}
