import { createServer as createPlain, type RequestListener, type Server } from 'node:http'
import { createServer as createSecure } from 'node:https'
import { createServer as createRaw, type AddressInfo, type Socket } from 'node:net'
import type { Identity } from './certificates.ts'

export type Listening = { readonly port: number; stop(): Promise<void> }

/** An HTTP server on loopback; secure when it has an identity. */
export async function serveHttp(
  listener: RequestListener,
  identity?: Identity,
): Promise<Listening & { server: Server }> {
  const server = identity ? createSecure(identity, listener) : createPlain(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { port: (server.address() as AddressInfo).port, stop, server }
}

/** A server that does with each connection whatever a test wants, from the first byte. */
export async function serveRaw(onConnection: (socket: Socket) => void, allowHalfOpen = false): Promise<Listening> {
  const open = new Set<Socket>()
  const server = createRaw({ allowHalfOpen }, (socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => open.delete(socket))
    onConnection(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of open) socket.destroy()
      server.close(() => resolve())
    })
  return { port: (server.address() as AddressInfo).port, stop }
}

/** A port on which nothing listens (any more). */
export async function closedPort(): Promise<number> {
  const { port, stop } = await serveRaw(() => {})
  await stop()
  return port
}
