import type { Digest, JournalStore } from '../ports.ts'
import { GENESIS, linkHash } from './chain.ts'
import type { Through } from './checkpoint-text.ts'
import type { JournalEvent, JournalRecord } from './event.ts'

/** Rows read at a time: bounds memory, not time. */
const PAGE = 5_000

export type Salvaged = { readonly lost: number; readonly sound: Through }

/**
 * Reads what of a broken journal can still be vouched for: each row whose hash fits the row before it as it lies there. One
 * changed row is lost by this, not all that follow. Gives how many rows were passed over, and the last before the first of them.
 */
export function salvage(store: JournalStore, digest: Digest, each: (record: JournalRecord) => void): Salvaged {
  let before = { cursor: 0, hash: GENESIS }
  let sound: Through = { cursor: 0, head: '' }
  let lost = 0
  for (;;) {
    const rows = store.read(before.cursor, PAGE)
    if (rows.length === 0) return { lost, sound }
    for (const row of rows) {
      const { cursor, at, text, hash } = row
      lost += cursor - before.cursor - 1
      const event = cursor === before.cursor + 1 && hash === linkHash(digest, before.hash, row) ? eventOf(text) : null
      if (event) each({ cursor, at, event })
      else lost += 1
      if (lost === 0) sound = { cursor, head: hash }
      before = { cursor, hash }
    }
  }
}

function eventOf(text: string): JournalEvent | null {
  try {
    return JSON.parse(text) as JournalEvent // its hash fits: this desk wrote these very bytes
  } catch {
    return null
  }
}
