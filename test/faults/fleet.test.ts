import { expect, test } from 'vitest'
import type { RestCall, RestFault, RestReply } from '../../src/core/backend/backend.ts'
import { patient } from '../../src/core/backend/patient.ts'
import { DATA_RATE, type Slowed, slowed, slowedRate } from '../../src/core/backend/rate.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'

const GET: RestCall = { method: 'GET', path: '/api/elections/', body: null, key: null, timeoutMs: 15_000 }
const HERE: RestReply = { data: [], meta: null, position: null }
const answered = (status: number, retryAfterMs: number | null = null): RestFault => ({
  ...{ is: 'answer', status, message: 'no', errors: null, retryAfterMs },
})

/** Answers these in turn, the last for ever; says how often it was asked. */
async function askedFor(...answers: readonly Result<RestReply, RestFault>[]): Promise<readonly [number, boolean]> {
  let asked = 0
  const reply = await patient(async () => answers[Math.min(asked++, answers.length - 1)] ?? ok(HERE))(GET)
  return [asked, reply.ok]
}

test('[D215] a call that came too early is asked again, up to four times', async () => {
  const page: RestFault = { is: 'not-ours', status: 503, detail: 'nginx' }
  expect(await askedFor(err(answered(429)), err(page), ok(HERE))).toEqual([3, true])
  expect(await askedFor(err(page))).toEqual([5, false])
})

test.each([
  ['another refusal', answered(404)],
  ['a server that is broken', answered(500)],
  ['a long rest asked for', answered(503, 6_000)],
  ['no connection', { is: 'network', fault: { is: 'reset', detail: '' } } as const],
  ['nobody signed in', { is: 'signed-out' } as const],
])('[D215] %s is handed on at once', async (_what, fault) => {
  expect(await askedFor(err(fault))).toEqual([1, false])
})

test('[D216] each refusal halves the pace down to one a second, those of one moment once; it comes back in 10 s steps', () => {
  let word: Slowed | null = null
  const paces: number[] = []
  for (const at of [0, 500, 1_900, 2_000, 4_000, 6_000, 8_000]) {
    word = slowed(word, at)
    paces.push(Number(slowedRate(word, at).perSecond.toFixed(1)))
  }
  expect(paces[0]).toBe(4)
  expect(paces.slice(3)).toEqual([2.1, 1.2, 1, 1])
  expect(slowedRate(word, 18_000).perSecond).toBeCloseTo(2)
  expect(slowedRate(word, 78_000)).toEqual(DATA_RATE)
  expect(slowedRate(null, 0)).toEqual(DATA_RATE)
})
