import { TOPICS } from '../shared/model/change.ts'
import type { Mode } from '../shared/model/records.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { Book } from './book.ts'
import type { JournalEvent } from './journal/event.ts'
import type { Clock, Digest, Disk, DiskFault, Log } from './ports.ts'

export type Identity = { readonly server: string; readonly election: number; readonly mode: Mode }
export type OpenFault = DiskFault | { readonly is: 'of-another'; readonly detail: string }

/** Damaged journals kept aside before a person has to look at the disk. */
const MOST_SUCCESSORS = 9

/** One journal for each server, election and mode: what belongs to another can never get into it. */
export const journalName = ({ server, election, mode }: Identity): string => `${server}-${election}-${mode}`

/**
 * Opens, or begins, the journal of this identity and folds it. A journal whose chain is broken is left as it is, for the
 * verifier, and a successor is begun beside it: what it says is doubtful until read, as in any new journal. What operators
 * typed before the break and no server has answered goes on in the successor.
 */
export function openBook(
  {
    disk,
    digest,
    clock,
    log,
  }: { readonly disk: Disk; readonly digest: Digest; readonly clock: Clock; readonly log: Log },
  identity: Identity,
): Result<Book, OpenFault> {
  const unanswered: JournalEvent[] = []
  for (let successor = 0; successor <= MOST_SUCCESSORS; successor++) {
    const name = successor === 0 ? journalName(identity) : `${journalName(identity)}-after-${successor}`
    const store = disk.journal(name)
    if (!store.ok) {
      if (store.error.is !== 'corrupt') return store
      log.error('journal damaged', { name, detail: store.error.detail })
      continue
    }
    const book = new Book(store.value, digest, clock)
    const recovered = book.recover()
    if (!recovered.ok) {
      log.error('journal chain broken', { name, cursor: recovered.error.cursor })
      unanswered.push(...unansweredIn(book))
      book.close()
      continue
    }
    return begin(book, identity, unanswered)
  }
  return err({
    is: 'corrupt',
    detail: `${journalName(identity)}: too many damaged journals; move them away and start again`,
  })
}

/** What waits in the outbox, told anew; that it was sent before is told too, for it may have arrived. */
function unansweredIn({ projection: { outbox } }: Book): JournalEvent[] {
  return [...outbox.waiting].flatMap((key): JournalEvent[] => {
    const entry = outbox.entries.get(key)
    if (!entry) return []
    const queued: JournalEvent = { is: 'queued', key, action: entry.action, by: entry.by }
    return entry.unsure > 0 ? [queued, { is: 'sent', key }] : [queued]
  })
}

function begin(book: Book, identity: Identity, unanswered: readonly JournalEvent[]): Result<Book, OpenFault> {
  const found = book.projection.identity
  if (
    found &&
    (found.server !== identity.server || found.election !== identity.election || found.mode !== identity.mode)
  ) {
    book.close()
    return err({ is: 'of-another', detail: `journal of ${journalName(found)}, not of ${journalName(identity)}` })
  }
  // What was last known stays on screen; that it may be old is known from the moment the journal stops.
  const first: JournalEvent = found
    ? { is: 'doubted', topics: TOPICS, since: book.journal.lastAt, because: 'link-down' }
    : { is: 'opened', version: 1, ...identity }
  const { outbox } = book.projection
  const carried = unanswered.filter((event) => !('key' in event) || outbox.find(event.key) === null)
  const begun = book.commit([first, ...carried], 'power')
  if (!begun.ok) {
    book.close()
    return begun
  }
  return ok(book)
}
