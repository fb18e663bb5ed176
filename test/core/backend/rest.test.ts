import { describe, expect, test } from 'vitest'
import type { RestCall } from '../../../src/core/backend/backend.ts'
import { readAnswer, retryAfterMs } from '../../../src/core/backend/envelope.ts'
import { encodeQuery, encodeSegment } from '../../../src/core/backend/percent.ts'
import { createRest } from '../../../src/core/backend/rest.ts'
import type { Session, TokenFault } from '../../../src/core/session/session.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { failure, fault, json, later, page, ScriptedHttp, success } from '../../doubles/scripted-http.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'

const GET: RestCall = { method: 'GET', path: '/api/elections/', body: null, key: null, timeoutMs: 15_000 }

function calls(tokenFault: TokenFault | null = null, renewing: Promise<void> | null = null) {
  const clock = new ManualClock()
  const http = new ScriptedHttp()
  const log = new LogLines()
  const asked: boolean[] = []
  let current = 'token-1'
  const session: Pick<Session, 'token'> = {
    token: async (fresh) => {
      asked.push(fresh)
      await renewing
      if (tokenFault !== null) return err(tokenFault)
      if (fresh) current = `token-${asked.length + 1}`
      return ok(current)
    },
  }
  const rest = createRest({
    http: http.http,
    clock,
    random: fixedRandom(0),
    session: session as Session, // only `token` is asked of it
    server: { url: 'https://ems.example', authority: 'PEM' },
    log,
  })
  http.on('GET', /./, success([])).on('POST', /./, success(null))
  return { clock, http, rest, log, asked, renew: (token: string) => void (current = token) }
}

test('[S17] a call carries the token, JSON and its key', async () => {
  const { rest, http } = calls()
  await rest({
    method: 'POST',
    path: '/api/attendees/mark/',
    body: { kocId: '70021' },
    key: 'key-12345',
    timeoutMs: 9_000,
  })
  expect(http.requests[0]).toEqual({
    method: 'POST',
    url: 'https://ems.example/api/attendees/mark/',
    headers: {
      accept: 'application/json',
      authorization: 'Bearer token-1',
      'content-type': 'application/json',
      'idempotency-key': 'key-12345',
    },
    body: '{"kocId":"70021"}',
    timeoutMs: 9_000,
    maxBytes: 32 * 1024 * 1024,
    tls: { authority: 'PEM' },
  })
  await rest(GET)
  expect(http.requests[1]).toMatchObject({
    body: null,
    headers: { accept: 'application/json', authorization: 'Bearer token-1' },
  })
  expect(http.requests[1]?.headers).not.toHaveProperty('content-type')
})

describe('answers', () => {
  const said = (result: ReturnType<typeof json>) =>
    readAnswer(result.ok ? result.value : { status: 0, headers: {}, body: '' })
  const replied = (data: unknown, meta: unknown = null, position: unknown = null) => ({
    ok: true,
    value: { data, meta, position },
  })

  test('[S18] the envelope, bare data and nothing', () => {
    expect(said(success([1], { count: 1 }))).toEqual(replied([1], { count: 1 }))
    expect(said(json(200, { count: 2, results: [] }))).toEqual(replied({ count: 2, results: [] }))
    expect(said(json(200, [1, 2]))).toEqual(replied([1, 2]))
    expect(said(ok({ status: 204, headers: {}, body: '' }))).toEqual(replied(null))
  })

  test.each([
    [
      json(400, { status: 'error', data: null, message: 'kocId: no', errors: { kocId: ['no'] } }),
      400,
      'kocId: no',
      { kocId: ['no'] },
    ],
    [json(403, { status: 'error', error: 'Permission denied' }), 403, 'Permission denied', null],
    [json(401, { detail: 'Given token not valid' }), 401, 'Given token not valid', null],
    [json(200, { status: 'error', message: 'no' }), 200, 'no', null],
    [json(500, []), 500, 'the server answered 500', null],
    [page(500, 'Server Error (500)'), 500, '500: a page titled "Server Error (500)"', null],
    [page(502, 'Bad Gateway'), 502, '502: a page titled "Bad Gateway"', null],
  ])('[S18] an error in the family’s shapes %#', (result, status, message, errors) =>
    expect(said(result)).toEqual({ ok: false, error: { is: 'answer', status, message, errors, retryAfterMs: null } }),
  )

  test.each([
    [page(200, 'Hotel Wi-Fi'), 200, '200: a page titled "Hotel Wi-Fi"'],
    [page(404, 'Not Found'), 404, '404: a page titled "Not Found"'],
    [ok({ status: 200, headers: {}, body: 'hello' }), 200, '200: an answer that is not JSON'],
    [json(302, {}, { location: 'https://user:pw@portal.example/in?token=abc' }), 302, 'redirected to portal.example'],
    [json(301, {}, { location: '/login' }), 301, 'redirected to another page'],
  ])('[S18] what is not the server’s says whose it is %#', (result, status, detail) =>
    expect(said(result)).toEqual({ ok: false, error: { is: 'not-ours', status, detail } }),
  )

  test('[S22] the position is read when it has the right form', () => {
    expect(said(success(1, { position: { epoch: 'e1', seq: 4 } }))).toMatchObject({
      value: { position: { epoch: 'e1', seq: 4 } },
    })
    for (const position of [
      null,
      4,
      { epoch: 'e1' },
      { epoch: '', seq: 1 },
      { epoch: 'e', seq: -1 },
      { epoch: 'e', seq: 1.5 },
    ])
      expect(said(success(1, { position }))).toMatchObject({ value: { position: null } })
  })

  test('[S23] `__proto__` is left out, however it is written, and nothing inherits from it', () => {
    for (const key of ['__proto__', '\\u005f_proto__']) {
      const body = `{"status":"success","data":{"${key}":{"admin":true},"a":1}}`
      const reply = readAnswer({ status: 200, headers: {}, body })
      expect(reply).toEqual(replied({ a: 1 }))
      const data = reply.ok ? (reply.value.data as Record<string, unknown>) : {}
      expect(Object.hasOwn(Object.assign({}, data), '__proto__')).toBe(false)
      expect(data.admin).toBeUndefined()
    }
    expect(readAnswer({ status: 200, headers: {}, body: '{"__proto__":{"status":"success","data":1}}' })).toEqual(
      replied({}),
    )
  })

  test('[S18] deep and broken JSON is a fault, not a crash', () => {
    const deep = `${'['.repeat(200_000)}__proto__${']'.repeat(200_000)}`
    expect(readAnswer({ status: 200, headers: {}, body: deep })).toMatchObject({ ok: false, error: { is: 'not-ours' } })
    expect(readAnswer({ status: 200, headers: {}, body: '{"status":"succ' })).toMatchObject({
      ok: false,
      error: { is: 'not-ours' },
    })
  })

  test.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': '1.5' }, 1_500],
    [{ 'retry-after': '999999' }, 600_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 05:01:00 GMT', date: 'Sat, 21 Nov 2026 05:00:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 05:01:00 GMT' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '-5' }, null],
    [{}, null],
  ])('[S26] %j', (headers, expected) => expect(retryAfterMs(headers as Record<string, string>)).toBe(expected))
})

describe('401', () => {
  test('[S19] one fresh token and one more try', async () => {
    const { rest, http, asked } = calls()
    http.on('GET', /./, ({ headers }) =>
      headers.authorization === 'Bearer token-1' ? failure(401, 'expired') : success('here'),
    )
    expect(await rest(GET)).toMatchObject({ ok: true, value: { data: 'here' } })
    expect([http.requests.length, asked.filter(Boolean).length]).toEqual([2, 1])
  })

  test('[S19] a second 401 is handed back', async () => {
    const { rest, http } = calls()
    http.on('GET', /./, failure(401, 'User is inactive'))
    expect(await rest(GET)).toMatchObject({
      ok: false,
      error: { is: 'answer', status: 401, message: 'User is inactive' },
    })
    expect(http.requests).toHaveLength(2)
  })

  test('[S19] a token renewed meanwhile is used before another is asked for', async () => {
    const { rest, http, asked, renew } = calls()
    http.on('GET', /./, ({ headers }) => {
      if (headers.authorization !== 'Bearer token-1') return success('here')
      renew('token-of-another-call')
      return failure(401, 'expired')
    })
    expect((await rest(GET)).ok).toBe(true)
    expect(asked).not.toContain(true)
  })
})

describe('pace', () => {
  test('[S20] a burst, then 8 a second, at most 4 under way', async () => {
    const { rest, http, clock } = calls()
    const took: number[] = []
    http.on('GET', /./, () => {
      took.push(clock.elapsed())
      return new Promise((resolve) => void clock.after(20, () => resolve(success(1))))
    })
    const all = Promise.all(Array.from({ length: 60 }, () => rest(GET)))
    await clock.advance(10_000)
    await all
    expect(http.mostInFlight).toBe(4)
    for (let from = 0; from < 8_000; from += 100)
      expect(took.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(15 + 8)
    // 45 beyond the burst at 8 a second: neither sooner nor much later.
    expect(Math.max(...took)).toBeGreaterThanOrEqual(5_500)
    expect(Math.max(...took)).toBeLessThan(6_500)
  })

  test('[S20] what an operator did goes before what waits to be read', async () => {
    const { rest, http, clock } = calls()
    const order: string[] = []
    const slow = later()
    http.on('GET', /./, ({ url }) => {
      order.push(url)
      return slow.reply
    })
    http.on('POST', /./, () => {
      order.push('POST')
      return success(1)
    })
    for (let n = 0; n < 8; n++) void rest(GET)
    void rest({ ...GET, method: 'POST' })
    await clock.settle()
    slow.give(success(1))
    await clock.advance(1_000)
    expect(order.indexOf('POST')).toBe(4)
    expect(order).toHaveLength(9)
  })

  test('[S20] sign-in paths have a pace of their own', async () => {
    const { rest, http, clock } = calls()
    for (let n = 0; n < 6; n++) void rest({ ...GET, method: 'POST', path: '/api/auth/ws-ticket/' })
    await clock.advance(1_000)
    expect(http.requests).toHaveLength(3)
    expect(rest.waiting()).toBe(3)
    void rest(GET)
    await clock.settle()
    expect(http.requests).toHaveLength(4)
    await clock.advance(60_000)
    expect(http.requests).toHaveLength(7)
  })

  test.each([429, 503])('[S21] %d pauses every call for the time asked', async (status) => {
    const { rest, http, clock } = calls()
    http.on('GET', /./, failure(status, 'slow down', { 'retry-after': '5' }))
    expect(await rest(GET)).toMatchObject({ ok: false, error: { status, retryAfterMs: 5_000 } })
    http.on('GET', /./, success(1))
    void rest(GET)
    void rest({ ...GET, method: 'POST' })
    await clock.advance(4_900)
    expect(http.requests).toHaveLength(1)
    expect(rest.pauseLeft()).toBe(100)
    await clock.advance(200)
    expect(http.requests).toHaveLength(3)
  })

  test('[S21] a call that would wait longer than its own limit is answered at once', async () => {
    const { rest, http, clock } = calls()
    http.on('GET', /./, failure(503, 'down', { 'retry-after': '60' }))
    await rest(GET)
    expect(await rest(GET)).toMatchObject({ ok: false, error: { is: 'answer', status: 503, retryAfterMs: 60_000 } })
    expect(http.requests).toHaveLength(1)
    await clock.advance(0)
  })
})

describe('a call that must not be late', () => {
  const publish = (clock: ManualClock, inMs: number): RestCall => ({
    ...{ method: 'POST', path: '/api/voting/results/publish/', body: {}, key: 'key-12345', timeoutMs: 15_000 },
    notAfter: clock.now() + inMs,
  })
  const LATE = { ok: false, error: { is: 'too-late' } }

  test('[S117] is not written to the network once its time is past, though it waited for a token', async () => {
    let renew = () => {}
    const { rest, http, clock, log } = calls(null, new Promise((resolve) => void (renew = resolve)))
    const answer = rest(publish(clock, 1_000))
    await clock.advance(1_000)
    renew()
    expect([await answer, http.requests]).toEqual([LATE, []])
    expect(log.text()).toContain('rest.too-late')
  })

  test('[S117] nor though it waited for its turn, and what waited behind it goes', async () => {
    const { rest, http, clock } = calls()
    http.on('GET', /./, failure(429, 'slow down', { 'retry-after': '5' }))
    await rest(GET)
    http.on('GET', /./, success(1))
    const answers = Promise.all([rest(publish(clock, 4_999)), rest(publish(clock, 60_000)), rest(GET)])
    await clock.advance(10_000)
    const [late, inTime, read] = await answers
    expect([late, inTime.ok, read.ok]).toEqual([LATE, true, true])
    expect(http.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
  })

  test('[O115] nor where the connection was long in coming: then it is late, and in time it is as any that did not get through', async () => {
    const { rest, http, clock } = calls()
    http.on('POST', /./, async ({ inTime }) => {
      clock.sleep(900)
      return { ok: false, error: { is: 'aborted', detail: `${inTime?.withinMs}`, ...(inTime && { unsent: true }) } }
    })
    expect(await rest(publish(clock, 800))).toEqual(LATE)
    expect(await rest(publish(clock, 60_000))).toMatchObject({ error: { is: 'network', fault: { detail: '60000' } } })
  })

  test('[S117] nor a second time after its token was refused', async () => {
    const { rest, http, clock } = calls()
    http.on('POST', /./, async () => {
      clock.sleep(1_000)
      return failure(401, 'Given token not valid')
    })
    expect(await rest(publish(clock, 1_000))).toEqual(LATE)
    expect(http.requests).toHaveLength(1)
  })

  test('[S117] nor where somebody sets the clock back meanwhile; in time it goes as any other', async () => {
    let renew = () => {}
    const { rest, http, clock } = calls(null, new Promise((resolve) => void (renew = resolve)))
    const late = rest(publish(clock, 1_000))
    const inTime = rest(publish(clock, 60_000))
    await clock.advance(1_000)
    clock.sleep(-30_000)
    renew()
    expect([await late, (await inTime).ok, http.requests.length]).toEqual([LATE, true, 1])
  })
})

test.each([
  ['FC#28', 'FC%2328'],
  ['EK-II', 'EK-II'],
  ['a b/c?d&e', 'a%20b%2Fc%3Fd%26e'],
  ['م1', '%D9%851'],
  ["(it's)*!", '%28it%27s%29%2A%21'],
  ['..', '%2E%2E'],
  ['\ud800x', '%EF%BF%BDx'],
  ['😀', '%F0%9F%98%80'],
])('[S24] segment %j', (text, encoded) => expect(encodeSegment(text)).toBe(encoded))

test('[S24] a query leaves out what is absent', () => {
  expect(encodeQuery({ committee__code: 'FC#28', page: 2, search: null, none: undefined })).toBe(
    '?committee__code=FC%2328&page=2',
  )
  expect(encodeQuery({})).toBe('')
})

test.each(['/admin/', 'https://evil.example/api/', '//evil.example/api/', '/api/a b/', '/api/\\x'])(
  '[S24] path %j is refused',
  async (path) => {
    const { rest, http } = calls()
    expect(await rest({ ...GET, path })).toMatchObject({
      ok: false,
      error: { is: 'network', fault: { is: 'bad-url' } },
    })
    expect(http.requests).toHaveLength(0)
  },
)

test.each([
  [{ is: 'signed-out' }, { is: 'signed-out' }],
  [{ is: 'refused', cause: { code: 'sign-in-refused', proof: 'x', at: 1 } }, { is: 'signed-out' }],
  [
    { is: 'no-answer', cause: { code: 'refused', proof: 'x', at: 1 }, retryAfterMs: null },
    { is: 'network', fault: { is: 'refused', detail: 'x' } },
  ],
  [
    { is: 'no-answer', cause: { code: 'proxy', proof: 'x', at: 1 }, retryAfterMs: 9 },
    { is: 'answer', status: 503, retryAfterMs: 9 },
  ],
] as const)('[S25] no token %#', async (fault, expected) => {
  const { rest, http } = calls(fault)
  expect(await rest(GET)).toMatchObject({ ok: false, error: expected })
  expect(http.requests).toHaveLength(0)
})

test('[S25] a network fault is handed on as it is, and logged without the query', async () => {
  const { rest, http, log } = calls()
  http.on('GET', /./, fault('reset', 'ECONNRESET'))
  expect(await rest({ ...GET, path: '/api/guarantees/search-elector/?query=Dana' })).toEqual({
    ok: false,
    error: { is: 'network', fault: { is: 'reset', detail: 'ECONNRESET' } },
  })
  expect(log.text()).not.toContain('Dana')
})
