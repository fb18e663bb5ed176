import { Book } from './book.ts'
import { beginningOf } from './journal/beginning.ts'
import { type ChainCheck, checkChain } from './journal/chain.ts'
import { foldedFrom, type Standing, standingOf, type Through } from './journal/checkpoint-text.ts'
import type { JournalEvent } from './journal/event.ts'
import type { ChainBroken } from './journal/journal.ts'
import type { CheckpointStore, Clock, Digest, JournalStore, Log } from './ports.ts'
import type { Folded } from './projection/folded.ts'
import { err, ok, type Result } from '../shared/result.ts'

/** `through`: rows up to here were taken from a checkpoint and are not looked at yet; null: every row was checked. */
export type Recovered = { readonly book: Book; readonly through: Through | null }
export type RecoverParts = { readonly digest: Digest; readonly clock: Clock; readonly log: Log }
/** Rows looked through at a time for the one that speaks of a checkpoint: it is mostly among the first. */
const PAGE = 500

/**
 * Makes a book of a journal: from its newest checkpoint that the chain vouches for and the rows after it, or from all rows.
 * A checkpoint is read only if the row it ends at has the hash it names, and a later row has the digest of its very text:
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
    const read = readAt(digest, store, checkpoints, cursor)
    if (!read.ok) {
      log.warn('checkpoint refused', { name, cursor, detail: read.error })
      continue
    }
    const { folded, through } = read.value
    const book = new Book(store, digest, clock, folded)
    const recovered = book.recover(through)
    return recovered.ok ? ok({ book, through }) : recovered
  }
  const book = new Book(store, digest, clock)
  const recovered = recoverRows(digest, store, book)
  return recovered.ok ? ok({ book, through: null }) : recovered
}

/**
 * From every row there is. Where the first were let go, and the journal says so, what they told comes back with the next read of
 * the server: everything is doubted till then, as in a new journal.
 */
function recoverRows(digest: Digest, store: JournalStore, book: Book): Result<void, ChainBroken> {
  const from = beginningOf(digest, store)
  let isTold = from.cursor === 0
  const recovered = book.recover(from, ({ event }) => {
    isTold ||=
      event.is === 'part' && event.does === 'let-go' && event.through === from.cursor && event.head === from.head
  })
  if (!recovered.ok || isTold) return recovered
  return err({ is: 'chain-broken', cursor: 1, detail: 'missing-row at 1' })
}

/** What a checkpoint holds that the chain vouches for, or why it is not used. */
export function readAt(
  digest: Digest,
  store: Rows,
  checkpoints: Pick<CheckpointStore, 'read'>,
  cursor: number,
): Result<{ readonly folded: Folded; readonly through: Through }, string> {
  const found = vouchedAt(digest, store, checkpoints, cursor)
  if (!found.ok) return found
  const { lines, standing } = found.value
  const folded = foldedFrom(digest, lines, standing)
  return folded.ok ? ok({ folded: folded.value, through: standing.through }) : folded
}

/** Whether there is a checkpoint at this row, whole, that the chain vouches for. It reads all of it, and folds nothing. */
export const isVouchedAt = (
  digest: Digest,
  store: Rows,
  checkpoints: Pick<CheckpointStore, 'read'>,
  cursor: number,
): boolean => vouchedAt(digest, store, checkpoints, cursor).ok

type Rows = Pick<JournalStore, 'read'>
type Vouched = { readonly lines: Iterable<string>; readonly standing: Standing }

function vouchedAt(
  digest: Digest,
  store: Rows,
  checkpoints: Pick<CheckpointStore, 'read'>,
  cursor: number,
): Result<Vouched, string> {
  const lines = checkpoints.read(cursor)
  if (!lines) return err('it does not read')
  const standing = standingOf(digest, lines)
  if (!standing.ok) return standing
  const { through } = standing.value
  if (through.cursor !== cursor) return err('it stands at another row than its name says')
  const [row] = store.read(cursor - 1, 1)
  if (row?.cursor !== cursor || row.hash !== through.head) return err('it stands on another chain than the journal')
  if (!isVouchedFor(digest, store, standing.value)) return err('no row of the journal speaks of it')
  return ok({ lines, standing: standing.value })
}

/** Whether a row after it, on its chain, names it and the digest of its text. */
function isVouchedFor(digest: Digest, store: Rows, standing: Standing): boolean {
  let check: ChainCheck = { ...standing.through, fault: null }
  while (!check.fault) {
    const rows = store.read(check.cursor, PAGE)
    if (rows.length === 0) return false
    const before = check.cursor
    check = checkChain(digest, check, rows)
    if (rows.slice(0, check.cursor - before).some(({ text }) => speaksOf(text, standing))) return true
  }
  return false
}

function speaksOf(text: string, { through, digest }: Standing): boolean {
  if (!text.startsWith('{"is":"checkpointed"')) return false
  const event = JSON.parse(text) as JournalEvent // the chain just proved that this desk wrote these very bytes
  return (
    event.is === 'checkpointed' &&
    event.through === through.cursor &&
    event.head === through.head &&
    event.digest === digest
  )
}
