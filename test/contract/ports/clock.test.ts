import { describe, expect, test } from 'vitest'
import { systemClock } from '../../../src/main/node/clock.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { watchNetwork } from '../../../src/main/node/power.ts'
import { systemRandom } from '../../../src/main/node/random.ts'

describe('the machine clock', () => {
  const clock = systemClock()
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))

  test('[W95] a wait is never shorter than asked, and elapsed time never goes back', async () => {
    for (const ms of [0, 1, 2, 5, 20]) {
      const began = clock.elapsed()
      await wait(ms)
      expect(clock.elapsed() - began).toBeGreaterThanOrEqual(ms)
    }
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000)
  })

  test('[W95] a wait taken back does not happen, and one longer than a platform timer does not happen at once', async () => {
    const ran: string[] = []
    const stop = clock.after(5, () => ran.push('taken back'))
    const long = clock.after(40 * 86_400_000, () => ran.push('forty days'))
    stop()
    stop()
    await wait(20)
    long()
    expect(ran).toEqual([])
  })

  test('[W95] soon comes after everything already waiting in this turn', async () => {
    const order: string[] = []
    clock.soon(() => order.push('soon'))
    queueMicrotask(() => order.push('microtask'))
    process.nextTick(() => order.push('tick'))
    await new Promise<void>((resolve) => clock.soon(resolve))
    expect(order.at(-1)).toBe('soon')
    expect(order).toHaveLength(3)
  })
})

test('[W96] chance is even and within bounds, identifiers differ and fit in an address', () => {
  const random = systemRandom()
  const drawn = Array.from({ length: 10_000 }, () => random.next())
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = drawn.filter((one) => Math.floor(one * 10) === tenth).length
    expect(share).toBeGreaterThan(800)
    expect(share).toBeLessThan(1_200)
  }
  const ids = Array.from({ length: 1_000 }, () => random.id())
  expect(new Set(ids).size).toBe(1_000)
  for (const id of ids) expect(encodeURIComponent(id)).toBe(id)
})

test('[W96] the digest is SHA-256 of UTF-8 in lower-case hex', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('صندوق')).toBe('e8c39755d5e8255c5be206cfc3c0f8e8343d60aee142bc7b296f2cac240f3636')
})

test('[W97] a change of the machine’s addresses is told as network up or gone, a standstill is not', async () => {
  let addresses = '10.0.0.2/24'
  const told: boolean[] = []
  const { power, stop } = watchNetwork(() => addresses, 5)
  const off = power.onNetwork((up) => told.push(up))
  const next = async (now: string) => {
    const before = told.length
    addresses = now
    while (told.length === before) await new Promise((resolve) => setImmediate(resolve))
  }
  await next('')
  await next('10.0.0.2/24')
  await next('192.168.1.7/24')
  expect(told).toEqual([false, true, true])
  off()
  stop()
})
