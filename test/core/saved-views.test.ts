import { expect, test } from 'vitest'
import { handlersOf } from '../../src/core/handlers.ts'
import { parseSettings } from '../../src/core/settings.ts'
import { MOST_VIEWS } from '../../src/shared/view/saved-views.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { realDesk } from './real-desk.ts'

test('[P115] kept with the settings, replaced by name, fifty at most, there again after a restart', async () => {
  const disk = memoryDisk()
  const { desk } = realDesk({ disk })
  await desk.start()
  const handlers = handlersOf(desk)
  const view = { name: 'Family', query: { group: '1', sort: 'name' } }
  expect(await handlers['view.save'](view)).toEqual({ ok: true, value: null })
  expect(await handlers['view.save']({ ...view, query: { q: 'سالم' } })).toEqual({ ok: true, value: null })
  expect(desk.settings.now.views).toEqual([{ name: 'Family', query: { q: 'سالم' } }])
  for (let index = 1; index < MOST_VIEWS; index++) await handlers['view.save']({ name: `View ${index}`, query: {} })
  expect(await handlers['view.save']({ name: 'One more', query: {} })).toEqual({ ok: false, error: 'too-many-views' })
  expect((await handlers['view.save'](view)).ok).toBe(true)
  const again = realDesk({ disk }).desk
  await again.start()
  expect(again.settings.now.views.length).toBe(MOST_VIEWS)
  expect((await handlersOf(again)['view.remove']({ name: 'Family' })).ok).toBe(true)
  expect(again.settings.now.views.some(({ name }) => name === 'Family')).toBe(false)
  disk.failWith('full')
  expect(await handlersOf(again)['view.save'](view)).toEqual({ ok: false, error: 'not-saved' })
})

test('[P115] settings of an earlier version have no views', () => {
  const old = parseSettings({ version: 1, servers: [], chosen: null, books: {} })
  expect(old.ok && old.value.views).toEqual([])
})
