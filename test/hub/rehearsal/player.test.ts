import { afterEach, describe, expect, test } from 'vitest'
import type { DayAction, DayPlan } from '../../../src/hub/rehearsal/day-plan.ts'
import { generateElection } from '../../../src/hub/rehearsal/generate.ts'
import { createPlayControl } from '../../../src/hub/rehearsal/play-control.ts'
import { describePlayFault } from '../../../src/hub/rehearsal/play-fault.ts'
import { type PlayOptions, play } from '../../../src/hub/rehearsal/player.ts'
import { type Fault, type RecorderOptions, type RestRecorder, recordRest } from '../../doubles/rest-recorder.ts'
import { scaledClock } from '../../doubles/scaled-clock.ts'

const { seed, plan } = generateElection(3)
/** A time after the whole day, so that no mark is ahead of the clock. */
const AFTERWARDS = Date.parse('2026-11-23T08:00:00+03:00')
const open: RestRecorder[] = []
let plays = 0
afterEach(async () => {
  for (const recorder of open.splice(0)) await recorder.close()
})

async function recorder(options: RecorderOptions = {}): Promise<RestRecorder> {
  const made = await recordRest(seed, { now: () => AFTERWARDS, ...options })
  open.push(made)
  return made
}
type Choice = Partial<PlayOptions> & { readonly plan?: DayPlan; readonly factor?: number }
async function played(server: RestRecorder, { plan: chosen = plan, factor = 5, ...options }: Choice = {}) {
  const clock = scaledClock(factor, AFTERWARDS)
  const result = await play(chosen, {
    url: server.url,
    fetch,
    clock,
    users: seed.users,
    speed: 'max',
    runId: `play${plays++}`,
    ...options,
  })
  return { result, clock }
}
/** A part of the day, or a day of our own. */
const dayOf = (actions: readonly DayAction[]): DayPlan => ({
  ...plan,
  total: actions.length,
  first: actions[0]?.at ?? 0,
  actions: () => actions,
})
const firstOf = (kind: DayAction['kind'], count: number) =>
  [...plan.actions()].filter((action) => action.kind === kind).slice(0, count)
const marksIn = (server: RestRecorder) =>
  server.calls.filter((call) => call.path.endsWith('mark/') && call.fault === null)

function expectWholeDay(server: RestRecorder): void {
  const { attended, sheets, phase, results } = server.state
  expect(attended.size).toBe(plan.expected.attendance)
  const cast = [...sheets.values()].reduce((sum, sheet) => sum + sheet.cast, 0)
  expect([sheets.size, cast, phase, results]).toEqual([13, plan.expected.ballotsCast, 'CLOSED', 'PUBLISHED'])
  for (const { name, number } of seed.candidates) {
    const votes = [...sheets.values()].reduce((sum, sheet) => sum + (sheet.votes.get(number) ?? 0), 0)
    expect(votes).toBe(plan.expected.counts[name])
  }
  expect(server.state.pending).toHaveLength(
    [...plan.actions()].filter((action) => action.kind === 'attend-elsewhere').length,
  )
}

test('[R34] at full speed a day leaves exactly what the plan expects', async () => {
  const server = await recorder()
  const { result, clock } = await played(server)
  expect(result).toMatchObject({
    ok: true,
    value: {
      ended: 'complete',
      done: plan.total,
      total: plan.total,
      already: 0,
      refused: 0,
      retries: 0,
      dayTime: plan.last,
    },
  })
  expectWholeDay(server)
  expect(server.state.confirmations.size + server.state.statuses.size).toBeGreaterThan(500)
  expect(clock.pending).toBe(0)
})

test("[R35] bulk calls hold at most 1 000 marks and are the administrator's", async () => {
  const server = await recorder()
  await played(server)
  const bulk = marksIn(server)
  expect(bulk.every((call) => call.path.endsWith('bulk_mark/') && call.user === plan.chief)).toBe(true)
  const sizes = bulk.map((call) => (call.body['marks'] as unknown[]).length)
  expect(Math.max(...sizes)).toBe(1_000)
  expect(sizes.length).toBeLessThan(30)
})

test("[R35] history is loaded in bulk, then each mark is a call by the committee's clerk", async () => {
  const server = await recorder()
  const marks = firstOf('attend', 60).map((action, index) => ({ ...action, at: index * 1_000 }))
  await played(server, { plan: dayOf(marks), startAt: 39_000, speed: 99 })
  const calls = marksIn(server)
  expect(calls[0]?.path).toBe('/api/attendees/bulk_mark/')
  expect((calls[0]?.body['marks'] as unknown[]).length).toBe(39)
  const single = calls.slice(1)
  expect(single.map((call) => call.path)).toEqual(Array(21).fill('/api/attendees/mark/'))
  for (const call of single) expect(call.user).toBe(`clerk.${call.body['committeeCode']}@rehearsal.local`)
})

describe('trouble on the way', () => {
  const troubles: readonly (readonly [string, Fault])[] = [
    ['a connection that breaks before the call is read', { is: 'hang-up' }],
    ['an answer that is lost after the call was done', { is: 'answer-lost' }],
    ['a server error', { is: 'status', status: 503, body: '<html>down</html>' }],
    ['a full house', { is: 'status', status: 429 }],
  ]
  test.each(troubles)('[R36] %s: nothing doubled, nothing lost', async (_name, fault) => {
    let calls = 0
    const server = await recorder({ script: () => (calls++ % 7 === 3 ? fault : null) })
    const { result } = await played(server, { factor: 200 })
    expect(result).toMatchObject({ ok: true, value: { ended: 'complete', done: plan.total, already: 0, refused: 0 } })
    expect(result.ok && result.value.retries).toBeGreaterThan(50)
    expectWholeDay(server)
    const failed = server.calls.filter((call) => call.fault !== null && call.method !== 'GET')
    for (const call of failed) {
      const same = server.calls.filter((other) => other.key === call.key)
      expect(same.length).toBeGreaterThan(1)
      expect(same.every((other) => JSON.stringify(other.body) === JSON.stringify(call.body))).toBe(true)
    }
  })

  test('[R36] a call without an answer is made again under its key', async () => {
    let once = true
    const server = await recorder({
      script: ({ path }) => (path.endsWith('mark/') && once ? ((once = false), { is: 'silence' }) : null),
    })
    const clock = handClock()
    const marks = () => server.calls.filter((call) => call.path.endsWith('mark/'))
    const waits: number[] = []
    const running = byHand(server, clock, { onRetry: (_call, _why, ms) => waits.push(ms) })
    await until(() => marks().length === 1)
    await clock.advance(29_999)
    expect(waits).toEqual([])
    await clock.advance(1)
    await until(() => waits.length === 1)
    await clock.advance(250)
    expect(await running).toMatchObject({ ok: true, value: { done: 1, retries: 1 } })
    expect(marks()[0]?.key).toBe(marks()[1]?.key)
  })

  test('[R37] Retry-After, in seconds or as a date, is waited for and not a moment less', async () => {
    const faults: Fault[] = [
      { is: 'status', status: 429, headers: { 'retry-after': '7' } },
      { is: 'status', status: 503, headers: { 'retry-after': new Date(AFTERWARDS + 60_000).toUTCString() } },
    ]
    const server = await recorder({ script: () => faults.shift() ?? null })
    const clock = handClock()
    const waits: number[] = []
    const running = byHand(server, clock, { onRetry: (_call, _why, ms) => waits.push(ms) })
    await until(() => waits.length === 1)
    await clock.advance(6_999)
    expect(server.calls).toHaveLength(1)
    await clock.advance(1)
    await until(() => waits.length === 2)
    expect(waits).toEqual([7_000, 53_000])
    await clock.advance(52_999)
    expect(server.calls).toHaveLength(2)
    await clock.advance(1)
    expect(await running).toMatchObject({ ok: true, value: { done: 1, retries: 2 } })
  })

  test('[R38] tokens that end, by their own claim or by surprise, are renewed unseen', async () => {
    let ended = 0
    const server: RestRecorder = await recorder({
      tokenSeconds: 61,
      script: ({ attempt }) => {
        if (attempt % 40 === 39) {
          ended += 1
          server.expireTokens()
        }
        return null
      },
    })
    const { result } = await played(server)
    expect(result).toMatchObject({ ok: true, value: { ended: 'complete', done: plan.total } })
    expect(ended).toBeGreaterThan(5)
    expectWholeDay(server)
    const paths = server.calls.map((call) => call.path)
    expect(paths.filter((path) => path === '/api/auth/refresh/').length).toBeGreaterThan(5)
  })

  test('[R38] where renewing is refused, the user signs in anew', async () => {
    const server: RestRecorder = await recorder({
      script: ({ path, attempt }) => {
        if (attempt === 4) server.expireTokens()
        return path === '/api/auth/refresh/'
          ? { is: 'status', status: 401, body: '{"status":"error","message":"Token is blacklisted"}' }
          : null
      },
    })
    const { result } = await played(server, { plan: dayOf(firstOf('confirm', 8)) })
    expect(result).toMatchObject({ ok: true, value: { done: 8 } })
  })

  test('[R45] a server that stays silent ends the play and says so', async () => {
    const server = await recorder({ script: ({ attempt }) => (attempt > 3 ? { is: 'hang-up' } : null) })
    const { result, clock } = await played(server, { factor: 1_500 })
    if (result.ok) throw new Error('it went on')
    expect(result.error).toMatchObject({ is: 'unreachable', status: null })
    expect(describePlayFault(result.error)).toContain('see that it runs')
    expect(clock.pending).toBe(0)
  })

  test('[R39] answers outside the protocol end the play with their context', async () => {
    const html: Fault = { is: 'status', status: 200, body: '<html>hello</html>' }
    const server = await recorder({ script: ({ path }) => (path.includes('bulk_entry') ? html : null) })
    const { result } = await played(server)
    expect(result.ok ? null : result.error).toMatchObject({
      is: 'unexpected-answer',
      call: 'POST /api/voting/vote-counts/bulk_entry/',
      status: 200,
      action: { kind: 'count' },
    })
  })

  test("[R39] a refusal ends the play with the server's words and the action", async () => {
    const server = await recorder()
    const [action] = firstOf('attend', 1)
    const wrong = { ...action, committee: 'm9', by: 'clerk.m9@rehearsal.local' } as DayAction
    const { result } = await played(server, { plan: dayOf([wrong]), speed: 60 })
    expect(result.ok ? null : result.error).toMatchObject({
      is: 'refused',
      status: 400,
      message: 'Elector is assigned to another committee',
      action: { kind: 'attend' },
    })
    const nobody = await played(server, { users: [] })
    expect(nobody.result.ok ? null : nobody.result.error.is).toBe('unknown-name')
    const stranger = await played(server, { users: seed.users.map((user) => ({ ...user, password: 'other' })) })
    expect(stranger.result.ok ? null : stranger.result.error.is).toBe('sign-in-refused')
  })

  test('[R40] what somebody else has done already is counted and the day goes on', async () => {
    const server = await recorder()
    const marks = firstOf('attend', 10).map((action, index) => ({ ...action, at: index }))
    await played(server, { plan: dayOf(marks.slice(0, 4)) })
    const { result } = await played(server, { plan: dayOf(marks) })
    expect(result).toMatchObject({ ok: true, value: { done: 10, already: 4, refused: 0 } })
    const single = await played(server, { plan: dayOf(marks), speed: 99 })
    expect(single.result).toMatchObject({ ok: true, value: { done: 10, already: 10 } })
    expect(server.state.attended.size).toBe(10)
  })

  test('[R46] a server without the bulk call is given marks one by one', async () => {
    const server = await recorder({ hasBulk: false })
    const { result } = await played(server, { plan: dayOf(firstOf('attend', 25)) })
    expect(result).toMatchObject({ ok: true, value: { done: 25 } })
    expect(marksIn(server).map((call) => call.path)).toEqual([
      '/api/attendees/bulk_mark/',
      ...Array(25).fill('/api/attendees/mark/'),
    ])
  })

  test('[R47] refusals that are to be noted are told and the day goes on', async () => {
    const server = await recorder()
    const told: string[] = []
    const marks = firstOf('attend', 3).map((action, index) =>
      index === 1 ? { ...action, elector: 'nobody' } : action,
    ) as DayAction[]
    const { result } = await played(server, {
      plan: dayOf(marks),
      refusals: 'note',
      onRefusal: (fault) => told.push(fault.message),
    })
    expect(result).toMatchObject({ ok: true, value: { done: 3, refused: 1 } })
    expect(told).toEqual(['nobody: Elector not found'])
  })
})

describe('time', () => {
  test('[R41] an aborted play says how far it came and leaves nothing behind', async () => {
    const server = await recorder()
    const stop = new AbortController()
    const { result, clock } = await played(server, {
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done > 1_500) stop.abort()
      },
    })
    expect(result).toMatchObject({ ok: true, value: { ended: 'stopped', total: plan.total } })
    expect(result.ok && result.value.done).toBeLessThan(plan.total)
    expect(clock.pending).toBe(0)
    const calls = server.calls.length
    await new Promise((resolve) => setImmediate(resolve))
    expect(server.calls.length).toBe(calls)
  })

  test('[R41] an abort ends a wait, a pause and a call without an answer', async () => {
    const silent = await recorder({ script: ({ path }) => (path.endsWith('mark/') ? { is: 'silence' } : null) })
    const waiting = new AbortController()
    const unanswered = played(silent, { signal: waiting.signal, plan: dayOf(firstOf('attend', 2)), factor: 0.001 })
    await until(() => silent.calls.some((call) => call.path.endsWith('mark/')))
    waiting.abort()
    expect((await unanswered).result).toMatchObject({ ok: true, value: { ended: 'stopped', done: 0 } })
    const control = createPlayControl(60)
    control.pause()
    const paused = new AbortController()
    const held = played(silent, { signal: paused.signal, control })
    paused.abort()
    const { result, clock } = await held
    expect(result).toMatchObject({ ok: true, value: { ended: 'stopped', done: 0 } })
    expect(clock.pending).toBe(0)
  })

  test('[R42] an action waits for its time; a pause holds the day; a change of speed does not move it', async () => {
    const server = await recorder()
    const clock = handClock()
    const control = createPlayControl(60)
    const [first] = firstOf('attend', 1)
    const [a, b, c] = firstOf('attend', 3).map((action, index) => ({
      ...first,
      ...action,
      at: index * 60_000,
    })) as DayAction[]
    const done: number[] = []
    const running = play(dayOf([a, b, c] as DayAction[]), {
      url: server.url,
      fetch,
      clock,
      users: seed.users,
      control,
      onProgress: (progress) => done.push(progress.dayTime),
    })
    await until(() => done.length === 1)
    await clock.advance(999)
    expect(done).toEqual([0])
    await clock.advance(1)
    await until(() => done.length === 2)
    control.pause()
    await clock.advance(3_600_000)
    expect(done).toEqual([0, 60_000])
    control.resume()
    await clock.advance(500)
    control.setSpeed(30)
    await clock.advance(999)
    expect(done).toHaveLength(2)
    await clock.advance(1)
    await until(() => done.length === 3)
    expect((await running).ok).toBe(true)
  })

  test('[R43] progress tells actions done, their number and the time of day', async () => {
    const server = await recorder()
    const seen: { done: number; total: number; dayTime: number }[] = []
    await played(server, { onProgress: (progress) => seen.push(progress) })
    expect(seen.at(-1)).toEqual({ done: plan.total, total: plan.total, dayTime: plan.last })
    for (const [index, progress] of seen.entries()) expect(progress.done).toBeGreaterThan(seen[index - 1]?.done ?? 0)
  })

  test("[R44] records carry the day's own times, as far as they are not ahead of the clock", async () => {
    const server = await recorder()
    const marks = firstOf('attend', 3).map((action, index) => ({ ...action, at: index * 90 * 60_000 }))
    await played(server, { plan: dayOf(marks) })
    expect([...server.state.attended.values()].map((record) => record.at)).toEqual([
      '2026-11-21T08:00:00.000+03:00',
      '2026-11-21T09:30:00.000+03:00',
      '2026-11-21T11:00:00.000+03:00',
    ])
    const now = await recorder()
    await played(now, { plan: dayOf(marks), dayStart: AFTERWARDS - 90 * 60_000 - 1 })
    const times = [...now.state.attended.values()].map((record) => record.at)
    expect(times).toEqual(['2026-11-23T06:29:59.999+03:00', '2026-11-23T07:59:59.999+03:00', null])
  })
})

/** One mark, on a clock moved by hand. */
function byHand(server: RestRecorder, clock: ReturnType<typeof handClock>, options: Partial<PlayOptions>) {
  return play(dayOf(firstOf('attend', 1)), {
    url: server.url,
    fetch,
    clock,
    users: seed.users,
    speed: 'max',
    ...options,
  })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

/** A clock moved by hand. `advance` runs what falls due, then lets the calls it started get under way. */
function handClock() {
  let now = AFTERWARDS
  const timers = new Map<object, { due: number; run: () => void }>()
  return {
    now: () => now,
    after: (ms: number, run: () => void) => {
      const id = {}
      timers.set(id, { due: now + ms, run })
      return () => void timers.delete(id)
    },
    async advance(ms: number): Promise<void> {
      now += ms
      for (const [id, timer] of [...timers]) {
        if (timer.due > now || !timers.delete(id)) continue
        timer.run()
      }
      for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
