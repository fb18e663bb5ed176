import { describe, expect, test } from 'vitest'
import { restCallFor } from '../../../../src/core/backend/election/actions.ts'
import { settle } from '../../../../src/core/backend/election/settle.ts'
import type { RestFault } from '../../../../src/core/backend/backend.ts'
import { Action } from '../../../../src/core/outbox/action.ts'

const mark = Action.parse({ does: 'attendance.mark', elector: '070021', committee: 'FC#28', notes: '' })
const sheet = Action.parse({
  does: 'count.enter',
  committee: 4,
  cast: 300,
  invalid: 4,
  votes: [
    { candidate: 9, votes: 131 },
    { candidate: 8, votes: 0 },
  ],
})
const answer = (status: number, message: string, retryAfterMs: number | null = null): RestFault => ({
  is: 'answer',
  status,
  message,
  errors: null,
  retryAfterMs,
})

test('[W50] each action is one call under its key', () => {
  const calls = [
    mark,
    Action.parse({ does: 'guarantee.set-status', id: 17, status: 'PENDING' }),
    Action.parse({ does: 'guarantee.confirm', id: 17, confirmation: 'NOT_AVAILABLE' }),
    Action.parse({ does: 'guarantee.edit', id: 17, note: 'later' }),
    sheet,
  ].map((action) => restCallFor(action, 'key-00001', { entryRow: null })!)
  expect(calls.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/api/attendees/mark/', { kocId: '070021', committeeCode: 'FC#28', notes: '' }],
    ['PATCH', '/api/guarantees/17/quick-update/', { guaranteeStatus: 'PENDING' }],
    ['POST', '/api/guarantees/17/confirm/', { confirmationStatus: 'NOT_AVAILABLE' }],
    ['PATCH', '/api/guarantees/17/', { quickNote: 'later' }],
    [
      'POST',
      '/api/voting/vote-counts/bulk_entry/',
      {
        committeeId: 4,
        voteCounts: [
          { candidateId: 9, voteCount: 131 },
          { candidateId: 8, voteCount: 0 },
        ],
        totalBallotsCast: 300,
        invalidBallots: 4,
        notes: '',
      },
    ],
  ])
  expect(calls.every(({ key }) => key === 'key-00001')).toBe(true)
})

describe('what became of it', () => {
  const lost: RestFault = { is: 'network', fault: { is: 'timed-out', detail: '' } }

  test('[W51] what has no answer waits, longer each time', () => {
    const waits = [0, 1, 2, 5, 50].map((before) => settle(mark, lost, before))
    expect(waits).toEqual([1000, 2000, 4000, 30_000, 30_000].map((afterMs) => ({ is: 'again', afterMs })))
    expect(settle(mark, answer(429, 'slow down', 12_000), 0)).toEqual({
      is: 'again',
      afterMs: 12_000,
      undone: true,
    })
    expect(settle(mark, answer(503, 'away'), 40)).toMatchObject({ is: 'again' })
    expect(settle(mark, { is: 'signed-out' }, 0)).toMatchObject({ is: 'again' })
    expect(settle(mark, answer(401, 'token'), 99)).toMatchObject({ is: 'again' })
    expect(settle(mark, { is: 'not-ours', status: 302, detail: 'redirected to a portal' }, 99)).toMatchObject({
      is: 'again',
    })
  })

  test('[W52] refusals are final and say why', () => {
    expect(settle(mark, answer(400, 'Elector is not active'), 0)).toEqual({
      is: 'rejected',
      reason: 'Elector is not active',
      next: 'not-eligible',
    })
    expect(settle(mark, answer(403, 'No access to m4'), 0)).toEqual({
      is: 'rejected',
      reason: 'This account may not do this: No access to m4',
      next: 'ask-admin',
    })
    expect(settle(mark, answer(404, 'Not found.'), 0)).toMatchObject({ is: 'rejected' })
    expect(settle(sheet, answer(409, ''), 0)).toEqual({
      is: 'rejected',
      reason: 'The server refused it (409).',
      next: 'enter-again',
    })
  })

  test('[W53] "already" is no refusal yet: by whom has to be seen', () => {
    const already = answer(400, 'Elector already attended at 06:41:12')
    expect(settle(mark, already, 0)).toEqual({ is: 'check', reason: 'Elector already attended at 06:41:12' })
    expect(settle(mark, answer(400, 'Elector does not exist'), 1)).toMatchObject({ is: 'rejected' })
    expect(settle(sheet, already, 1)).toMatchObject({ is: 'rejected' })
    expect(settle(sheet, answer(412, 'changed'), 0)).toMatchObject({ is: 'check' })
  })

  test('[W54] breaking down over it six times is enough', () => {
    for (const broken of [answer(500, 'a page titled "Server Error (500)"'), answer(500, 'boom')])
      expect([0, 4, 5].map((before) => settle(sheet, broken, before).is)).toEqual(['again', 'again', 'rejected'])
    const missing: RestFault = { is: 'not-ours', status: 404, detail: '404: a page titled "Not Found"' }
    expect([0, 5].map((before) => settle(sheet, missing, before).is)).toEqual(['again', 'rejected'])
  })
})

test.each([429, 401])('[W71] %s means that the action was not done', (status) => {
  expect(settle(mark, answer(status, 'no'), 0)).toMatchObject({ is: 'again', undone: true })
})

test.each([502, 503, 504, 408])('[W71] %s leaves open whether it was done', (status) => {
  expect(settle(mark, answer(status, 'away'), 0)).not.toHaveProperty('undone')
})
