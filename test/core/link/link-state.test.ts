import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firstBeat } from '../../../src/core/link/heartbeat.ts'
import {
  offLink,
  type At,
  type Link,
  type LinkEffect,
  type LinkEvent,
  type Now,
} from '../../../src/core/link/link-model.ts'
import { step } from '../../../src/core/link/link-state.ts'
import type { Cause } from '../../../src/shared/model/link.ts'
import { freshSeed } from '../../doubles/seeded-random.ts'

const WALL = Date.UTC(2026, 10, 21, 5)
const now = (elapsed: number, chance = 0.5, wall = WALL + elapsed): Now => ({ wall, elapsed, chance })
const base = {
  ...offLink({ auth: 'auto', originIsOwn: true }),
  call: 9,
  attempt: 2,
  place: 0.5,
  watch: { wall: WALL + 99_000, elapsed: 99_000 },
}
const beat = { ...firstBeat(now(90_000)), greetedAt: 90_100, pingDueAt: 105_000, notBefore: 0 }
const refusal = { status: 403, headers: {}, body: '' }
const IN: { readonly [A in At]: Link } = {
  off: { ...base, at: 'off', watch: null },
  token: { ...base, at: 'token', fresh: false, since: 98_000 },
  dialling: { ...base, at: 'dialling', fresh: false, since: 98_000 },
  probing: { ...base, at: 'probing', fresh: false, since: 98_000, refusal },
  greeting: { ...base, at: 'greeting', beat: { ...beat, openedAt: 98_000, greetedAt: null } },
  'catching-up': { ...base, at: 'catching-up', beat },
  live: { ...base, at: 'live', beat: { ...beat, openedAt: 10_000, greetedAt: 10_100 } },
  waiting: { ...base, at: 'waiting', fresh: false, until: WALL + 105_000 },
  refused: { ...base, at: 'refused' },
  'signed-out': { ...base, at: 'signed-out' },
}
const STATES = Object.keys(IN) as At[] // the keys of the table above
const NOW = now(100_000)
const cause: Cause = { code: 'refused', proof: 'x', at: WALL }

/** A bad day: what strikes, and where the link is after it, from each state. `same`: it means nothing there. */
type BadDay = {
  readonly name: string
  readonly event: LinkEvent
  readonly at?: Now
  readonly after: { readonly [A in At]: At | 'same' }
}
const same = {
  off: 'same',
  token: 'same',
  dialling: 'same',
  probing: 'same',
  greeting: 'same',
  'catching-up': 'same',
  live: 'same',
  waiting: 'same',
  refused: 'same',
  'signed-out': 'same',
} as const
const BAD_DAYS: readonly BadDay[] = [
  {
    name: 'no connection',
    event: { is: 'fault', call: 9, fault: { is: 'refused', detail: '' } },
    after: { ...same, dialling: 'waiting', greeting: 'waiting', 'catching-up': 'waiting', live: 'token' },
  },
  {
    name: 'a proxy’s 503',
    event: { is: 'refusal', call: 9, refusal: { ...refusal, status: 503 } },
    after: { ...same, dialling: 'waiting' },
  },
  {
    name: 'no socket there',
    event: { is: 'refusal', call: 9, refusal: { ...refusal, status: 404 } },
    after: { ...same, dialling: 'waiting' },
  },
  { name: 'a 403', event: { is: 'refusal', call: 9, refusal }, after: { ...same, dialling: 'probing' } },
  {
    name: 'a bad token',
    event: { is: 'probed', call: 9, answer: { is: 'token-bad', detail: '' } },
    after: { ...same, probing: 'token' },
  },
  {
    name: 'a forbidden user',
    event: { is: 'probed', call: 9, answer: { is: 'forbidden', detail: '' } },
    after: { ...same, probing: 'refused' },
  },
  {
    name: 'a good token, the header refused',
    event: { is: 'probed', call: 9, answer: { is: 'good' } },
    after: { ...same, probing: 'token' },
  },
  {
    name: 'a silent probe',
    event: { is: 'probed', call: 9, answer: { is: 'no-answer', fault: { is: 'timed-out', detail: '' } } },
    after: { ...same, probing: 'waiting' },
  },
  {
    name: 'a cut',
    event: { is: 'closed', call: 9, code: 1006, reason: '' },
    after: { ...same, dialling: 'waiting', greeting: 'waiting', 'catching-up': 'waiting', live: 'token' },
  },
  {
    name: 'a restart',
    event: { is: 'closed', call: 9, code: 1012, reason: '' },
    after: { ...same, dialling: 'waiting', greeting: 'waiting', 'catching-up': 'waiting', live: 'waiting' },
  },
  {
    name: 'the day limit',
    event: { is: 'closed', call: 9, code: 1000, reason: '' },
    after: { ...same, dialling: 'waiting', greeting: 'waiting', 'catching-up': 'waiting', live: 'token' },
  },
  {
    name: 'an expired token',
    event: { is: 'closed', call: 9, code: 4003, reason: '' },
    after: { ...same, dialling: 'waiting', greeting: 'waiting', 'catching-up': 'waiting', live: 'token' },
  },
  {
    name: 'no token for now',
    event: { is: 'token-failed', call: 9, fault: { is: 'no-answer', cause, retryAfterMs: null } },
    after: { ...same, token: 'waiting' },
  },
  {
    name: 'a sign-in proven bad',
    event: { is: 'token-failed', call: 9, fault: { is: 'refused', cause } },
    after: { ...same, token: 'signed-out' },
  },
  {
    name: 'no ticket to be had',
    event: { is: 'ticket-failed', call: 9, fault: { is: 'trouble', detail: '' } },
    after: { ...same, token: 'waiting' },
  },
  {
    name: 'half-open',
    event: { is: 'tick', heardAt: 70_000 },
    after: { ...same, greeting: 'same', 'catching-up': 'same', live: 'token' },
  },
  {
    name: 'sleep by the clocks',
    event: { is: 'tick', heardAt: 99_500 },
    at: now(100_000, 0.5, WALL + 400_000),
    after: {
      ...same,
      token: 'token',
      dialling: 'token',
      probing: 'token',
      greeting: 'token',
      'catching-up': 'token',
      live: 'token',
      waiting: 'token',
    },
  },
  {
    name: 'waking',
    event: { is: 'resumed' },
    after: {
      ...same,
      token: 'token',
      dialling: 'token',
      probing: 'token',
      greeting: 'token',
      'catching-up': 'token',
      live: 'token',
      waiting: 'token',
    },
  },
  {
    name: 'going to sleep',
    event: { is: 'suspended' },
    after: {
      ...same,
      token: 'waiting',
      dialling: 'waiting',
      probing: 'waiting',
      greeting: 'waiting',
      'catching-up': 'waiting',
      live: 'waiting',
      waiting: 'waiting',
    },
  },
  { name: 'the network gone', event: { is: 'network', up: false }, after: same },
  {
    name: 'the network back',
    event: { is: 'network', up: true },
    after: { ...same, dialling: 'token', waiting: 'token' },
  },
  {
    name: 'a host that forgot',
    event: { is: 'tick', heardAt: null },
    at: now(160_000),
    after: {
      ...same,
      token: 'token',
      dialling: 'token',
      probing: 'token',
      greeting: 'same',
      'catching-up': 'same',
      live: 'same',
      waiting: 'token',
    },
  },
  {
    name: 'signing out',
    event: { is: 'signed-out', fault: { is: 'signed-out' } },
    after: {
      off: 'same',
      token: 'signed-out',
      dialling: 'signed-out',
      probing: 'signed-out',
      greeting: 'signed-out',
      'catching-up': 'signed-out',
      live: 'signed-out',
      waiting: 'signed-out',
      refused: 'signed-out',
      'signed-out': 'same',
    },
  },
  {
    name: 'the core’s refusal',
    event: { is: 'refuse', cause },
    after: {
      off: 'same',
      token: 'refused',
      dialling: 'refused',
      probing: 'refused',
      greeting: 'refused',
      'catching-up': 'refused',
      live: 'refused',
      waiting: 'refused',
      refused: 'refused',
      'signed-out': 'refused',
    },
  },
  {
    name: 'stop',
    event: { is: 'stop' },
    after: {
      off: 'same',
      token: 'off',
      dialling: 'off',
      probing: 'off',
      greeting: 'off',
      'catching-up': 'off',
      live: 'off',
      waiting: 'off',
      refused: 'off',
      'signed-out': 'off',
    },
  },
]
const isOpen = (at: At) => at === 'greeting' || at === 'catching-up' || at === 'live'
const holdsSocket = (at: At) => isOpen(at) || at === 'dialling'
const endsBySelf = (event: LinkEvent) => event.is === 'closed' || event.is === 'fault' || event.is === 'refusal'

describe.each(BAD_DAYS)('$name strikes', ({ event, at = NOW, after }) => {
  test.each(STATES)('[L46] %s', (state) => {
    const link = IN[state]
    const [next, ...effects] = step(link, event, at)
    const expected = after[state]
    expect(next.at).toBe(expected === 'same' ? state : expected)
    const done = effects.map((effect) => effect.do)
    if (expected === 'same') {
      expect(done.filter((what) => what !== 'ping')).toEqual([])
      return
    }
    // Whatever is left is left tidy, and an open socket's end is told.
    if (holdsSocket(state) && !endsBySelf(event)) expect(done).toContain('hang-up')
    if (isOpen(state)) expect(done).toContain('tell-down')
    if (state === 'waiting' && event.is !== 'timer') expect(done).toContain('clear-timer')
    if (next.at === 'waiting') expect(done).toContain('set-timer')
    if (next.at === 'token') expect(done).toContain('get-token')
  })
})

describe('an answer to a try that was given up changes nothing', () => {
  const late: readonly LinkEvent[] = [
    { is: 'token', call: 8 },
    { is: 'token-failed', call: 8, fault: { is: 'signed-out' } },
    { is: 'ticket-failed', call: 8, fault: { is: 'not-offered' } },
    { is: 'opened', call: 8 },
    { is: 'refusal', call: 8, refusal },
    { is: 'fault', call: 8, fault: { is: 'tls', detail: '' } },
    { is: 'closed', call: 8, code: 4001, reason: '' },
    { is: 'probed', call: 8, answer: { is: 'forbidden', detail: '' } },
    { is: 'timer', call: 8 },
  ]
  test.each(STATES)('[L2] %s', (state) => {
    for (const event of late) expect(step(IN[state], event, NOW)).toEqual([IN[state]])
  })
})

describe('what has no meaning in a state changes nothing', () => {
  test.each(STATES)('[L1] %s', (state) => {
    for (const event of [
      { is: 'hello', ticket: false, serverTime: null },
      { is: 'opened', call: 9 },
      { is: 'token', call: 9 },
      { is: 'timer', call: 9 },
      { is: 'caught-up' },
      { is: 'fallen-behind' },
      { is: 'start' },
      { is: 'try-now' },
    ] as const) {
      const [next, ...effects] = step(IN[state], event, NOW)
      if (next.at === state) expect([next, effects]).toEqual([IN[state], []])
    }
  })
})

test('[L10] try now ends a wait, and begins a refused link with a new token', () => {
  const [tried, ...effects] = step(IN.waiting, { is: 'try-now' }, NOW)
  expect([tried.at, tried.attempt, effects.map((effect) => effect.do)]).toEqual([
    'token',
    2,
    ['clear-timer', 'get-token'],
  ])
  const [again, effect] = step(IN.refused, { is: 'try-now' }, NOW)
  expect([again.at, effect]).toMatchObject(['token', { do: 'get-token', fresh: true }])
  expect(step(IN['signed-out'], { is: 'try-now' }, NOW)[0].at).toBe('signed-out')
})

test('[L7] the time asked for is waited for, with a spread', () => {
  const busy = {
    is: 'refusal',
    call: 9,
    refusal: { status: 503, headers: { 'retry-after': '100' }, body: '' },
  } as const
  expect(step(IN.dialling, busy, now(100_000, 0))[1]).toMatchObject({ do: 'set-timer', ms: 100_000 })
  expect(step(IN.dialling, busy, now(100_000, 1))[1]).toMatchObject({ do: 'set-timer', ms: 125_000 })
})

test('[L9] after a restart the first try is spread over 5 s; after a cut it begins at once', () => {
  const ended = (code: number, chance: number) =>
    step(IN.live, { is: 'closed', call: 9, code, reason: '' }, now(100_000, chance))
  for (const code of [1001, 1011, 1012, 1013]) {
    expect(ended(code, 0.2).at(-1)).toMatchObject({ do: 'set-timer', ms: 1_000 })
    expect(ended(code, 0.9).at(-1)).toMatchObject({ do: 'set-timer', ms: 4_500 })
  }
  expect(ended(1006, 0.9).at(-1)).toMatchObject({ do: 'get-token' })
})

test('[L42] no socket there: polling, with another try in about 5 min', () => {
  const none = { is: 'refusal', call: 9, refusal: { status: 404, headers: {}, body: '' } } as const
  const [next, timer] = step(IN.dialling, none, now(100_000, 0.5))
  expect([next.polling, timer]).toMatchObject([true, { do: 'set-timer', ms: 300_000 }])
})

/**
 * A random day: everything asked may be answered in any way, in any order, late or twice; time passes; people and the
 * host interfere. The world below counts what a driver would hold.
 */
class World {
  link: Link = offLink({ auth: 'auto', originIsOwn: false })
  elapsed = 0
  wall = WALL
  socket = 0
  timer: { call: number; due: number } | null = null
  asking: number | null = null
  readonly answers: LinkEvent[] = []
  readonly faults: string[] = []
  apply(event: LinkEvent, chance: number): void {
    // A dial is refused or opens, never both.
    if (event.is === 'refusal' && this.link.at !== 'dialling') return
    // An answer that is not late ends what it answers.
    if ('call' in event && event.call === this.link.call) {
      if (['refusal', 'fault', 'closed'].includes(event.is)) this.socket = 0
      if (event.is === 'timer') this.timer = null
      if (['token', 'token-failed', 'ticket-failed', 'probed'].includes(event.is)) this.asking = null
    }
    const [next, ...effects] = step(this.link, event, { wall: this.wall, elapsed: this.elapsed, chance })
    this.link = next
    for (const effect of effects) this.carryOut(effect)
    if (next.at !== 'token' && next.at !== 'probing') this.asking = null
    this.check()
  }
  carryOut(effect: LinkEffect): void {
    if (effect.do === 'get-token' || effect.do === 'probe') this.ask(effect)
    if (effect.do === 'dial') {
      if (this.socket !== 0) this.faults.push('a second socket')
      this.socket = effect.call
      const { call } = effect
      this.answers.push({ is: 'opened', call }, { is: 'fault', call, fault: { is: 'refused', detail: '' } })
      for (const status of [302, 401, 403, 404, 429, 500, 503])
        this.answers.push({ is: 'refusal', call, refusal: { status, headers: {}, body: '' } })
      for (const code of [1000, 1006, 1011, 1012, 4001, 4003, 4008, 4029])
        this.answers.push({ is: 'closed', call, code, reason: '' })
    }
    if (effect.do === 'hang-up') {
      if (this.socket === 0) this.faults.push('hung up on nothing')
      this.socket = 0
    }
    if (effect.do === 'set-timer') {
      if (this.timer !== null) this.faults.push('a second timer')
      this.timer = { call: effect.call, due: this.elapsed + effect.ms }
      const isPoll = this.link.polling && this.link.cause?.code === 'no-socket-there'
      if (effect.ms > (isPoll ? 330_000 : 30_000)) this.faults.push(`a wait of ${effect.ms} ms`)
    }
    if (effect.do === 'clear-timer') this.timer = null
  }
  ask(effect: Extract<LinkEffect, { do: 'get-token' | 'probe' }>): void {
    const { call } = effect
    if (this.socket !== 0) this.faults.push('a try beside a socket')
    this.asking = call
    if (effect.do === 'probe')
      this.answers.push(
        { is: 'probed', call, answer: { is: 'good' } },
        { is: 'probed', call, answer: { is: 'token-bad', detail: '' } },
        { is: 'probed', call, answer: { is: 'forbidden', detail: '' } },
        { is: 'probed', call, answer: { is: 'trouble', detail: '' } },
      )
    else {
      this.answers.push(
        { is: 'token', call },
        { is: 'token', call },
        { is: 'token-failed', call, fault: { is: 'no-answer', cause, retryAfterMs: null } },
        { is: 'token-failed', call, fault: { is: 'refused', cause } },
      )
      if (effect.method === 'ticket') this.answers.push({ is: 'ticket-failed', call, fault: { is: 'not-offered' } })
    }
  }
  /** What must be true at every moment. */
  check(): void {
    const { at } = this.link
    const atRest = at === 'off' || at === 'signed-out' || at === 'refused'
    if (atRest && (this.socket !== 0 || this.timer !== null || this.asking !== null)) this.faults.push(`busy in ${at}`)
    if ((this.socket !== 0) !== holdsSocket(at)) this.faults.push(`socket ${this.socket} in ${at}`)
    if ((this.timer !== null) !== (at === 'waiting')) this.faults.push(`timer in ${at}`)
    if ((this.asking !== null) !== (at === 'token' || at === 'probing')) this.faults.push(`asking in ${at}`)
  }
}

const move = fc.record({
  pick: fc.nat(1_000),
  chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
  ms: fc.nat(40_000),
})
const PEOPLE: readonly LinkEvent[] = [
  { is: 'start' },
  { is: 'start' },
  { is: 'stop' },
  { is: 'try-now' },
  { is: 'signed-in' },
  { is: 'signed-out', fault: { is: 'signed-out' } },
  { is: 'hello', ticket: true, serverTime: WALL },
  { is: 'hello', ticket: false, serverTime: null },
  { is: 'caught-up' },
  { is: 'fallen-behind' },
  { is: 'network', up: true },
  { is: 'network', up: false },
  { is: 'suspended' },
  { is: 'resumed' },
  { is: 'recycle' },
  { is: 'refuse', cause },
  { is: 'pong', echo: null },
]

function live(world: World, { pick, chance, ms }: { pick: number; chance: number; ms: number }): void {
  if (pick % 10 < 5 && world.answers.length > 0) {
    // Mostly the newest question is answered, sometimes an old one.
    const recent = pick % 7 < 5 ? Math.max(0, world.answers.length - 12) : 0
    const at = recent + (pick % (world.answers.length - recent))
    return world.apply(world.answers[at] ?? { is: 'start' }, chance)
  }
  if (pick % 10 < 7) {
    world.elapsed += ms % (pick % 3 === 0 ? 40_000 : 1_500)
    world.wall = WALL + world.elapsed + (pick % 17 === 0 ? 60_000 : 0)
    if (world.timer !== null && world.timer.due <= world.elapsed)
      return world.apply({ is: 'timer', call: world.timer.call }, chance)
    return world.apply({ is: 'tick', heardAt: pick % 2 === 0 ? world.elapsed : null }, chance)
  }
  world.apply(PEOPLE[pick % PEOPLE.length] ?? { is: 'start' }, chance)
}

const seed = freshSeed()
describe(`random days (TEST_SEED=${seed})`, () => {
  test('[L1] one try at a time; [L3] nothing at rest; [L5] no wait over 30 s', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 40, maxLength: 160 }), (moves) => {
        const world = new World()
        world.apply({ is: 'start' }, 0.5)
        for (const each of moves) live(world, each)
        world.apply({ is: 'stop' }, 0.5)
        expect([world.faults, world.link.at, world.socket, world.timer]).toEqual([[], 'off', 0, null])
      }),
      { seed, numRuns: 1_500 },
    )
  })

  test('[L5] from wherever a bad day left it, a good server has it live again', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 120 }), (moves) => {
        const world = new World()
        world.apply({ is: 'start' }, 0.5)
        for (const each of moves) live(world, each)
        const { at } = world.link
        if (at === 'off' || at === 'signed-out' || at === 'refused') return
        let waited = 0
        for (let turn = 0; turn < 20 && world.link.at !== 'live'; turn++) {
          const { call } = world.link
          if (world.link.at === 'token') world.apply({ is: 'token', call }, 0.5)
          else if (world.link.at === 'dialling') world.apply({ is: 'opened', call }, 0.5)
          else if (world.link.at === 'probing') world.apply({ is: 'probed', call, answer: { is: 'good' } }, 0.5)
          else if (world.link.at === 'greeting') world.apply({ is: 'hello', ticket: false, serverTime: null }, 0.5)
          else if (world.link.at === 'catching-up') world.apply({ is: 'caught-up' }, 0.5)
          else if (world.timer !== null) {
            waited += world.timer.due - world.elapsed
            world.elapsed = Math.max(world.elapsed, world.timer.due)
            world.apply({ is: 'timer', call }, 0.5)
          }
        }
        expect(world.link.at).toBe('live')
        expect(waited).toBeLessThanOrEqual(330_000)
      }),
      { seed, numRuns: 500 },
    )
  })
})
