import { expect, test } from 'vitest'
import { Book } from '../../../src/core/book.ts'
import type { JournalEvent, JournalRecord } from '../../../src/core/journal/event.ts'
import { CHECKPOINT_VERSION, foldedOf, fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { Folded } from '../../../src/core/projection/folded.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { OPENED, sha256, shown, watchedStore } from '../journal/on-disk.ts'
import { dice, historian } from '../journal/random-history.ts'
import { code, NINE } from './records.ts'

const NOW = NINE + 3_600_000

/** A history as a journal would hold it, one row a second or two. */
function history(seed: number, length: number): JournalRecord[] {
  const d = dice(seededRandom(seed))
  let at = NINE
  const next = historian(d, () => at)
  const records: JournalRecord[] = [{ cursor: 1, at, event: OPENED }]
  for (let cursor = 2; cursor <= length; cursor++) {
    at += d.upTo(2_000)
    // The journal keeps JSON: what a fold gets is what was read back.
    records.push({ cursor, at, event: JSON.parse(JSON.stringify(next(cursor))) as JournalEvent })
  }
  return records
}
function foldOf(records: readonly JournalRecord[], folded = new Folded()): Folded {
  for (const record of records) folded.apply(record)
  return folded
}
function onDisk(folded: Folded): unknown {
  return JSON.parse(JSON.stringify(toCheckpoint(folded)))
}
function back(data: unknown): Folded {
  const read = fromCheckpoint(data)
  if (!read.ok) throw new Error(read.error.detail)
  return read.value
}
const screens = (folded: Folded) => ({
  shown: shown(new Book(watchedStore().store, sha256, new ManualClock(), folded), NOW),
  places: ['C1', 'C2', 'C3', 'C4'].map((place) => [...folded.attendanceByCommittee.of(code(place))].sort()),
})

test('[J80] whatever a history is cut at, its checkpoint and the rest make what the whole makes', () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 60; seed++) {
    const records = history(seed, 300)
    const whole = foldOf(records)
    const cut = Math.floor(seededRandom(seed).next() * 300)
    const saved = onDisk(foldOf(records.slice(0, cut)))
    const resumed = foldOf(records.slice(cut), back(saved))
    const where = `seed ${seed}, cut ${cut}`
    expect(screens(resumed), where).toEqual(screens(whole))
    // All that is kept and not shown is the same too: it will be, one day.
    expect(canonicalJson(toCheckpoint(resumed)), where).toBe(canonicalJson(toCheckpoint(whole)))
  }
})

test('[J80] listeners of what came from a checkpoint hear the same as those of the whole', () => {
  const records = history(11, 600)
  const heard = (folded: Folded) => {
    const told: unknown[] = []
    folded.listen({
      shifted: ({ kind, key }, moved) => told.push([kind, key, [...moved.guarantees].sort()]),
      feedGrew: () => told.push('feed'),
      confirmed: (topic) => told.push(topic),
      outboxChanged: (key) => told.push(key),
    })
    foldOf(records.slice(400), folded)
    return told
  }
  const straight = heard(foldOf(records.slice(0, 400)))
  expect(straight.length).toBeGreaterThan(50)
  expect(heard(back(onDisk(foldOf(records.slice(0, 400)))))).toEqual(straight)
})

test('[J80] a checkpoint stays as it was while the fold goes on, also one kept in memory', () => {
  const records = history(5, 400)
  const folded = foldOf(records.slice(0, 200))
  const kept = toCheckpoint(folded)
  const text = canonicalJson(kept)
  foldOf(records.slice(200), folded)
  expect(canonicalJson(kept)).toBe(text)
  const whole = canonicalJson(toCheckpoint(folded))
  for (let seek = 0; seek < 2; seek++) {
    expect(canonicalJson(toCheckpoint(foldOf(records.slice(200), foldedOf(kept))))).toBe(whole)
  }
  expect(canonicalJson(kept)).toBe(text)
})

test('[J81] a checkpoint of another version is refused by its number', () => {
  const data = { ...toCheckpoint(foldOf(history(3, 50))), version: CHECKPOINT_VERSION + 1 }
  expect(fromCheckpoint(data)).toMatchObject({ ok: false, error: { is: 'other-version' } })
})

test.each([null, 7, 'text', [], {}, { version: CHECKPOINT_VERSION }])('[J81] %j is no checkpoint', (data) => {
  expect(fromCheckpoint(data)).toMatchObject({ ok: false, error: { is: 'not-a-checkpoint' } })
})

test('[J81] a checkpoint with a part missing or of another shape is refused, naming the part', () => {
  const good = onDisk(foldOf(history(3, 200))) as Record<string, Record<string, unknown>>
  expect(fromCheckpoint(good).ok).toBe(true)
  for (const part of ['projection', 'figures', 'feed']) {
    for (const name of Object.keys(good[part]!)) {
      const { [name]: _gone, ...rest } = good[part]!
      const refused = fromCheckpoint({ ...good, [part]: rest })
      expect(refused).toMatchObject({ ok: false, error: { is: 'not-a-checkpoint' } })
      expect(refused.ok ? '' : refused.error.detail).toContain(`${part}.${name}`)
    }
  }
})
