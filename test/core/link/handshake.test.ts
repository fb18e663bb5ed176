import { describe, expect, test } from 'vitest'
import { failure, page, success } from '../../doubles/scripted-http.ts'
import { desk } from './desk.ts'

const URL = 'wss://ems.example/ws/election-updates/'

test('[L12] the socket is dialled at its path, with header, origin, authority and limits', async () => {
  const d = await desk()
  const { request } = await d.started()
  expect(request).toEqual({
    url: URL,
    headers: { authorization: `Bearer ${d.issued[0]}` },
    origin: 'https://ems.example',
    timeoutMs: 10_000,
    maxFrameBytes: 1024 * 1024,
    tls: { authority: 'PEM' },
  })
})

test.each([
  ['http://127.0.0.1:8000', null, 'ws://127.0.0.1:8000/ws/election-updates/', 'http://127.0.0.1:8000'],
  [
    'https://ems.example/',
    'https://console.example',
    'wss://ems.example/ws/election-updates/',
    'https://console.example',
  ],
])('[L12] %s with origin %s', async (url, origin, socketUrl, sent) => {
  const { request } = await (await desk({ url, origin })).started()
  expect([request.url, request.origin]).toEqual([socketUrl, sent])
})

describe('a 403', () => {
  test('[L13] with a good token is tried with the token in the address, once, and what worked is kept', async () => {
    const d = await desk()
    ;(await d.started()).refuse(403)
    await d.clock.settle()
    expect(d.wire.last.request.url).toBe(`${URL}?token=${d.issued[0]}`)
    expect(d.wire.last.request.headers).toEqual({})
    d.wire.last.open()
    d.greet()
    d.link.recycle()
    await d.clock.settle()
    expect(d.wire.last.request.url).toContain('?token=')
    expect(d.wire.sockets).toHaveLength(3)
  })

  test('[L13] [L23] in every way there is: the layer is down, polling, and later tries use the header alone', async () => {
    const d = await desk()
    d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(403))
    await d.started()
    expect(d.link.view()).toMatchObject({ cause: { code: 'layer-down' }, by: 'polling' })
    const before = d.wire.sockets.length
    expect(before).toBe(2)
    await d.clock.advance(2_000)
    const later = d.wire.sockets.slice(before)
    expect(later.length).toBeGreaterThan(0)
    expect(later.every(({ request }) => !request.url.includes('token'))).toBe(true)
  })

  test('[L23] [L26] with a bad token is answered with a new one in the same try', async () => {
    const d = await desk()
    await d.clock.advance(11_000)
    const first = await d.started()
    d.http.on('GET', /users\/me/, ({ headers }) =>
      headers.authorization?.endsWith(d.issued[0] ?? '') ? failure(401, 'Token is expired') : success({}),
    )
    first.refuse(403)
    await d.clock.settle()
    expect(d.wire.last.request.headers.authorization).toBe(`Bearer ${d.issued[1]}`)
    expect(d.link.view()).toMatchObject({ attempt: 0, cause: { code: 'token-expired' } })
  })

  test('[L26] and a new token refused too waits its turn, then fetches another', async () => {
    const d = await desk()
    await d.clock.advance(11_000)
    d.http.on('GET', /users\/me/, failure(401, 'Given token not valid for any token type'))
    d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(403))
    await d.started()
    expect(d.link.view()).toMatchObject({ cause: { code: 'token-refused' }, attempt: 1 })
    expect(d.link.view().nextTryAt).not.toBeNull()
    expect(d.wire.sockets).toHaveLength(2)
    await d.clock.advance(120_000)
    expect(d.issued.length).toBeGreaterThan(3)
    expect(d.session.state()).toBe('signed-in')
  })

  test('[L27] a user the server lets in no more is refused, and nothing is tried until a person acts', async () => {
    const d = await desk()
    d.http.on('GET', /users\/me/, failure(401, 'User is inactive'))
    ;(await d.started()).refuse(403)
    await d.clock.advance(600_000)
    expect([d.state(), d.link.view().cause?.code, d.wire.sockets.length]).toEqual(['refused', 'forbidden', 1])
    d.link.tryNow()
    await d.clock.settle()
    expect(d.wire.sockets).toHaveLength(2)
  })

  test('[L27] a refresh refused while connecting ends in signed out', async () => {
    const d = await desk()
    await d.clock.advance(11_000)
    d.http.on('GET', /users\/me/, failure(401, 'expired')).on('POST', /refresh/, failure(401, 'Token is blacklisted'))
    ;(await d.started()).refuse(401)
    await d.clock.advance(600_000)
    expect([d.state(), d.link.view().cause?.code, d.wire.sockets.length]).toEqual(['signed-out', 'sign-in-refused', 1])
  })

  test('[L15] with a configured origin the server’s own is tried, and used when it works', async () => {
    const d = await desk({ auth: 'bearer', origin: 'https://console.example' })
    ;(await d.started()).refuse(403)
    await d.clock.settle()
    expect(d.wire.last.request.origin).toBe('https://ems.example')
    d.wire.last.open()
    d.greet()
    d.link.recycle()
    await d.clock.settle()
    expect(d.wire.last.request.origin).toBe('https://ems.example')
  })

  test('[L15] [L23] and refused with that too, it is not the origin', async () => {
    const d = await desk({ origin: 'https://console.example' })
    d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(403))
    await d.started()
    expect(d.wire.sockets.map(({ request }) => [request.url === URL, request.origin])).toEqual([
      [true, 'https://console.example'],
      [false, 'https://console.example'],
      [true, 'https://ems.example'],
    ])
    expect(d.link.view().cause?.code).toBe('layer-down')
  })

  test('[L23] when REST does not answer either, its fault is the cause', async () => {
    const d = await desk()
    d.http.on('GET', /users\/me/, { ok: false, error: { is: 'timed-out', detail: '' } })
    ;(await d.started()).refuse(403)
    await d.clock.settle()
    expect(d.link.view().cause?.code).toBe('timed-out')
  })

  test('[L23] a portal’s page in place of the answer proves nothing', async () => {
    const d = await desk()
    d.http.on('GET', /users\/me/, page(403, 'Blocked by the hotel'))
    ;(await d.started()).refuse(403)
    await d.clock.settle()
    expect([d.state(), d.link.view().cause?.code]).toEqual(['offline', 'unknown'])
  })
})

describe('tickets', () => {
  const ticketed = async (auth: 'auto' | 'ticket') => {
    const d = await desk({ auth })
    let tickets = 0
    d.http.on('POST', /ws-ticket/, () => success({ ticket: `ticket ${++tickets}` }))
    return d
  }
  test('[L14] each try fetches its own', async () => {
    const d = await ticketed('ticket')
    ;(await d.started()).fail('refused')
    await d.clock.advance(1_000)
    expect(d.wire.sockets.slice(0, 2).map(({ request }) => request.url)).toEqual([
      `${URL}?ticket=ticket%201`,
      `${URL}?ticket=ticket%202`,
    ])
  })

  test('[L14] query alone never sends a header, bearer alone never an address', async () => {
    for (const auth of ['query', 'bearer'] as const) {
      const d = await desk({ auth })
      d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(403))
      await d.started()
      await d.clock.advance(60_000)
      expect(d.wire.sockets.length).toBeGreaterThan(3)
      for (const { request } of d.wire.sockets)
        expect([request.url.includes('?token='), 'authorization' in request.headers]).toEqual([
          auth === 'query',
          auth === 'bearer',
        ])
    }
  })

  test('[L16] a server that has them gets no token in its address again', async () => {
    const d = await ticketed('auto')
    ;(await d.started()).refuse(403)
    await d.clock.settle()
    expect(d.wire.last.request.url).toContain('?token=')
    d.wire.last.open()
    d.greet(['ticket'])
    d.link.recycle()
    await d.clock.settle()
    expect(d.wire.last.request.url).toContain('?ticket=')
  })

  test('[L14] asked for and not offered, the link says so and goes on', async () => {
    const d = await desk({ auth: 'ticket' })
    d.http.on('POST', /ws-ticket/, page(404, 'Not Found'))
    d.link.start()
    await d.clock.advance(60_000)
    expect(d.wire.sockets).toHaveLength(0)
    expect(d.link.view().cause?.proof).toContain('offers none')
    expect(d.link.view().nextTryAt).not.toBeNull()
  })

  test('[L14] a ticket refused for a stale token is asked for with a new one', async () => {
    const d = await desk({ auth: 'ticket' })
    await d.clock.advance(11_000)
    d.http.on('POST', /ws-ticket/, ({ headers }) =>
      headers.authorization?.endsWith(d.issued[0] ?? '') ? failure(401, 'expired') : success({ ticket: 't' }),
    )
    expect((await d.started()).request.url).toBe(`${URL}?ticket=t`)
  })
})

test('[L17] no hello within 5 s ends the socket', async () => {
  const d = await desk()
  const socket = await d.started()
  socket.open()
  for (let n = 0; n < 4; n++) {
    socket.text('something else')
    await d.clock.advance(1_000)
  }
  expect(socket.endedBy).toBeNull()
  await d.clock.advance(2_000)
  expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual(['drop', 'silent'])
})

test('[L18] a renewed token is told to a server that can take it, and to no other', async () => {
  for (const features of [['authenticate'], []] as const) {
    const d = await desk()
    const socket = await d.live(features)
    await d.alive(49 * 60_000)
    expect(d.issued).toHaveLength(2)
    expect(socket.sent.filter((text) => text.startsWith('authenticate'))).toEqual(
      features.length === 0 ? [] : [`authenticate ${d.issued[1]}`],
    )
  }
})

test('[L28] no token, ticket or password is in a log line, a cause or a view', async () => {
  const d = await desk()
  d.http.on('POST', /ws-ticket/, success({ ticket: 'secret-ticket' }))
  d.wire.onDial = (socket) =>
    queueMicrotask(() =>
      socket.refuse(403, { body: `bad ${socket.request.url} ${JSON.stringify(socket.request.headers)}` }),
    )
  await d.started()
  d.wire.onDial = (socket) =>
    queueMicrotask(() => socket.refuse(500, { body: `bad ${socket.request.url} ${d.issued[0]}` }))
  await d.clock.advance(60_000)
  const all = d.log.text() + JSON.stringify([d.views, d.downs])
  expect(all).toContain('wrong-path')
  for (const secret of [...d.issued, 'secret-ticket', 'opensesame', 'r0']) expect(all).not.toContain(`${secret}"`)
  expect(all).not.toMatch(/eyJ/)
})
