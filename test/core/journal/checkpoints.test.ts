import { expect, test } from 'vitest'
import { foldedFrom, linesOf, standingOf } from '../../../src/core/journal/checkpoint-text.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { CHECKPOINT_PACE, CheckpointWriter } from '../../../src/core/journal/checkpoint-writer.ts'
import { toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { recoverBook } from '../../../src/core/recover-book.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { attendance, guarantee } from '../projection/records.ts'
import { must, OPENED, read, sha256, shown } from './on-disk.ts'
import { dice, historian } from './random-history.ts'

const MINUTES = 60_000

function desk() {
  const disk = memoryDisk()
  const clock = new ManualClock()
  const log = new LogLines()
  const checkpoints = disk.checkpoints('a')
  const open = (pace = CHECKPOINT_PACE) => {
    disk.die()
    const store = disk.journal('a')
    if (!store.ok) throw new Error(store.error.detail)
    const recovered = recoverBook({ clock, digest: sha256, log }, 'a', store.value, checkpoints)
    if (!recovered.ok) throw new Error(recovered.error.detail)
    const { book, through } = recovered.value
    const writer = new CheckpointWriter({ clock, digest: sha256, log }, book, checkpoints, through, pace)
    return { book, through, writer }
  }
  /** A journal of `rows` rows with a checkpoint of its end, then `more` rows. */
  const grown = (rows: number, more = 10) => {
    const { book, writer } = open()
    const next = historian(dice(seededRandom(rows)), () => clock.now())
    if (book.journal.cursor === 0) must(book, [OPENED])
    const tell = (count: number) =>
      must(
        book,
        Array.from({ length: count }, () => next(book.journal.cursor)),
      )
    tell(rows - book.journal.cursor)
    writer.close()
    tell(more)
    return book
  }
  return { disk, clock, log, checkpoints, open, grown, kept: disk.kept('a') }
}
const refusals = (log: LogLines) =>
  log.lines.filter(({ event }) => event === 'checkpoint refused').map(({ fields }) => fields?.['detail'])

test('[J82] a journal opens from its checkpoint to what it was, and to what all its rows make', () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 10; seed++) {
    const { grown, open, clock, kept } = desk()
    const book = grown(2_500 + (seed % 700), 1 + (seed % 90))
    const before = shown(book, clock.now())
    const again = open()
    expect(again.through?.cursor, `seed ${seed}`).toBe(2_500 + (seed % 700))
    expect(shown(again.book, clock.now()), `seed ${seed}`).toBe(before)
    const whole = canonicalJson(toCheckpoint(again.book.folded))
    kept.clear()
    const folded = open()
    expect(folded.through).toBeNull()
    expect(canonicalJson(toCheckpoint(folded.book.folded)), `seed ${seed}`).toBe(whole)
  }
})

type Lines = string[]
const forge: Record<string, (lines: Lines) => void> = {
  'a changed name': (lines) => lines.forEach((line, at) => void (lines[at] = line.replace('Elector', 'Erector'))),
  'a changed sum': (lines) => void (lines[1] = lines[1]!.replace(/"attended":(\d+)/, '"attended":99$1')),
  'a line taken out': (lines) => void lines.pop(),
  'a line doubled': (lines) => void lines.push(lines.at(-1)!),
  'nothing in it': (lines) => void lines.splice(0),
  'another row named': (lines) => void (lines[0] = lines[0]!.replace(/"cursor":\d+/, '"cursor":7')),
  'another version': (lines) => void (lines[0] = lines[0]!.replace(/"version":\d+/, '"version":999')),
  'another chain named': (lines) => void (lines[0] = lines[0]!.replace(/"head":"./, '"head":"x')),
  'half a line': (lines) => void (lines[1] = lines[1]!.slice(0, 100)),
}
for (const [what, change] of Object.entries(forge)) {
  test(`[J82] a checkpoint with ${what} is refused, and the one before it is used`, () => {
    const { grown, open, kept, log, clock } = desk()
    grown(2_500)
    const book = grown(5_000)
    expect([...kept.keys()]).toEqual([2_500, 5_000])
    change(kept.get(5_000)!)
    const again = open()
    expect(again.through?.cursor).toBe(2_500)
    expect(shown(again.book, clock.now())).toBe(shown(book, clock.now()))
    expect(refusals(log)).toHaveLength(1)
  })
}

test('[J82] a checkpoint the chain never spoke of, however well made, is refused', () => {
  const { grown, open, kept, log } = desk()
  const book = grown(2_500, 0)
  const { cursor, head } = book.journal
  must(book, [read(attendance(1))])
  // As a forger would make it who knows every rule: it holds together, and stands on the right row.
  const lines = [...linesOf({ ...toCheckpoint(book.folded) }, { cursor, head })]
  const forged = lines.map((line) => line.replace(`"cursor":${cursor + 1}`, `"cursor":${cursor}`))
  const standing = standingOf(sha256, forged)
  expect(standing.ok && foldedFrom(sha256, forged, standing.value).ok).toBe(true)
  kept.clear()
  kept.set(cursor, forged)
  expect(open().through).toBeNull()
  expect(refusals(log)).toEqual(['no row of the journal speaks of it'])
})

test('[J111] nothing of a checkpoint is folded before the chain was found to speak of it', () => {
  const { grown, open, kept, log } = desk()
  grown(2_500)
  const lines = kept.get(2_500)!
  // Whole as a checkpoint goes, and what it holds would make the fold throw.
  kept.set(2_500, [lines[0]!, JSON.stringify([[], { projection: { tables: 7 } }])])
  expect(open().through).toBeNull()
  expect(refusals(log)).toEqual(['no row of the journal speaks of it'])
})

test('[J127] a checkpoint whose text changed between being vouched for and being read is refused', () => {
  const { grown, kept } = desk()
  grown(2_500)
  const honest = kept.get(2_500)!
  const changed = honest.map((line) => line.replace('Elector', 'Erector'))
  expect(changed).not.toEqual(honest)
  const standing = standingOf(sha256, honest)
  if (!standing.ok) throw new Error(standing.error)
  expect(foldedFrom(sha256, honest, standing.value).ok).toBe(true)
  expect(foldedFrom(sha256, changed, standing.value)).toEqual({
    ok: false,
    error: 'it is not the text it was a moment ago',
  })
})

test('[J82] a checkpoint of another journal is refused: the row it ends at has another hash', () => {
  const [one, two] = [desk(), desk()]
  one.grown(2_500)
  two.grown(2_600)
  two.kept.clear()
  two.kept.set(2_500, one.kept.get(2_500)!)
  expect(two.open().through).toBeNull()
  expect(refusals(two.log)).toEqual(['it stands on another chain than the journal'])
})

const many = (from: number, count: number): JournalEvent[] =>
  Array.from({ length: count }, (_, index) => read(guarantee(from + index)))

test('[J83] one is written after twenty thousand rows and five minutes, never sooner, and two are kept', async () => {
  const { open, clock, kept } = desk()
  const { book } = open()
  must(book, [OPENED, ...many(0, 19_000)])
  await clock.advance(10 * MINUTES)
  expect(kept.size).toBe(0)
  must(book, many(19_000, 2_000))
  await clock.advance(1 * MINUTES)
  expect([...kept.keys()]).toEqual([21_001])
  must(book, many(0, 25_000))
  await clock.advance(3 * MINUTES)
  expect(kept.size).toBe(1)
  await clock.advance(2 * MINUTES)
  must(book, many(0, 1))
  await clock.advance(1 * MINUTES)
  expect(kept.size).toBe(2)
  must(book, many(0, 25_000))
  await clock.advance(6 * MINUTES)
  must(book, many(0, 1))
  await clock.advance(1 * MINUTES)
  expect(kept.size).toBe(2)
  expect([...kept.keys()].includes(21_001)).toBe(false)
})

test('[J83] while one is written rows are written too; it holds none of them, and opens with all', async () => {
  const { open, clock, kept } = desk()
  const { book } = open()
  must(book, [OPENED])
  await clock.advance(6 * MINUTES)
  must(book, many(0, 20_000))
  for (let step = 0; step < 30; step++) {
    await clock.advance(10)
    must(book, many(30_000 + step, 1))
  }
  await clock.advance(1 * MINUTES)
  expect([...kept.keys()]).toEqual([20_001])
  const again = open()
  expect(again.through?.cursor).toBe(20_001)
  expect(shown(again.book, clock.now())).toBe(shown(book, clock.now()))
})

test('[J83] a few rows leave no checkpoint at the end; a disk that refuses it costs a line in the log', () => {
  const few = desk()
  few.grown(500)
  expect(few.kept.size).toBe(0)
  const { open, disk, kept, log, clock } = desk()
  const { book, writer } = open()
  must(book, [OPENED, ...many(0, 3_000)])
  disk.failWith('full')
  writer.close()
  disk.failWith(null)
  expect(kept.size).toBe(0)
  expect(log.lines.map(({ event }) => event)).toContain('checkpoint not written')
  expect(shown(open().book, clock.now())).toBe(shown(book, clock.now()))
})

test('[J83] none is taken while the disk refuses facts: no rows make that state', async () => {
  const { open, disk, kept, clock } = desk()
  const { book, writer } = open()
  must(book, [OPENED, ...many(0, 3_000)])
  disk.failWith('full')
  book.commit(many(5_000, 1))
  disk.failWith(null)
  writer.close()
  expect(kept.size).toBe(0)
  expect(clock.pending).toBe(0)
})

test('[J84] a crash while a checkpoint is written, at any line, leaves the journal opening as before', async () => {
  for (let crashAt = 0; crashAt < 60; crashAt++) {
    const { open, clock, kept } = desk()
    const { book } = open({ ...CHECKPOINT_PACE, rows: 4_000, ms: 0 })
    must(book, [OPENED, ...many(0, 4_000)])
    await clock.advance(8 * crashAt)
    const before = shown(book, clock.now())
    const again = open()
    expect(shown(again.book, clock.now()), `after line ${crashAt}`).toBe(before)
    expect(again.through === null).toBe(kept.size === 0)
    if (kept.size > 0) return expect(crashAt).toBeGreaterThan(8)
  }
  throw new Error('no checkpoint was ever finished')
})

test('[J84] one that was finished before the chain could speak of it is not used', async () => {
  const { open, clock, kept, disk, checkpoints } = desk()
  const { book } = open()
  must(book, [OPENED, ...many(0, 3_000)])
  const { cursor, head } = book.journal
  const draft = checkpoints.begin(cursor)
  if (!draft.ok) throw new Error(draft.error.detail)
  for (const line of linesOf(toCheckpoint(book.folded), { cursor, head })) draft.value.add(line)
  draft.value.finish()
  expect(kept.size).toBe(1)
  disk.die()
  const again = open()
  expect(again.through).toBeNull()
  expect(shown(again.book, clock.now())).toBe(shown(book, clock.now()))
})
