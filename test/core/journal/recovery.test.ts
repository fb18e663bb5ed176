import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { Book } from '../../../src/core/book.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { bookOnDisk, must, sha256, shown } from './on-disk.ts'
import { dice, historian } from './random-history.ts'

test('[J10] random histories: the recovered book shows what the live one showed', async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 40; seed++) {
    const d = dice(seededRandom(seed))
    const { book, clock, again } = bookOnDisk()
    const next = historian(d, () => clock.now())
    for (let batch = 0; batch < 40; batch++) {
      const events: JournalEvent[] = []
      for (let left = 1 + d.upTo(12); left > 0; left--) events.push(next(book.journal.cursor))
      must(book, events)
      if (d.chance(0.5)) await clock.advance(d.upTo(4_000))
    }
    expect(shown(again().book, clock.now()), `seed ${seed}`).toBe(shown(book, clock.now()))
  }
})

test('[J10] whatever is cut into two runs ends as the one run did', () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 40; seed++) {
    const d = dice(seededRandom(seed))
    const [one, two] = [bookOnDisk(), bookOnDisk()]
    const next = historian(d, () => one.clock.now())
    const events = Array.from({ length: 200 }, (_, index) => next(index))
    const cut = d.upTo(200)
    must(one.book, events)
    must(two.book, events.slice(0, cut))
    const resumed = two.again().book
    must(resumed, events.slice(cut))
    expect(shown(resumed, one.clock.now()), `seed ${seed}, cut ${cut}`).toBe(shown(one.book, one.clock.now()))
  }
})

test('[J12] a journal in a SQLite file recovers after a restart; a row changed in the file is found', () => {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-journal-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  const clock = new ManualClock()
  const open = () => {
    const disk = openDisk(dir)
    if (!disk.ok) throw new Error(disk.error.detail)
    const store = disk.value.disk.journal('ems-1-rehearsal')
    if (!store.ok) throw new Error(store.error.detail)
    const book = new Book(store.value, sha256, clock)
    return { book, recovered: book.recover(), close: () => disk.value.close() }
  }
  const live = open()
  const next = historian(dice(seededRandom(7)), () => clock.now())
  must(live.book, [{ is: 'opened', version: 1, server: 'ems', election: 1, mode: 'rehearsal' }])
  for (let batch = 0; batch < 30; batch++) must(live.book, [next(batch), next(batch), next(batch)])
  const before = shown(live.book, clock.now())
  live.close()

  const again = open()
  expect(again.recovered.ok).toBe(true)
  expect(shown(again.book, clock.now())).toBe(before)
  again.close()

  const [file = ''] = readdirSync(join(dir, 'journals')).filter((name) => name.endsWith('.sqlite'))
  const database = new DatabaseSync(join(dir, 'journals', file))
  const [table] = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]
  database.exec(`UPDATE "${table?.name}" SET at = at + 1 WHERE cursor = 50`)
  database.close()
  const forged = open()
  expect(forged.recovered).toMatchObject({ ok: false, error: { is: 'chain-broken', cursor: 50 } })
  forged.close()
})
