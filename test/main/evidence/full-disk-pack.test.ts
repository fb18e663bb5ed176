import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { recordingsIn } from '../../../src/main/node/recordings.ts'
import { deskWith } from '../../core/replay/recorded-day.ts'
import { dayEvents, rowsOf } from '../../core/evidence/a-day.ts'
import { folder, inMemory, packOf } from './packs.ts'

/** A disk that fills up while a pack is unpacked. Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 120_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

/** Bytes of the little file system, and what of it is free while a pack is opened: none, and ever later while it is unpacked. */
const SIZE = 2_000_000
const FREE = [0, 12_000, 60_000, 120_000, 300_000, 900_000]

/** A little file system of its own, or why there is none. */
function tmpfs(): string | null {
  const dir = mkdtempSync(join(tmpdir(), 'full-'))
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', dir], { stdio: 'pipe' })
  } catch {
    return null
  }
  ends.push(() => execFileSync('umount', ['-l', dir]))
  return dir
}
/** A pack of some megabytes of rows in a few KB. */
async function largePack(): Promise<string> {
  const long = { is: 'link', state: 'live', cause: null, proof: 'x'.repeat(2_000) } as const
  const rows = inMemory(rowsOf([...dayEvents(), ...Array.from({ length: 2_000 }, () => long)]))
  return (await packOf(join(folder(ends), 'large.zip'), { rows, withJournal: true })).file
}

test('[J155] a disk that fills up while a pack is unpacked is told as that, and nothing half unpacked is left', async (context) => {
  const mounted = tmpfs()
  if (mounted === null) {
    console.info('skipped: no file system may be mounted here')
    return context.skip('no file system may be mounted here')
  }
  const [dir, pack] = [join(mounted, 'desk'), readFileSync(await largePack())]
  mkdirSync(dir)
  const ballast = join(mounted, 'ballast')
  const told = new Map<number, string>()
  for (const free of FREE) {
    const desk = deskWith({}, { from: recordingsIn(dir, null) })
    const { bringing } = desk.viewing
    expect(bringing.begin('large.zip', pack.length)).toMatchObject({ ok: true })
    expect(bringing.add(pack.toString('base64'))).toMatchObject({ ok: true })
    const { bavail, bsize } = statfsSync(mounted)
    writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free)))
    const opened = desk.viewing.openBrought()
    await desk.settle()
    const view = desk.viewing.view()
    told.set(free, opened.ok ? (view.is === 'live' ? String(view.fault?.is) : view.is) : opened.error)
    expect(readdirSync(dir), `${free} bytes free`).toEqual([])
    rmSync(ballast)
    // With room again the same pack is shown.
    bringing.begin('large.zip', pack.length)
    bringing.add(pack.toString('base64'))
    expect(desk.viewing.openBrought()).toMatchObject({ ok: true })
    desk.viewing.stop()
    expect(readdirSync(dir)).toEqual([])
  }
  console.info(JSON.stringify([...told]))
  for (const [free, is] of told) expect(['not-saved', 'no-room'], `${free} bytes free`).toContain(is)
  // A disk on which it never came to unpacking, or always, would show half of it.
  expect(new Set(told.values()).size).toBe(2)
})

test('[J155] a console started on a pack on a disk with no room is told so, and nothing half unpacked is left', async (context) => {
  const mounted = tmpfs()
  if (mounted === null) {
    console.info('skipped: no file system may be mounted here')
    return context.skip('no file system may be mounted here')
  }
  const [dir, pack] = [join(mounted, 'desk'), await largePack()]
  mkdirSync(dir)
  for (const free of FREE) {
    const { bavail, bsize } = statfsSync(mounted)
    writeFileSync(join(mounted, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - free)))
    const desk = deskWith({}, { from: recordingsIn(dir, pack) })
    const opened = desk.viewing.open('large.zip')
    await desk.settle()
    const view = desk.viewing.view()
    const is = opened.ok ? (view.is === 'live' ? view.fault?.is : view.is) : opened.error
    expect(['no-room', 'not-saved'], `${free} bytes free`).toContain(is)
    // Nor does a list of what can be looked at.
    expect(() => desk.viewing.list()).not.toThrow()
    desk.viewing.stop()
    expect(readdirSync(dir), `${free} bytes free`).toEqual([])
    rmSync(join(mounted, 'ballast'))
  }
})
