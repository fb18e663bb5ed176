import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { bridgeKind, openPort, type PageWindow } from '../../../src/renderer/src/bridge/open-port.ts'
import { openSocketPort } from '../../../src/renderer/src/bridge/socket-port.ts'
import { PORT, READY } from '../../../src/shared/handover.ts'

const pageAt = (address: string, userAgent = 'Chromium'): PageWindow => {
  const { protocol, host, search, origin } = new URL(address)
  return { location: { protocol, host, search, origin }, navigator: { userAgent } } as unknown as PageWindow // the parts that decide
}

test('[V36] the page knows its host by the address it came from', () => {
  expect(bridgeKind(pageAt('app://tallydesk/index.html'))).toBe('window')
  expect(bridgeKind(pageAt('http://127.0.0.1:4400/'))).toBe('socket')
  expect(bridgeKind(pageAt('http://localhost:5173/', 'Chrome Electron/45.4.1'))).toBe('window')
  expect(bridgeKind(pageAt('http://127.0.0.1:4400/?bridge=window'))).toBe('window')
})

test('[V36] over the loopback socket messages are JSON, and none said early is lost', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  server.on('connection', (socket) => {
    socket.send('{"t":"hello","version":1}')
    socket.send('not json')
    socket.on('message', (data) => socket.send(String(data)))
  })
  const address = server.address()
  const url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/port`
  const port = await openSocketPort(url)
  const closed = vi.fn()
  port.onClose(closed)
  await new Promise((resolve) => setImmediate(resolve))
  const heard: unknown[] = []
  port.onMessage((message) => heard.push(message))
  port.send({ t: 'ack', id: 1, seq: 2 })
  await vi.waitFor(() =>
    expect(heard).toEqual([
      { t: 'hello', version: 1 },
      { t: 'ack', id: 1, seq: 2 },
    ]),
  )
  for (const client of server.clients) client.terminate()
  await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(1))
  port.send({ t: 'ack', id: 1, seq: 3 })
  server.close()
})

test('[V36] a host that is not there is a rejection, so that the page can look again', async () => {
  await expect(openSocketPort('ws://127.0.0.1:1/port')).rejects.toThrow()
})

/** A window of its own: listeners, and what the page posted. */
function scriptedWindow() {
  const listeners = new Set<(event: MessageEvent) => void>()
  const posted: { type: string; nonce: string }[] = []
  const page = {
    location: { protocol: 'app:', host: 'tallydesk', search: '', origin: 'app://tallydesk' },
    navigator: { userAgent: 'Chromium' },
    addEventListener: (_: string, listener: (event: MessageEvent) => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: (event: MessageEvent) => void) => listeners.delete(listener),
    postMessage: (message: { type: string; nonce: string }) => posted.push(message),
  }
  const give = (data: unknown, ports: readonly unknown[], more: object = {}) => {
    for (const listener of [...listeners]) {
      listener({ source: page, origin: 'app://tallydesk', data, ports, ...more } as unknown as MessageEvent) // the parts anyone reads
    }
  }
  return { page: page as unknown as PageWindow, posted, give, listeners } // the parts the bridge uses
}

test('[V36] a port is taken only from this window, under this load’s own nonce', async () => {
  const { page, posted, give, listeners } = scriptedWindow()
  const opening = openPort(page)
  const asked = posted[0]
  expect(asked?.type).toBe(READY)
  const { port1, port2 } = new MessageChannel()
  give({ type: PORT, nonce: 'another-load' }, [port1])
  give({ type: PORT, nonce: asked?.nonce }, [port1], { origin: 'https://elsewhere.example' })
  give({ type: PORT, nonce: asked?.nonce }, [port1], { source: {} })
  give({ type: PORT, nonce: asked?.nonce }, [])
  expect(listeners.size).toBe(1)
  give({ type: PORT, nonce: asked?.nonce }, [port1])
  const port = await opening
  expect(listeners.size).toBe(0)
  const heard: unknown[] = []
  port.onMessage((message) => heard.push(message))
  port2.postMessage({ t: 'hello', version: 1 })
  await vi.waitFor(() => expect(heard).toEqual([{ t: 'hello', version: 1 }]))
  port.close()
  port2.close()
})
