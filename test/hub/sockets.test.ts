import { request } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { call, hub, Line, live, signIn, wsUrl } from './fixture.ts'

const code = async (line: Line) => (await line.closed).code

test('[B31] refusals are close codes after the socket was accepted', async () => {
  let now = Date.now()
  const { url } = await hub({ now: () => now, limits: { socketsPerUser: 2 } })
  const admin = await signIn(url)
  const clerk = await signIn(url, 'clerk')
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  expect(await code(new Line(wsUrl(url)))).toBe(4001)
  expect(await code(new Line(`${wsUrl(url)}?token=`))).toBe(4001)
  expect(await code(new Line(`${wsUrl(url)}?token=garbage`))).toBe(4001)
  expect(await code(new Line(wsUrl(url), bearer(admin.refresh)))).toBe(4001)
  expect(await code(new Line(`${wsUrl(url)}?ticket=unknown`))).toBe(4001)
  const first = await live(admin)
  const second = new Line(`${wsUrl(url)}?token=${admin.access}`)
  await second.until((frame) => frame['type'] === 'connection_success')
  expect(await code(new Line(wsUrl(url), bearer(admin.access)))).toBe(4029)
  first.send(Buffer.from([1, 2, 3]))
  expect(await code(first)).toBe(1003)
  second.send('x'.repeat(70 * 1024))
  expect(await code(second)).toBe(1009)
  now += 3601_000
  expect(await code(new Line(wsUrl(url), bearer(clerk.access)))).toBe(4003)
})

test('[B32] the hello says features, epoch, number, mode and clock', async () => {
  const { url, epoch } = await hub({ now: () => 1_800_000_000_000 })
  const line = await live(await signIn(url))
  expect(line.frames[0]).toEqual({
    type: 'connection_success',
    message: 'Connected to real-time updates',
    timestamp: '2027-01-15T08:00:00.000000+00:00',
    features: [
      'seq',
      'resume',
      'skip',
      'authenticate',
      'bulk_mark',
      'idempotency',
      'ticket',
      'calls',
      'remarks',
      'double',
    ],
    epoch,
    seq: 0,
    mode: 'rehearsal',
    server_time: 1_800_000_000_000,
  })
})

test('[B33] pings and subscriptions are echoed; anything else is answered and the socket stays open', async () => {
  const { url } = await hub()
  const line = await live(await signIn(url))
  line.send({ type: 'ping', timestamp: 17 })
  expect(await line.until((frame) => frame['type'] === 'pong')).toEqual({ type: 'pong', timestamp: 17 })
  line.send({ type: 'subscribe', channels: ['a'] })
  expect(await line.until((frame) => frame['type'] === 'subscribed')).toEqual({ type: 'subscribed', channels: ['a'] })
  for (const odd of [
    '',
    'not json',
    '[]',
    '"x"',
    'null',
    '5',
    '{}',
    '{"type":"what"}',
    '{"type":"resume"}',
    '{"type":"resume","epoch":1,"since":-1}',
  ]) {
    line.send(odd)
  }
  line.send({ type: 'ping' })
  await line.until((frame) => frame['type'] === 'pong' && frame['timestamp'] === null)
  expect(line.frames.filter((frame) => frame['type'] === 'error')).toHaveLength(10)
  expect(line.socket.readyState).toBe(WebSocket.OPEN)
})

test('[B34] a socket ends with its token, unless a newer token of the same account came in time', async () => {
  let now = Date.now()
  const { url } = await hub({ now: () => now, accessSeconds: 60 })
  const [admin, clerk, member] = [await signIn(url), await signIn(url, 'clerk'), await signIn(url, 'member')]
  const [kept, ended, stolen] = [await live(admin), await live(clerk), await live(member)]
  now += 50_000
  const fresh = await call(url, 'POST', '/api/auth/refresh/', { body: { refresh: admin.refresh } })
  kept.send({ type: 'authenticate', token: fresh.body['data'].access })
  await kept.until((frame) => frame['type'] === 'authenticated')
  stolen.send({ type: 'authenticate', token: fresh.body['data'].access })
  expect(await code(stolen)).toBe(4001)
  now += 15_000
  expect(await ended.closed).toEqual({ code: 4003, reason: 'token expired' })
  await kept.settled()
  expect(kept.socket.readyState).toBe(WebSocket.OPEN)
  kept.send({ type: 'authenticate', token: 'nonsense' })
  expect(await code(kept)).toBe(4001)
})

test('[B35] a reader that does not read is closed with 4008, and others are not held up', async () => {
  const { url, desks } = await hub({ limits: { bufferedBytes: 64 * 1024 } })
  const admin = await signIn(url)
  const good = await live(admin)
  const slow = await live(await signIn(url, 'clerk'))
  slow.socket.pause()
  const notes = 'x'.repeat(1000)
  const marked = await admin.mark('70001', 'm1', { notes })
  const path = `/api/attendees/${marked.body['data'].id}/`
  let changes = 0
  while (desks.count === 2 && changes < 20_000) {
    await Promise.all(Array.from({ length: 50 }, () => admin.patch(path, { notes })))
    changes += 50
  }
  expect(desks.count).toBe(1)
  await good.settled()
  expect(good.data.map((frame) => frame['seq'])).toEqual(Array.from({ length: changes + 1 }, (_, index) => index + 1))
  slow.socket.resume()
  expect(await code(slow)).toBe(4008)
}, 20_000)

test('[B36] a ticket opens one socket, once, within 60 s', async () => {
  let now = Date.now()
  const { url } = await hub({ now: () => now })
  const admin = await signIn(url)
  const ask = async () => (await admin.post('/api/auth/ws-ticket/')).body['data']
  const { ticket, expiresIn } = await ask()
  expect(expiresIn).toBe(60)
  const line = new Line(`${wsUrl(url)}?ticket=${ticket}`)
  await line.until((frame) => frame['type'] === 'connection_success')
  expect(await code(new Line(`${wsUrl(url)}?ticket=${ticket}`))).toBe(4001)
  const late = await ask()
  now += 60_001
  expect(await code(new Line(`${wsUrl(url)}?ticket=${late.ticket}`))).toBe(4001)
  expect((await call(url, 'POST', '/api/auth/ws-ticket/')).status).toBe(401)
})

test('[B37] a changed account changes its open sockets at once', async () => {
  const { url } = await hub()
  const [admin, member, other] = [await signIn(url), await signIn(url, 'member'), await signIn(url, 'other')]
  const line = await live(other)
  await member.post('/api/guarantees/', { elector: '70001' })
  await admin.patch(`/api/users/${other.user['id']}/`, { role: 'ADMIN' })
  await member.post('/api/guarantees/', { elector: '70003' })
  await line.settled()
  expect(line.data.map((frame) => frame['data'].elector)).toEqual(['70003'])
  await admin.patch(`/api/users/${other.user['id']}/`, { isActive: false })
  expect(await code(line)).toBe(4001)
  // who joins a team is seen by its supervisor from then on
  const supervisor = await signIn(url, 'supervisor')
  const lead = await live(supervisor)
  await admin.post('/api/guarantees/', { elector: '70005' })
  await admin.patch(`/api/users/${admin.user['id']}/`, { supervisor: supervisor.user['id'] })
  await admin.post('/api/guarantees/', { elector: '70007' })
  await lead.settled()
  expect(lead.data.map((frame) => frame['data'].elector)).toEqual(['70007'])
})

test('[B38] path and Origin are checked before the upgrade', async () => {
  const { url, port } = await hub({ allowedOrigins: ['https://desk.example'] })
  const admin = await signIn(url)
  const upgrade = (path: string, origin?: string) =>
    new Promise<{ status: number; text: string }>((done, fail) => {
      const headers = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        authorization: `Bearer ${admin.access}`,
        ...(origin === undefined ? {} : { origin }),
      }
      const asked = request(`${url}${path}`, { headers })
      asked.on('upgrade', (answer, socket) => {
        socket.destroy()
        done({ status: answer.statusCode ?? 0, text: '' })
      })
      asked.on('response', (answer) => {
        let text = ''
        answer.on('data', (part) => (text += part))
        answer.on('end', () => done({ status: answer.statusCode ?? 0, text }))
      })
      asked.on('error', fail)
      asked.end()
    })
  const path = '/ws/election-updates/'
  for (const origin of [undefined, 'http://localhost:5173', `http://127.0.0.1:${port}`, 'https://desk.example']) {
    expect((await upgrade(path, origin)).status, origin).toBe(101)
  }
  for (const origin of [
    'https://evil.example',
    'null',
    'file://',
    'https://desk.example.evil.example',
    'not an origin',
  ]) {
    const refused = await upgrade(path, origin)
    expect(refused.status, origin).toBe(403)
    expect(JSON.parse(refused.text)).toMatchObject({ status: 'error', message: expect.stringContaining('Origin') })
  }
  for (const wrong of ['/ws/election-updates', '/ws/other/', '/'])
    expect((await upgrade(wrong)).status, wrong).toBe(404)
})

test('[B38] a line that breaks in the middle of an upgrade harms nobody', async () => {
  const { url, port } = await hub()
  const socket = connect(port, '127.0.0.1')
  socket.write(
    'GET /ws/election-updates/ HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: x\r\n\r\n',
  )
  socket.destroy()
  await live(await signIn(url))
})
