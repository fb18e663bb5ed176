import { Book } from './book.ts'
import { readLines, type ReadCheckpoint, type Through } from './journal/checkpoint-text.ts'
import type { JournalEvent } from './journal/event.ts'
import type { ChainBroken } from './journal/journal.ts'
import type { CheckpointStore, Clock, Digest, JournalStore, Log } from './ports.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** `through`: rows up to here were taken from a checkpoint and are not looked at yet; null: every row was checked. */
export type Recovered = { readonly book: Book; readonly through: Through | null }
export type RecoverParts = { readonly digest: Digest; readonly clock: Clock; readonly log: Log }

/**
 * Makes a book of a journal: from its newest checkpoint that the chain vouches for and the rows after it, or from all rows.
 * A checkpoint is used only if the row it ends at has the hash it names, and a later row has the digest of its very text:
 * whoever changes it would have to change the chain as well.
 */
export function recoverBook(
  parts: RecoverParts,
  name: string,
  store: JournalStore,
  checkpoints: CheckpointStore,
): Result<Recovered, ChainBroken> {
  const { digest, clock, log } = parts
  for (const cursor of checkpoints.list()) {
    const refuse = (detail: string) => log.warn('checkpoint refused', { name, cursor, detail })
    const read = readAt(digest, store, checkpoints, cursor)
    if (!read.ok) {
      refuse(read.error)
      continue
    }
    const { folded, through } = read.value
    const book = new Book(store, digest, clock, folded)
    let isVouched = false
    const recovered = book.recover(through, ({ event }) => {
      isVouched ||= vouchesFor(event, read.value)
    })
    if (!recovered.ok) return recovered
    if (isVouched) return ok({ book, through })
    refuse('no row of the journal speaks of it')
  }
  const book = new Book(store, digest, clock)
  const recovered = book.recover()
  return recovered.ok ? ok({ book, through: null }) : recovered
}

function readAt(
  digest: Digest,
  store: JournalStore,
  checkpoints: CheckpointStore,
  cursor: number,
): Result<ReadCheckpoint, string> {
  const lines = checkpoints.read(cursor)
  if (!lines) return err('it does not read')
  const read = readLines(digest, lines)
  if (!read.ok) return read
  const [row] = store.read(cursor - 1, 1)
  if (read.value.through.cursor !== cursor) return err('it stands at another row than its name says')
  return row?.cursor === cursor && row.hash === read.value.through.head
    ? read
    : err('it stands on another chain than the journal')
}

function vouchesFor(event: JournalEvent, { through, digest }: ReadCheckpoint): boolean {
  return (
    event.is === 'checkpointed' &&
    event.through === through.cursor &&
    event.head === through.head &&
    event.digest === digest
  )
}
