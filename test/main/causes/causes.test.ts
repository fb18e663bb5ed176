import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/main/node/clock.ts'
import type { Clock } from '../../../src/core/ports.ts'
import type { CauseCode } from '../../../src/shared/model/link.ts'
import { type Certificates, makeCertificates } from '../../contract/ports/certificates.ts'
import { closedPort, serveRaw } from '../../contract/ports/rude-server.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { type ElectionServer, startElectionServer } from '../../doubles/election-server/start.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { Desk, type DeskOptions, type Named } from './desk.ts'
import { declining, SIGN_IN_PAGE, taking } from './servers.ts'

/** A person at the Link page is told within this, ms. */
const TOLD_WITHIN = 5_000
/** Half-open is seen within this, ms. */
const SILENCE_WITHIN = 25_000

/** A token younger than this is not renewed again, whoever refuses it; just beyond, ms. */
const JUST_RENEWED = 11_000

const ends: (() => unknown)[] = []
const figures: { readonly what: string; readonly code: CauseCode; readonly ms: number }[] = []
let certificates: Certificates | null = null

beforeAll(() => {
  certificates = makeCertificates()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})
afterAll(() => {
  const lines = figures.map(({ what, code, ms }) => `  ${String(ms).padStart(6)} ms  ${code.padEnd(18)} ${what}`)
  console.log(`each cause, until it is named:\n${lines.join('\n')}`)
})

async function deskAt(options: DeskOptions): Promise<Desk> {
  const desk = new Desk(options)
  ends.push(() => desk.end())
  return await desk.begin()
}
async function stood<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const stand = await starting
  ends.push(() => stand.stop())
  return stand
}
const at = (port: number, scheme = 'http') => `${scheme}://127.0.0.1:${port}`

/** Waits for the name, holds it to its time, notes the figure. */
async function named(what: string, desk: Desk, code: CauseCode, within = TOLD_WITHIN): Promise<Named> {
  const seen = await desk.names(code)
  figures.push({ what, code, ms: seen.ms })
  expect(seen.ms).toBeLessThanOrEqual(within)
  expect(seen.proof).not.toBe('')
  return seen
}

describe('no connection', () => {
  test('[X1] a dead port', async () => {
    await named('a dead port', await deskAt({ url: at(await closedPort()) }), 'refused')
  })
  test('[X1] a name nobody has', async () => {
    await named('a name nobody has', await deskAt({ url: 'http://tally.invalid:8000' }), 'name-not-found')
  })
  test('[X1] no network, by the host’s word', async () => {
    const desk = new Desk({ url: 'http://tally.invalid:8000' })
    ends.push(() => desk.end())
    await desk.begin()
    desk.link.network(false)
    desk.link.tryNow()
    await named('no network at all', desk, 'network-off')
  })
  test('[X1][L48] an address that swallows everything', async () => {
    const { port } = await stood(serveRaw(() => {}))
    const { view } = await named('a black hole', await deskAt({ url: at(port) }), 'timed-out')
    expect(view.nextTryAt).toBeNull() // the try itself goes on
  })
  test('[X1] a TLS handshake that never ends', async () => {
    const { port } = await stood(serveRaw(() => {}))
    await named('a black hole under TLS', await deskAt({ url: at(port, 'https') }), 'timed-out')
  })
  test('[X1] an address that swallows the token refresh of a start', async () => {
    const { port } = await stood(serveRaw(() => {}))
    await named('a black hole at a start', await deskAt({ url: at(port), cold: true }), 'timed-out')
  })
  test('[X1] a connection torn down', async () => {
    const { port } = await stood(serveRaw((socket) => socket.resetAndDestroy()))
    await named('torn down at once', await deskAt({ url: at(port) }), 'reset')
  })
  test('[X1] http where https is wanted', async () => {
    const { port } = await stood(declining({ status: 403 }))
    const { proof } = await named('no TLS at the port', await deskAt({ url: at(port, 'https') }), 'tls')
    expect(proof).toMatch(/does not speak TLS/)
  })
  test('[X1][L48] a socket that opens and never greets', async () => {
    const { port } = await stood(taking(false))
    await named('no greeting', await deskAt({ url: at(port) }), 'silent')
  })
})

describe('certificates', () => {
  const cases = [
    ['self-signed', 'selfSigned', false, /self-signed/],
    ['expired', 'expired', true, /expired on 2026-01-02/],
    ['for another name', 'otherName', true, /results\.example/],
    ['of an authority not known here', 'good', false, /Desk Test Authority/],
  ] as const
  test.for(cases)('[X2] a certificate %s', async ([what, which, knows, words], context) => {
    if (certificates === null) return context.skip('openssl is not installed')
    const { port } = await stood(declining({ status: 404 }, undefined, certificates[which]))
    const authority = knows ? certificates.authority : null
    const { proof } = await named(`certificate ${what}`, await deskAt({ url: at(port, 'https'), authority }), 'tls')
    expect(proof).toMatch(words)
  })
  test('[X2] one of an authority given to this desk is good', async (context) => {
    if (certificates === null) return context.skip('openssl is not installed')
    const { port } = await stood(declining({ status: 404 }, undefined, certificates.good))
    const desk = await deskAt({ url: at(port, 'https'), authority: certificates.authority })
    await named('own authority, then no socket', desk, 'no-socket-there')
  })
})

describe('something between', () => {
  test.each([502, 503, 504])('[X3] a proxy that answers %d, and says when to come back', async (status) => {
    const { port } = await stood(declining({ status, headers: { 'retry-after': '7' } }))
    const { view } = await named(`proxy ${status}`, await deskAt({ url: at(port) }), 'proxy')
    expect((view.nextTryAt ?? 0) - (view.cause?.at ?? 0)).toBeGreaterThanOrEqual(7_000)
    expect((view.nextTryAt ?? 0) - (view.cause?.at ?? 0)).toBeLessThanOrEqual(8_750)
  })
  test('[X3] a proxy that answers 429', async () => {
    const { port } = await stood(declining({ status: 429, headers: { 'retry-after': '3' } }))
    await named('rate limit', await deskAt({ url: at(port) }), 'too-many')
  })
  test('[X3] a network’s sign-in page by redirect', async () => {
    const headers = { location: 'https://portal.example/login?back=token' }
    const { port } = await stood(declining({ status: 302, headers }, { status: 302, headers }))
    const { proof } = await named('portal, 302', await deskAt({ url: at(port) }), 'redirected')
    expect(proof).toMatch(/to portal\.example$/)
  })
  test('[X3] a network’s sign-in page with 200', async () => {
    const page = { status: 200, body: SIGN_IN_PAGE }
    const { port } = await stood(declining(page, page))
    const { proof } = await named('portal, a page', await deskAt({ url: at(port) }), 'redirected')
    expect(proof).toMatch(/Welcome to the hotel/)
  })
  test('[X3] a sign-in page in answer to the token refresh of a start', async () => {
    const page = { status: 200, body: SIGN_IN_PAGE }
    const { port } = await stood(declining(page, page))
    await named('portal at a start', await deskAt({ url: at(port), cold: true }), 'redirected')
  })
  test('[X3] a front end that answers every address with its page', async () => {
    const { port } = await stood(declining({ status: 200, body: '<!doctype html><div id="root">' }))
    await named('front end, REST is well', await deskAt({ url: at(port) }), 'no-socket-there')
  })
})

describe('the election server', () => {
  const account = { email: ACCOUNTS.user, password: PASSWORD }
  const begin = async (options: Parameters<typeof startElectionServer>[0] = {}): Promise<ElectionServer> =>
    await stood(startElectionServer(options))

  test('[X4] an access token that ended, at the handshake: replaced, and on it goes', async () => {
    const server = await begin()
    const clock = shiftedClock()
    const desk = await deskAt({ url: server.url, account, clock })
    await desk.live()
    clock.shift(JUST_RENEWED)
    server.faults.expireAccessTokens()
    desk.mark()
    server.faults.cutAll()
    await named('expired token', desk, 'token-expired')
    await desk.live()
  })
  test('[X4] a refresh token that was revoked', async () => {
    const server = await begin({ lifetimes: { refreshSeconds: 0 } })
    const clock = shiftedClock()
    const desk = await deskAt({ url: server.url, account, clock })
    await desk.live()
    clock.shift(JUST_RENEWED)
    server.faults.expireAccessTokens()
    desk.mark()
    server.faults.cutAll()
    const { view } = await named('refresh token revoked', desk, 'sign-in-refused')
    expect(view.state).toBe('signed-out')
  })
  test('[X4] an origin that is foreign there: named, then the server’s own is taken', async () => {
    const server = await begin({ allowedHosts: ['127.0.0.1'] })
    const desk = await deskAt({ url: server.url, origin: 'http://evil.example', account })
    await named('foreign origin', desk, 'origin-refused')
    await desk.live()
  })
  test('[X4] Redis down: 403 with a good token and a good origin', async () => {
    const server = await begin()
    server.faults.killRedis()
    const desk = await deskAt({ url: server.url, account })
    await named('Redis down', desk, 'layer-down')
    await desk.until(() => desk.link.view().by === 'polling')
  })
  test('[X4] a user who was switched off', async () => {
    const server = await begin()
    const desk = await deskAt({ url: server.url, account })
    await desk.live()
    const user = server.db.all('users').find((row) => row.email === ACCOUNTS.user)
    if (user) server.db.store('users', { ...user, active: false })
    desk.mark()
    server.faults.cutAll()
    const { view } = await named('user switched off', desk, 'forbidden')
    expect(view.state).toBe('refused')
  })
  test('[X4] WSGI: a 404 page where the socket was', async () => {
    const server = await begin({ socket: false })
    await named('WSGI, 404', await deskAt({ url: server.url, account }), 'no-socket-there')
  })
  test.each([401, 403])('[X4] an upgrade answered %d because the token ended', async (status) => {
    const body = JSON.stringify({ status: 'error', data: null, message: 'Given token not valid for any token type' })
    const { port } = await stood(declining({ status }, { status: 401, body }))
    await named(`token ended, ${status}`, await deskAt({ url: at(port) }), 'token-expired')
  })
  test('[X4] a path that is not routed', async () => {
    const { port } = await stood(declining({ status: 500 }))
    await named('wrong path, 500', await deskAt({ url: at(port) }), 'wrong-path')
  })
  test('[X4] every connection cut', async () => {
    const server = await begin()
    const desk = await deskAt({ url: server.url, account })
    await desk.live()
    desk.mark()
    server.faults.cutAll()
    await named('killed, 1006', desk, 'cut')
  })
  test('[X4] Redis dies under an open socket', async () => {
    const server = await begin()
    const desk = await deskAt({ url: server.url, account })
    await desk.live()
    desk.mark()
    server.faults.killRedis()
    await named('closed 1011', desk, 'server-fault')
    await named('and then 403', desk, 'layer-down')
  })
  test('[X4] a server that went away after a cut', async () => {
    const server = await startElectionServer()
    const desk = await deskAt({ url: server.url, account })
    await desk.live()
    desk.mark()
    await server.stop()
    await named('gone after a cut', desk, 'server-restarting')
  })
})

describe('closes', () => {
  const cases: readonly (readonly [number, CauseCode])[] = [
    [1000, 'cut'],
    [1001, 'server-restarting'],
    [1009, 'frame-too-big'],
    [1011, 'server-fault'],
    [1012, 'server-restarting'],
    [1013, 'server-restarting'],
    [4001, 'token-refused'],
    [4003, 'token-expired'],
    [4008, 'too-slow'],
    [4029, 'too-many'],
  ]
  test.each(cases)('[X5] %d is %s', async (code, cause) => {
    const server = await stood(taking())
    const desk = await deskAt({ url: at(server.port) })
    await desk.live()
    desk.mark()
    server.sockets[0]?.close(code)
    await named(`closed ${code}`, desk, cause)
  })
  test('[X5] an unasked 1000 after a day is the day limit', async () => {
    const server = await stood(taking())
    const clock = shiftedClock()
    const desk = await deskAt({ url: at(server.port), clock })
    await desk.live()
    desk.mark()
    clock.shift(21 * 3_600_000)
    server.sockets[0]?.close(1000)
    await named('closed 1000 after 21 h', desk, 'day-limit')
  })
  test('[X5] a frame over the limit ends the socket from this side', async () => {
    const server = await stood(taking())
    const desk = await deskAt({ url: at(server.port) })
    await desk.live()
    desk.mark()
    server.sockets[0]?.send('x'.repeat(1024 * 1024 + 1))
    await named('a frame over 1 MB', desk, 'frame-too-big')
  })
})

test('[X6] a half-open socket is named within 25 s of the last byte', async () => {
  const server = await stood(taking())
  const clock = new ManualClock()
  const desk = await deskAt({ url: at(server.port), clock })
  await desk.live()
  const from = clock.elapsed()
  while (desk.link.view().cause?.code !== 'silent' && clock.elapsed() - from < 60_000) await clock.advance(1_000)
  const ms = clock.elapsed() - from
  figures.push({ what: 'half-open (manual clock)', code: 'silent', ms })
  expect(ms).toBeLessThanOrEqual(SILENCE_WITHIN)
})

/** The machine's clock, set forward at a word; both of its hands, as if all that time had passed. */
function shiftedClock(): Clock & { shift(ms: number): void } {
  const real = systemClock()
  let by = 0
  return {
    now: () => real.now() + by,
    elapsed: () => real.elapsed() + by,
    after: (ms, run) => real.after(ms, run),
    soon: (run) => real.soon(run),
    shift: (ms) => void (by += ms),
  }
}
