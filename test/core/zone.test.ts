import { expect, test } from 'vitest'
import { handlersOf } from '../../src/core/handlers.ts'
import { parseSettings } from '../../src/core/settings.ts'
import { sourcesOf } from '../../src/core/sources.ts'
import { wallSide } from '../../src/core/wall/wall-sources.ts'
import { clockIn, momentIn, Zone } from '../../src/shared/zone.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { realDesk } from './real-desk.ts'

test('[V392] the zone is the desk’s, Kuwait at first, told to every window and there again after a restart', async () => {
  const disk = memoryDisk()
  const { desk } = realDesk({ disk })
  await desk.start()
  const sides = [sourcesOf(desk), wallSide({ handlers: handlersOf(desk), sources: sourcesOf(desk) }).sources]
  const told = sides.map((side) => side.zone(null, () => {}))
  expect(told.map((feed) => feed.snapshot())).toEqual(['Asia/Kuwait', 'Asia/Kuwait'])
  expect(await handlersOf(desk)['zone.set']({ zone: 'Africa/Cairo' })).toEqual({ ok: true, value: null })
  expect(told.map((feed) => feed.snapshot())).toEqual(['Africa/Cairo', 'Africa/Cairo'])
  for (const feed of told) feed.stop()
  const again = realDesk({ disk }).desk
  await again.start()
  expect(again.settings.now.zone).toBe('Africa/Cairo')
  disk.failWith('full')
  expect(await handlersOf(again)['zone.set']({ zone: 'UTC' })).toEqual({ ok: false, error: 'not-saved' })
})

test('[V392] a place nobody knows is refused, and settings of an earlier version are of Kuwait', () => {
  expect(Zone.safeParse('Asia/Atlantis').success).toBe(false)
  const old = parseSettings({ version: 1, servers: [], chosen: null, books: {} })
  expect(old.ok && old.value.zone).toBe('Asia/Kuwait')
})

test.each([
  ['Asia/Kuwait', '2026-11-21T05:30:00Z', '08:30'],
  ['Asia/Kolkata', '2026-11-21T05:30:00Z', '11:00'],
  ['America/New_York', '2026-11-21T03:30:00Z', '22:30'],
])('[V393] in %s %s is %s', (zone, at, clock) => {
  expect(clockIn(zone, Date.parse(at))).toBe(clock)
})

test.each([
  // The clocks of Cairo go back an hour at the end of 29 October 2026, and forward in the night to 24 April.
  ['Asia/Kuwait', '2026-11-21T22:30:00Z', 8, 0, '2026-11-22T05:00:00Z'],
  ['Africa/Cairo', '2026-04-23T23:30:00Z', 8, 0, '2026-04-24T05:00:00Z'],
  ['Africa/Cairo', '2026-10-29T09:00:00Z', 20, 15, '2026-10-29T17:15:00Z'],
  ['America/New_York', '2026-03-08T06:30:00Z', 20, 0, '2026-03-09T00:00:00Z'],
])('[V393] the day in %s that shows at %s, at %i:%i', (zone, day, hours, minutes, moment) => {
  expect(new Date(momentIn(zone, Date.parse(day), hours, minutes)).toISOString()).toBe(new Date(moment).toISOString())
})
