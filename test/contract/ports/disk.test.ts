import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Disk, DiskFault, JournalStore } from '../../../src/core/ports.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import type { Result } from '../../../src/shared/result.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { rows } from './rows.ts'

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})

function opened(store: Result<JournalStore, DiskFault>): JournalStore {
  if (!store.ok) throw new Error(`${store.error.is}: ${store.error.detail}`)
  return store.value
}

/** A disk, and the same disk after its process ended in good order. */
type Way = () => { disk: Disk; again: () => Disk }

const inMemory: Way = () => {
  const disk = memoryDisk()
  return {
    disk,
    again: () => {
      disk.die()
      return disk
    },
  }
}
const onSqlite: Way = () => {
  const dir = mkdtempSync(join(tmpdir(), 'disk-'))
  cleanup.push(() => rmSync(dir, { recursive: true }))
  const open = () => {
    const result = openDisk(dir)
    if (!result.ok) throw new Error(result.error.detail)
    cleanup.push(result.value.close)
    return result.value
  }
  const first = open()
  return {
    disk: first.disk,
    again: () => {
      first.close()
      return open().disk
    },
  }
}

describe.each([
  ['in memory', inMemory],
  ['on SQLite', onSqlite],
] as const)('a disk %s', (_name, make) => {
  test('[J63] rows come back as written, in order, after a cursor and up to a limit', () => {
    const store = opened(make().disk.journal('day'))
    expect(store.last()).toBeNull()
    expect(store.length()).toBe(0)
    expect(store.read(0, 10)).toEqual([])
    const all = rows(1, 25)
    expect(store.append(all.slice(0, 20), 'process').ok).toBe(true)
    expect(store.append(all.slice(20), 'power').ok).toBe(true)
    expect(store.append([], 'power').ok).toBe(true)
    expect(store.read(0, 100)).toEqual(all)
    expect(store.read(20, 3)).toEqual(all.slice(20, 23))
    expect(store.read(25, 10)).toEqual([])
    expect(store.read(3, 0)).toEqual([])
    expect(store.last()).toEqual(all.at(-1))
    expect(store.length()).toBe(25)
  })

  test('[J63] everything is there after the disk is opened again, and goes on from there', () => {
    const { disk, again } = make()
    opened(disk.journal('day')).append(rows(1, 5), 'process')
    const store = opened(again().journal('day'))
    expect(store.last()?.cursor).toBe(5)
    expect(store.append(rows(6, 6), 'process').ok).toBe(true)
    expect(store.read(0, 10)).toEqual(rows(1, 6))
  })

  test.each([
    ['leaves a gap', 7],
    ['comes twice', 5],
    ['starts anew', 1],
  ])('[J62] a row that %s is a bug: it throws, and nothing of its batch is written', (_what, from) => {
    const store = opened(make().disk.journal('day'))
    store.append(rows(1, 5), 'process')
    expect(() => store.append(rows(from, from + 2), 'process')).toThrow(RangeError)
    const [six, , eight] = rows(6, 8)
    if (!six || !eight) throw new Error('rows')
    expect(() => store.append([six, eight], 'process')).toThrow(RangeError)
    expect(store.length()).toBe(5)
    expect(store.append(rows(6, 7), 'process').ok).toBe(true)
  })

  test('[J70] each name is a journal of its own, whatever is in it', () => {
    const { disk, again } = make()
    const names = [
      'a',
      'A',
      '../a',
      '..',
      '.',
      'a/b',
      'a\\b',
      'hub:8000|7',
      'انتخابات',
      'x'.repeat(200),
      'nul',
      '%41',
      ' ',
    ]
    names.forEach((name, index) => {
      const store = opened(disk.journal(name))
      expect(store.last(), name).toBeNull()
      store.append(rows(1, index + 1), 'process')
      store.close()
    })
    const later = again()
    names.forEach((name, index) => expect(opened(later.journal(name)).length(), name).toBe(index + 1))
    for (const name of ['', 'x'.repeat(201)])
      expect(later.journal(name)).toMatchObject({ ok: false, error: { is: 'failed' } })
  })

  test('[J64] a journal that is open is not opened twice; once closed it is free', () => {
    const { disk } = make()
    const store = opened(disk.journal('day'))
    expect(disk.journal('day')).toMatchObject({ ok: false, error: { is: 'in-use' } })
    store.close()
    store.close()
    expect(disk.journal('day').ok).toBe(true)
    expect(() => store.length()).toThrow()
  })

  test('[J73] checkpoints come back line by line, newest first, also to the next run; each name has its own', () => {
    const { disk, again } = make()
    const write = (name: string, cursor: number, lines: readonly string[]) => {
      const draft = disk.checkpoints(name).begin(cursor)
      if (!draft.ok) throw new Error(draft.error.detail)
      for (const line of lines) expect(draft.value.add(line).ok).toBe(true)
      expect(disk.checkpoints(name).list().includes(cursor)).toBe(false)
      return draft.value
    }
    expect(disk.checkpoints('day').list()).toEqual([])
    expect(write('day', 9, ['{"n":1}', 'سطر', '']).finish().ok).toBe(true)
    expect(write('day', 120, ['x'.repeat(100_000)]).finish().ok).toBe(true)
    expect(write('Day.9', 7, ['other']).finish().ok).toBe(true)
    write('day', 500, ['never finished']).abandon()
    write('day', 501, ['nor this'])
    const later = again().checkpoints('day')
    expect(later.list()).toEqual([120, 9])
    expect([...(later.read(9) ?? [])]).toEqual(['{"n":1}', 'سطر', ''])
    expect(later.read(500)).toBeNull()
    later.remove(120)
    later.remove(120)
    expect(later.list()).toEqual([9])
  })

  test('[J73] the journals there are, are told by name', () => {
    const { disk } = make()
    expect(disk.journals()).toEqual({ ok: true, value: [] })
    for (const name of ['day', 'Day-after-1']) opened(disk.journal(name))
    const told = disk.journals()
    expect(told.ok && [...told.value].sort()).toEqual(['Day-after-1', 'day'])
  })

  test('[J69] settings are null at first, then the last value written whole', () => {
    const { disk, again } = make()
    expect(disk.readSettings()).toEqual({ ok: true, value: null })
    expect(disk.writeSettings({ servers: [{ name: 'مقر', url: 'wss://x' }], n: 1 }).ok).toBe(true)
    expect(disk.writeSettings({ n: 2 }).ok).toBe(true)
    expect(again().readSettings()).toEqual({ ok: true, value: { n: 2 } })
  })
})

test('[J60] the memory double loses with the power what was only promised to survive the process', () => {
  const disk = memoryDisk()
  const store = opened(disk.journal('day'))
  store.append(rows(1, 3), 'power')
  store.append(rows(4, 6), 'process')
  disk.failWith('full')
  expect(store.append(rows(7, 7), 'power')).toMatchObject({ ok: false, error: { is: 'full' } })
  disk.failWith(null)
  disk.losePower()
  expect(() => store.length()).toThrow()
  expect(opened(disk.journal('day')).last()?.cursor).toBe(3)
})
