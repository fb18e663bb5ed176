import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket as RawSocket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import type { DialRequest, NetworkFault, Socket, UpgradeRefusal } from '../../../src/core/ports.ts'
import { createDial } from '../../../src/main/node/dial.ts'
import { type Identity, makeCertificates } from './certificates.ts'
import { closedPort, serveHttp, serveRaw } from './rude-server.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})

const dial = createDial()

type Heard =
  | { is: 'opened' | 'alive' }
  | { is: 'text'; frame: string }
  | { is: 'binary'; bytes: number }
  | { is: 'refused'; refusal: UpgradeRefusal }
  | { is: 'failed'; fault: NetworkFault }
  | { is: 'closed'; code: number; reason: string }

/** Dials and keeps what is heard, in order. */
function listen(url: string, more: Partial<DialRequest> = {}) {
  const heard: Heard[] = []
  const socket: Socket = dial(
    { url, headers: {}, origin: null, timeoutMs: 5_000, maxFrameBytes: 100_000, tls: { authority: null }, ...more },
    {
      opened: () => heard.push({ is: 'opened' }),
      text: (frame) => heard.push({ is: 'text', frame }),
      binary: (bytes) => heard.push({ is: 'binary', bytes }),
      alive: () => heard.push({ is: 'alive' }),
      refused: (refusal) => heard.push({ is: 'refused', refusal }),
      failed: (fault) => heard.push({ is: 'failed', fault }),
      closed: (code, reason) => heard.push({ is: 'closed', code, reason }),
    },
  )
  cleanup.push(() => socket.drop())
  const until = (is: Heard['is']) =>
    vi.waitFor(
      () => {
        const found = heard.findLast((one) => one.is === is)
        if (!found) throw new Error(`not heard: ${is}; but ${JSON.stringify(heard)}`)
        return found
      },
      { timeout: 5_000, interval: 5 },
    )
  const kinds = () => heard.map((one) => one.is)
  return { socket, heard, until, kinds }
}

/** A proper socket server; `accept` sees each connection. */
async function sockets(accept: (peer: WebSocket, request: IncomingMessage) => void, identity?: Identity) {
  const http = await serveHttp((_request, response) => response.writeHead(404).end(), identity)
  const server = new WebSocketServer({ server: http.server })
  server.on('connection', (peer, request) => {
    peer.on('error', () => {})
    accept(peer, request)
  })
  cleanup.push(http.stop, () => server.clients.forEach((peer) => peer.terminate()))
  return http.port
}
async function raw(onConnection: (socket: RawSocket) => void) {
  const server = await serveRaw(onConnection)
  cleanup.push(server.stop)
  return `ws://127.0.0.1:${server.port}/`
}
/** The server's half of the handshake, then whatever bytes a test wants. */
const rawUpgrade = (then: (socket: RawSocket) => void) => (socket: RawSocket) =>
  socket.once('data', (bytes) => {
    const key = /sec-websocket-key: (\S+)/i.exec(String(bytes))?.[1] ?? ''
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    then(socket)
  })
/** One unmasked frame, final, of up to 125 bytes. */
const frame = (opcode: number, payload: Buffer) =>
  Buffer.concat([Buffer.from([0x80 | opcode, payload.length]), payload])
const faultOf = (heard: Heard) => (heard.is === 'failed' ? heard.fault : null)

describe('an open socket', () => {
  test('[W80] headers and origin are sent, frames go both ways in order, and no compression is offered', async () => {
    let asked: IncomingMessage | null = null
    const port = await sockets((peer, request) => {
      asked = request
      peer.on('message', (data) => peer.send(`echo ${String(data)}`))
    })
    const { socket, until, heard } = listen(`ws://127.0.0.1:${port}/ws/x/?a=1#top`, {
      headers: { authorization: 'Bearer t', 'x-desk': '7' },
      origin: 'https://desk.example',
    })
    await until('opened')
    socket.send('one')
    socket.send('اثنان 😀')
    await vi.waitFor(() => expect(heard).toHaveLength(3))
    expect(heard.slice(1)).toEqual([
      { is: 'text', frame: 'echo one' },
      { is: 'text', frame: 'echo اثنان 😀' },
    ])
    const request = asked as IncomingMessage | null
    expect(request?.url).toBe('/ws/x/?a=1')
    expect(request?.headers).toMatchObject({ authorization: 'Bearer t', 'x-desk': '7', origin: 'https://desk.example' })
    expect(request?.headers['sec-websocket-extensions']).toBeUndefined()
  })

  test('[W80] a ping of either side is heard as life, and ours is answered', async () => {
    const port = await sockets((peer) => peer.ping())
    const { socket, until, heard } = listen(`ws://127.0.0.1:${port}/`)
    await until('alive')
    socket.ping()
    await vi.waitFor(() => expect(heard.filter((one) => one.is === 'alive')).toHaveLength(2))
  })

  test('[W84] binary is counted, never handed on; an empty text is a text', async () => {
    const port = await sockets((peer) => {
      peer.send(Buffer.alloc(300))
      peer.send('')
    })
    const { until, heard } = listen(`ws://127.0.0.1:${port}/`)
    await until('text')
    expect(heard).toEqual([{ is: 'opened' }, { is: 'binary', bytes: 300 }, { is: 'text', frame: '' }])
  })

  test.each([
    ['larger than agreed', (peer: WebSocket) => peer.send('x'.repeat(5_000)), 1009],
    [
      'larger than agreed in pieces',
      (peer: WebSocket) => {
        for (let n = 0; n < 60; n++) peer.send('x'.repeat(100), { fin: n === 59 })
      },
      1009,
    ],
  ])('[W84] a frame %s ends the socket with %i, and the frames before it were heard', async (_what, send, code) => {
    const port = await sockets((peer) => {
      peer.send('before')
      send(peer)
    })
    const { until, kinds } = listen(`ws://127.0.0.1:${port}/`, { maxFrameBytes: 1_000 })
    expect(await until('closed')).toMatchObject({ code, reason: expect.stringContaining('1000 bytes') })
    expect(kinds()).toEqual(['opened', 'text', 'closed'])
  })

  test.each([
    ['text that is not UTF-8', frame(1, Buffer.from([0xff, 0xfe])), 1007],
    ['an opcode nobody knows', frame(5, Buffer.from('x')), 1002],
    ['a reserved bit', Buffer.concat([Buffer.from([0xc1, 1]), Buffer.from('x')]), 1002],
    ['a masked frame from the server', Buffer.from([0x81, 0x81, 1, 2, 3, 4, 5]), 1002],
    ['a close with a forbidden code', frame(8, Buffer.from([0x03, 0xee])), 1002],
  ])('[W84] %s ends the socket with %#', async (_what, bytes, code) => {
    const { until, kinds } = listen(await raw(rawUpgrade((socket) => socket.write(bytes))))
    expect(await until('closed')).toMatchObject({ code })
    expect(kinds()).toEqual(['opened', 'closed'])
  })
})

test('[W84] a peer that broke the protocol and then holds on is not waited for', async () => {
  const server = await serveRaw(
    rawUpgrade((socket) => socket.write(frame(5, Buffer.from('x')))),
    true,
  )
  cleanup.push(server.stop)
  const { until } = listen(`ws://127.0.0.1:${server.port}/`)
  expect(await until('closed')).toMatchObject({ code: 1002 })
})

describe('an end', () => {
  test.each([
    [4001, 'not signed in'],
    [4999, ''],
    [1000, ''],
    [1012, 'restart'],
  ])('[W85] the code %i of the server is told', async (code, reason) => {
    const port = await sockets((peer) => peer.close(code, reason))
    const { until, kinds } = listen(`ws://127.0.0.1:${port}/`)
    expect(await until('closed')).toEqual({ is: 'closed', code, reason })
    expect(kinds()).toEqual(['opened', 'closed'])
  })

  test('[W85] a connection that is cut is 1006, frame half-way or not', async () => {
    const port = await sockets((peer) => peer.terminate())
    expect(await listen(`ws://127.0.0.1:${port}/`).until('closed')).toMatchObject({ code: 1006 })
    const half = rawUpgrade((socket) => {
      socket.write(frame(1, Buffer.from('whole frame')).subarray(0, 5))
      setImmediate(() => socket.resetAndDestroy())
    })
    const { until, kinds } = listen(await raw(half))
    expect(await until('closed')).toMatchObject({ code: 1006 })
    expect(kinds()).toEqual(['opened', 'closed'])
  })

  test('[W85] our goodbye carries its code, is answered, and is told once', async () => {
    const codes: number[] = []
    const port = await sockets((peer) => peer.on('close', (code) => codes.push(code)))
    const { socket, until, kinds } = listen(`ws://127.0.0.1:${port}/`)
    await until('opened')
    socket.close(4100, 'stale')
    socket.close(1000, '')
    expect(await until('closed')).toMatchObject({ code: 4100 })
    socket.send('too late')
    socket.ping()
    socket.close(1000, '')
    await vi.waitFor(() => expect(codes).toEqual([4100]))
    expect(kinds()).toEqual(['opened', 'closed'])
  })

  test('[W85] a goodbye nobody answers is over after a bounded wait', async () => {
    const { socket, until } = listen(await raw(rawUpgrade(() => {})))
    await until('opened')
    socket.close(99, 'not a code the protocol knows')
    expect(await until('closed')).toMatchObject({ code: 1006 })
  })

  test('[W85] after a drop nothing more is told, at whatever moment it comes', async () => {
    const arrived: string[] = []
    const port = await sockets((peer) => {
      peer.on('close', () => arrived.push('closed'))
      peer.send('hello')
    })
    const connecting = listen(`ws://127.0.0.1:${port}/`)
    connecting.socket.drop()
    const bad = listen('nonsense')
    bad.socket.drop()
    const { socket, until, kinds } = listen(`ws://127.0.0.1:${port}/`)
    await until('text')
    socket.drop()
    socket.drop()
    await vi.waitFor(() => expect(arrived.length).toBeGreaterThanOrEqual(1))
    expect(kinds()).toEqual(['opened', 'text'])
    expect(connecting.heard).toEqual([])
    expect(bad.heard).toEqual([])
  })

  test('[W85] giving up before it opened is told as such', async () => {
    const { socket, until, kinds } = listen(await raw(() => {}))
    socket.close(1000, '')
    expect(faultOf(await until('failed'))).toMatchObject({ is: 'aborted' })
    expect(kinds()).toEqual(['failed'])
  })
})

describe('an upgrade refused', () => {
  test.each([
    [401, { 'www-authenticate': 'Bearer' }, '{"detail":"expired"}'],
    [403, {}, 'Forbidden'],
    [404, {}, ''],
    [500, {}, '<html>error</html>'],
    [302, { location: 'https://login.example/' }, ''],
    [200, { 'content-type': 'text/html' }, '<!doctype html>captive portal'],
    [429, { 'retry-after': '7' }, ''],
  ])(
    '[W81] the answer %i is told with headers and body, and no redirect is followed',
    async (status, headers, body) => {
      const server = await serveHttp((_request, response) => response.end(body))
      server.server.on('upgrade', (_request, socket) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
        socket.end(`HTTP/1.1 ${status} X\r\n${lines.join('')}content-length: ${body.length}\r\n\r\n${body}`)
      })
      cleanup.push(server.stop)
      const { until, kinds } = listen(`ws://127.0.0.1:${server.port}/`)
      expect(await until('refused')).toMatchObject({ refusal: { status, headers, body } })
      expect(kinds()).toEqual(['refused'])
    },
  )

  test('[W81] only the first 2 KB are read, also of an answer without end', async () => {
    const url = await raw((socket) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 502 Bad Gateway\r\ntransfer-encoding: chunked\r\n\r\n')
        const pump = () => {
          if (!socket.writable) return
          socket.write(`400\r\n${'x'.repeat(1024)}\r\n`)
          setImmediate(pump)
        }
        pump()
      }),
    )
    const { until } = listen(url)
    const heard = await until('refused')
    expect(heard.is === 'refused' && heard.refusal.body.length).toBe(2_048)
  })

  test('[W87] a refusal that trickles without end is given up in time', async () => {
    const url = await raw((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 100\r\n\r\nslow')),
    )
    const { until, kinds } = listen(url, { timeoutMs: 150 })
    expect(faultOf(await until('failed'))).toMatchObject({ is: 'timed-out' })
    expect(kinds()).toEqual(['failed'])
  })
})

describe('no connection', () => {
  test('[W82] each way of failing is its own fault, told once', async () => {
    const bytes = (text: string) => raw((socket) => socket.once('data', () => socket.end(text)))
    const cases: [string, string, NetworkFault['is']][] = [
      ['nothing listens', `ws://127.0.0.1:${await closedPort()}/`, 'refused'],
      ['no such name', 'ws://no-such-host.invalid/', 'name-not-found'],
      ['no answer', await raw(() => {}), 'timed-out'],
      ['cut at once', await raw((socket) => socket.resetAndDestroy()), 'reset'],
      ['ended at once', await raw((socket) => socket.end()), 'reset'],
      ['not HTTP', await bytes('SSH-2.0-OpenSSH_9.2\r\n'), 'reset'],
      [
        'wrong accept key',
        await bytes(
          'HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: bm8=\r\n\r\n',
        ),
        'reset',
      ],
      ['compression unasked', await raw(rawUpgradeWith('Sec-WebSocket-Extensions: permessage-deflate')), 'reset'],
      ['headers without end', await bytes(`HTTP/1.1 200 X\r\n${'x: y\r\n'.repeat(20_000)}`), 'too-big'],
    ]
    for (const [what, url, is] of cases) {
      const { until, kinds } = listen(url, { timeoutMs: is === 'timed-out' ? 100 : 5_000 })
      expect(faultOf(await until('failed')), what).toMatchObject({ is })
      expect(kinds(), what).toEqual(['failed'])
    }
  })

  test.each(['', 'nonsense', 'http://x/', 'ws://', 'ws://user:secret@127.0.0.1/', 'file:///etc/passwd'])(
    '[W86] the address "%s" is a fault, never a throw, and is not repeated',
    async (url) => {
      const { until } = listen(url)
      const fault = faultOf(await until('failed'))
      expect(fault).toMatchObject({ is: 'bad-url' })
      expect(fault?.detail).not.toContain('secret')
    },
  )

  test('[W86] a header that cannot be sent is a fault that names it without its value', async () => {
    const fault = faultOf(
      await listen('ws://127.0.0.1:9/', { headers: { authorization: 'Bearer s3cret\nX: y' } }).until('failed'),
    )
    expect(fault?.detail).toContain('authorization')
    expect(fault?.detail).not.toContain('s3cret')
  })

  test('[W86] a fault names host and port, and neither path, query nor token', async () => {
    const port = await closedPort()
    const fault = faultOf(await listen(`ws://127.0.0.1:${port}/ws/?token=s3cret`).until('failed'))
    expect(fault?.detail).toContain(`127.0.0.1:${port}`)
    expect(fault?.detail).not.toMatch(/s3cret|token|ws\//)
  })
})

const certificates = makeCertificates()
describe('a secure socket', () => {
  beforeEach((context) => {
    if (certificates === null) context.skip('skipped: there is no openssl here')
  })
  const made = certificates as NonNullable<typeof certificates>

  test('[W83] one whose authority was given is trusted, and not without it', async () => {
    const port = await sockets((peer) => peer.send('hi'), made.good)
    await listen(`wss://localhost:${port}/`, { tls: { authority: made.authority } }).until('text')
    const fault = faultOf(await listen(`wss://localhost:${port}/`).until('failed'))
    expect(fault).toMatchObject({ is: 'tls', detail: expect.stringContaining('"Desk Test Authority"') })
  })

  test('[W83] what is wrong with a certificate is said, with the remedy', async () => {
    const cases: [Identity, string][] = [
      [made.expired, 'expired on 2026-01-02'],
      [made.otherName, 'is for DNS:results.example, not for localhost'],
      [made.selfSigned, 'self-signed'],
    ]
    for (const [identity, words] of cases) {
      const port = await sockets(() => {}, identity)
      const fault = faultOf(
        await listen(`wss://localhost:${port}/`, { tls: { authority: made.authority } }).until('failed'),
      )
      expect(fault).toMatchObject({ is: 'tls', detail: expect.stringContaining(words) })
    }
  })

  test('[W83] a token never reaches a server whose certificate was refused', async () => {
    let asked = 0
    const server = await serveHttp(() => void asked++, made.selfSigned)
    server.server.on('upgrade', (_request, socket) => {
      asked++
      socket.destroy()
    })
    cleanup.push(server.stop)
    await listen(`wss://localhost:${server.port}/`, { headers: { authorization: 'Bearer t' } }).until('failed')
    expect(asked).toBe(0)
  })

  test('[W83] TLS spoken to a plain port, and a PEM that is none, are told apart', async () => {
    const port = await sockets(() => {})
    expect(faultOf(await listen(`wss://127.0.0.1:${port}/`).until('failed'))).toMatchObject({
      is: 'tls',
      detail: expect.stringContaining('does not speak TLS'),
    })
    const wrongPem = listen('wss://127.0.0.1:9/', { tls: { authority: '-----BEGIN CERTIFICATE-----\nnone' } })
    expect(faultOf(await wrongPem.until('failed'))).toMatchObject({ is: 'tls', detail: expect.stringContaining('PEM') })
  })
})

function rawUpgradeWith(header: string) {
  return (socket: RawSocket) =>
    socket.once('data', (bytes) => {
      const key = /sec-websocket-key: (\S+)/i.exec(String(bytes))?.[1] ?? ''
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
      socket.write(
        `HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${header}\r\n\r\n`,
      )
    })
}
