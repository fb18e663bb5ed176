import { expect, test } from 'vitest'
import { handlersOf } from '../../src/core/handlers.ts'
import { sourcesOf } from '../../src/core/sources.ts'
import { Keeping } from '../../src/shared/keeping-contract.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { hub } from '../hub/fixture.ts'
import { realDesk, until } from './real-desk.ts'

const ADMIN = ['admin@example.com', 'password-1'] as const
const CLERK = ['member@example.com', 'password-1'] as const
const REFUSED = (error: string) => ({ ok: false, error })

test('[V431] how much is kept is the desk’s, set by an administrator, told to every window and there again after a restart', async () => {
  const { url } = await hub()
  const disk = memoryDisk()
  const { desk, live, book } = realDesk({ disk })
  await live(...ADMIN)(url)
  const feed = sourcesOf(desk).keeping(null, () => {})
  const view = () => feed.snapshot()
  expect(view()).toMatchObject({ partMb: null, keepMb: null, may: true, journal: { files: 1, from: { cursor: 1 } } })
  expect(view()?.journal?.from?.at).toBe(book().journal.row(1)?.at)
  expect(await handlersOf(desk)['keeping.set']({ partMb: 64, keepMb: 2_048 })).toEqual({ ok: true, value: null })
  expect(view()).toMatchObject({ partMb: 64, keepMb: 2_048 })
  feed.stop()
  desk.stop()
  const again = realDesk({ disk }).desk
  await again.start()
  expect(again.settings.now).toMatchObject({ journalPartMb: 64, journalKeepMb: 2_048 })
})

test('[V431] a clerk may not set it, nobody may set what keeps less than one file, and what the disk refuses is not set', async () => {
  const { url } = await hub()
  const disk = memoryDisk()
  const clerk = realDesk()
  await clerk.live(...CLERK)(url)
  expect(await handlersOf(clerk.desk)['keeping.set']({ partMb: 64, keepMb: null })).toEqual(REFUSED('not-allowed'))
  const feed = sourcesOf(clerk.desk).keeping(null, () => {})
  expect(feed.snapshot()).toMatchObject({ may: false, partMb: null })
  feed.stop()
  const { desk, live } = realDesk({ disk })
  const set = (keeping: Keeping) => handlersOf(desk)['keeping.set'](keeping)
  expect(await set({ partMb: 64, keepMb: null })).toEqual(REFUSED('not-allowed'))
  await live(...ADMIN)(url)
  await until(() => desk.core.now()?.book.now() !== null)
  // Where nothing is set a file grows to 512 MB.
  expect(await set({ partMb: null, keepMb: 511 })).toEqual(REFUSED('keep-below-part'))
  expect(await set({ partMb: 64, keepMb: 63 })).toEqual(REFUSED('keep-below-part'))
  disk.failWith('full')
  expect(await set({ partMb: 64, keepMb: 64 })).toEqual(REFUSED('not-saved'))
  expect(desk.settings.now).toMatchObject({ journalPartMb: null, journalKeepMb: null })
  for (const wrong of [0, -1, 1.5, 10_000_001, Number.NaN, '5'])
    expect(Keeping.safeParse({ partMb: null, keepMb: wrong }).success).toBe(false)
  expect(Keeping.safeParse({ partMb: 100_001, keepMb: null }).success).toBe(false)
})
