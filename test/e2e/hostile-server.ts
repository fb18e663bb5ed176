import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** Stands before a hub: passes everything on, and whatever a test wants said or kept back besides. */
export type HostileServer = {
  readonly url: string
  /** Says this to every desk. */
  say(frame: string | Buffer): void
  /** The beginning of a frame that never ends, and then the end of the connection. */
  sayHalf(text: string): void
  /** What becomes of each true frame: passed on as these. */
  passFrames(as: (frame: string) => readonly string[]): void
  /** What is answered instead of the hub's answer; null: the hub's own. */
  answerRest(
    as: ((path: string) => { readonly type: string; readonly body: string; readonly status?: number } | null) | null,
  ): void
  /** Sockets opened so far. */
  opened(): number
  stop(): Promise<void>
}

export async function hostileServer(hub: string): Promise<HostileServer> {
  let frames = (frame: string): readonly string[] => [frame]
  let rest: Parameters<HostileServer['answerRest']>[0] = null
  let opened = 0
  const desks = new Set<WebSocket>()
  const server = createServer((request, response) => {
    const instead = rest?.(request.url ?? '') ?? null
    if (instead) {
      response.writeHead(instead.status ?? 200, { 'content-type': instead.type })
      return void response.end(instead.body)
    }
    // A hub that is away answers as a proxy before it would.
    passOn(hub, request, response).catch(() => response.writeHead(502).end('nobody there'))
  })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (desk, request) => {
    opened++
    desks.add(desk)
    const far = new WebSocket(`${hub.replace('http', 'ws')}${request.url}`, {
      headers: headersOf(request),
      origin: hub,
    })
    const early: string[] = []
    desk.on('message', (data) =>
      far.readyState === WebSocket.OPEN ? far.send(String(data)) : early.push(String(data)),
    )
    far.on('open', () => early.forEach((text) => far.send(text)))
    far.on('message', (data) => frames(String(data)).forEach((text) => desk.send(text)))
    far.on('close', () => desk.close())
    far.on('error', () => desk.terminate())
    desk.on('error', () => {})
    desk.on('close', () => {
      desks.delete(desk)
      far.close()
    })
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const { port } = server.address() as AddressInfo // a TCP server's
  return {
    url: `http://127.0.0.1:${port}`,
    say: (frame) => desks.forEach((desk) => desk.send(frame)),
    sayHalf(text) {
      for (const desk of desks) {
        desk.send(text, { fin: false })
        desk.terminate()
      }
    },
    passFrames: (as) => void (frames = as),
    answerRest: (as) => void (rest = as),
    opened: () => opened,
    stop: () =>
      new Promise((down) => {
        for (const desk of desks) desk.terminate()
        sockets.close()
        server.close(() => down())
        server.closeAllConnections()
      }),
  }
}

async function passOn(hub: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await fetch(`${hub}${request.url}`, {
    method: request.method ?? 'GET',
    headers: headersOf(request),
    body: request.method === 'GET' ? null : await bodyOf(request),
  })
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' })
  response.end(await answer.text())
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = ['authorization', 'content-type', 'idempotency-key', 'accept']
  return Object.fromEntries(kept.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}
