import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { recordingsIn } from '../../../src/main/node/recordings.ts'
import { common } from '../../../src/renderer/src/i18n/en/common.ts'
import { dayEvents, rowsOf } from '../../core/evidence/a-day.ts'
import { folder, packOf } from './packs.ts'

/** A console started on an evidence pack. Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

test('[J154] a console started on a pack reads its rows, writes nothing beside it and leaves nothing behind', async () => {
  const [dir, elsewhere] = [folder(ends), folder(ends)]
  const { file } = await packOf(join(elsewhere, 'a day.zip'), { withJournal: true })
  const recordings = recordingsIn(dir, file)
  expect(recordings.file?.name).toBe('a day.zip')
  const rows = rowsOf(dayEvents())
  // Two windows look at it, each by itself.
  const [one, other] = [recordings.file?.open(), recordings.file?.open()]
  if (!one?.ok || !other?.ok) throw new Error('not opened')
  expect(one.value.length()).toBe(rows.length)
  expect(one.value.last()).toMatchObject({ cursor: rows.length, hash: rows.at(-1)?.hash })
  expect(one.value.read(0, rows.length).map((row) => ({ ...row }))).toEqual(rows)
  expect(readdirSync(elsewhere)).toEqual(['a day.zip'])
  one.value.close()
  expect(other.value.read(0, 2).map((row) => ({ ...row }))).toEqual(rows.slice(0, 2))
  other.value.close()
  expect(readdirSync(dir)).toEqual([])
})

test('[J154] what cannot be read at a start is told in the words of a window, and leaves nothing behind', async () => {
  const dir = folder(ends)
  const { file } = await packOf(join(folder(ends), 'without.zip'), {})
  const says = (path: string) => {
    const opened = recordingsIn(dir, path).file?.open()
    expect(readdirSync(dir)).toEqual([])
    return opened?.ok === false ? opened.error : null
  }
  const words = common.error
  expect(says(file)).toMatchObject({ is: 'missing', detail: expect.stringContaining(words['pack-without-journal']) })
  const broken = join(folder(ends), 'broken.zip')
  for (const text of ['PK\x03\x04 and no more', 'no journal at all']) {
    writeFileSync(broken, text)
    expect(says(broken)?.detail).toContain(words['not-readable'])
  }
  expect(says(join(dir, 'nowhere.zip'))).toMatchObject({
    is: 'missing',
    detail: expect.stringContaining('nowhere.zip'),
  })
})
