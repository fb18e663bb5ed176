import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Identity } from '../../contract/ports/certificates.ts'
import { serveHttp } from '../../contract/ports/rude-server.ts'

export type Stand = { readonly port: number; stop(): Promise<void> }
type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }

const ME = { id: 7, email: 'dana@ems.example', fullName: 'Dana Test', role: 'USER', committees: [] }
/** What users/me says while all is well. */
const WELL: Answer = { status: 200, body: JSON.stringify({ status: 'success', data: ME, meta: {} }) }
export const SIGN_IN_PAGE = '<!doctype html><html><title>Welcome to the hotel</title><form></form></html>'
export const HELLO = JSON.stringify({
  type: 'connection_success',
  message: 'Connected',
  timestamp: '2026-11-21T05:00:00Z',
})

/** A server that declines the upgrade in one way and answers REST in another. */
export async function declining(upgrade: Answer, rest: Answer = WELL, identity?: Identity): Promise<Stand> {
  const { port, stop, server } = await serveHttp((_request, response) => {
    const { status, headers = {}, body = '' } = rest
    response.writeHead(status, { 'content-type': body.startsWith('{') ? 'application/json' : 'text/html', ...headers })
    response.end(body)
  }, identity)
  server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => {})
    const { status, headers = {}, body = '' } = upgrade
    const fields = { 'content-type': 'text/html', 'content-length': String(Buffer.byteLength(body)), ...headers }
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} No\r\n${head.join('')}connection: close\r\n\r\n${body}`)
  })
  return { port, stop }
}

/** A server that takes every socket and lets the test do with it what it likes. `greets`: it says hello at once. */
export async function taking(greets = true): Promise<Stand & { readonly sockets: WebSocket[] }> {
  const { port, stop, server } = await serveHttp((_request, response) => {
    response.writeHead(WELL.status, { 'content-type': 'application/json' })
    response.end(WELL.body)
  })
  const sockets: WebSocket[] = []
  const door = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    door.handleUpgrade(request, socket, head, (open) => {
      open.on('error', () => {})
      sockets.push(open)
      if (greets) open.send(HELLO)
    })
  })
  return {
    port,
    sockets,
    stop: async () => {
      for (const socket of sockets) socket.terminate()
      door.close()
      await stop()
    },
  }
}
