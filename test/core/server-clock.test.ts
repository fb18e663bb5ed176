import { expect, test } from 'vitest'
import { callsTo } from '../../src/core/calls.ts'
import type { Ports } from '../../src/core/ports.ts'
import { ServerClock } from '../../src/core/server-clock.ts'
import { LogLines } from '../doubles/log-lines.ts'
import { ManualClock } from '../doubles/manual-clock.ts'
import { ScriptedHttp } from '../doubles/scripted-http.ts'
import { ScriptedVault } from '../doubles/scripted-vault.ts'
import { fixedRandom } from '../doubles/seeded-random.ts'

test('[O94] the server’s clock is counted on from what the server said, whatever is done to this desk’s', async () => {
  const clock = new ManualClock()
  const server = new ServerClock(clock)
  expect(server.now()).toBeNull()
  server.told(null)
  expect(server.now()).toBeNull()
  server.told(1_000_000)
  await clock.advance(2_500)
  clock.setWall(3_600_000)
  expect(server.now()).toBe(1_002_500)
  server.told(null)
  expect(server.now()).toBe(1_002_500)
  server.told(1_500_000)
  expect(server.now()).toBe(1_500_000)
})

test('[O94] a hello tells the server’s clock', () => {
  const clock = new ManualClock()
  const ports = { http: new ScriptedHttp().http, clock, random: fixedRandom(0.5), vault: new ScriptedVault() }
  const server = { id: 'ems', url: 'https://ems.example', authority: null }
  const calls = callsTo({ ...ports, log: new LogLines() } as unknown as Ports, server as never)
  expect(calls.serverNow()).toBeNull()
  calls.greeted({ features: new Set(), serverTime: 1_000_000 })
  expect(calls.serverNow()).toBe(1_000_000)
  calls.stop()
})
