import { expect, test } from 'vitest'
import { every, paced } from '../../../src/core/patch/pace.ts'
import { relay, replaceable, still } from '../../../src/core/patch/relay.ts'
import { EVERYTHING, type Source } from '../../../src/shared/rpc/define.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'

test('[P20] the first at once, the rest of the moment together, each key once', async () => {
  const clock = new ManualClock()
  const passed: [number, string][] = []
  const pace = paced(clock, 100, (key) => passed.push([clock.elapsed(), key]))
  for (const key of ['a', 'b', 'a', 'c']) pace.tell(key)
  expect(passed).toEqual([[0, 'a']])
  await clock.advance(100)
  expect(passed.slice(1)).toEqual([
    [100, 'b'],
    [100, 'a'],
    [100, 'c'],
  ])
  await clock.advance(50)
  pace.tell('d')
  await clock.advance(49)
  expect(passed.length).toBe(4)
  await clock.advance(1)
  expect(passed.at(-1)).toEqual([200, 'd'])
  await clock.advance(500)
  pace.tell('e')
  expect(passed.at(-1)).toEqual([700, 'e'])
})

test('[P20] at most once in so many ms, whatever comes', async () => {
  const clock = new ManualClock()
  let passed = 0
  const pace = paced(clock, 100, () => (passed += 1))
  for (let ms = 0; ms < 10_000; ms++) {
    pace.tell('a')
    await clock.advance(1)
  }
  expect(passed).toBeGreaterThan(98)
  expect(passed).toBeLessThan(102)
}, 30_000)

test('[P20] after stop nothing is told and no timer is left', async () => {
  const clock = new ManualClock()
  const passed: string[] = []
  const pace = paced(clock, 100, (key) => passed.push(key))
  pace.tell('a')
  pace.tell('b')
  pace.stop()
  pace.tell('c')
  await clock.advance(1_000)
  expect([passed, clock.pending]).toEqual([['a'], 0])
})

test('[P23] what runs every so often stops when told', async () => {
  const clock = new ManualClock()
  let runs = 0
  const stop = every(clock, 10, () => (runs += 1))
  await clock.advance(35)
  stop()
  await clock.advance(100)
  expect([runs, clock.pending]).toEqual([3, 0])
})

test('[P21] a window on what was replaced reads the new, and the old feed is stopped', () => {
  const stopped: string[] = []
  const tell: ((key: string) => void)[] = []
  const source =
    (name: string): Source<null, string, string> =>
    (_input, changed) => {
      tell.push(changed)
      return { snapshot: () => name, patch: (key) => `${name} ${key}`, stop: () => stopped.push(name) }
    }
  const current = replaceable('first')
  const heard: string[] = []
  const feed = relay(current, source)(null, (key) => heard.push(key))
  tell[0]?.('a')
  expect([feed.snapshot(), feed.patch('a'), heard]).toEqual(['first', 'first a', ['a']])
  current.replace('second')
  expect([feed.snapshot(), heard, stopped]).toEqual(['second', ['a', EVERYTHING], ['first']])
  feed.stop()
  current.replace('third')
  expect([heard.length, stopped]).toEqual([2, ['first', 'second']])
})

test('[P21] replacing what holds the replaceable replaces it too', () => {
  const [inner1, inner2] = [replaceable<number | null>(1), replaceable<number | null>(null)]
  const outer = replaceable(inner1)
  const heard: string[] = []
  const source: Source<null, number | string, never> = relay(outer, (inner) =>
    relay(inner, (value) => still<number | string, never>(value ?? 'nothing')),
  )
  const feed = source(null, (key) => heard.push(key))
  expect(feed.snapshot()).toBe(1)
  inner1.replace(2)
  expect(feed.snapshot()).toBe(2)
  outer.replace(inner2)
  expect(feed.snapshot()).toBe('nothing')
  inner2.replace(5)
  expect([feed.snapshot(), heard]).toEqual([5, [EVERYTHING, EVERYTHING, EVERYTHING]])
  inner1.replace(9)
  expect([feed.snapshot(), heard.length]).toEqual([5, 3])
})
