import { execFileSync, spawn } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  openSync,
  closeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { listJournals, openDisk, openJournalReadOnly, readSettings } from '../../../src/main/node/disk.ts'
import { openJournal } from '../../../src/main/node/journal-parts.ts'
import { rows } from './rows.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'desk-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
function open(dir: string, options = {}) {
  const opened = openDisk(dir, options)
  if (!opened.ok) throw new Error(`${opened.error.is}: ${opened.error.detail}`)
  cleanup.push(opened.value.close)
  return opened.value
}
function journalOf(opened: ReturnType<typeof open>, name = 'day') {
  const journal = opened.disk.journal(name)
  if (!journal.ok) throw new Error(`${journal.error.is}: ${journal.error.detail}`)
  return journal.value
}

/** Starts the writer; `line()` gives what it says, line by line. */
function writer(dir: string, durability: string, batch: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'writer.ts'), dir, durability, String(batch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  cleanup.push(() => {
    child.kill('SIGKILL')
    return exited
  })
  const lines = createInterface({ input: child.stdout })
  const said = lines[Symbol.asyncIterator]()
  return { child, exited, line: async () => (await said.next()).value }
}

describe('a killed desk', () => {
  test.each(['process', 'power'])(
    '[J60] after kill -9 in the middle of writing (%s) every acknowledged row is there, whole batches, without a gap',
    async (durability) => {
      const dir = folder()
      let head = 0
      for (let round = 0; round < 5; round++) {
        const { child, exited, line } = writer(dir, durability, 50)
        expect(await line()).toBe(`open ${head}`)
        // A different moment each round: after 1, 8, 15 … acknowledged batches.
        for (let n = 0; n <= round * 7; n++) head = Number(await line())
        child.kill('SIGKILL')
        await exited
        // What it said before it died counts, also what was still in the pipe.
        for (let told = await line(); told !== undefined; told = await line()) head = Number(told)
        const opened = open(dir)
        const journal = journalOf(opened)
        const last = journal.last()?.cursor ?? 0
        expect(last).toBeGreaterThanOrEqual(head)
        expect(last % 50).toBe(0)
        expect(last).toBeLessThanOrEqual(head + 50)
        expect(journal.length()).toBe(last)
        expect(journal.read(last - 50, 100)).toEqual(rows(last - 49, last, 300))
        head = last
        opened.close()
      }
    },
    30_000,
  )

  test('[J64] its directory is refused to others while it lives, naming it, and free the moment it is killed', async () => {
    const dir = folder()
    const first = writer(dir, 'process', 0)
    expect(await first.line()).toBe('open 0')
    const here = openDisk(dir)
    expect(here).toMatchObject({ ok: false, error: { is: 'in-use' } })
    expect(!here.ok && here.error.detail).toContain(`process ${first.child.pid}`)
    const second = writer(dir, 'process', 0)
    expect(await second.line()).toContain('refused in-use')
    first.child.kill('SIGKILL')
    await first.exited
    expect(existsSync(join(dir, 'desk.pid'))).toBe(true)
    open(dir)
  })
})

describe('a full disk', () => {
  test('[J61] a batch that does not fit is refused whole, and there is room again for one that does', () => {
    const opened = open(folder(), { maxPages: 40 })
    const journal = journalOf(opened)
    let head = 0
    let refused = null
    while (!refused) {
      const written = journal.append(rows(head + 1, head + 20, 300), 'process')
      if (written.ok) head += 20
      else refused = written.error
    }
    expect(refused.is).toBe('full')
    expect(journal.last()?.cursor).toBe(head)
    expect(journal.append(rows(head + 1, head + 500, 300), 'power')).toMatchObject({ ok: false, error: { is: 'full' } })
    expect(journal.length()).toBe(head)
    expect(journal.append(rows(head + 1, head + 1), 'power').ok).toBe(true)
  })

  test('[J61] [J72] on a file system with no byte left nothing acknowledged is lost, and writing goes on once there is room', (context) => {
    const mounted = tmpfs()
    if (typeof mounted === 'string') return context.skip(mounted)
    const dir = join(mounted.dir, 'desk')
    cleanup.push(mounted.unmount)
    const opened = open(dir)
    const journal = journalOf(opened)
    opened.disk.writeSettings({ n: 1 })
    journal.append(rows(1, 10), 'power')
    const ballast = fill(mounted.dir)
    let head = 10
    let refused = null
    while (!refused) {
      const written = journal.append(rows(head + 1, head + 20, 300), 'power')
      if (written.ok) head += 20
      else refused = written.error
    }
    expect(refused.is).toBe('full')
    expect(opened.disk.writeSettings({ n: 2, pad: 'x'.repeat(100_000) })).toMatchObject({
      ok: false,
      error: { is: 'full' },
    })
    expect(opened.disk.readSettings()).toEqual({ ok: true, value: { n: 1 } })
    expect(readdirSync(dir).filter((file) => file.endsWith('.new'))).toEqual([])
    expect(journal.last()?.cursor).toBe(head)
    rmSync(ballast)
    expect(journal.append(rows(head + 1, head + 20, 300), 'power').ok).toBe(true)
    expect(journal.read(0, 10_000)).toHaveLength(head + 20)
    opened.close()
    expect(journalOf(open(dir)).last()?.cursor).toBe(head + 20)
  })
})

describe('a batch the store itself cannot take', () => {
  test('[J61] none of it slips in with the next one', () => {
    const journal = journalOf(open(folder()))
    journal.append(rows(1, 3), 'process')
    const [four, five] = rows(4, 5)
    if (!four || !five) throw new Error('rows')
    expect(journal.append([four, { ...five, at: 1.5 }], 'process')).toMatchObject({
      ok: false,
      error: { is: 'failed' },
    })
    expect(journal.length()).toBe(3)
    expect(journal.append(rows(4, 6), 'power').ok).toBe(true)
    expect(journal.read(0, 10)).toEqual(rows(1, 6))
  })

  test('[J70] no two names differ only in case once they are files', () => {
    const dir = folder()
    const opened = open(dir)
    for (const name of ['a', 'A', 'Ä', 'ä', '../X']) journalOf(opened, name).close()
    const files = readdirSync(join(dir, 'journals'))
    expect(new Set(files.map((file) => file.toLowerCase())).size).toBe(5)
    expect(files.every((file) => /^[a-z0-9_%-]+\.sqlite$/.test(file))).toBe(true)
    expect(listJournals(dir)).toMatchObject({ ok: true, value: ['../X', 'A', 'a', 'Ä', 'ä'].map((name) => ({ name })) })
  })
})

describe('a damaged or foreign file', () => {
  test('[J73] a checkpoint whose end was cut is not there; nor is one that lies at its place as a folder', () => {
    const dir = folder()
    const checkpoints = open(dir).disk.checkpoints('day')
    const draft = checkpoints.begin(5)
    if (!draft.ok) throw new Error(draft.error.detail)
    draft.value.add('one')
    draft.value.add('two')
    draft.value.finish()
    const file = join(dir, 'checkpoints', 'day.5.checkpoint')
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -1))
    expect(checkpoints.list()).toEqual([5])
    expect(checkpoints.read(5)).toBeNull()
    mkdirSync(join(dir, 'checkpoints', 'day.6.checkpoint'))
    expect(checkpoints.read(6)).toBeNull()
  })

  const day = (dir: string) => join(dir, 'journals', 'day.sqlite')

  test('[J65] what is not a database is corrupt, and left as it is', () => {
    const dir = folder()
    const opened = open(dir)
    writeFileSync(day(dir), 'half a page of something else'.repeat(100))
    const before = readFileSync(day(dir))
    expect(opened.disk.journal('day')).toMatchObject({ ok: false, error: { is: 'corrupt' } })
    expect(readFileSync(day(dir)).equals(before)).toBe(true)
    // The failed try holds nothing: another journal opens, and this one too once the file is moved away.
    rmSync(day(dir))
    expect(opened.disk.journal('day').ok).toBe(true)
  })

  test('[J65] after an unclean end the file is looked through: damage inside it is found', async () => {
    const dir = folder()
    const { child, exited, line } = writer(dir, 'process', 400)
    for (let n = 0; n < 40; n++) await line()
    child.kill('SIGKILL')
    await exited
    expect(statSync(`${day(dir)}-wal`).size).toBeGreaterThan(0)
    const file = openSync(day(dir), 'r+')
    writeSync(file, Buffer.alloc(2000, 0x5a), 0, 2000, 4096 * 100)
    closeSync(file)
    const opened = open(dir)
    expect(opened.disk.journal('day')).toMatchObject({ ok: false, error: { is: 'corrupt' } })
  })

  test('[J65] a file cut short is found corrupt, not read as a shorter day', () => {
    const dir = folder()
    const opened = open(dir)
    const journal = journalOf(opened)
    journal.append(rows(1, 2000, 300), 'power')
    journal.close()
    truncateSync(day(dir), 4096 * 50)
    const again = opened.disk.journal('day')
    expect(again).toMatchObject({ ok: false, error: { is: 'corrupt' } })
  })

  test('[J66] a database of another program, or of a newer version of this one, is refused and unchanged', () => {
    const dir = folder()
    const opened = open(dir)
    const other = new DatabaseSync(day(dir))
    other.exec('CREATE TABLE notes (text TEXT)')
    other.close()
    expect(opened.disk.journal('day')).toMatchObject({ ok: false, error: { is: 'failed' } })
    rmSync(day(dir))
    journalOf(opened).close()
    const newer = new DatabaseSync(day(dir))
    newer.exec('PRAGMA user_version = 9')
    newer.close()
    const refused = opened.disk.journal('day')
    expect(!refused.ok && refused.error.detail).toContain('newer version')
  })
})

describe('a tool beside a running desk', () => {
  test('[J67] it reads what is committed and the settings while another process writes, and changes nothing', async () => {
    const dir = folder()
    const { line } = writer(dir, 'process', 10)
    await line()
    const told = Number(await line())
    const reader = openJournalReadOnly(dir, 'day')
    if (!reader.ok) throw new Error(reader.error.detail)
    const seen = reader.value.last()?.cursor ?? 0
    expect(seen).toBeGreaterThanOrEqual(told)
    expect(reader.value.read(0, 10)).toEqual(rows(1, 10, 300))
    let later = Number(await line())
    while (later <= seen) later = Number(await line())
    expect(reader.value.last()?.cursor).toBeGreaterThanOrEqual(later)
    expect((reader.value.last()?.cursor ?? 1) % 10).toBe(0)
    reader.value.close()
    expect(listJournals(dir)).toMatchObject({ ok: true, value: [{ name: 'day' }] })
    expect(readSettings(dir)).toEqual({ ok: true, value: null })
  })

  test('[J67] after a desk was killed a tool reads all of it, and the desk opens as before', async () => {
    const dir = folder()
    const { child, exited, line } = writer(dir, 'process', 10)
    for (let n = 0; n < 5; n++) await line()
    child.kill('SIGKILL')
    await exited
    const reader = openJournalReadOnly(dir, 'day')
    if (!reader.ok) throw new Error(reader.error.detail)
    const head = reader.value.last()?.cursor ?? 0
    expect(head).toBeGreaterThanOrEqual(40)
    reader.value.close()
    expect(journalOf(open(dir)).last()?.cursor).toBe(head)
  })

  test('[J67] [J68] a journal or a directory that is not there is missing, and is not made', () => {
    const dir = folder()
    expect(openJournalReadOnly(dir, 'day')).toMatchObject({ ok: false, error: { is: 'missing' } })
    expect(listJournals(dir)).toMatchObject({ ok: false, error: { is: 'missing' } })
    expect(listJournals(join(dir, 'nowhere'))).toMatchObject({ ok: false, error: { is: 'missing' } })
    expect(readdirSync(dir)).toEqual([])
  })

  test('[J67] a journal closed in good order is read from a folder that cannot be written', async (context) => {
    const dir = folder()
    const opened = open(dir)
    journalOf(opened).append(rows(1, 30), 'power')
    opened.close()
    const bound = readOnlyMount(dir)
    if (typeof bound === 'string') return context.skip(bound)
    cleanup.push(bound.unmount)
    const reader = openJournalReadOnly(dir, 'day')
    if (!reader.ok) throw new Error(reader.error.detail)
    expect(reader.value.read(0, 100)).toEqual(rows(1, 30))
    reader.value.close()
  })
})

describe('a directory that will not do', () => {
  test('[J68] a file where a folder is needed is told in words', () => {
    const dir = folder()
    writeFileSync(join(dir, 'desk'), 'a file')
    const opened = openDisk(join(dir, 'desk'))
    expect(opened).toMatchObject({ ok: false, error: { is: 'failed' } })
    expect(!opened.ok && opened.error.detail).toContain('a file stands where a folder is needed')
    expect(openDisk(join(dir, 'desk', 'deeper'))).toMatchObject({ ok: false, error: { is: 'failed' } })
  })

  test('[J72] a directory that cannot be written is read-only, new or used before', (context) => {
    const dir = folder()
    const used = join(dir, 'used')
    open(used).close()
    const bound = readOnlyMount(dir)
    if (typeof bound === 'string') return context.skip(bound)
    cleanup.push(bound.unmount)
    expect(openDisk(join(dir, 'new'))).toMatchObject({ ok: false, error: { is: 'read-only' } })
    expect(openDisk(used)).toMatchObject({ ok: false, error: { is: 'read-only' } })
  })

  test('[J71] a new data directory belongs to its user alone; settings and logs too', () => {
    const dir = join(folder(), 'desk')
    const opened = open(dir)
    opened.disk.writeSettings({})
    if (process.platform === 'win32') return
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dir, 'journals')).mode & 0o777).toBe(0o700)
    expect(statSync(join(dir, 'settings.json')).mode & 0o777).toBe(0o600)
  })

  test('[J69] settings that are not JSON are corrupt, and the remedy is said; a draft left by a crash is ignored', () => {
    const dir = folder()
    const opened = open(dir)
    opened.disk.writeSettings({ n: 1 })
    writeFileSync(join(dir, 'settings.json.99.new'), '{"n":')
    expect(opened.disk.readSettings()).toEqual({ ok: true, value: { n: 1 } })
    appendFileSync(join(dir, 'settings.json'), '}')
    expect(opened.disk.readSettings()).toMatchObject({ ok: false, error: { is: 'corrupt' } })
    rmSync(join(dir, 'settings.json'))
    mkdirSync(join(dir, 'settings.json'))
    expect(opened.disk.readSettings()).toMatchObject({ ok: false, error: { is: 'failed' } })
  })

  test('[J68] a journal in a folder that is gone is missing or failed, never a throw', () => {
    expect(openJournal(join(folder(), 'gone', 'day.sqlite'))).toMatchObject({ ok: false })
  })
})

/** A little file system of its own, or why there is none. */
function tmpfs(): { dir: string; unmount: () => void } | string {
  const dir = mkdtempSync(join(tmpdir(), 'full-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'pipe' })
  } catch {
    rmSync(dir, { recursive: true })
    return 'no file system may be mounted here'
  }
  const unmount = () => {
    execFileSync('umount', ['-l', dir])
    rmSync(dir, { recursive: true, force: true })
  }
  return { dir, unmount }
}

/** Leaves about 200 KB free. */
function fill(dir: string): string {
  const ballast = join(dir, 'ballast')
  writeFileSync(ballast, Buffer.alloc(600_000))
  return ballast
}

/** Makes a folder read-only even for root, or says why it cannot. */
function readOnlyMount(dir: string): { unmount: () => void } | string {
  try {
    execFileSync('mount', ['--bind', dir, dir], { stdio: 'pipe' })
    execFileSync('mount', ['-o', 'remount,bind,ro', dir], { stdio: 'pipe' })
  } catch {
    return 'no folder may be mounted read-only here'
  }
  return { unmount: () => void execFileSync('umount', ['-l', dir]) }
}
