import type { Digest, JournalStore } from '../ports.ts'
import { letGoBy } from './beginning.ts'
import { GENESIS, linkHash } from './chain.ts'
import type { Through } from './checkpoint-text.ts'
import type { JournalEvent, JournalRecord } from './event.ts'

/** Rows read at a time: bounds memory, not time. */
const PAGE = 5_000

export type Salvaged = { readonly lost: number; readonly sound: Through }

/**
 * Reads what of a broken journal can still be vouched for: each row whose hash fits the row before it as it lies there. One
 * changed row is lost by this, not all that follow. Gives how many rows were passed over, and the last before the first of them.
 * `from`: the row up to which a checkpoint stands for all; those before it that are not there are lost unless a row tells that they
 * were let go.
 */
export function salvage(
  store: JournalStore,
  digest: Digest,
  each: (record: JournalRecord) => void,
  from: Through | null = null,
): Salvaged {
  let before = { cursor: from?.cursor ?? 0, hash: from?.head ?? GENESIS }
  let sound: Through = from ?? { cursor: 0, head: '' }
  let lost = 0
  let isTold = from === null
  for (;;) {
    const rows = store.read(before.cursor, PAGE)
    if (rows.length === 0)
      return isTold ? { lost, sound } : { lost: lost + (from?.cursor ?? 1) - 1, sound: { cursor: 0, head: '' } }
    for (const row of rows) {
      const { cursor, at, text, hash } = row
      lost += cursor - before.cursor - 1
      const event = cursor === before.cursor + 1 && hash === linkHash(digest, before.hash, row) ? eventOf(text) : null
      if (event) each({ cursor, at, event })
      else lost += 1
      isTold ||= event !== null && letGoBy(row)?.cursor === (from?.cursor ?? 1) - 1
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
