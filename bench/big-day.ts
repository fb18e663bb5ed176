import { GENESIS, linkHash } from '../src/core/journal/chain.ts'
import type { JournalRow } from '../src/core/ports.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openJournal } from '../src/main/node/journal-parts.ts'
import { electionEvents } from './election-rows.ts'

/** Polls open, ms; what was read before lies in the minutes before. */
const BEGINS = Date.UTC(2026, 2, 7, 5)
/** The day with its counting night, ms. */
const LASTS = 14 * 3_600_000
const BATCH = 2_000

/** Writes the journal of a whole day with so many events, as a desk would have written it. */
export function writeBigDay(file: string, events: number): void {
  const opened = openJournal(file)
  if (!opened.ok) throw new Error(opened.error.detail)
  const day = electionEvents()
  let head = GENESIS
  let rows: JournalRow[] = []
  for (let cursor = 1; cursor <= events; cursor++) {
    const at = Math.floor(BEGINS + (cursor / events) * LASTS)
    const row = { cursor, at, text: JSON.stringify(day.next().value) }
    head = linkHash(sha256, head, row)
    rows.push({ ...row, hash: head })
    if (rows.length < BATCH && cursor < events) continue
    const written = opened.value.append(rows, 'process')
    if (!written.ok) throw new Error(written.error.detail)
    rows = []
  }
  opened.value.close()
}
