import { describe, expect, test } from 'vitest'
import { classify, type Evidence, type Verdict } from '../../../src/core/link/close-cause.ts'
import type { ProbeAnswer } from '../../../src/core/link/probe.ts'
import type { NetworkFault, UpgradeRefusal } from '../../../src/core/ports.ts'
import { CauseCode } from '../../../src/shared/model/link.ts'
import { causeWords } from '../../../src/shared/words/cause-words.ts'

const HOUR = 3_600_000
const fault = (is: NetworkFault['is'], heldAgoMs: number | null = null, networkOff = false): Evidence => ({
  is: 'fault',
  fault: { is, detail: `E${is.toUpperCase()}` },
  heldAgoMs,
  networkOff,
})
const refusal = (
  status: number,
  more: Partial<UpgradeRefusal> = {},
  probe: ProbeAnswer | null = null,
  rest = {},
): Evidence => ({
  is: 'refusal',
  refusal: { status, headers: {}, body: '', ...more },
  probe,
  freshToken: false,
  ownOrigin: true,
  ...rest,
})
const closed = (code: number, lastedMs = 60_000, reason = ''): Evidence => ({ is: 'closed', code, reason, lastedMs })

const expectCause = (evidence: Evidence, code: CauseCode, verdict: Verdict) =>
  expect(classify(evidence)).toMatchObject({ code, verdict })

test.each([
  ['name-not-found', 'name-not-found'],
  ['refused', 'refused'],
  ['timed-out', 'timed-out'],
  ['unreachable', 'unreachable'],
  ['reset', 'reset'],
  ['tls', 'tls'],
  ['too-big', 'frame-too-big'],
  ['bad-url', 'unknown'],
  ['aborted', 'unknown'],
] as const)('[L20] %s is %s', (is, code) => expectCause(fault(is), code, 'retry'))

test.each(['name-not-found', 'unreachable', 'timed-out'] as const)('[L20] %s without a network is network-off', (is) =>
  expectCause(fault(is, null, true), 'network-off', 'retry'),
)
test('[L20] a certificate is not the network’s fault', () => expectCause(fault('tls', null, true), 'tls', 'retry'))

test('[L21] refused soon after a cut is a restart, later it is refused', () => {
  expectCause(fault('refused', 5_000), 'server-restarting', 'retry')
  expectCause(fault('refused', 121_000), 'refused', 'retry')
})

test.each([
  [301, 'redirected', 'retry'],
  [302, 'redirected', 'retry'],
  [307, 'redirected', 'retry'],
  [407, 'proxy', 'retry'],
  [429, 'too-many', 'retry'],
  [500, 'wrong-path', 'poll'],
  [502, 'proxy', 'retry'],
  [503, 'proxy', 'retry'],
  [504, 'proxy', 'retry'],
  [520, 'server-fault', 'retry'],
  [418, 'unknown', 'retry'],
] as const)('[L22] upgrade answered %d: %s', (status, code, verdict) => expectCause(refusal(status), code, verdict))

test('[L22] a redirect says where to, without user, path or query', () => {
  const { proof } = classify(refusal(302, { headers: { location: 'https://u:p@portal.example/login?token=abc' } }))
  expect(proof).toBe('upgrade answered 302, to portal.example')
})

test.each([404, 400, 405, 410, 426, 501])('[L24] upgrade answered %d: no socket there', (status) =>
  expectCause(refusal(status, { body: '<html>' }), 'no-socket-there', 'no-socket'),
)
test('[L24] upgrade answered 200 without a page: no socket there', () =>
  expectCause(refusal(200, { body: 'ok' }), 'no-socket-there', 'no-socket'))

describe('upgrade answered 200 with a page', () => {
  const told = (probe: ProbeAnswer | null) => refusal(200, { body: '<!doctype html><title>Hotel</title>' }, probe)
  test('[L47] is asked about first', () => expectCause(told(null), 'unknown', 'ask'))
  test('[L47] where REST is answered by a page too, it is another page in the server’s place', () =>
    expectCause(told({ is: 'stranger', detail: 'x' }), 'redirected', 'retry'))
  test.each([{ is: 'good' }, { is: 'token-bad', detail: 'x' }] as const)(
    '[L47] where REST answers ($is), there is no socket',
    (probe) => expectCause(told(probe), 'no-socket-there', 'no-socket'),
  )
})

describe.each([401, 403])('upgrade answered %d', (status) => {
  const told = (probe: ProbeAnswer | null, rest = {}) => refusal(status, {}, probe, rest)
  test('[L23] is asked about first', () => expectCause(told(null), 'unknown', 'ask'))
  test.each([
    [told({ is: 'token-bad', detail: 'x' }), 'token-expired', 'fresh-token'],
    [told({ is: 'token-bad', detail: 'x' }, { freshToken: true }), 'token-refused', 'fresh-token'],
    [told({ is: 'forbidden', detail: 'x' }), 'forbidden', 'refused'],
    [told({ is: 'good' }, { ownOrigin: false }), 'origin-refused', 'poll'],
    [told({ is: 'good' }), 'layer-down', 'poll'],
    [told({ is: 'no-token', fault: { is: 'signed-out' } }), 'signed-out', 'signed-out'],
    [
      told({ is: 'no-token', fault: { is: 'refused', cause: { code: 'sign-in-refused', proof: 'x', at: 1 } } }),
      'sign-in-refused',
      'signed-out',
    ],
    [told({ is: 'no-answer', fault: { is: 'timed-out', detail: 'x' } }), 'timed-out', 'retry'],
    [told({ is: 'trouble', detail: 'x' }), 'unknown', 'retry'],
  ] as const)('[L23] %# is %s', (evidence, code, verdict) => expectCause(evidence, code, verdict))
})

test.each([
  [1000, 60_000, 'cut', 'retry'],
  [1000, 24 * HOUR, 'day-limit', 'retry'],
  [1005, 60_000, 'cut', 'retry'],
  [1001, 60_000, 'server-restarting', 'spread'],
  [1006, 60_000, 'cut', 'retry'],
  [1009, 60_000, 'frame-too-big', 'retry'],
  [1011, 60_000, 'server-fault', 'spread'],
  [1012, 60_000, 'server-restarting', 'spread'],
  [1013, 60_000, 'server-restarting', 'spread'],
  [4001, 60_000, 'token-refused', 'fresh-token'],
  [4003, 60_000, 'token-expired', 'fresh-token'],
  [4008, 60_000, 'too-slow', 'retry'],
  [4029, 60_000, 'too-many', 'retry'],
  [3999, 60_000, 'unknown', 'retry'],
] as const)('[L25] closed %d after %d ms: %s', (code, lasted, cause, verdict) =>
  expectCause(closed(code, lasted), cause, verdict),
)

test('[L7] the time to wait is read from headers and from a close reason', () => {
  expect(classify(refusal(503, { headers: { 'retry-after': '20' } })).retryAfterMs).toBe(20_000)
  expect(classify(refusal(429, { headers: { 'retry-after': '7' } })).retryAfterMs).toBe(7_000)
  expect(classify(closed(4029, 1, 'too many, retry after 45 s')).retryAfterMs).toBe(45_000)
  expect(classify(closed(4029, 1, 'code 45')).retryAfterMs).toBeNull()
})

test('[L28] no proof holds a secret, whatever a stranger sends', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjo3fQ.c2lnbmF0dXJl'
  const all: Evidence[] = [
    closed(4001, 1, `bad ${jwt} ?token=${jwt}&ticket=abcdef123`),
    refusal(500, { body: `no route for /ws/?token=${jwt}` }),
    refusal(302, { headers: { location: `https://x.example/?next=${jwt}` } }),
    {
      is: 'fault',
      fault: { is: 'reset', detail: `GET wss://x/?ticket=abcdef123 ${jwt}` },
      heldAgoMs: null,
      networkOff: false,
    },
  ]
  for (const evidence of all) {
    const { proof } = classify(evidence)
    expect(proof).not.toMatch(/eyJ|abcdef123/)
    expect(proof.length).toBeLessThan(400)
  }
})

test.each(CauseCode.options)('[L29] %s has words', (code) => {
  const { operator, technician, next } = causeWords(code)
  for (const text of [operator, technician, next]) {
    expect(text).toMatch(/^[A-Z].*\.$/)
    expect(text.length).toBeLessThan(180)
  }
})
