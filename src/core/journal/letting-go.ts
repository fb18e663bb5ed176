import type { Book } from '../book.ts'
import { unansweredIn } from '../open-book.ts'
import type { CheckpointStore, Clock, Digest, Log } from '../ports.ts'
import { isVouchedAt } from '../recover-book.ts'
import type { Through } from './checkpoint-text.ts'
import type { JournalEvent } from './event.ts'

/** `bytes` of all parts past which the oldest go, each `ms` after its last row at the earliest. */
export type KeepRule = { readonly bytes: number; readonly ms: number }
export type LettingGo = {
  readonly clock: Clock
  readonly digest: Digest
  readonly log: Log
  readonly book: Book
  readonly checkpoints: CheckpointStore
}

/**
 * Lets the oldest parts of a journal go while all of it is larger than what is kept: only those whose every row is in a
 * checkpoint at the first row that stays, which the chain vouches for; only long after their last row; and none while anything
 * typed waits for an answer or is in dispute. The journal tells of it before a file goes.
 */
export function letOldestGo(parts: LettingGo, keep: KeepRule): void {
  const { book, log } = parts
  const { parting } = book.journal
  const ends = parting ? endsToGo(parts, keep) : []
  const last = ends.at(-1)
  if (!parting || !last) return
  const open = unansweredIn(book.folded).filter(isTyped).length + book.projection.conflicts.open
  if (open > 0) return log.info('journal kept past its size', { open })
  // Of each part by itself: a death between two files leaves a journal that begins where one of these tells.
  const told = book.commit(
    ends.map(({ cursor, head }) => ({ is: 'part', does: 'let-go', through: cursor, head })),
    'power',
  )
  if (!told.ok) return log.warn('journal parts not let go', { detail: told.error.detail })
  const gone = parting.letGo(last.cursor + 1)
  if (gone.ok) log.info('journal parts let go', { through: last.cursor, parts: ends.length })
  else log.warn('journal parts not removed', { detail: gone.error.detail })
}

/** How sheets are typed here is a setting, which waits for nobody. */
const isTyped = (event: JournalEvent): boolean => event.is !== 'sheet' || event.turn.does !== 'settled'

/** The last row of each part that may go, the oldest first. */
function endsToGo({ book, checkpoints, clock, digest }: LettingGo, keep: KeepRule): readonly Through[] {
  const { journal } = book
  const parts = journal.parting?.parts() ?? []
  let bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  const ends: Through[] = []
  let whole = 0
  for (const [index, part] of parts.entries()) {
    const stays = parts[index + 1]
    const last = stays && journal.row(stays.first - 1)
    if (bytes <= keep.bytes || !stays || !last || last.at > clock.now() - keep.ms) break
    bytes -= part.bytes
    ends.push({ cursor: last.cursor, head: last.hash })
    // Without its checkpoint nobody could look back to the first row that stays; the part after it may have one.
    if (isVouchedAt(digest, journal, checkpoints, stays.first)) whole = ends.length
  }
  return ends.slice(0, whole)
}
