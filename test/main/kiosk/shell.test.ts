import { readFileSync } from 'node:fs'
import { connect as connectRaw } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import type { SessionStore } from '../../../src/main/kiosk/gate.ts'
import { type Shell, startShell, type WindowHello } from '../../../src/main/kiosk/shell.ts'
import { CONTENT_SECURITY_POLICY } from '../../../src/main/node/page-policy.ts'
import type { Port } from '../../../src/shared/port.ts'
import { ask, builtPage } from './page.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})

async function start(more: { port?: number; maxBufferedBytes?: number; sessions?: SessionStore } = {}) {
  const page = builtPage()
  cleanup.push(page.remove)
  let elapsed = 0
  const timers = new Map<() => void, number>()
  const after = (ms: number, run: () => void) => {
    timers.set(run, elapsed + ms)
    return () => void timers.delete(run)
  }
  const pass = (ms: number) => {
    elapsed += ms
    for (const [run, at] of timers) if (at <= elapsed && timers.delete(run)) run()
  }
  const spent: number[] = []
  const ports: { port: Port; hello: WindowHello }[] = []
  const warned: string[] = []
  const started = await startShell({
    rendererDir: page.dir,
    port: 0,
    onPort: (port, hello) => ports.push({ port, hello }),
    log: { info() {}, warn: (event) => warned.push(event), error: (event) => warned.push(event) },
    clock: { elapsed: () => elapsed, after },
    onLinkSpent: () => void spent.push(elapsed),
    ...more,
  })
  if (!started.ok) throw new Error(started.error.detail)
  cleanup.push(started.value.stop)
  return { shell: started.value, ports, warned, page, pass, spent, timers }
}
const pathOf = (url: string) => new URL(url).pathname + new URL(url).search

async function letIn(shell: Shell): Promise<string> {
  const answer = await ask(shell.port, pathOf(shell.newUrl('person')))
  return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? ''
}

/** Tries to open the window's socket; says how it went. */
function openSocket(port: number, headers: Record<string, string>, path = '/port') {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers, perMessageDeflate: false })
  cleanup.push(() => socket.terminate())
  socket.on('error', () => {})
  const outcome = new Promise<number>((resolve) => {
    socket.once('open', () => resolve(101))
    socket.once('unexpected-response', (sent, answer) => {
      resolve(answer.statusCode ?? 0)
      sent.destroy()
    })
  })
  return { socket, outcome }
}

describe('the gate', () => {
  test('[S41] a link for a person waits for its first use, lets in for two minutes after it, and is then replaced', async () => {
    const { shell, pass, spent } = await start()
    expect((await ask(shell.port, '/')).status).toBe(403)
    const link = pathOf(shell.newUrl('person'))
    pass(12 * 3_600_000)
    const opened = await ask(shell.port, link)
    expect(opened).toMatchObject({ status: 303, headers: { location: '/' } })
    const cookie = String(opened.headers['set-cookie']?.[0]).split(';')[0] ?? ''
    expect(await ask(shell.port, '/', { cookie })).toMatchObject({
      status: 200,
      body: expect.stringContaining('Tallydesk'),
    })
    expect((await ask(shell.port, '/assets/index-AbC123xy.js', { cookie })).status).toBe(200)
    pass(119_000)
    expect(await ask(shell.port, link)).toMatchObject({ status: 303, headers: { 'set-cookie': [expect.anything()] } })
    expect(spent).toEqual([])
    pass(2_000)
    expect(spent).toHaveLength(1)
    const again = await ask(shell.port, link)
    expect(again.status).toBe(403)
    expect(again.headers['set-cookie']).toBeUndefined()
    expect((await ask(shell.port, '/', { cookie })).status).toBe(200)
  })

  test('[S41] who has no session reads in English and Arabic what to do', async () => {
    const { shell } = await start()
    for (const path of ['/', '/open?key=x']) {
      const answer = await ask(shell.port, path)
      expect(answer).toMatchObject({ status: 403, headers: { 'content-type': 'text/html; charset=utf-8' } })
      expect(answer.body).toContain('Use the link on the terminal where Tallydesk was started')
      expect(answer.body).toMatch(/<section lang="ar" dir="rtl">[^]*الرابط/)
    }
  })

  test('[S41] a link for a browser lets in for a minute, used or not; a made-up one and an empty one never', async () => {
    const { shell, pass, spent } = await start()
    const late = shell.newUrl('browser')
    pass(59_000)
    const inTime = shell.newUrl('browser')
    expect((await ask(shell.port, pathOf(late))).status).toBe(303)
    pass(2_000)
    expect((await ask(shell.port, pathOf(late))).status).toBe(403)
    expect((await ask(shell.port, pathOf(inTime))).status).toBe(303)
    for (const path of ['/open', '/open?key=', `/open?key=${'A'.repeat(43)}`, '/open?key[]=x', '/open?KEY=x']) {
      expect((await ask(shell.port, path)).status, path).toBe(403)
    }
    pass(600_000)
    expect(spent).toEqual([])
  })

  test('[S41] stopping forgets the link that was to be replaced', async () => {
    const { shell, spent, timers, pass } = await start()
    await ask(shell.port, pathOf(shell.newUrl('person')))
    expect(timers.size).toBe(1)
    await shell.stop()
    pass(600_000)
    expect([timers.size, spent]).toEqual([0, []])
  })

  test('[S41] looking ahead does not use a link up, and each link of several works', async () => {
    const { shell } = await start()
    const path = pathOf(shell.newUrl('person'))
    expect((await ask(shell.port, path, {}, 'HEAD')).status).toBe(403)
    expect((await ask(shell.port, path, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(403)
    expect((await ask(shell.port, path)).status).toBe(303)
    const several = [shell.newUrl('person'), shell.newUrl('person'), shell.newUrl('person')]
    for (const url of several) expect((await ask(shell.port, pathOf(url))).status).toBe(303)
  })

  test('[S41] a link opened from a foreign page steps inside by itself, so that the strict cookie comes along', async () => {
    const { shell } = await start()
    const answer = await ask(shell.port, pathOf(shell.newUrl('person')), { 'sec-fetch-site': 'cross-site' })
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('url=/') })
    expect(answer.headers['set-cookie']).toHaveLength(1)
  })

  test('[C70] after a death browsers let in before are let in on the same port, and what was kept lets nobody in', async () => {
    let kept: readonly string[] = []
    const sessions = { before: [], keep: (now: readonly string[]) => void (kept = now) }
    const first = await start({ sessions })
    const cookie = await letIn(first.shell)
    const { port } = first.shell
    await first.shell.stop()
    const { shell } = await start({ port, sessions: { before: kept, keep: () => {} } })
    expect(shell.port).toBe(port)
    // The first try may go over a connection kept from before, which is found closed.
    await vi.waitFor(async () => expect((await ask(port, '/', { cookie })).status).toBe(200))
    expect(await openSocket(port, { cookie, origin: `http://127.0.0.1:${port}` }).outcome).toBe(101)
    const name = cookie.split('=')[0]
    expect((await ask(port, '/', { cookie: `${name}=${kept[0]}` })).status).toBe(403)
    expect(cookie).not.toContain(kept[0])
  })

  test('[S42] the session is a cookie no script reads and no foreign page sends, named after the port; a reload keeps it', async () => {
    const { shell, pass } = await start()
    const link = pathOf(shell.newUrl('person'))
    const opened = await ask(shell.port, link)
    const cookie = String(opened.headers['set-cookie']?.[0])
    expect(cookie).toMatch(new RegExp(`^tallydesk-${shell.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`))
    const value = cookie.split(';')[0] ?? ''
    for (let n = 0; n < 3; n++)
      expect((await ask(shell.port, '/', { cookie: `other=1; ${value}; more=2` })).status).toBe(200)
    pass(600_000)
    const used = await ask(shell.port, link, { cookie: value })
    expect(used.status).toBe(303)
  })

  test('[S42] a session of another run, a wrong one and a name of another port are strangers', async () => {
    const { shell } = await start()
    const other = await start()
    const foreign = await letIn(other.shell)
    const own = await letIn(shell)
    const wrong = [
      foreign,
      foreign.replace(/\d+=/, `${shell.port}=`),
      own.slice(0, -1),
      `${own}x`,
      own.replace('tallydesk', 'x'),
      `tallydesk-${shell.port}=`,
    ]
    for (const cookie of wrong) expect((await ask(shell.port, '/', { cookie })).status, cookie).toBe(403)
    expect((await ask(shell.port, '/', { cookie: own })).status).toBe(200)
  })

  test('[S40] a foreign name that leads here is refused before anything else, sockets included', async () => {
    const { shell } = await start()
    const cookie = await letIn(shell)
    const key = pathOf(shell.newUrl('person'))
    const names = [
      'evil.example',
      `evil.example:${shell.port}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${shell.port + 1}`,
      `127.0.0.1:${shell.port}.evil.example`,
      `[::1]:${shell.port}`,
      `localhost.:${shell.port}`,
    ]
    for (const host of names) {
      expect((await ask(shell.port, '/', { host, cookie })).status, host).toBe(421)
      expect((await ask(shell.port, key, { host })).status, host).toBe(421)
      expect(await openSocket(shell.port, { host, origin: `http://${host}`, cookie }).outcome, host).toBe(421)
    }
    expect((await ask(shell.port, '/', { host: `localhost:${shell.port}`, cookie })).status).toBe(200)
    expect((await ask(shell.port, key)).status).toBe(303)
  })

  test('[S45] the socket opens for our own page with a session, and for nobody else', async () => {
    const { shell, ports } = await start()
    const cookie = await letIn(shell)
    const own = `http://127.0.0.1:${shell.port}`
    const refused: [string, Record<string, string>][] = [
      ['no session', { origin: own }],
      ['no origin', { cookie }],
      ['another page', { origin: 'https://evil.example', cookie }],
      ['another port', { origin: `http://127.0.0.1:${shell.port + 1}`, cookie }],
      ['a null origin', { origin: 'null', cookie }],
      ['https', { origin: own.replace('http', 'https'), cookie }],
      ['the other name', { origin: `http://localhost:${shell.port}`, cookie }],
    ]
    for (const [what, headers] of refused) expect(await openSocket(shell.port, headers).outcome, what).toBe(403)
    expect(await openSocket(shell.port, { origin: own, cookie }, '/elsewhere').outcome).toBe(404)
    expect(ports).toHaveLength(0)
    expect(await openSocket(shell.port, { origin: own, cookie, 'user-agent': 'Browser/1' }).outcome).toBe(101)
    expect(ports).toMatchObject([{ hello: { window: 1, agent: 'Browser/1' } }])
    expect(shell.windows()).toBe(1)
  })
})

describe('the page', () => {
  test('[S43] no path leads out of the page’s folder, and what is not there is not there', async () => {
    const { shell } = await start()
    const cookie = await letIn(shell)
    const paths = [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/assets/..%5c..%5csecret.txt',
      '//etc/passwd',
      '/etc/passwd',
      '/linked.txt',
      '/up/secret.txt',
      '/up/renderer/index.html',
      '/assets',
      '/assets/',
      '/index.html/',
      '/index.html%00',
      '/INDEX.HTML',
      '/%',
      '/port',
      '/__proto__',
      '/constructor',
      `/${'x'.repeat(5_000)}`,
    ]
    for (const path of paths) {
      const answer = await ask(shell.port, path, { cookie })
      expect(answer.status, path).toBe(404)
      expect(answer.headers['content-type'], path).toContain('text/plain')
      expect(answer.body, path).not.toContain('outside')
    }
  })

  test('[S44] only reading is possible', async () => {
    const { shell } = await start()
    const cookie = await letIn(shell)
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      const answer = await ask(shell.port, '/', { cookie }, method)
      expect(answer, method).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
    }
    const head = await ask(shell.port, '/', { cookie }, 'HEAD')
    expect(head).toMatchObject({ status: 200, body: '' })
    expect(Number(head.headers['content-length'])).toBeGreaterThan(50)
  })

  test('[S46] every answer carries the policy, whatever it answers', async () => {
    const { shell } = await start()
    const cookie = await letIn(shell)
    const answers = [
      await ask(shell.port, '/', { cookie }),
      await ask(shell.port, '/'),
      await ask(shell.port, '/nothing', { cookie }),
      await ask(shell.port, pathOf(shell.newUrl('person'))),
      await ask(shell.port, '/', { host: 'evil' }),
      await ask(shell.port, '/', { cookie }, 'POST'),
    ]
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(answers[0]?.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
    })
    const asset = await ask(shell.port, '/assets/index-AbC123xy.js', { cookie })
    expect(asset.headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
      'content-type': expect.stringContaining('javascript'),
    })
  })

  test('[S46] the policy is the page’s own, and forbids framing besides', () => {
    const html = readFileSync(join(import.meta.dirname, '../../../src/renderer/index.html'), 'utf8')
    const own = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html)?.[1] ?? ''
    const parts = (policy: string) =>
      policy
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .sort()
    expect(parts(CONTENT_SECURITY_POLICY)).toEqual(parts(`${own}; frame-ancestors 'none'`))
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|\*/)
  })
})

describe('the socket', () => {
  async function joined(more = {}) {
    const started = await start(more)
    const cookie = await letIn(started.shell)
    const { socket, outcome } = openSocket(started.shell.port, {
      origin: `http://127.0.0.1:${started.shell.port}`,
      cookie,
    })
    expect(await outcome).toBe(101)
    const port = started.ports[0]?.port as Port
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    return { ...started, cookie, socket, port, closed }
  }

  test('[S52] messages go both ways in order; those that come before anyone listens wait', async () => {
    const { socket, port } = await joined()
    const heard: unknown[] = []
    socket.on('message', (data) => heard.push(JSON.parse(String(data))))
    socket.send('{"n":1}')
    socket.send('[2]')
    socket.send('null')
    const ponged = new Promise((resolve) => socket.once('pong', resolve))
    socket.ping()
    await ponged
    const got: unknown[] = []
    port.onMessage((message) => got.push(message))
    expect(got).toEqual([{ n: 1 }, [2], null])
    port.send({ t: 'hello', text: 'اهلا' })
    port.send(5)
    await vi.waitFor(() => expect(heard).toEqual([{ t: 'hello', text: 'اهلا' }, 5]))
  })

  test.each([
    ['not JSON', 4400, '{"n":'],
    ['binary', 4400, Buffer.from('{}')],
    ['too large', 1009, `"${'x'.repeat(1024 * 1024)}"`],
  ])('[S47] a message that is %s ends that window’s socket with %i, and no other', async (_what, code, message) => {
    const { socket, port, closed, shell, cookie } = await joined()
    const got: unknown[] = []
    port.onMessage((one) => got.push(one))
    const gone = new Promise<void>((resolve) => port.onClose(resolve))
    const other = openSocket(shell.port, { origin: `http://127.0.0.1:${shell.port}`, cookie })
    await other.outcome
    socket.send(message)
    expect([code, 1006]).toContain(await closed)
    await gone
    port.send('too late')
    expect(got).toEqual([])
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
    expect(shell.windows()).toBe(1)
  })

  test('[S47] a peer that talks before anyone listens, without end, is ended', async () => {
    const { socket, closed } = await joined()
    for (let n = 0; n < 100; n++) socket.send('1')
    expect([4413, 1006]).toContain(await closed)
  })

  test('[S48] a window that stops reading is cut off past the bound, told as such, and the host goes on', async () => {
    const { socket, port, warned, shell } = await joined({ maxBufferedBytes: 200_000 })
    const gone = new Promise<void>((resolve) => port.onClose(resolve))
    socket.pause()
    const text = 'x'.repeat(100_000)
    let sent = 0
    while (shell.windows() > 0 && sent < 1_000) {
      port.send(text)
      sent++
      await new Promise((resolve) => setImmediate(resolve))
    }
    await gone
    expect(warned).toContain('shell.window-too-slow')
    expect(sent).toBeLessThan(1_000)
    expect(shell.windows()).toBe(0)
  })

  test('[S45] more windows than anyone needs are refused', async () => {
    const { shell, cookie } = await joined()
    const origin = `http://127.0.0.1:${shell.port}`
    for (let n = 1; n < 32; n++) expect(await openSocket(shell.port, { origin, cookie }).outcome).toBe(101)
    expect(await openSocket(shell.port, { origin, cookie }).outcome).toBe(503)
  })
})

describe('start and stop', () => {
  test('[S49] a port in use, a port out of reach and a page not built are told, and nothing listens', async () => {
    const { shell, page } = await start()
    const log = { info() {}, warn() {}, error() {} }
    const second = await startShell({ rendererDir: page.dir, port: shell.port, onPort() {}, log })
    expect(second).toMatchObject({
      ok: false,
      error: { is: 'port-in-use', detail: expect.stringContaining(String(shell.port)) },
    })
    const unbuilt = await startShell({ rendererDir: join(page.dir, 'assets'), port: 0, onPort() {}, log })
    expect(unbuilt).toMatchObject({ ok: false, error: { is: 'no-page' } })
    const nowhere = await startShell({ rendererDir: join(page.dir, 'nowhere'), port: 0, onPort() {}, log })
    expect(nowhere).toMatchObject({ ok: false, error: { is: 'no-page' } })
    const impossible = await startShell({ rendererDir: page.dir, port: 70_000, onPort() {}, log })
    expect(impossible).toMatchObject({ ok: false, error: { is: 'failed' } })
  })

  test('[S51] stopping closes every window and the port, also beside connections that say nothing', async () => {
    const { shell, ports } = await start()
    const cookie = await letIn(shell)
    const { socket, outcome } = openSocket(shell.port, { origin: `http://127.0.0.1:${shell.port}`, cookie })
    await outcome
    const silent = connectRaw(shell.port, '127.0.0.1')
    silent.on('error', () => {})
    await new Promise((resolve) => silent.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const ended = vi.fn()
    ports[0]?.port.onClose(ended)
    await shell.stop()
    await shell.stop()
    await closed
    expect(ended).toHaveBeenCalledTimes(1)
    await expect(ask(shell.port, '/')).rejects.toThrow('ECONNREFUSED')
  })

  test('[S47] half a request, no request and noise on the port hurt nobody', async () => {
    const { shell } = await start()
    const cookie = await letIn(shell)
    for (const bytes of [
      'GET / HT',
      '\u0000\u0001\u0002\r\n\r\n',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      'GET /port HTTP/1.1\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    ]) {
      const raw = connectRaw(shell.port, '127.0.0.1')
      raw.on('error', () => {})
      await new Promise<void>((resolve) => raw.write(bytes, () => resolve()))
      raw.destroy()
    }
    expect((await ask(shell.port, '/', { cookie })).status).toBe(200)
  })
})
