import { expect, test } from 'vitest'
import { NO_SETTINGS, parseSettings } from '../../../src/core/settings.ts'
import { DEFAULT_ALERTS } from '../../../src/shared/view/incident.ts'
import { handlersOf } from '../../../src/core/handlers.ts'
import { sourcesOf } from '../../../src/core/sources.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { realDesk } from '../real-desk.ts'

const MUTED = { ...DEFAULT_ALERTS, sound: { alarm: false, warning: false }, mute: ['silent' as const] }

test('[N30] how a desk calls people is kept, the same in every window and after a restart', async () => {
  const disk = memoryDisk()
  const first = realDesk({ disk })
  await first.desk.start()
  const heard: string[] = []
  const window = sourcesOf(first.desk).alerts(null, (key) => heard.push(key))
  expect(window.snapshot()).toEqual(DEFAULT_ALERTS)
  expect(await handlersOf(first.desk)['alerts.set'](MUTED)).toEqual({ ok: true, value: null })
  expect(heard.length).toBeGreaterThan(0)
  expect(window.snapshot()).toEqual(MUTED)
  window.stop()
  first.stop()
  const second = realDesk({ disk })
  await second.desk.start()
  expect(second.desk.settings.now.alerts).toEqual(MUTED)
  disk.failWith('full')
  expect(await handlersOf(second.desk)['alerts.set'](DEFAULT_ALERTS)).toEqual({ ok: false, error: 'not-saved' })
  expect(second.desk.settings.now.alerts).toEqual(MUTED)
})

test('[N30] settings of an earlier version call as a new desk does', () => {
  const { alerts: _, ...old } = NO_SETTINGS
  const read = parseSettings(old)
  expect(read.ok && read.value.alerts).toEqual(DEFAULT_ALERTS)
})
