import { describe, expect, test } from 'vitest'
import { createSession } from '../../../src/core/session/create-session.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { failure, fault, json, later, page, ScriptedHttp, success } from '../../doubles/scripted-http.ts'
import { ScriptedVault } from '../../doubles/scripted-vault.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { accessToken } from '../../doubles/tokens.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const USER = { id: 7, email: 'dana@ems.example', fullName: 'Dana Test', role: 'USER', committees: ['m1'] }
const KEPT = { id: 7, email: 'dana@ems.example', name: 'Dana Test', role: 'USER', committees: ['m1'] }

function desk({ chance = 0, serverAhead = 0 } = {}) {
  const clock = new ManualClock()
  const http = new ScriptedHttp()
  const vault = new ScriptedVault()
  const log = new LogLines()
  let refreshes = 0
  const issue = () => accessToken(clock.now() + serverAhead, HOUR)
  const issued: string[] = []
  const heard: string[] = []
  const access = () => {
    issued.push(issue())
    return issued.at(-1)
  }
  const rotate = () => success({ access: access(), refresh: `refresh-${++refreshes}` })
  http
    .on('POST', /login/, () => success({ access: access(), refresh: 'refresh-0', user: USER }))
    .on('POST', /refresh/, rotate)
    .on('POST', /logout/, failure(403, 'Authentication credentials were not provided.'))
  const session = createSession({
    http: http.http,
    clock,
    random: fixedRandom(chance),
    vault,
    log,
    server: { url: 'https://ems.example', authority: null },
    vaultName: 'ems',
    issued: (token) => heard.push(token),
  })
  return { clock, http, vault, log, session, issued, heard, rotate }
}
async function signedIn(options = {}) {
  const d = desk(options)
  await d.session.signIn('dana@ems.example', 'opensesame')
  return d
}

describe('signing in', () => {
  test('[S1] a sign-in keeps the refresh token and the user, and nothing else, before the token is used', async () => {
    const { session, vault, clock } = desk()
    let release = () => {}
    vault.held = new Promise((resolve) => {
      release = resolve
    })
    const pending = session.signIn('dana@ems.example', 'opensesame')
    await clock.settle()
    expect(session.state()).toBe('signing-in')
    expect(await session.token(false)).toMatchObject({ ok: false })
    release()
    expect(await pending).toEqual({ ok: true, value: KEPT })
    expect(session.state()).toBe('signed-in')
    expect(JSON.parse(vault.kept.get('ems') ?? '')).toEqual({ refresh: 'refresh-0', user: KEPT })
  })

  test.each([
    ['wrong-credentials', failure(400, 'Invalid email or password')],
    ['wrong-credentials', failure(401, 'No active account')],
    ['too-many-tries', page(429, 'Too many')],
    ['too-many-tries', failure(429, 'Request was throttled.')],
    ['no-answer', fault('refused')],
    ['no-answer', page(502, 'Bad Gateway')],
    ['no-answer', page(500, 'Server Error')],
    ['not-a-tally-server', page(200, 'Welcome')],
    ['not-a-tally-server', page(404, 'Not Found')],
    ['not-a-tally-server', json(302, {}, { location: 'https://portal.example/login?x=1' })],
    ['not-a-tally-server', success({ token: 'x' })],
    ['not-a-tally-server', success({ access: 'a', refresh: 'b', user: { id: 'seven' } })],
  ] as const)('[S2] %s', async (expected, said) => {
    const { session, http } = desk()
    http.on('POST', /login/, said)
    expect(await session.signIn('dana@ems.example', 'x')).toEqual({ ok: false, error: expected })
    expect(session.state()).toBe('signed-out')
  })

  test('[S3] a failed sign-in leaves who was signed in before', async () => {
    const { session, http } = await signedIn()
    http.on('POST', /login/, failure(400, 'Invalid email or password'))
    await session.signIn('other@ems.example', 'x')
    expect([session.state(), session.user()?.email]).toEqual(['signed-in', 'dana@ems.example'])
    expect((await session.token(false)).ok).toBe(true)
  })

  test('[S4] the tokens of a former run are taken up, and the first call refreshes', async () => {
    const { session, vault, http } = desk()
    vault.kept.set('ems', JSON.stringify({ refresh: 'old', user: KEPT }))
    expect(await session.restore()).toBe(true)
    expect([session.state(), session.user()]).toEqual(['signed-in', KEPT])
    expect((await session.token(false)).ok).toBe(true)
    expect(http.asked(/refresh/)[0]?.body).toBe('{"refresh":"old"}')
  })

  test.each(['', '{', '{"refresh":""}', '{"__proto__":{"refresh":"x"}}'])(
    '[S4] %j in the vault is nobody',
    async (kept) => {
      const { session, vault } = desk()
      vault.kept.set('ems', kept)
      expect(await session.restore()).toBe(false)
      expect(session.state()).toBe('signed-out')
    },
  )

  test('[S4] a locked vault is nobody, and is logged', async () => {
    const { session, vault, log } = desk()
    vault.fault = { is: 'locked', detail: '' }
    expect(await session.restore()).toBe(false)
    expect(log.text()).toContain('session.vault-not-read')
  })
})

describe('signing out', () => {
  test('[S5] erases memory and vault, tells the server, does not mind its 403', async () => {
    const { session, vault, http, clock } = await signedIn()
    await session.signOut()
    expect([session.state(), session.user(), vault.kept.size]).toEqual(['signed-out', null, 0])
    expect(http.asked(/logout/)).toHaveLength(1)
    expect(await session.token(true)).toEqual({ ok: false, error: { is: 'signed-out' } })
    expect(clock.pending).toBe(0)
  })

  test('[S5] is over in 2 s when the server says nothing', async () => {
    const { session, http, clock } = await signedIn()
    http.on('POST', /logout/, later().reply)
    let isOver = false
    void session.signOut().then(() => {
      isOver = true
    })
    await clock.advance(1_999)
    expect(isOver).toBe(false)
    await clock.advance(1)
    expect(isOver).toBe(true)
  })

  test('[S6] a refresh answered after sign-out changes nothing and is written nowhere', async () => {
    const { session, http, vault, clock, rotate } = await signedIn()
    const answer = later()
    http.on('POST', /refresh/, answer.reply)
    await clock.advance(11_000)
    const asked = session.token(true)
    await clock.settle()
    await session.signOut()
    answer.give(rotate())
    expect(await asked).toEqual({ ok: false, error: { is: 'signed-out' } })
    await clock.settle()
    expect([session.state(), vault.kept.size]).toEqual(['signed-out', 0])
  })

  test('[S6] sign-out while the rotated token is being saved erases it', async () => {
    const { session, vault, clock } = await signedIn()
    let release = () => {}
    vault.held = new Promise((resolve) => {
      release = resolve
    })
    await clock.advance(11_000)
    const asked = session.token(true)
    await clock.settle()
    const out = session.signOut()
    release()
    await out
    expect((await asked).ok).toBe(false)
    expect([vault.calls.at(-1), vault.kept.size]).toEqual(['erase', 0])
  })

  test('[S6] a write that still waits for the vault at sign-out is never made', async () => {
    const { session, vault, clock } = desk()
    let release = () => {}
    vault.held = new Promise((resolve) => {
      release = resolve
    })
    const first = session.signIn('dana@ems.example', 'x')
    await clock.settle()
    const second = session.signIn('dana@ems.example', 'x')
    await clock.settle()
    const out = session.signOut()
    release()
    await Promise.all([first, second, out])
    expect([vault.calls, vault.kept.size]).toEqual([['write', 'erase'], 0])
  })

  test('[S6] a sign-in answered after sign-out signs nobody in', async () => {
    const { session, http, vault, clock } = desk()
    const answer = later()
    http.on('POST', /login/, answer.reply)
    const pending = session.signIn('dana@ems.example', 'x')
    await clock.settle()
    await session.signOut()
    answer.give(success({ access: 'a', refresh: 'b', user: USER }))
    expect((await pending).ok).toBe(false)
    expect([session.state(), vault.kept.size]).toEqual(['signed-out', 0])
  })
})

describe('renewal', () => {
  test.each([
    [0, 0.75],
    [0.999, 0.85],
  ])('[S7] with chance %d the token is renewed at %d of its life', async (chance, part) => {
    const { http, clock } = await signedIn({ chance })
    await clock.advance(part * HOUR - MINUTE)
    expect(http.asked(/refresh/)).toHaveLength(0)
    await clock.advance(2 * MINUTE)
    expect(http.asked(/refresh/)).toHaveLength(1)
  })

  test.each([-30 * 24 * HOUR, 30 * 24 * HOUR])('[S7] a server clock %d ms off does not matter', async (serverAhead) => {
    const { http, clock } = await signedIn({ serverAhead })
    await clock.advance(44 * MINUTE)
    expect(http.asked(/refresh/)).toHaveLength(0)
    await clock.advance(2 * MINUTE)
    expect(http.asked(/refresh/)).toHaveLength(1)
  })

  test('[S8] however many ask, one refresh is under way', async () => {
    const { session, http, clock, rotate } = await signedIn()
    const answer = later()
    http.on('POST', /refresh/, answer.reply)
    await clock.advance(11_000)
    const asked = Array.from({ length: 20 }, () => session.token(true))
    await clock.settle()
    answer.give(rotate())
    const tokens = new Set((await Promise.all(asked)).map((token) => (token.ok ? token.value : 'none')))
    expect([http.asked(/refresh/).length, tokens.size, tokens.has('none')]).toEqual([1, 1, false])
  })

  test('[S9] the rotated token is in the vault before the new access token is handed out', async () => {
    const { session, vault, clock, issued } = await signedIn()
    let release = () => {}
    vault.held = new Promise((resolve) => {
      release = resolve
    })
    await clock.advance(11_000)
    let handed: string | null = null
    const told: string[] = []
    session.onRenewed((token) => told.push(token))
    void session.token(true).then((token) => {
      handed = token.ok ? token.value : null
    })
    await clock.settle()
    expect([handed, told]).toEqual([null, []])
    release()
    await clock.settle()
    expect(vault.kept.get('ems')).toContain('refresh-1')
    expect([handed, told]).toEqual([issued.at(-1), [issued.at(-1)]])
  })

  test('[S9] when the vault fails, the rotated token is used from memory', async () => {
    const { session, vault, clock, http, log } = await signedIn()
    vault.fault = { is: 'timed-out', detail: '' }
    await clock.advance(11_000)
    expect((await session.token(true)).ok).toBe(true)
    await clock.advance(11_000)
    await session.token(true)
    expect(http.asked(/refresh/).at(-1)?.body).toBe('{"refresh":"refresh-1"}')
    expect(log.text()).toContain('session.vault-not-written')
  })

  test('[S10] the server’s own 401 signs out, with its words, everywhere', async () => {
    const { session, http, clock, vault } = await signedIn()
    http.on('POST', /refresh/, failure(401, "{'detail': 'Token is blacklisted'}"))
    await clock.advance(11_000)
    const token = await session.token(true)
    expect(token).toMatchObject({ ok: false, error: { is: 'refused', cause: { code: 'sign-in-refused' } } })
    expect(JSON.stringify(token)).toContain('Token is blacklisted')
    await clock.settle()
    expect([session.state(), vault.kept.size]).toEqual(['signed-out', 0])
    expect(await session.token(false)).toMatchObject({ ok: false, error: { is: 'refused' } })
  })

  test.each([
    ['no connection', fault('refused'), 'refused'],
    ['no name', fault('name-not-found'), 'name-not-found'],
    ['a bad gateway', page(502, 'Bad Gateway'), 'proxy'],
    ['a throttle', failure(429, 'throttled'), 'too-many'],
    ['the server’s own fault', page(500, 'Server Error'), 'server-fault'],
    ['a portal', json(302, {}, { location: 'https://portal.example/' }), 'redirected'],
    ['a portal’s 401', page(401, 'Log in to the hotel'), 'unknown'],
    ['a page', page(200, 'Welcome'), 'redirected'],
    ['another shape', success({ token: 1 }), 'unknown'],
  ] as const)('[S11] %s signs nobody out', async (_, said, code) => {
    const { session, http, clock, rotate, issued } = await signedIn()
    http.on('POST', /refresh/, said)
    await clock.advance(46 * MINUTE)
    expect(await session.token(false)).toEqual({ ok: true, value: issued[0] })
    await clock.advance(15 * MINUTE)
    expect(await session.token(false)).toMatchObject({ ok: false, error: { is: 'no-answer', cause: { code } } })
    expect(session.state()).toBe('signed-in')
    http.on('POST', /refresh/, rotate)
    await clock.advance(61_000)
    expect(await session.token(false)).toEqual({ ok: true, value: issued.at(-1) })
  })

  test('[S12] the pause the server asks for is kept, however often a token is asked for', async () => {
    const { session, http, clock } = await signedIn({ chance: 0.5 })
    http.on('POST', /refresh/, failure(429, 'throttled', { 'retry-after': '120' }))
    await clock.advance(61 * MINUTE)
    const before = http.asked(/refresh/).length
    for (let second = 0; second < 600; second++) {
      expect(await session.token(second % 2 === 0)).toMatchObject({ ok: false, error: { is: 'no-answer' } })
      await clock.advance(1_000)
    }
    const tries = http.asked(/refresh/).length - before
    expect(tries).toBeGreaterThanOrEqual(4)
    expect(tries).toBeLessThanOrEqual(5)
  })

  test('[S12] refreshes that reach nobody are tried again within 10 s, and never sooner than the pause', async () => {
    const { http, clock } = await signedIn({ chance: 0.9 })
    http.on('POST', /refresh/, fault('unreachable'))
    await clock.advance(52 * MINUTE)
    const before = http.asked(/refresh/).length
    await clock.advance(5 * MINUTE)
    const tries = http.asked(/refresh/).length - before
    expect(tries).toBeGreaterThanOrEqual(30)
    expect(tries).toBeLessThan(60)
  })

  test.each(['reset', 'timed-out'] as const)(
    '[S27] refreshes that may have come to the server (%s) stay within 4 a minute after 3',
    async (how) => {
      const { http, clock } = await signedIn({ chance: 0 })
      http.on('POST', /refresh/, fault(how))
      await clock.advance(59 * MINUTE)
      const before = http.asked(/refresh/).length
      await clock.advance(10 * MINUTE)
      const tries = http.asked(/refresh/).length - before
      expect(tries).toBeGreaterThanOrEqual(30)
      expect(tries).toBeLessThanOrEqual(4 * 10 + 3)
    },
  )

  test('[S12] declined refreshes stay under 5 a minute', async () => {
    const { http, clock, session } = await signedIn({ chance: 0.9 })
    http.on('POST', /refresh/, page(503, 'Busy'))
    await clock.advance(60 * MINUTE)
    const before = http.asked(/refresh/).length
    for (let second = 0; second < 60; second++) {
      await session.token(false)
      await clock.advance(1_000)
    }
    expect(http.asked(/refresh/).length - before).toBeLessThanOrEqual(5)
  })

  test('[S13] after sleep the token is renewed before it is handed out', async () => {
    const { session, http, clock, issued } = await signedIn()
    clock.sleep(59.5 * MINUTE)
    expect(await session.token(false)).toEqual({ ok: true, value: issued[1] })
    expect(http.asked(/refresh/)).toHaveLength(1)
  })

  test('[S13] a clock set back does not make a token younger', async () => {
    const { session, clock, issued } = await signedIn()
    clock.setWall(-24 * HOUR)
    await clock.advance(59.5 * MINUTE)
    const token = await session.token(false)
    expect(token).toEqual({ ok: true, value: issued[1] })
  })

  test('[S14] a token just renewed answers those who were refused with the one before', async () => {
    const { session, http, clock } = await signedIn()
    await clock.advance(11_000)
    const first = await session.token(true)
    expect(await session.token(true)).toEqual(first)
    expect(http.asked(/refresh/)).toHaveLength(1)
  })

  test('[S15] stopping takes the timers away and still saves a rotation under way', async () => {
    const { session, http, clock, vault, rotate } = await signedIn()
    const answer = later()
    http.on('POST', /refresh/, answer.reply)
    await clock.advance(11_000)
    void session.token(true)
    await clock.settle()
    session.stop()
    answer.give(rotate())
    await clock.settle()
    expect(vault.kept.get('ems')).toContain('refresh-1')
    expect(clock.pending).toBe(0)
  })

  test('[S16] no token and no password is in any log line, fault or cause', async () => {
    const { session, http, clock, log, issued } = await signedIn()
    const leak = issued[0] ?? ''
    http.on('POST', /refresh/, failure(503, `token ${leak} refresh=refresh-0?token=${leak}`))
    await clock.advance(61 * MINUTE)
    const faulted = await session.token(true)
    http.on('POST', /refresh/, failure(401, `Token ${leak} is invalid`))
    await clock.advance(2 * MINUTE)
    const refused = await session.token(true)
    http.on('POST', /login/, failure(400, 'no'))
    await session.signIn('dana@ems.example', 'opensesame')
    const all = log.text() + JSON.stringify([faulted, refused])
    for (const secret of [...issued, 'opensesame', leak.split('.')[1] ?? '']) expect(all).not.toContain(secret)
    expect(all).toContain('(token)')
  })
})

test('[O94] each token is told of when it was just issued, by a sign-in or a renewal', async () => {
  const { session, issued, heard, clock } = await signedIn()
  expect([heard, heard.length]).toEqual([issued, 1])
  await clock.advance(HOUR)
  expect([heard, heard.length > 1]).toEqual([issued, true])
  session.stop()
})
