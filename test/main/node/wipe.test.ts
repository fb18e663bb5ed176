import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { openBook } from '../../../src/core/open-book.ts'
import { startConsoleHost } from '../../../src/main/host/console-host.ts'
import { journalUnsent } from '../../../src/main/cli/journal-unsent.ts'
import { backUp } from '../../../src/main/node/backup/backups.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { wipeJournals } from '../../../src/main/node/wipe/wipe-journals.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryVault } from '../../doubles/memory-vault.ts'
import { attendance } from '../../core/projection/records.ts'

/** Wiping, on real files. */

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})

const NAMES = { mine: 'ems-1-official', other: 'ems-1-rehearsal' } as const
const queued: JournalEvent = {
  is: 'queued',
  key: 'a' as never,
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'GUARANTEED' },
  by: 'dana@ems.example',
}
const settled: JournalEvent = { is: 'settled', key: 'a' as never, outcome: 'withdrawn', reason: null }
const seen: JournalEvent = {
  is: 'change',
  from: 'snapshot',
  change: { kind: 'attendance', op: 'upsert', key: 1 as never, record: attendance(1) },
} as never

/** A directory with two journals and everything that is made of them. */
async function place(waits = false): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-wipe-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const parts = { disk: opened.value.disk, digest: sha256, clock: new ManualClock(), log: new LogLines() }
  for (const mode of ['official', 'rehearsal'] as const) {
    const book = openBook(parts, { server: 'ems', election: 1, mode })
    if (!book.ok) throw new Error(book.error.detail)
    const written = book.value.book.commit(waits ? [seen, queued] : [seen, queued, settled], 'power')
    if (!written.ok) throw new Error(written.error.detail)
    book.value.book.close()
  }
  opened.value.close()
  mkdirSync(join(dir, 'checkpoints'))
  mkdirSync(join(dir, 'evidence'))
  mkdirSync(join(dir, 'set-aside', '2026'), { recursive: true })
  for (const name of [NAMES.mine, NAMES.other]) {
    const made = await backUp({ dir, name, now: Date.UTC(2026, 1, 1), turn: async () => {} })
    if (!made.ok) throw new Error(made.error.detail)
    writeFileSync(join(dir, 'checkpoints', `${name}.7.checkpoint`), 'x')
    writeFileSync(join(dir, 'checkpoints', `${name}.9.checkpoint.new`), 'x')
    writeFileSync(join(dir, 'evidence', `evidence-${name}-7-sealed.zip`), 'x')
    writeFileSync(join(dir, 'set-aside', '2026', `${name}-after-1.sqlite-wal`), 'x')
  }
  return dir
}
/** Every file that goes by a name. */
function filesOf(dir: string, name: string): string[] {
  const all = readdirSync(dir, { recursive: true, encoding: 'utf8' })
  return all.filter((file) => file.includes(name) && !/^wiped|^journals.*-(wal|shm)$/.test(file)).sort()
}
function wipe(dir: string, giveUp?: number) {
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const done = wipeJournals({
    ...{ dir, disk: opened.value.disk, name: NAMES.mine, why: 'asked for', now: 77 },
    ...(giveUp === undefined ? {} : { giveUp }),
  })
  opened.value.close()
  return done
}

test('[J112] all of a journal goes, nothing of another does, and a record without names stays', async () => {
  const dir = await place()
  const others = filesOf(dir, NAMES.other)
  expect(others.length).toBeGreaterThanOrEqual(6)
  expect(filesOf(dir, NAMES.mine)).toHaveLength(others.length)
  const done = wipe(dir)
  expect(done.ok && done.value.files).toBeGreaterThanOrEqual(6)
  expect(filesOf(dir, `${NAMES.mine}.`)).toEqual([])
  expect(filesOf(dir, NAMES.mine)).toEqual([])
  expect(filesOf(dir, NAMES.other)).toEqual(others)
  const text = readFileSync(join(dir, 'wiped', '77.json'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ state: 'done', at: 77, why: 'asked for', journals: [{ events: 4 }] })
  expect(text).not.toContain('Elector')
  expect(text).not.toContain('dana@')
})

test('[J113] while anything typed waits nothing is removed, and it says how much', async () => {
  const dir = await place(true)
  const before = filesOf(dir, NAMES.mine)
  const done = wipe(dir)
  expect(done).toMatchObject({ ok: false, error: { is: 'unsent', waiting: 1 } })
  expect(filesOf(dir, NAMES.mine)).toEqual(before)
  expect(existsSync(join(dir, 'wiped'))).toBe(false)
})

test('[J123] what waits is given up only by naming just how much that is, and the record says so', async () => {
  const dir = await place(true)
  for (const wrong of [0, 2]) expect(wipe(dir, wrong)).toMatchObject({ ok: false, error: { is: 'unsent', waiting: 1 } })
  expect(wipe(dir, 1).ok).toBe(true)
  expect(filesOf(dir, NAMES.mine)).toEqual([])
  expect(JSON.parse(readFileSync(join(dir, 'wiped', '77.json'), 'utf8'))).toMatchObject({ state: 'done', gaveUp: 1 })
})

test('[J123] what waits is told line by line, with who typed it', async () => {
  const dir = await place(true)
  const lines: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0)
  cleanup.push(() => write.mockRestore())
  expect(await journalUnsent(['--data', dir, '--journal', NAMES.mine])).toBe(0)
  expect(JSON.parse(lines.join(''))).toMatchObject({
    ...{ t: 'unsent', key: 'a', by: 'dana@ems.example', sent: false, does: 'guarantee.set-status' },
  })
})

test('[J114] a wipe cut short is finished at the next start, with the token', async () => {
  const dir = await place()
  const others = filesOf(dir, NAMES.other)
  mkdirSync(join(dir, 'wiped'))
  const journals = [{ journal: NAMES.mine, events: 4, head: 'h' }]
  const record = { state: 'begun', at: 5, why: 'asked for', journal: NAMES.mine, server: 'ems', journals }
  writeFileSync(join(dir, 'wiped', '5.json'), JSON.stringify(record))
  rmSync(join(dir, 'journals', `${NAMES.mine}.sqlite`))
  const vault = memoryVault()
  await vault.write('ems', 'token')
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: false }
  const host = await startConsoleHost({
    dataDir: dir,
    info: { kind: 'browser', version: '0', can, kiosk: false },
    ...{ secrets: 'memory', auth: 'auto', canRehearse: false, vault },
  })
  if (!host.ok) throw new Error(host.error.detail)
  cleanup.push(() => void host.value.stop())
  expect(filesOf(dir, NAMES.mine)).toEqual([])
  expect(filesOf(dir, NAMES.other)).toEqual(others)
  expect(await vault.read('ems')).toEqual({ ok: true, value: null })
  expect(JSON.parse(readFileSync(join(dir, 'wiped', '5.json'), 'utf8'))).toMatchObject({ state: 'done' })
  await host.value.stop()
})
