import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import WebSocket from 'ws'
import { Client } from '../../contract/backend/client.ts'
import { type Line, openLine } from '../../contract/backend/line.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { Desk, type DeskOptions } from '../../main/causes/desk.ts'
import { type Peer, startPeer } from './start.ts'

/** Daphne as it is, but quicker to look after its sockets, s. */
const QUICK = ['--ping-interval', '1', '--ping-timeout', '2']
/** Long enough that a frame which is to come has come; they take ms. */
const HEARD_BY = 700

let peer: Peer
let admin: Client
beforeAll(async () => {
  peer = await startPeer({ daphne: QUICK })
  admin = new Client({ url: peer.url, email: ACCOUNTS.admin, password: PASSWORD, origin: null })
  await admin.signIn()
})
afterAll(() => peer?.stop())

const account = { email: ACCOUNTS.user, password: PASSWORD }
async function deskAt(options: Partial<DeskOptions> = {}): Promise<Desk> {
  const desk = new Desk({ url: peer.url, account, ...options })
  onTestFinished(() => desk.end())
  return await desk.begin()
}
async function line(): Promise<Line> {
  const opening = await openLine({ url: peer.url, ...account, origin: null }, { bearer: admin.tokens.access })
  if (opening.is !== 'open') throw new Error(JSON.stringify(opening))
  onTestFinished(() => opening.line.close())
  return opening.line
}
const closed = (one: Line): Promise<void> =>
  vi.waitFor(() => expect(one.closeCode).not.toBeNull(), { timeout: 10_000, interval: 20 })

/** What the server says to an upgrade, byte by byte, until it has said enough or hangs up. */
function upgraded(headers: readonly string[], path = '/ws/election-updates/'): Promise<string> {
  const { port } = new URL(peer.url)
  return new Promise((done) => {
    let said = ''
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => {}).on('close', () => done(said))
    const asked = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13']
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
    socket.write([`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...asked, key, ...headers, '', ''].join('\r\n'))
  })
}
const bearer = (token: string) => `Authorization: Bearer ${token}`
const origin = (text: string) => `Origin: ${text}`

test('[E81] a refusal comes before the socket opens, in the bytes of the real server, whatever the token lacks', async () => {
  const tokens = { none: [], empty: [bearer('')], garbage: [bearer('x')], refresh: [bearer(admin.tokens.refresh)] }
  for (const [what, headers] of Object.entries(tokens))
    expect(await upgraded([origin(peer.url), ...headers]), what).toBe('HTTP/1.1 403 Access denied\r\n\r\n')
})

test('[E81] a path nobody routes is a 500 without a page', async () => {
  const said = await upgraded([origin(peer.url), bearer(admin.tokens.access)], '/ws/election-updates')
  expect(said).toBe('HTTP/1.1 500 Internal server error\r\n\r\n')
})

test('[E81] an account switched off keeps its open socket and gets no other; the desk is told why', async () => {
  const desk = await deskAt({ account: { email: ACCOUNTS.other, password: PASSWORD } })
  await desk.live()
  peer.write(`UPDATE peer_user SET is_active = 0 WHERE email = '${ACCOUNTS.other}'`)
  await wait(HEARD_BY)
  expect(desk.link.view().state).toBe('live')
  desk.link.recycle()
  const { view, proof } = await desk.names('forbidden')
  expect(view.state).toBe('refused')
  expect(proof).toMatch(/upgrade answered 403; .*User is inactive/)
})

test.each([
  ['nothing', null, 403],
  ['a file', 'file://', 403],
  ['no origin, in a word', 'null', 403],
  ['an app', 'app://console', 403],
  ['another host', 'http://localhost:3000', 403],
  ['this host at another port', 'http://127.0.0.1:5173', 101],
  ['this host by another scheme', 'https://127.0.0.1', 101],
])('[E82] a handshake that says it comes from %s', async (_, from, status) => {
  const headers = [bearer(admin.tokens.access), ...(from === null ? [] : [origin(from)])]
  expect(await upgraded(headers)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
})

test('[E82] a desk with a foreign origin says so and takes the server’s own', async () => {
  const desk = await deskAt({ origin: 'http://foreign.example' })
  const { proof } = await desk.names('origin-refused')
  expect(proof).toMatch(/upgrade answered 403; the token is good/)
  await desk.live()
})

test('[E83] Daphne pings; who does not answer is cut without a close frame, a desk that answers is not', async () => {
  const desk = await deskAt()
  await desk.live()
  const mute = new WebSocket(`${peer.url.replace('http', 'ws')}/ws/election-updates/`, {
    autoPong: false,
    origin: peer.url,
    headers: { authorization: `Bearer ${admin.tokens.access}` },
  })
  let pings = 0
  mute.on('ping', () => pings++)
  const code = await new Promise((done) => mute.on('close', done))
  expect(pings).toBeGreaterThan(0)
  expect(code).toBe(1006)
  expect(desk.link.view()).toMatchObject({ state: 'live', by: 'socket' })
})

test('[E84] frozen Redis: pings are answered, a handshake is not and in the end is cut; the desk says so within 5 s', async () => {
  const open = await line()
  const desk = await deskAt()
  await desk.live()
  peer.redis.now().freeze()
  onTestFinished(() => peer.redis.now().thaw())
  open.send('{"type":"ping","timestamp":7}')
  await open.frame('the pong', (heard) => heard.is === 'pong' && heard.echo === 7)
  desk.mark()
  desk.link.recycle()
  const late = await desk.names('timed-out')
  expect(late.ms).toBeLessThan(5_000)
  const cut = await desk.names('reset')
  expect(cut.ms).toBeLessThan(9_000)
  expect(open.open).toBe(true)
  peer.redis.now().thaw()
  desk.link.tryNow()
  await desk.live()
})

test('[E85] Redis killed: sockets end with 1011, handshakes are 403, a write stands and nobody hears of it', async () => {
  const open = await line()
  const desk = await deskAt()
  await desk.live()
  desk.mark()
  await peer.redis.now().end('SIGKILL')
  await closed(open)
  expect(open.closeCode).toBe(1011)
  await desk.names('server-fault')
  const { proof } = await desk.names('layer-down')
  expect(proof).toMatch(/upgrade answered 403/)
  await desk.until(() => desk.link.view().by === 'polling')
  const body = { kocId: '0100001', committeeCode: 'm1' }
  expect((await admin.call('POST', '/api/attendees/mark/', { body })).status).toBe(201)
  const health = await admin.call('GET', '/api/utils/websocket/health/')
  expect(health.text).toContain('"channelLayerConfigured":true')
  await peer.redis.start()
  desk.link.tryNow()
  await desk.live()
  const after = await line()
  expect((await admin.call('POST', '/api/guarantees/', { body: { elector: '0100002' } })).status).toBe(201)
  await after.change('the pledge', (change) => change.kind === 'guarantee')
  expect(after.changes).toHaveLength(1)
})

test.each(['SIGTERM', 'SIGKILL'] as const)(
  '[E86] Daphne ended by %s leaves 1006 behind, and its port is dark',
  async (signal) => {
    const open = await line()
    const desk = await deskAt()
    await desk.live()
    desk.mark()
    await peer.web.now().end(signal)
    await closed(open)
    expect(open.closeCode).toBe(1006)
    await desk.names('server-restarting')
    await peer.web.start()
    desk.link.tryNow()
    await desk.live()
  },
)
