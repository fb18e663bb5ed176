import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { HttpRequest } from '../../../src/core/ports.ts'
import { createHttp } from '../../../src/main/node/http.ts'
import { type Identity, makeCertificates } from './certificates.ts'
import { closedPort, serveHttp, serveRaw } from './rude-server.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})

function client() {
  const { http, close } = createHttp()
  cleanup.push(close)
  const ask = (url: string, more: Partial<HttpRequest> = {}) =>
    http({
      method: 'GET',
      url,
      headers: {},
      body: null,
      timeoutMs: 5_000,
      maxBytes: 100_000,
      tls: { authority: null },
      ...more,
    })
  return { ask, close }
}
async function server(listener: RequestListener, identity?: Identity) {
  const listening = await serveHttp(listener, identity)
  cleanup.push(listening.stop)
  return `${identity ? 'https://localhost' : 'http://127.0.0.1'}:${listening.port}`
}
async function body(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

test('[W90] method, path, headers and body arrive, and the answer comes back whole', async () => {
  const base = await server((request, response) => void echo(request, response))
  async function echo(request: IncomingMessage, response: ServerResponse) {
    const said = {
      method: request.method,
      url: request.url,
      auth: request.headers.authorization,
      encoding: request.headers['accept-encoding'],
      length: request.headers['content-length'],
      body: await body(request),
    }
    response.writeHead(201, { 'X-Thing': 'Yes', 'set-cookie': ['a=1', 'b=2'] }).end(JSON.stringify(said))
  }
  const { ask } = client()
  const answer = await ask(`${base}/api/x/?page=2&name=%D8%A7`, {
    method: 'POST',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
    body: '{"اسم":"😀"}',
  })
  if (!answer.ok) throw new Error(answer.error.detail)
  expect(answer.value.status).toBe(201)
  expect(answer.value.headers).toMatchObject({ 'x-thing': 'Yes', 'set-cookie': 'a=1, b=2' })
  expect(JSON.parse(answer.value.body)).toEqual({
    method: 'POST',
    url: '/api/x/?page=2&name=%D8%A7',
    auth: 'Bearer t',
    encoding: 'identity',
    length: '17',
    body: '{"اسم":"😀"}',
  })
})

test.each([200, 204, 301, 302, 304, 401, 403, 404, 429, 500, 503])(
  '[W90] the status %i is an answer, and no redirect is followed',
  async (status) => {
    let asked = 0
    const base = await server((_request, response) => {
      asked++
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
    const { ask } = client()
    expect(await ask(`${base}/`)).toMatchObject({ ok: true, value: { status } })
    expect(asked).toBe(1)
  },
)

test('[W90] an answer larger than agreed is given up, told or not told how large', async () => {
  const base = await server((request, response) => {
    if (request.url === '/told') response.setHeader('content-length', 200_001)
    response.write('x'.repeat(200_000))
    response.end('y')
  })
  const { ask } = client()
  for (const path of ['/told', '/untold'])
    expect(await ask(base + path)).toMatchObject({ ok: false, error: { is: 'too-big' } })
  expect(await ask(`${base}/told`, { maxBytes: 200_001 })).toMatchObject({ ok: true })
})

test('[W90] the time is for the whole answer: one that trickles is given up', async () => {
  const base = await server((_request, response) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write('.'), 20)
    response.on('close', () => clearInterval(drip))
  })
  const { ask } = client()
  expect(await ask(`${base}/`, { timeoutMs: 150 })).toMatchObject({ ok: false, error: { is: 'timed-out' } })
  const silent = await serveRaw(() => {})
  cleanup.push(silent.stop)
  expect(await ask(`http://127.0.0.1:${silent.port}/`, { timeoutMs: 100 })).toMatchObject({
    ok: false,
    error: { is: 'timed-out' },
  })
})

test('[W90] connections are kept and used again', async () => {
  const ports = new Set<number | undefined>()
  const base = await server((request, response) => {
    ports.add(request.socket.remotePort)
    response.end('ok')
  })
  const { ask } = client()
  for (let n = 0; n < 5; n++) await ask(`${base}/`)
  expect(ports.size).toBe(1)
})

test('[W91] a read on a kept connection the server just closed is asked again, a write is reported', async () => {
  const asked: string[] = []
  const listening = await serveRaw((socket) => {
    let answered = 0
    socket.on('data', (bytes) => {
      asked.push(String(bytes).split(' ')[0] ?? '')
      // The second request on a connection finds it gone.
      if (answered++ > 0) return socket.resetAndDestroy()
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok')
    })
  })
  cleanup.push(listening.stop)
  const { ask } = client()
  const url = `http://127.0.0.1:${listening.port}/`
  expect(await ask(url)).toMatchObject({ ok: true })
  expect(await ask(url)).toMatchObject({ ok: true })
  expect(asked).toEqual(['GET', 'GET', 'GET'])
  expect(await ask(url, { method: 'POST', body: '{}' })).toMatchObject({ ok: false, error: { is: 'reset' } })
  expect(asked).toEqual(['GET', 'GET', 'GET', 'POST'])
})

test('[W91] a fresh connection that is cut is reported, not asked again', async () => {
  let connections = 0
  const listening = await serveRaw((socket) => {
    connections++
    socket.once('data', () => socket.resetAndDestroy())
  })
  cleanup.push(listening.stop)
  const { ask } = client()
  expect(await ask(`http://127.0.0.1:${listening.port}/`)).toMatchObject({ ok: false, error: { is: 'reset' } })
  expect(connections).toBe(1)
})

test('[W92] closing gives up what waits, and answers nothing more', async () => {
  const silent = await serveRaw(() => {})
  cleanup.push(silent.stop)
  const { ask, close } = client()
  const waiting = ask(`http://127.0.0.1:${silent.port}/`)
  close()
  expect(await waiting).toMatchObject({ ok: false, error: { is: 'aborted' } })
  expect(await ask('http://127.0.0.1:9/')).toMatchObject({ ok: false, error: { is: 'aborted' } })
})

test('[W82] each way of failing is its own fault', async () => {
  const raw = async (text: string | null) => {
    const listening = await serveRaw((socket) =>
      text === null ? socket.resetAndDestroy() : socket.once('data', () => socket.end(text)),
    )
    cleanup.push(listening.stop)
    return `http://127.0.0.1:${listening.port}/`
  }
  const { ask } = client()
  const cases: [string, string][] = [
    [`http://127.0.0.1:${await closedPort()}/?token=s3cret`, 'refused'],
    ['http://no-such-host.invalid/', 'name-not-found'],
    [await raw(null), 'reset'],
    [await raw('SMTP ready\r\n'), 'reset'],
    [await raw('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nhalf'), 'reset'],
    [await raw('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'), 'reset'],
    [await raw('HTTP/1.1 101 X\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n'), 'reset'],
    [await raw(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(20_000)}`), 'too-big'],
    ['ws://127.0.0.1/', 'bad-url'],
    ['nonsense', 'bad-url'],
    ['http://user:s3cret@127.0.0.1/', 'bad-url'],
  ]
  for (const [url, is] of cases) {
    const answer = await ask(url)
    expect(answer, url).toMatchObject({ ok: false, error: { is } })
    expect(JSON.stringify(answer), url).not.toContain('s3cret')
  }
  const header = await ask('http://127.0.0.1:9/', { headers: { authorization: 'Bearer s3cret\n' } })
  expect(header).toMatchObject({ ok: false, error: { is: 'bad-url' } })
  expect(JSON.stringify(header)).not.toContain('s3cret')
})

const certificates = makeCertificates()
test('[W83] certificates are judged and explained as for a socket', async (context) => {
  if (certificates === null) return context.skip('skipped: there is no openssl here')
  const { ask } = client()
  const tls = { authority: certificates.authority }
  const good = await server((_request, response) => response.end('ok'), certificates.good)
  expect(await ask(`${good}/`, { tls })).toMatchObject({ ok: true, value: { body: 'ok' } })
  expect(await ask(`${good}/`)).toMatchObject({ ok: false, error: { is: 'tls' } })
  const expired = await server(() => {}, certificates.expired)
  expect(await ask(`${expired}/`, { tls })).toMatchObject({
    ok: false,
    error: { is: 'tls', detail: expect.stringContaining('2026-01-02') },
  })
  expect(await ask(`${good}/`, { tls: { authority: 'no PEM' } })).toMatchObject({ ok: false, error: { is: 'tls' } })
})

/** A server that lets nobody in for a while: it takes the connection, and begins the handshake when it is told to. */
async function slowToShake(identity: Identity) {
  const asked: string[] = []
  const inner = await serveHttp((request, response) => {
    asked.push(request.method ?? '')
    response.end('ok')
  }, identity)
  const held: (() => void)[] = []
  const outer = await serveRaw((socket) => {
    held.push(() => {
      const onward = connect(inner.port, '127.0.0.1')
      onward.on('error', () => {})
      socket.on('error', () => onward.destroy()).on('close', () => onward.destroy())
      socket.pipe(onward).pipe(socket)
    })
  })
  cleanup.push(outer.stop, inner.stop)
  return { url: `https://localhost:${outer.port}/`, asked, held }
}

const POST = { method: 'POST', body: '{}' } as const
const waitFor = (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 10_000, interval: 5 })

test('[O115] a request is not written to a handshake that ends after its time, and is given up as soon as that is past', async (context) => {
  if (certificates === null) return context.skip('skipped: there is no openssl here')
  const { authority, good } = certificates
  const { url, asked, held } = await slowToShake(good)
  const { ask } = client()
  const tls = { authority }
  const began = performance.now()
  const late = await ask(url, {
    ...POST,
    tls,
    inTime: { withinMs: 120, isLate: () => performance.now() - began > 120 },
  })
  expect(late).toMatchObject({ ok: false, error: { is: 'aborted', unsent: true } })
  expect(performance.now() - began).toBeLessThan(5_000)
  for (const letIn of held.splice(0)) letIn()
  // The clock was set ahead while the handshake lasted: no timer of this machine knows that.
  let isLate = false
  const answer = ask(url, { ...POST, tls, inTime: { withinMs: 60_000, isLate: () => isLate } })
  await waitFor(() => held.length === 1)
  isLate = true
  for (const letIn of held.splice(0)) letIn()
  expect(await answer).toMatchObject({ ok: false, error: { is: 'aborted', unsent: true } })
  expect(asked).toEqual([])
  const inTime = ask(url, { ...POST, tls, inTime: { withinMs: 60_000, isLate: () => false } })
  await waitFor(() => held.length === 1)
  for (const letIn of held) letIn()
  expect([await inTime, asked]).toMatchObject([{ ok: true }, ['POST']])
})

test('[O115] what may not be late goes over a kept connection at once; a fault after it was written does not say that it was not', async () => {
  const base = await server(
    (request, response) => void (request.url === '/dead' ? request.socket.destroy() : response.end('ok')),
  )
  const { ask } = client()
  const inTime = { withinMs: Number.MAX_SAFE_INTEGER, isLate: () => false }
  for (let n = 0; n < 3; n++) expect(await ask(`${base}/`, { ...POST, inTime })).toMatchObject({ ok: true })
  const dead = await ask(`${base}/dead`, { ...POST, inTime })
  expect(dead).toMatchObject({ ok: false, error: { is: 'reset' } })
  expect(!dead.ok && dead.error.unsent).toBeUndefined()
  const nowhere = await ask(`http://127.0.0.1:${await closedPort()}/`, { ...POST, inTime })
  expect(nowhere).toMatchObject({ ok: false, error: { is: 'refused', unsent: true } })
})
