import { WholeCheck } from '../../core/journal/beginning.ts'
import type { JournalEvent } from '../../core/journal/event.ts'
import type { JournalRow } from '../../core/ports.ts'
import type { FoundJournal } from '../../shared/view/safe.ts'
import { sha256 } from '../node/digest.ts'
import { listJournals, openJournalReadOnly } from '../node/disk.ts'
import type { JournalReader } from '../node/journal-store.ts'

/** Rows read between two moments in which a window can be answered. */
const PAGE = 5_000

/**
 * Reads every journal of a data directory from its first row, checks its chain and counts what operators typed that no
 * server has answered. Only reads: no checkpoint is used, nothing is repaired. Tells after each page; the last value told
 * is the finding. Stops soon after `isOver` says so.
 */
export async function lookIntoJournals(
  dir: string,
  tell: (found: readonly FoundJournal[]) => void,
  isOver: () => boolean,
): Promise<readonly FoundJournal[]> {
  const listed = listJournals(dir)
  const found: FoundJournal[] = []
  if (!listed.ok) return found
  for (const { name } of listed.value) {
    const reader = openJournalReadOnly(dir, name)
    found.push({ ...FRESH, name, ...(!reader.ok && unreadable(reader.error.detail)) })
    tell([...found])
    if (!reader.ok) continue
    for await (const part of readThrough(reader.value)) {
      found[found.length - 1] = { ...FRESH, name, ...part }
      tell([...found])
      if (isOver()) break
    }
    reader.value.close()
    if (isOver()) break
  }
  return found
}

type Part = Omit<FoundJournal, 'name'>
const FRESH: Part = { state: 'checking', events: 0, detail: null, waiting: 0, oldestAt: null }
const unreadable = (detail: string): Pick<FoundJournal, 'state' | 'detail'> => ({ state: 'unreadable', detail })

async function* readThrough(reader: JournalReader): AsyncGenerator<Part> {
  /** When each action that no server has answered was typed, in the order typed. */
  const waiting = new Map<string, number>()
  let so = FRESH
  let check: WholeCheck
  try {
    check = new WholeCheck(sha256, reader)
  } catch (cause) {
    return yield { ...so, ...unreadable(String(cause)) }
  }
  for (;;) {
    let rows: readonly JournalRow[]
    try {
      rows = reader.read(check.so.cursor, PAGE)
    } catch (cause) {
      return yield { ...so, ...unreadable(String(cause)) }
    }
    for (const row of check.take(rows)) foldActions(waiting, row)
    so = { ...so, events: check.so.cursor, waiting: waiting.size, oldestAt: waiting.values().next().value ?? null }
    const fault = check.so.fault ?? (rows.length === 0 ? check.end() : null)
    if (fault) return yield { ...so, state: 'broken', detail: `${fault.is} at ${fault.cursor}` }
    if (rows.length === 0) return yield { ...so, state: 'intact' }
    yield so
    await new Promise((soon) => setImmediate(soon))
  }
}

/** Counted here, by the few events that say so, and not by the desk's own fold: that may be what breaks. */
function foldActions(waiting: Map<string, number>, { text, at }: JournalRow): void {
  // Few rows are actions: the others need no parsing.
  if (!/"is":"(queued|accepted|conflicted|settled)"/.test(text)) return
  const event = JSON.parse(text) as JournalEvent // the chain just proved that this desk wrote these very bytes
  if (event.is === 'queued') waiting.set(event.key, event.typedAt ?? at)
  else if (event.is === 'accepted' || event.is === 'conflicted' || event.is === 'settled') waiting.delete(event.key)
}
