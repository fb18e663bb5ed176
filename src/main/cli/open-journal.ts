import type { Book } from '../../core/book.ts'
import type { DiskFault, JournalStore, Log } from '../../core/ports.ts'
import { recoverBook } from '../../core/recover-book.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../node/clock.ts'
import { sha256 } from '../node/digest.ts'
import { checkpointsOf, listJournals, openJournalReadOnly } from '../node/disk.ts'

/** A checkpoint that is refused costs time only. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

export type OpenedBook = { readonly name: string; readonly book: Book }
export type OpenFailure = DiskFault | { readonly is: 'chain-broken'; readonly detail: string }

/** Which journal a command means: the one named, or the one written last. */
export function chooseJournal(dir: string, name: string | undefined): Result<string, DiskFault> {
  const listed = listJournals(dir)
  if (!listed.ok) return listed
  const names = listed.value.map((journal) => journal.name)
  if (name !== undefined) {
    return names.includes(name)
      ? ok(name)
      : err({ is: 'missing', detail: `no journal "${name}" in ${dir}; there are: ${names.join(', ')}` })
  }
  let latest: { readonly name: string; readonly at: number } | null = null
  for (const each of names) {
    const store = openJournalReadOnly(dir, each)
    if (!store.ok) continue
    const at = store.value.last()?.at ?? 0
    store.value.close()
    if (!latest || at > latest.at) latest = { name: each, at }
  }
  return latest
    ? ok(latest.name)
    : err({ is: 'missing', detail: `no journal in ${dir}: has a console run with --data ${dir}?` })
}

/**
 * Folds a journal beside the desk that may be writing it, the same way in as a start: from the newest checkpoint that the chain
 * vouches for and the rows after it. Nothing is changed; that every row is as it was written is for `journal verify` to prove.
 */
export function openToRead(dir: string, name: string | undefined): Result<OpenedBook, OpenFailure> {
  const chosen = chooseJournal(dir, name)
  if (!chosen.ok) return chosen
  const reader = openJournalReadOnly(dir, chosen.value)
  if (!reader.ok) return reader
  const store: JournalStore = {
    append: () => err({ is: 'read-only', detail: `${chosen.value} is open for reading` }),
    read: (after, limit) => reader.value.read(after, limit),
    last: () => reader.value.last(),
    length: () => reader.value.length(),
    close: () => reader.value.close(),
  }
  const parts = { digest: sha256, clock: systemClock(), log: SILENT }
  const recovered = recoverBook(parts, chosen.value, store, checkpointsOf(dir, chosen.value))
  if (recovered.ok) return ok({ name: chosen.value, book: recovered.value.book })
  store.close()
  return err({ is: 'chain-broken', detail: `${chosen.value}: ${recovered.error.detail}` })
}
