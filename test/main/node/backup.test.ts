import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { Book } from '../../../src/core/book.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { type Identity, journalName, openBook } from '../../../src/core/open-book.ts'
import { startHourlyBackup } from '../../../src/main/host/hourly-backup.ts'
import { BACKUPS_KEPT, backUp, listBackups } from '../../../src/main/node/backup/backups.ts'
import { restoreBackup } from '../../../src/main/node/backup/restore.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { journalFile, openDisk } from '../../../src/main/node/disk.ts'
import { openJournalToRead } from '../../../src/main/node/journal-parts.ts'
import { verifyJournal } from '../../../src/main/node/verify-journal.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'

/** Backups, restoring and verifying, on real files. */

const IDENTITY: Identity = { server: 'ems', election: 1, mode: 'official' }
const NAME = journalName(IDENTITY)
const HOUR = 3_600_000

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})

function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-backup-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}
/** A desk with its book open; `end` closes both. */
function desk(dir: string, clock = new ManualClock()) {
  const log = new LogLines()
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const book = openBook({ disk: opened.value.disk, digest: sha256, clock, log }, IDENTITY)
  if (!book.ok) throw new Error(book.error.detail)
  const end = () => {
    book.value.book.close()
    opened.value.close()
  }
  cleanup.push(end)
  return { book: book.value.book, end, clock, log }
}
const queued = (key: string): JournalEvent => ({
  is: 'queued',
  key: key as never,
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'GUARANTEED' },
  by: 'dana@ems.example',
})
function note(book: Book, ...keys: string[]) {
  const written = book.commit(keys.map(queued), 'power')
  if (!written.ok) throw new Error(written.error.detail)
}
const turn = async () => {}
async function backedUp(dir: string, now: number) {
  const made = await backUp({ dir, name: NAME, now, turn })
  if (!made.ok) throw new Error(made.error.detail)
  return made.value
}
function fileOf(dir: string): string {
  const file = journalFile(dir, NAME)
  if (!file.ok) throw new Error(file.error.detail)
  return file.value
}
function rowsOf(file: string) {
  const reader = openJournalToRead(file)
  if (!reader.ok) throw new Error(reader.error.detail)
  const rows = reader.value.read(0, 10_000)
  reader.value.close()
  return rows.map((row) => ({ ...row }))
}

test('[J100] a backup holds every event and was read back; the last three are kept, and none is made while nothing is new', async () => {
  const dir = place()
  const { book } = desk(dir)
  const made: string[] = []
  for (let hour = 1; hour <= BACKUPS_KEPT + 2; hour++) {
    note(book, `key-${hour}`)
    const backup = await backedUp(dir, hour * HOUR)
    expect(backup).toMatchObject({ events: book.journal.cursor, head: book.journal.head })
    made.unshift(backup?.file ?? '')
    expect(await backedUp(dir, hour * HOUR + 1)).toBeNull()
  }
  const kept = listBackups(dir, NAME)
  expect(kept.map(({ file }) => file)).toEqual(made.slice(0, BACKUPS_KEPT))
  expect(kept.map(({ at }) => at)).toEqual([5 * HOUR, 4 * HOUR, 3 * HOUR])
  expect(rowsOf(made[0] ?? '')).toEqual(rowsOf(fileOf(dir)))
  expect(readdirSync(join(dir, 'backups'))).toHaveLength(BACKUPS_KEPT)
})

test('[J101] of a journal whose chain is broken no backup is made, and those made before stay', async () => {
  const dir = place()
  const { book, end } = desk(dir)
  note(book, 'one', 'two')
  const before = await backedUp(dir, HOUR)
  note(book, 'three')
  end()
  const file = fileOf(dir)
  const bytes = readFileSync(file)
  bytes[bytes.lastIndexOf('dana@ems')] = 0x44
  writeFileSync(file, bytes)
  const made = await backUp({ dir, name: NAME, now: 2 * HOUR, turn })
  expect(made).toMatchObject({ ok: false, error: { is: 'chain-broken' } })
  expect(listBackups(dir, NAME).map((each) => each.file)).toEqual([before?.file])
  expect(readdirSync(join(dir, 'backups'))).toHaveLength(1)
})

test('[J102] a backup takes its journal’s place; what lay there is kept, and what was typed since and not answered goes on', async () => {
  const dir = place()
  const first = desk(dir)
  note(first.book, 'before')
  const backup = await backedUp(dir, HOUR)
  note(first.book, 'after')
  const there = rowsOf(fileOf(dir))
  const wish = { dir, file: backup?.file ?? '', turn, clock: first.clock, log: first.log }
  expect(await restoreBackup(wish)).toMatchObject({ ok: false, error: { is: 'in-use' } })
  first.end()
  const done = await restoreBackup(wish)
  expect(done).toMatchObject({ ok: true, value: { journal: NAME, events: backup?.events, carried: 1 } })
  const aside = done.ok ? done.value.setAside.filter((file) => !file.endsWith('-head')) : []
  expect(aside).toHaveLength(1)
  expect(rowsOf(aside[0] ?? '').slice(0, there.length)).toEqual(there)
  const { book } = desk(dir)
  expect([...book.projection.outbox.waiting]).toEqual(['before', 'after'])
  expect(book.projection.trust.of('attendance')).toMatchObject({ state: 'doubtful' })
  expect(rowsOf(fileOf(dir)).slice(0, backup?.events)).toEqual(there.slice(0, backup?.events))
})

test('[J102] what is no whole journal is not restored, and nothing is moved', async () => {
  const dir = place()
  const { book, end, clock, log } = desk(dir)
  note(book, 'one')
  const backup = await backedUp(dir, HOUR)
  end()
  const before = rowsOf(fileOf(dir))
  const bytes = readFileSync(backup?.file ?? '')
  bytes[bytes.lastIndexOf('dana@ems')] = 0x44
  const file = join(dir, 'changed.sqlite')
  writeFileSync(file, bytes)
  const text = join(dir, 'text.sqlite')
  writeFileSync(text, 'a letter')
  for (const each of [file, text]) expect((await restoreBackup({ dir, file: each, turn, clock, log })).ok).toBe(false)
  expect(rowsOf(fileOf(dir))).toEqual(before)
})

test('[J103] the open journal is backed up ten minutes after the start and every hour, and no more after the stop', async () => {
  const dir = place()
  const { book, clock, log } = desk(dir)
  const stop = startHourlyBackup({ dir, clock, log, journal: () => NAME })
  note(book, 'one')
  await clock.advance(9 * 60_000)
  expect(listBackups(dir, NAME)).toHaveLength(0)
  await clock.advance(2 * 60_000)
  expect(listBackups(dir, NAME)).toHaveLength(1)
  note(book, 'two')
  await clock.advance(HOUR)
  expect(listBackups(dir, NAME)).toHaveLength(2)
  stop()
  note(book, 'three')
  await clock.advance(2 * HOUR)
  expect(listBackups(dir, NAME)).toHaveLength(2)
})

test('[J104] a byte changed anywhere in a journal’s file is found, or changed nothing that was written', {
  timeout: 30_000,
}, () => {
  const dir = place()
  const { book, end } = desk(dir)
  for (let one = 0; one < 30; one++) note(book, `key-${one}`)
  end()
  const written = rowsOf(fileOf(dir))
  const bytes = readFileSync(fileOf(dir))
  const seed = freshSeed()
  console.info(`bytes: TEST_SEED=${seed}`)
  const random = seededRandom(seed)
  const where = [...Array(100).keys(), ...Array.from({ length: 900 }, () => Math.floor(random.next() * bytes.length))]
  const tally = { event: 0, file: 0, unused: 0 }
  const changed = join(dir, 'changed.sqlite')
  for (const at of where) {
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] ?? 0) ^ (1 + Math.floor(random.next() * 255))
    writeFileSync(changed, copy)
    const verdict = verifyJournal(changed, () => {})
    if (!verdict.ok || verdict.value.damage !== null) tally.file++
    else if (verdict.value.fault) tally.event++
    else {
      // Cut off behind: what a verifier that knows no head to compare with cannot see must not happen by one byte.
      expect(rowsOf(changed), `byte ${at}`).toEqual(written)
      tally.unused++
    }
  }
  console.info(`bytes: ${JSON.stringify(tally)} of ${bytes.length}`)
  expect(tally.event).toBeGreaterThan(100)
})
