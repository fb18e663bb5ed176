import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import type { Book } from '../../../src/core/book.ts'
import { BehindCheck } from '../../../src/core/journal/behind.ts'
import { CHECKPOINT_PACE, CheckpointWriter } from '../../../src/core/journal/checkpoint-writer.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { openBook } from '../../../src/core/open-book.ts'
import { Tape } from '../../../src/core/replay/tape.ts'
import { lookIntoJournals } from '../../../src/main/host/safe-look.ts'
import { backUp } from '../../../src/main/node/backup/backups.ts'
import { restoreBackup } from '../../../src/main/node/backup/restore.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { checkpointsOf, listJournals, openDisk, openJournalReadOnly } from '../../../src/main/node/disk.ts'
import { foldRows } from '../../../src/main/node/evidence/rows.ts'
import { openJournalToRead, partFile, partsOf } from '../../../src/main/node/journal-parts.ts'
import { recordingsIn } from '../../../src/main/node/recordings.ts'
import { verifyJournal } from '../../../src/main/node/verify-journal.ts'
import { wipeJournals } from '../../../src/main/node/wipe/wipe-journals.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { shown } from '../../core/journal/on-disk.ts'

/** A journal in several parts, on real files. */

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})

const NAME = 'ems-1-official'
const IDENTITY = { server: 'ems', election: 1, mode: 'official' } as const
const turn = async () => {}
/** Each checkpoint is worth its while, and follows a new part. */
const PACE = { ...CHECKPOINT_PACE, rows: 1, ms: 0, rowsAtClose: 1, partBytes: 1 }
const heard = (state: 'live' | 'stale'): JournalEvent => ({ is: 'link', state, cause: null, proof: null })
/** As long as keys are. */
const keyOf = (name: string) => `action-${name}` as never
const queued = (key: string): JournalEvent => ({
  is: 'queued',
  key: keyOf(key),
  action: { does: 'guarantee.set-status', id: 1 as never, status: 'GUARANTEED' },
  by: 'dana@ems.example',
})

function must(book: Book, events: readonly JournalEvent[], durability: 'process' | 'power' = 'process') {
  const written = book.commit(events, durability)
  if (!written.ok) throw new Error(written.error.detail)
}

function place() {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-parts-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'journals', `${NAME}.sqlite`)
  const clock = new ManualClock()
  const log = new LogLines()
  /** One run of a desk; with `parts`, a checkpoint and a new part at its end. */
  const run = <T>(work: (book: Book) => T, parts = false): T => {
    const opened = openDisk(dir)
    if (!opened.ok) throw new Error(opened.error.detail)
    const { disk } = opened.value
    const book = openBook({ disk, digest: sha256, clock, log }, IDENTITY)
    if (!book.ok) throw new Error(book.error.detail)
    const writer =
      parts && new CheckpointWriter({ clock, digest: sha256, log }, book.value.book, disk.checkpoints(NAME), null, PACE)
    const done = work(book.value.book)
    if (writer) writer.close()
    book.value.book.close()
    opened.value.close()
    return done
  }
  /** A journal of three parts. */
  const three = () => {
    run((book) => must(book, [queued('a'), heard('live')]), true)
    run((book) => must(book, [queued('b'), heard('stale')]), true)
    run((book) => must(book, [queued('c'), heard('live')]))
  }
  const files = () =>
    partsOf(file).ok ? readdirSync(join(dir, 'journals')).filter((each) => /\d$|sqlite$/.test(each)) : []
  const verdict = () => {
    const found = verifyJournal(file, () => {})
    if (!found.ok) throw new Error(found.error.detail)
    return found.value
  }
  const firsts = () => {
    const listed = partsOf(file)
    return listed.ok ? listed.value.map(({ first }) => first) : []
  }
  return { dir, file, clock, log, run, three, files, firsts, verdict }
}
const rowsOf = (file: string) => {
  const reader = openJournalToRead(file)
  if (!reader.ok) throw new Error(reader.error.detail)
  const rows = reader.value.read(0, 10_000).map((row) => ({ ...row }))
  reader.value.close()
  return rows
}
const keysOf = (book: Book) => [...book.projection.outbox.entries.keys()].map((key) => key.replace('action-', ''))

test('[J130][J131] past its size a journal goes on in a new part, whose first row names the end of the one before', () => {
  const { file, three, firsts, verdict } = place()
  three()
  expect(firsts()).toHaveLength(3)
  const rows = rowsOf(file)
  for (const first of firsts().slice(1)) {
    const [before, begun] = [rows[first - 2], rows[first - 1]]
    expect(JSON.parse(before?.text ?? '')).toEqual({ is: 'part', does: 'ended' })
    expect(JSON.parse(begun?.text ?? '')).toEqual({
      is: 'part',
      does: 'begun',
      after: first - 1,
      head: before?.hash,
      ...IDENTITY,
    })
  }
  const found = verdict()
  expect(found).toMatchObject({ events: rows.length, fault: null, damage: null, missing: null, missingParts: [] })
  expect(found.parts.map(({ first }) => first)).toEqual(firsts())
})

test('[J130] below its size, and where the disk refuses, the journal goes on in the part it is in', () => {
  const { dir, run, firsts, log, three, verdict } = place()
  run((book) => must(book, [heard('live')]))
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const book = openBook({ disk: opened.value.disk, digest: sha256, clock: new ManualClock(), log }, IDENTITY)
  if (!book.ok) throw new Error(book.error.detail)
  const checkpoints = opened.value.disk.checkpoints(NAME)
  const parts = { clock: new ManualClock(), digest: sha256, log }
  const end = (partBytes: number) =>
    new CheckpointWriter(parts, book.value.book, checkpoints, null, { ...PACE, partBytes }).close()
  must(book.value.book, [heard('stale')])
  end(1_000_000)
  expect(firsts()).toEqual([1])
  // Something lies where the next part belongs: it is left alone.
  const inTheWay = partFile(join(dir, 'journals', `${NAME}.sqlite`), book.value.book.journal.cursor + 2)
  writeFileSync(inTheWay, 'not ours')
  end(1)
  expect(log.lines.some(({ event }) => event === 'journal part not begun')).toBe(true)
  rmSync(inTheWay)
  must(book.value.book, [heard('live')])
  end(1)
  expect(firsts()).toHaveLength(2)
  book.value.book.close()
  opened.value.close()
  three()
  expect(verdict()).toMatchObject({ fault: null, missing: null, missingParts: [] })
})

test('[J132] a start over parts, from the checkpoint or from every row, gives what was there', () => {
  const { dir, run, three, clock, firsts } = place()
  three()
  const live = run((book) => [shown(book, clock.now()), keysOf(book)] as const)
  expect(live[1]).toEqual(['a', 'b', 'c'])
  const fromCheckpoint = run((book) => shown(book, clock.now()))
  const [newest] = checkpointsOf(dir, NAME).list()
  // The newest checkpoint stands at the first row of the last part: nothing before that is read.
  expect(newest).toBe(firsts().at(-1))
  for (const cursor of checkpointsOf(dir, NAME).list()) checkpointsOf(dir, NAME).remove(cursor)
  const fromRows = run((book) => shown(book, clock.now()))
  expect(JSON.parse(fromRows).outbox).toEqual(JSON.parse(fromCheckpoint).outbox)
  expect(run(keysOf)).toEqual(['a', 'b', 'c'])
})

test('[J133] a part of which its beginner wrote no row was never begun', () => {
  const { file, run, three, firsts, verdict } = place()
  three()
  const before = firsts()
  const next = rowsOf(file).length + 1
  const made = new DatabaseSync(partFile(file, next))
  // As far as it came: nothing at all, and a table without a row.
  made.close()
  run((book) => must(book, [heard('live')]))
  expect(firsts()).toEqual(before)
  const shape = new DatabaseSync(file)
  const [table] = shape.prepare("SELECT sql FROM sqlite_schema WHERE name = 'row'").all()
  shape.close()
  const half = new DatabaseSync(partFile(file, rowsOf(file).length + 1))
  half.exec(`${String(table?.['sql'])}; PRAGMA application_id = ${0x54444a4c}; PRAGMA user_version = 1`)
  half.close()
  run((book) => must(book, [heard('stale')]))
  expect(firsts()).toEqual(before)
  expect(verdict()).toMatchObject({ fault: null, missing: null, missingParts: [] })
})

test('[J134] a part that is missing is named with its events, and those after it are checked', () => {
  for (const [which, after] of [
    [0, false],
    [1, false],
    [2, true],
  ] as const) {
    const { dir, file, three, firsts, verdict } = place()
    three()
    const total = rowsOf(file).length
    const all = [...firsts(), total + 1]
    const [from = 0, to = 0] = [all[which], (all[which + 1] ?? 0) - 1]
    renameSync(partFile(file, from), join(dir, 'away'))
    const found = verdict()
    expect(found.missingParts).toEqual([{ file: basename(partFile(file, from)), from, to: after ? null : to }])
    expect(found.fault).toBeNull()
    if (!after) expect(found.events).toBe(total)
    // A changed row behind it is still found.
    const last = all.at(-2) ?? 0
    if (!after) {
      const db = new DatabaseSync(partFile(file, last))
      db.exec(`UPDATE row SET text = replace(text, 'live', 'lost') WHERE cursor = ${total}`)
      db.close()
      expect(verdict().fault).toEqual({ cursor: total, is: 'wrong-hash' })
    }
    renameSync(join(dir, 'away'), partFile(file, from))
  }
})

test('[J134] damage is told with the part it is in', () => {
  const { file, three, firsts, verdict } = place()
  three()
  const [, second = 0] = firsts()
  // The page its rows begin at.
  const fd = openSync(partFile(file, second), 'r+')
  writeSync(fd, Buffer.alloc(64, 'x'), 0, 64, 4096)
  closeSync(fd)
  expect(verdict().damage).toContain(basename(partFile(file, second)))
})

test('[J135] where a part is gone the journal is set aside, and what was typed in the others goes on in its successor', () => {
  const { dir, file, run, three, firsts, log } = place()
  three()
  for (const cursor of checkpointsOf(dir, NAME).list()) checkpointsOf(dir, NAME).remove(cursor)
  renameSync(partFile(file, firsts()[1] ?? 0), join(dir, 'away'))
  expect(run((book) => [keysOf(book), book.projection.identity?.server])).toEqual([['a', 'c'], 'ems'])
  expect(log.lines.some(({ event }) => event === 'journal chain broken')).toBe(true)
  const listed = listJournals(dir)
  expect(listed.ok && listed.value.map(({ name }) => name)).toEqual([NAME, `${NAME}-after-1`])
  // The first part gone: no other file is put in its place.
  const other = place()
  other.three()
  rmSync(other.file)
  for (const cursor of checkpointsOf(other.dir, NAME).list()) checkpointsOf(other.dir, NAME).remove(cursor)
  expect(other.run(keysOf)).toEqual(['b', 'c'])
  expect(existsSync(other.file)).toBe(false)
})

test('[J136] a reader beside the desk sees the parts that are begun meanwhile', () => {
  const { dir, run } = place()
  run((book) => must(book, [heard('live')]))
  const reader = openJournalReadOnly(dir, NAME)
  if (!reader.ok) throw new Error(reader.error.detail)
  const seen = () => reader.value.read(0, 1_000).map(({ cursor }) => cursor)
  const early = seen()
  run((book) => must(book, [heard('stale')]), true)
  run((book) => must(book, [heard('live')]), true)
  const now = seen()
  expect(now.length).toBeGreaterThan(early.length + 4)
  expect(now).toEqual(now.map((_, index) => index + 1))
  expect(reader.value.last()?.cursor).toBe(now.length)
  expect(reader.value.length()).toBe(now.length)
  expect(reader.value.read(2, 3).map(({ cursor }) => cursor)).toEqual([3, 4, 5])
  reader.value.close()
})

test('[J137] backup, restore, wipe, safe mode and evidence take all parts', async () => {
  const { dir, file, run, three, firsts, files } = place()
  three()
  const rows = rowsOf(file)
  const made = await backUp({ dir, name: NAME, now: Date.UTC(2026, 10, 21), turn })
  if (!made.ok || !made.value) throw new Error('no backup')
  expect(made.value.events).toBe(rows.length)
  expect(rowsOf(made.value.file)).toEqual(rows)
  expect(
    await lookIntoJournals(
      dir,
      () => {},
      () => false,
    ),
  ).toMatchObject([{ name: NAME, state: 'intact', events: rows.length, waiting: 3 }])
  const reader = openJournalToRead(file)
  if (!reader.ok) throw new Error(reader.error.detail)
  expect(await foldRows(reader.value, NAME, null, turn)).toMatchObject({
    ok: true,
    value: { journal: { cursor: rows.length } },
  })
  reader.value.close()
  run((book) => must(book, [queued('d')], 'power'))
  const restored = await restoreBackup({
    dir,
    file: made.value.file,
    turn,
    clock: new ManualClock(),
    log: new LogLines(),
  })
  expect(restored).toMatchObject({ ok: true, value: { events: rows.length, carried: 1 } })
  expect(firsts()).toEqual([1])
  expect(restored.ok && restored.value.setAside.filter((each) => /sqlite(-part-\d+)?$/.test(each))).toHaveLength(3)
  expect(run(keysOf)).toEqual(['a', 'b', 'c', 'd'])
  run((book) => must(book, [heard('live')]), true)
  expect(firsts()).toHaveLength(2)
  const disk = openDisk(dir)
  if (!disk.ok) throw new Error(disk.error.detail)
  const wiped = wipeJournals({ dir, disk: disk.value.disk, name: NAME, why: 'asked for', now: 1, giveUp: 4 })
  disk.value.close()
  expect(wiped.ok).toBe(true)
  expect(files()).toEqual([])
  expect(
    readdirSync(join(dir, 'set-aside'), { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.includes('sqlite'),
    ),
  ).toEqual([])
})

test('[J138] one part alone is not shown as the whole journal', () => {
  const { dir, file, three, firsts } = place()
  three()
  const [, second = 0, third = 0] = firsts()
  const alone = join(dir, 'alone')
  const load = (first: number) => {
    mkdirSync(alone)
    copyFileSync(partFile(file, first), join(alone, 'journal.sqlite'))
    const reader = openJournalToRead(join(alone, 'journal.sqlite'))
    if (!reader.ok) throw new Error(reader.error.detail)
    const tape = new Tape(reader.value)
    const work = tape.load(sha256, () => {})
    while (!work.next().done);
    tape.close()
    rmSync(alone, { recursive: true })
    return [tape.length, tape.fault] as const
  }
  expect(load(1)).toMatchObject([second - 1, { is: 'part', cursor: second }])
  expect(load(second)).toMatchObject([0, { is: 'part', cursor: 1 }])
  expect(load(third)).toMatchObject([0, { is: 'part', cursor: 1 }])
})

test('[J139] a last part that is gone is an end that is gone: told at the next start, then known', () => {
  const { dir, file, run, three, firsts, verdict } = place()
  three()
  const total = rowsOf(file).length
  const last = firsts().at(-1) ?? 0
  renameSync(partFile(file, last), join(dir, 'away'))
  expect(verdict()).toMatchObject({ events: last - 1, missing: { cursor: total }, missingParts: [{ from: last }] })
  const told = run((book) => [...book.projection.duty.incidents.open()])
  expect(told).toMatchObject([{ evidence: { is: 'lost-end', after: last - 1, through: total, saved: true } }])
  expect(verdict()).toMatchObject({ missing: null, missingParts: [], lost: [{ after: last - 1, through: total }] })
})

const DAY = 24 * 3_600_000

/** A desk that keeps little: it runs once a day, and its journal goes on in a new part each time. */
function keeping(more: Partial<typeof CHECKPOINT_PACE> = {}, isChecked = () => true) {
  const at = place()
  const { dir, clock, log, run, file } = at
  let day = 0
  const daily = (events: readonly JournalEvent[] = [heard(day % 2 === 0 ? 'live' : 'stale')]) => {
    day += 1
    clock.sleep(DAY)
    run((book) => {
      must(book, events)
      const checkpoints = checkpointsOf(dir, NAME)
      const pace = { ...PACE, keepBytes: 1, ...more }
      new CheckpointWriter({ clock, digest: sha256, log }, book, checkpoints, null, pace, isChecked).close()
    })
  }
  const days = (count: number) => {
    for (let each = 0; each < count; each++) daily()
  }
  const lines = () => log.lines.map(({ event }) => event)
  const rows = () => rowsOf(file)
  return { ...at, daily, days, lines, rows }
}

test('[J140][J141] past its limit the oldest parts are let go, a week after their last row, and the journal tells of each', () => {
  const { days, firsts, rows, verdict, lines, clock } = keeping()
  days(7)
  expect(firsts()).toHaveLength(8)
  const before = rows()
  days(2)
  const [first = 0] = firsts()
  expect(first).toBeGreaterThan(1)
  expect(lines()).toContain('journal parts let go')
  const gone = before[first - 2]
  expect(verdict()).toMatchObject({
    ...{ fault: null, damage: null, missing: null, missingParts: [] },
    letGo: { cursor: first - 1, head: gone?.hash, at: clock.now() },
  })
  // Nothing younger than a week went.
  const kept = rows()
  expect(kept[0]?.cursor).toBe(first)
  expect(gone?.at).toBeLessThanOrEqual(clock.now() - 7 * DAY)
  expect(kept.length).toBe(rows().at(-1)!.cursor - first + 1)
})

test('[J140] unless a person set a limit nothing is let go', () => {
  const { days, firsts } = keeping({ keepBytes: null })
  days(10)
  expect(firsts()).toHaveLength(11)
})

test('[J147] nothing is let go while rows that a checkpoint stood for are still being checked', () => {
  const state = { isChecked: false }
  const { days, firsts } = keeping({}, () => state.isChecked)
  days(10)
  expect(firsts()).toHaveLength(11)
  state.isChecked = true
  days(1)
  expect(firsts()[0]).toBeGreaterThan(1)
})

test('[J142] nothing is let go while anything typed waits for an answer', () => {
  const { days, daily, firsts, lines } = keeping()
  daily([queued('a')])
  days(9)
  expect(firsts()).toHaveLength(11)
  expect(lines()).toContain('journal kept past its size')
  daily([{ is: 'settled', key: keyOf('a'), outcome: 'withdrawn', reason: null }])
  expect(firsts().length).toBeLessThan(11)
  expect(firsts()[0]).toBeGreaterThan(1)
})

test('[J143] a journal whose beginning was let go opens, is checked behind its start, looked back at, backed up and restored', async () => {
  const { dir, file, days, daily, run, clock, firsts, rows, verdict } = keeping()
  daily([queued('a'), { is: 'settled', key: keyOf('a'), outcome: 'withdrawn', reason: null }])
  days(9)
  const [first = 0] = firsts()
  expect(first).toBeGreaterThan(1)
  // What the rows that are gone told is known: from the checkpoint.
  expect(run(keysOf)).toEqual(['a'])
  const ended: unknown[] = []
  const open = openDisk(dir)
  if (!open.ok) throw new Error(open.error.detail)
  const again = openBook({ disk: open.value.disk, digest: sha256, clock, log: new LogLines() }, IDENTITY)
  if (!again.ok || !again.value.through) throw new Error('not from a checkpoint')
  const { book, through } = again.value
  new BehindCheck({ digest: sha256, clock }, book.journal, through, (fault) => ended.push(fault))
  await clock.advance(60_000)
  open.value.close()
  expect(ended).toEqual([null])
  const recordings = recordingsIn(dir, null)
  const opened = recordings.open(NAME)
  if (!opened.ok) throw new Error(opened.error.detail)
  const tape = new Tape(opened.value)
  const work = tape.load(sha256, () => {})
  let step = work.next()
  while (!step.done) step = work.next()
  expect([tape.length, tape.fault]).toEqual([rows().at(-1)?.cursor, null])
  expect(step.value.ok && step.value.value.folded.projection.outbox.entries.size).toBe(1)
  expect([tape.row(1), tape.row(first)?.cursor]).toEqual([undefined, first])
  tape.close()
  expect(
    await lookIntoJournals(
      dir,
      () => {},
      () => false,
    ),
  ).toMatchObject([{ state: 'intact', waiting: 0 }])
  const reader = openJournalToRead(file)
  if (!reader.ok) throw new Error(reader.error.detail)
  expect(await foldRows(reader.value, NAME, null, turn)).toMatchObject({ ok: false, error: { is: 'let-go' } })
  const kept = {
    read: reader.value.read.bind(reader.value),
    last: () => reader.value.last(),
    checkpoints: checkpointsOf(dir, NAME),
  }
  expect(await foldRows(kept, NAME, null, turn)).toMatchObject({
    ok: true,
    value: { journal: { begins: { cursor: first } } },
  })
  reader.value.close()
  const made = await backUp({ dir, name: NAME, now: clock.now(), turn })
  if (!made.ok || !made.value) throw new Error(made.ok ? 'none' : made.error.detail)
  expect(rowsOf(made.value.file)).toEqual(rows())
  // The backup by itself, as a console is started on it.
  const alone = recordingsIn(dir, made.value.file).file?.open()
  if (!alone?.ok) throw new Error('not opened')
  const backedUp = new Tape(alone.value)
  const steps = backedUp.load(sha256, () => {})
  while (!steps.next().done);
  expect([backedUp.length, backedUp.fault]).toEqual([rows().at(-1)?.cursor, null])
  backedUp.close()
  const shownBefore = run(keysOf)
  const back = await restoreBackup({ dir, file: made.value.file, turn, clock, log: new LogLines() })
  expect(back).toMatchObject({ ok: true, value: { carried: 0 } })
  // Both the journal that was here and the one now here have the checkpoint they begin at.
  expect(back.ok && back.value.setAside.some((each) => each.endsWith(`.${first}.checkpoint`))).toBe(true)
  days(3)
  expect(checkpointsOf(dir, NAME).list()).toContain(firsts()[0] === 1 ? first : firsts()[0])
  expect(run(keysOf)).toEqual(shownBefore)
  expect(verdict()).toMatchObject({ fault: null, missingParts: [], letGo: { cursor: first - 1 } })
  const disk = openDisk(dir)
  if (!disk.ok) throw new Error(disk.error.detail)
  expect(wipeJournals({ dir, disk: disk.value.disk, name: NAME, why: 'asked for', now: 1 }).ok).toBe(true)
  disk.value.close()
  expect(
    readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((each) => /sqlite|checkpoint$/.test(each)),
  ).toEqual([])
})

test('[J144] a beginning that is gone and of which no row tells is a fault everywhere', async () => {
  const { dir, file, days, verdict, clock, firsts } = keeping({ keepBytes: null })
  days(3)
  rmSync(file)
  expect(verdict().missingParts).toEqual([{ file: `${NAME}.sqlite`, from: 1, to: (firsts()[0] ?? 0) - 1 }])
  expect(
    await lookIntoJournals(
      dir,
      () => {},
      () => false,
    ),
  ).toMatchObject([{ state: 'broken' }])
  expect(await backUp({ dir, name: NAME, now: clock.now(), turn })).toMatchObject({ ok: false })
})

test('[J145] a death between two files that go leaves a journal that begins where a row tells', () => {
  const { file, days, verdict, firsts, run } = keeping({ keepBytes: null })
  days(12)
  // As far as it came: rows of two parts are told, and the second is still there.
  const [, second = 0, third = 0] = firsts()
  const rows = rowsOf(file)
  run((book) =>
    must(
      book,
      [second, third].map((next) => ({
        is: 'part',
        does: 'let-go',
        through: next - 1,
        head: rows[next - 2]?.hash ?? '',
      })),
      'power',
    ),
  )
  expect(verdict()).toMatchObject({ fault: null, missingParts: [], letGo: null })
  rmSync(file)
  expect(verdict()).toMatchObject({ fault: null, missingParts: [], letGo: { cursor: second - 1 } })
  rmSync(partFile(file, second))
  expect(verdict()).toMatchObject({ fault: null, missingParts: [], letGo: { cursor: third - 1 } })
})

test('[J146] where no checkpoint of it reads, a journal whose beginning was let go opens from the rows there are, in doubt', () => {
  const { dir, days, daily, run, firsts, verdict, clock } = keeping()
  days(10)
  daily([queued('b')])
  expect(firsts()[0]).toBeGreaterThan(1)
  for (const cursor of checkpointsOf(dir, NAME).list()) checkpointsOf(dir, NAME).remove(cursor)
  const found = run(
    (book) => [keysOf(book), book.projection.identity, JSON.parse(shown(book, clock.now())).trust] as const,
  )
  expect(found[0]).toEqual(['b'])
  expect(found[1]).toMatchObject(IDENTITY)
  expect(JSON.stringify(found[2])).not.toContain('"confirmed"')
  const listed = listJournals(dir)
  expect(listed.ok && listed.value.map(({ name }) => name)).toEqual([NAME])
  expect(verdict().fault).toBeNull()
})

test('[J153] where a journal breaks whose beginning was let go, what its checkpoint holds of who typed goes on in its successor', () => {
  const { dir, days, daily, run, firsts, file, log } = keeping()
  daily([{ is: 'sheet', turn: { does: 'settled', by: 'dana@ems.example', double: true, seats: null } }])
  days(10)
  daily([queued('b')])
  const [first = 0] = firsts()
  expect(first).toBeGreaterThan(2)
  const rows = rowsOf(file)
  const [last, sound] = [rows.at(-1), rows.at(-2)]
  const data = new DatabaseSync(partFile(file, firsts().at(-1) ?? 0))
  data.prepare('UPDATE row SET text = ? WHERE cursor = ?').run('{"is":"li', last?.cursor ?? 0)
  data.close()
  for (const cursor of checkpointsOf(dir, NAME).list()) if (cursor !== first) checkpointsOf(dir, NAME).remove(cursor)
  const found = run((book) => [keysOf(book), book.projection.sheets.settings.double] as const)
  expect(found).toEqual([['b'], true])
  expect(log.lines.find(({ event }) => event === 'journal chain broken')?.fields).toMatchObject({ lost: 1 })
  const after = rowsOf(join(dir, 'journals', `${NAME}-after-1.sqlite`))[0]
  expect(JSON.parse(after?.text ?? '').after).toMatchObject({ cursor: sound?.cursor, head: sound?.hash })
})

test('[J156] where no checkpoint of it reads, a later row that says a topic was read vouches for nothing that was let go', () => {
  const { dir, days, daily, run, firsts } = keeping()
  days(10)
  daily([{ is: 'covered', topic: 'phase', from: 1, after: 0, settles: 1 }])
  expect(firsts()[0]).toBeGreaterThan(1)
  for (const cursor of checkpointsOf(dir, NAME).list()) checkpointsOf(dir, NAME).remove(cursor)
  expect(run((book) => JSON.stringify(book.projection.trust.of('phase')))).toContain('journal-broken')
})
