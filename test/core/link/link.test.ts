import { describe, expect, test } from 'vitest'
import { later } from '../../doubles/scripted-http.ts'
import { desk, USER } from './desk.ts'

const MINUTE = 60_000

describe('trying', () => {
  test('[L4] the first try begins at once, and the first after good life too', async () => {
    const d = await desk()
    expect((await d.started()).state).toBe('dialling')
    await d.live()
    await d.alive(21_000)
    d.wire.last.close(1006)
    await d.clock.settle()
    expect(d.wire.sockets).toHaveLength(2)
  })

  test('[L6] a link that held less than 20 s does not reset the waits', async () => {
    const d = await desk()
    d.wire.onDial = (socket) =>
      queueMicrotask(() => {
        // A hot loop shall fail the test, not hang it.
        if (d.wire.sockets.length > 100) return
        socket.open()
        d.greet()
        d.link.caughtUp()
        queueMicrotask(() => socket.close(1006))
      })
    d.link.start()
    await d.clock.advance(10 * MINUTE)
    // At 30 s a try there are some 20 in the later part: no hot loop.
    expect(d.wire.sockets.length).toBeLessThan(45)
    expect(d.wire.mostAtOnce).toBe(1)
  })

  test('[L5] after a day of failures it still tries, each time within 30 s', async () => {
    const d = await desk()
    const times: number[] = []
    d.wire.onDial = (socket) => {
      times.push(d.clock.elapsed())
      queueMicrotask(() => socket.fail('refused'))
    }
    d.link.start()
    await d.clock.advance(3 * 60 * MINUTE)
    const gaps = times.slice(1).map((at, i) => at - (times[i] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_001)
    expect(times.length).toBeGreaterThan(300)
    expect(d.link.view().attempt).toBe(times.length)
  })

  test('[L3] after stop there is no socket, no timer, no further try; late answers are nothing', async () => {
    for (const moment of ['token', 'dialling', 'live', 'waiting'] as const) {
      const d = await desk()
      d.session.stop()
      const answer = later()
      if (moment === 'token') d.http.on('POST', /refresh/, answer.reply)
      if (moment === 'live') await d.live()
      else await d.started()
      if (moment === 'waiting') d.wire.last.fail('refused')
      const { last } = d.wire
      d.link.stop()
      if (moment === 'dialling') last.open()
      if (moment === 'live') last.text('late')
      await d.clock.advance(10 * MINUTE)
      expect([d.wire.sockets.length, d.clock.pending, last.state, d.told.includes('late')]).toEqual([
        1,
        0,
        'ended',
        false,
      ])
      expect(d.told.filter((word) => word === 'up')).toHaveLength(d.told.filter((word) => word === 'down').length)
    }
  })

  test('[L3] sign-out ends the socket at once and nothing is dialled after it', async () => {
    const d = await desk()
    const socket = await d.live()
    void d.session.signOut()
    expect([socket.endedBy, d.state(), d.downs.at(-1)?.code]).toEqual([{ code: 1000 }, 'signed-out', 'signed-out'])
    await d.clock.advance(60 * MINUTE)
    expect(d.wire.sockets).toHaveLength(1)
  })

  test('[L44] signing in again begins again; another user gets another socket', async () => {
    const d = await desk({ signedIn: false })
    d.link.start()
    await d.clock.advance(MINUTE)
    expect([d.state(), d.wire.sockets.length]).toEqual(['signed-out', 0])
    await d.session.signIn('dana@ems.example', 'x')
    await d.clock.settle()
    const socket = await d.live()
    await d.session.signIn('dana@ems.example', 'x')
    expect(socket.endedBy).toBeNull()
    d.become({ ...USER, id: 8, email: 'sami@ems.example' })
    await d.session.signIn('sami@ems.example', 'x')
    await d.clock.settle()
    expect([socket.endedBy, d.wire.sockets.length]).toEqual([{ code: 1000 }, 2])
    expect(d.wire.last.request.headers.authorization).toBe(`Bearer ${d.issued.at(-1)}`)
  })

  test('[L11] an answer never given is given up after 60 s', async () => {
    const d = await desk()
    await d.started()
    await d.clock.advance(59_000)
    expect(d.wire.sockets).toHaveLength(1)
    await d.clock.advance(3_000)
    expect([d.wire.sockets[0]?.endedBy, d.wire.sockets.length, d.link.view().cause?.code]).toEqual([
      'drop',
      2,
      'timed-out',
    ])
  })

  test('[L2] frames of a socket that was given up are nobody’s', async () => {
    const d = await desk()
    const socket = await d.live()
    d.link.recycle()
    socket.text('late')
    socket.close(4001)
    await d.clock.settle()
    expect(d.told).not.toContain('late')
    expect(d.link.view().cause?.code).toBe('recycled')
  })

  test('[L1] a listener that calls back from within is served after, in order', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.alive(21_000)
    d.wire.onDial = () => d.link.tryNow()
    socket.close(1006)
    await d.clock.settle()
    expect([d.wire.sockets.length, d.wire.mostAtOnce]).toEqual([2, 1])
  })
})

describe('life', () => {
  test.each([0, 1_000, 5_000, 9_999, 10_000, 12_345])(
    '[L30] half-open %d ms after the last pong is seen within 25 s',
    async (after) => {
      const d = await desk()
      const socket = await d.live()
      await d.alive(30_000)
      socket.alive()
      const heard = d.clock.elapsed()
      await d.clock.advance(after)
      while (socket.endedBy === null && d.clock.elapsed() - heard < 60_000) await d.clock.advance(100)
      expect(d.clock.elapsed() - heard).toBeLessThanOrEqual(25_000)
      expect(d.clock.elapsed() - heard).toBeGreaterThanOrEqual(20_000)
      expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual(['drop', 'silent'])
    },
  )

  test.each(['text', 'binary', 'alive'] as const)('[L30] %s is life', async (sign) => {
    const d = await desk()
    const socket = await d.live()
    for (let n = 0; n < 10; n++) {
      await d.clock.advance(15_000)
      if (sign === 'text') socket.text('x')
      else if (sign === 'binary') socket.binary(3)
      else socket.alive()
      d.pong()
    }
    expect(socket.endedBy).toBeNull()
    if (sign === 'binary') expect(d.told).toContain('binary 3')
  })

  test('[L31] a ping goes out at the hello and every 5 s; its pong gives the round trip, the hello the skew', async () => {
    const d = await desk()
    const socket = await d.started()
    socket.open()
    d.greet([], d.clock.now() + 5_000)
    expect(socket.sent).toEqual([`ping ${d.clock.now()}`])
    expect(d.link.view().clockSkew).toBe(5_000)
    const echo = d.clock.now()
    await d.clock.advance(80)
    d.link.pong(echo)
    expect(d.link.view()).toMatchObject({ roundTrip: 80, clockSkew: 5_040 })
    d.link.pong(12345)
    expect(d.link.view().roundTrip).toBe(80)
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await d.alive(5_000)
      d.link.pong(Number(socket.sent.at(-1)?.slice(5)))
    }
    expect(socket.sent).toHaveLength(13)
  })

  test('[L31] pings differ even when the wall clock stands still or goes back', async () => {
    const d = await desk()
    const socket = await d.live()
    for (let n = 0; n < 3; n++) {
      d.clock.setWall(-5_000)
      await d.alive(5_000, false)
    }
    expect(new Set(socket.sent).size).toBe(socket.sent.length)
  })

  test('[L49] life again after 10 s without is a stall, whoever stood still; shorter is none', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.clock.advance(9_000)
    socket.alive()
    d.pong()
    await d.clock.advance(11_000)
    expect(d.stalls).toEqual([])
    socket.alive()
    expect([d.stalls, socket.endedBy]).toEqual([[11_000], null])
  })

  test('[L49] so is standing still for 10 s ourselves', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.clock.block(11_000)
    socket.alive()
    d.link.pong(Number(socket.sent.at(-1)?.slice(5)))
    await d.clock.advance(3_000)
    expect([d.stalls, socket.endedBy]).toEqual([[11_000], null])
  })

  test('[L49] a pong that comes 10 s late is a stall although other life went on; a new socket is none', async () => {
    const d = await desk()
    const socket = await d.live()
    const echo = d.clock.now()
    await d.alive(12_000, false)
    d.link.pong(echo)
    expect(d.stalls).toEqual([12_000])
    socket.close(1006)
    await d.clock.advance(30_000)
    d.wire.last.open()
    d.wire.last.alive()
    expect(d.stalls).toEqual([12_000])
  })

  test('[L32] two pings without a pong while other life goes on are a stall', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.alive(14_000, false)
    expect(d.link.stalledSince()).toBeNull()
    await d.alive(4_000, false)
    expect([socket.endedBy, d.state()]).toEqual([null, 'live'])
    expect(d.link.stalledSince()).not.toBeNull()
    d.pong()
    expect(d.link.stalledSince()).toBeNull()
  })

  test('[L62] of a server that never answered a ping one socket is ended for it; the next lives on, until a pong came', async () => {
    const d = await desk()
    await d.live()
    await d.alive(22_000, false)
    expect([d.wire.sockets[0]?.endedBy, d.link.view().cause?.code]).toEqual(['drop', 'silent'])
    const socket = await d.live()
    await d.alive(120_000, false)
    expect([socket.endedBy, d.state()]).toEqual([null, 'live'])
    d.pong()
    await d.alive(26_000, false)
    expect(socket.endedBy).toBe('drop')
  })

  test('[L62] a socket that leaves a ping unanswered for 20 s is ended although other life goes on', async () => {
    const d = await desk()
    const socket = await d.live()
    d.pong()
    await d.alive(24_000, false)
    expect([socket.endedBy, d.state()]).toEqual([null, 'live'])
    await d.alive(2_000, false)
    expect([socket.endedBy, d.link.view().cause?.code]).toEqual(['drop', 'silent'])
  })

  test('[L62] so is the next one, which has answered none yet', async () => {
    const d = await desk()
    const first = await d.live()
    d.pong()
    await d.alive(26_000, false)
    const socket = await d.live()
    await d.alive(18_000, false)
    expect([socket === first, socket.endedBy, d.state()]).toEqual([false, null, 'live'])
    await d.alive(4_000, false)
    expect([socket.endedBy, d.link.view().cause?.code]).toEqual(['drop', 'silent'])
  })

  test('[L33] held up past the silence, the link hears what waited before it judges', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.clock.advance(16_000)
    await d.clock.block(4_500)
    expect(socket.endedBy).toBeNull()
    await d.clock.advance(500)
    socket.text('waited in the buffer')
    d.pong()
    await d.clock.advance(5_000)
    expect([socket.endedBy, d.state()]).toEqual([null, 'live'])
  })

  test('[L33] and nothing heard then, it is half-open', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.clock.advance(16_000)
    await d.clock.block(4_500)
    await d.clock.advance(2_500)
    expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual(['drop', 'silent'])
  })

  test('[L34] after a long hold-up a pong within 3 s keeps the link; silence, or what waited in a buffer, redials', async () => {
    for (const answers of [true, false]) {
      const d = await desk()
      const socket = await d.live()
      await d.alive(25_000)
      const pings = socket.sent.length
      await d.clock.block(12_000)
      expect([socket.endedBy, socket.sent.length]).toEqual([null, pings + 1])
      // Sent before we were held up, and heard only now: the server may be long gone.
      socket.text('waited in the buffer')
      await d.clock.advance(500)
      if (answers) d.link.pong(Number(socket.sent.at(-1)?.slice(5)))
      await d.clock.advance(4_000)
      expect(socket.endedBy).toBe(answers ? null : 'drop')
      expect(d.wire.sockets).toHaveLength(answers ? 1 : 2)
    }
  })

  test('[L35] sleep seen by the clocks alone: dropped and dialled anew within a tick', async () => {
    const d = await desk()
    const socket = await d.live()
    d.clock.sleep(10 * MINUTE)
    await d.clock.advance(1_000)
    expect([socket.endedBy, d.downs.at(-1)?.code, d.wire.sockets.length]).toEqual(['drop', 'asleep', 2])
  })

  test('[L35] a wait is not sat out after waking, and failures before sleep do not count', async () => {
    const d = await desk()
    d.wire.onDial = (socket) => queueMicrotask(() => socket.fail('refused'))
    d.link.start()
    await d.clock.advance(5 * MINUTE)
    d.wire.onDial = () => {}
    const before = d.wire.sockets.length
    d.link.resumed()
    await d.clock.settle()
    expect([d.wire.sockets.length - before, d.link.view().attempt]).toEqual([1, 0])
  })

  test('[L35] a clock set back is not sleep', async () => {
    const d = await desk()
    const socket = await d.live()
    d.clock.setWall(-60 * MINUTE)
    await d.alive(30_000)
    expect(socket.endedBy).toBeNull()
  })

  test('[L60] a clock set back may hide a sleep: the link must show life within 3 s', async () => {
    const d = await desk()
    const socket = await d.live()
    d.clock.sleep(MINUTE)
    d.clock.setWall(-60 * MINUTE)
    await d.clock.advance(5_000)
    expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual(['drop', 'silent'])
  })

  test('[L61] a token renewed between the dial and the question says nothing of the one that was refused', async () => {
    const d = await desk()
    const first = await d.started()
    await d.clock.advance(15_000)
    // While the refusal is on its way another call has the token renewed.
    await d.session.token(true)
    first.refuse(403)
    await d.clock.settle()
    const { url, headers } = d.wire.last.request
    expect([d.wire.sockets.length, url.includes('token='), headers.authorization]).toEqual([
      2,
      false,
      `Bearer ${d.issued.at(-1)}`,
    ])
    expect([d.issued.length, d.link.view().cause?.code]).toEqual([2, 'token-expired'])
  })

  test('[L36] before sleep the socket is let go; without a word of waking a timer begins the try', async () => {
    const d = await desk()
    const socket = await d.live()
    d.link.suspended()
    expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual(['drop', 'asleep'])
    await d.clock.advance(29_000)
    expect(d.wire.sockets).toHaveLength(1)
    await d.clock.advance(1_000)
    expect(d.wire.sockets).toHaveLength(2)
  })

  test('[L37] the network back ends a wait at once and begins a hanging dial anew', async () => {
    const d = await desk()
    ;(await d.started()).fail('unreachable')
    d.link.network(true)
    await d.clock.settle()
    expect(d.wire.sockets).toHaveLength(2)
    d.link.network(true)
    await d.clock.settle()
    expect([d.wire.sockets.length, d.wire.sockets[1]?.endedBy, d.wire.mostAtOnce]).toEqual([3, 'drop', 1])
  })

  test('[L37] an open socket must show life within 3 s of a change of network', async () => {
    for (const answers of [true, false]) {
      const d = await desk()
      const socket = await d.live()
      await d.alive(5_000)
      d.link.network(true)
      if (answers) socket.alive()
      await d.clock.advance(4_000)
      expect(socket.endedBy).toBe(answers ? null : 'drop')
    }
  })

  test.each([
    [0, 22.5],
    [0.999, 23.5],
  ])(
    '[L38] with chance %d the socket is renewed after %d h, not before',
    async (chance, hours) => {
      const d = await desk({ chance })
      const socket = await d.live()
      for (let minute = 0; minute < hours * 60 - 1; minute++)
        for (let part = 0; part < 4; part++) {
          socket.alive()
          d.pong()
          await d.clock.advance(15_000)
        }
      expect(socket.endedBy).toBeNull()
      await d.alive(2 * MINUTE)
      expect([socket.endedBy, d.downs.at(-1)?.code]).toEqual([{ code: 1000 }, 'recycled'])
      expect(d.wire.sockets.length).toBeGreaterThan(1)
    },
    20_000,
  )
})

describe('what people see', () => {
  test('[L40] from the first try to live, stale and offline', async () => {
    const d = await desk()
    const socket = await d.started()
    expect(d.link.view()).toMatchObject({
      state: 'catching-up',
      cause: { code: 'starting' },
      attempt: 0,
      heardAt: null,
    })
    socket.open()
    d.greet()
    expect(d.state()).toBe('catching-up')
    d.link.caughtUp()
    expect(d.link.view()).toMatchObject({ state: 'live', by: 'socket', cause: null, nextTryAt: null })
    d.link.fallBehind()
    expect(d.state()).toBe('catching-up')
    d.link.caughtUp()
    d.wire.onDial = (again) => queueMicrotask(() => again.fail('refused'))
    await d.alive(21_000)
    socket.alive()
    const lostAt = d.clock.now()
    socket.close(1006)
    await d.clock.settle()
    expect(d.link.view()).toMatchObject({
      state: 'stale',
      since: lostAt,
      heardAt: lostAt,
      cause: { code: 'server-restarting' },
    })
    await d.clock.advance(119_000)
    expect(d.state()).toBe('stale')
    await d.clock.advance(2_000)
    expect(d.state()).toBe('offline')
    expect(d.views.map(({ state }) => state)).toContain('offline')
  })

  test('[L40] before any contact a failed try is offline', async () => {
    const d = await desk()
    ;(await d.started()).fail('name-not-found')
    expect(d.link.view()).toMatchObject({ state: 'offline', cause: { code: 'name-not-found' } })
  })

  test('[L20] [L40] without a network by the host’s word it is offline and says so', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.alive(30_000)
    d.link.network(false)
    d.wire.onDial = (again) => queueMicrotask(() => again.fail('unreachable'))
    await d.clock.advance(5_000)
    expect(socket.endedBy).toBe('drop')
    expect(d.link.view()).toMatchObject({ state: 'offline', cause: { code: 'network-off' } })
  })

  test('[L41] while it waits, the next try is known and the cause in sight, until the next hello', async () => {
    const d = await desk()
    ;(await d.started()).fail('refused')
    const { nextTryAt } = d.link.view()
    expect(nextTryAt).toBe(d.clock.now() + 250)
    await d.clock.advance(250)
    expect(d.wire.sockets).toHaveLength(2)
    expect(d.link.view()).toMatchObject({ nextTryAt: null, cause: { code: 'refused' } })
    d.wire.last.open()
    expect(d.link.view().cause?.code).toBe('refused')
    d.greet()
    expect(d.link.view()).toMatchObject({ cause: null })
  })

  test('[L42] no socket there: polling keeps it live, every 5 min a socket is asked for', async () => {
    const d = await desk()
    d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(404))
    d.link.start()
    await d.clock.settle()
    expect(d.link.view()).toMatchObject({ by: 'polling', state: 'catching-up', cause: { code: 'no-socket-there' } })
    d.link.polled(d.clock.now())
    expect(d.state()).toBe('live')
    for (let n = 0; n < 60; n++) {
      await d.clock.advance(20_000)
      d.link.polled(d.clock.now())
      expect([d.state(), d.link.view().by]).toEqual(['live', 'polling'])
    }
    expect(d.wire.sockets).toHaveLength(5)
    await d.clock.advance(46_000)
    expect(d.state()).toBe('stale')
    await d.clock.advance(120_000)
    expect(d.state()).toBe('offline')
    d.wire.onDial = () => {}
    d.link.tryNow()
    await d.live()
    expect(d.link.view()).toMatchObject({ by: 'socket', state: 'live' })
  })

  test('[L63] a socket that opens and has not greeted is not what it is live by', async () => {
    const d = await desk()
    d.wire.onDial = (socket) => queueMicrotask(() => socket.refuse(404))
    d.link.start()
    await d.clock.settle()
    d.link.polled(d.clock.now())
    d.wire.onDial = () => {}
    d.link.tryNow()
    await d.clock.settle()
    d.wire.last.open()
    expect(d.link.view()).toMatchObject({ by: 'polling', state: 'live' })
    d.greet()
    expect(d.link.view()).toMatchObject({ by: 'socket', state: 'catching-up' })
  })

  test('[L43] changed is told for what people see, not for a frame', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.alive(5_000)
    const before = d.views.length
    for (let n = 0; n < 1_000; n++) socket.text('x')
    await d.alive(10_000)
    expect(d.views.length - before).toBe(0)
    d.link.fallBehind()
    expect(d.views.length - before).toBe(1)
  })

  test('[L45] the core’s refusal stays until a person acts', async () => {
    const d = await desk()
    const socket = await d.live()
    const cause = { code: 'wrong-mode', proof: 'the server plays a rehearsal', at: d.clock.now() } as const
    d.link.refuse(cause)
    await d.clock.advance(60 * MINUTE)
    expect([d.state(), d.link.view().cause, socket.state, d.wire.sockets.length]).toEqual([
      'refused',
      cause,
      'ended',
      1,
    ])
    d.link.tryNow()
    await d.clock.settle()
    expect(d.wire.sockets).toHaveLength(2)
  })

  test('[L25] a close is told once, with code, age and words', async () => {
    const d = await desk()
    const socket = await d.live()
    await d.alive(21_000)
    socket.close(4008, 'too slow')
    expect(d.downs).toEqual([{ code: 'too-slow', proof: 'closed 4008 "too slow" after 21 s', at: d.clock.now() }])
  })

  test('[L42] sends go out on an open socket and are refused without one', async () => {
    const d = await desk()
    expect(d.link.send('x')).toBe(false)
    const socket = await d.live()
    expect(d.link.send('resume')).toBe(true)
    expect(socket.sent.at(-1)).toBe('resume')
  })
})
