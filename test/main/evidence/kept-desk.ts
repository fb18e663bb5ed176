import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { CHECKPOINT_PACE, CheckpointWriter } from '../../../src/core/journal/checkpoint-writer.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { openBook } from '../../../src/core/open-book.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { checkpointsOf, openDisk } from '../../../src/main/node/disk.ts'
import { openJournal, openJournalToRead } from '../../../src/main/node/journal-parts.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { dayEvents } from '../../core/evidence/a-day.ts'
import { told } from '../../core/journal/on-disk.ts'
import { attendance } from '../../core/projection/records.ts'
import { NINE } from '../../core/projection/records.ts'
import { folder } from './packs.ts'

export const KEPT_NAME = 'ems-1-official'
const IDENTITY = { server: 'ems', election: 1, mode: 'official' } as const
const DAY = 24 * 3_600_000
/** A desk has kept its journal for so many days. */
const DAYS = 10
/** Each checkpoint is worth its while, and follows a new part. */
const PACE = { ...CHECKPOINT_PACE, rows: 1, ms: 0, rowsAtClose: 1, partBytes: 1 }
const PLENTY = 1e12
const heard = (state: 'live' | 'stale'): JournalEvent => ({ is: 'link', state, cause: null, proof: null })

/**
 * Two data directories on real files: in `dir` the first parts of the journal were let go, in `whole` all rows of the very same
 * journal are still there.
 */
export function keptDesk(ends: (() => unknown)[]) {
  const top = folder(ends)
  const [dir, whole] = [join(top, 'kept'), join(top, 'whole')]
  const clock = new ManualClock(NINE)
  const log = new LogLines()
  const daily = (events: readonly JournalEvent[], keepBytes: number) => {
    clock.sleep(DAY)
    const opened = openDisk(dir)
    if (!opened.ok) throw new Error(opened.error.detail)
    const { disk } = opened.value
    const book = openBook({ disk, digest: sha256, clock, log }, IDENTITY)
    if (!book.ok) throw new Error(book.error.detail)
    const written = book.value.book.commit(events)
    if (!written.ok) throw new Error(written.error.detail)
    const pace = { ...PACE, keepBytes }
    new CheckpointWriter(
      { clock, digest: sha256, log },
      book.value.book,
      checkpointsOf(dir, KEPT_NAME),
      null,
      pace,
    ).close()
    book.value.book.close()
    opened.value.close()
  }
  // A journal with a paper count lets nothing go.
  const events = dayEvents().filter(({ is }) => is !== 'paper')
  daily(events, PLENTY)
  for (let day = 1; day < DAYS; day++)
    daily([heard(day % 2 === 0 ? 'live' : 'stale'), ...told(attendance(2_000 + day))], PLENTY)
  cpSync(dir, whole, { recursive: true })
  daily([heard('live')], 1)
  return { dir, whole, first: followed(dir, whole), clock, log }
}

/** Writes what the one journal has since told into the other; gives the first row that is kept. */
function followed(dir: string, whole: string): number {
  const [kept, all] = [dir, whole].map((each) => join(each, 'journals', `${KEPT_NAME}.sqlite`))
  const reader = openJournalToRead(kept ?? '')
  const store = openJournal(all ?? '')
  if (!reader.ok || !store.ok) throw new Error('not opened')
  const rows = reader.value.read(store.value.last()?.cursor ?? 0, 10_000)
  const written = store.value.append(rows, 'process')
  if (!written.ok) throw new Error(written.error.detail)
  const first = reader.value.read(0, 1)[0]?.cursor ?? 0
  store.value.close()
  reader.value.close()
  return first
}
