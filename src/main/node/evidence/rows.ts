import { type ChainCheck, checkChain, UNCHECKED } from '../../../core/journal/chain.ts'
import type { JournalEvent } from '../../../core/journal/event.ts'
import { EvidenceFold } from '../../../core/evidence/fold.ts'
import type { JournalPlace } from '../../../core/evidence/facts.ts'
import type { CheckpointStore, JournalRow, JournalStore } from '../../../core/ports.ts'
import { readAt } from '../../../core/recover-book.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import { BeginningFound } from './beginning-found.ts'

/** A journal's rows, wherever they lie; where the first were let go, with the checkpoint that holds what they told. */
export type Rows = Pick<JournalStore, 'read' | 'last'> & { readonly checkpoints?: Pick<CheckpointStore, 'read'> }
/** How far a making is. `done` and `total` count records, then files. */
export type Progress = { readonly step: 'reading' | 'writing'; readonly done: number; readonly total: number }
/** Says how far it is and lets others have their turn; throws `Cancelled` when it should end. */
export type Turn = (progress: Progress) => Promise<void>

/** Thrown through a making that is no longer wanted; caught where it began. */
export class Cancelled extends Error {}

export type FoldFault = { readonly is: 'chain-broken' | 'empty' | 'let-go'; readonly detail: string }
export type Folded = { readonly fold: EvidenceFold; readonly journal: JournalPlace }

/** Rows folded in one turn: a console that makes a pack goes on living. */
const PAGE = 500

/**
 * Folds a journal up to and with record `upTo` (null: its last as it is now), checking every link of the chain. It begins with
 * record `from` (null: the first that is kept); what is before that comes from the checkpoint or, where the records are there,
 * from them.
 */
export async function foldRows(
  rows: Rows,
  name: string,
  upTo: number | null,
  turn: Turn,
  from: number | null = null,
): Promise<Result<Folded, FoldFault>> {
  const last = rows.last()?.cursor ?? 0
  const end = upTo ?? last
  if (end < 1 || end > last) return err({ is: 'empty', detail: `${name}: holds ${last} records, not ${end}` })
  const opened = openedAt(rows, name, from, end)
  if (!opened.ok) return opened
  const { fold, begins } = opened.value
  let { check } = opened.value
  while (check.cursor < end) {
    const page = rows.read(check.cursor, Math.min(PAGE, end - check.cursor))
    const before = check.cursor
    check = checkChain(sha256, check, page)
    const isBroken = check.fault !== null || check.cursor === before
    if (isBroken)
      return err({ is: 'chain-broken', detail: `${name}: ${check.fault?.is ?? 'missing-row'} at ${before + 1}` })
    for (const row of page) {
      const record = { cursor: row.cursor, at: row.at, event: eventOf(row.text) }
      fold.apply(record)
      begins.note(row, record.event, fold)
    }
    await turn({ step: 'reading', done: check.cursor, total: end })
  }
  const is = fold.projection.identity
  if (!is) return err({ is: 'chain-broken', detail: `${name}: does not say whose journal it is` })
  const told = begins.told(name, end)
  if (!told.ok) return told
  const { server, election, mode } = is
  const place = { name, server, election, mode, cursor: check.cursor, head: check.head, at: fold.at }
  return ok({ fold, journal: { ...place, begins: told.value } })
}

type OpenedFold = { readonly fold: EvidenceFold; readonly check: ChainCheck; readonly begins: BeginningFound }

/** The fold at its first record: empty, or with what the checkpoint at the first record that is kept holds. */
function openedAt(rows: Rows, name: string, from: number | null, end: number): Result<OpenedFold, FoldFault> {
  const letGo = (why: string) => err({ is: 'let-go', detail: `${name}: ${why}` } as const) // the one of three words
  const [row] = rows.read(0, 1)
  const first = row?.cursor ?? 1
  const begins = new BeginningFound(from ?? first)
  if (first > begins.cursor) {
    const words = `records before ${first} are kept no longer, and the pack begins with record ${begins.cursor}`
    return letGo(`${words}: hold it against a backup made before they were let go`)
  }
  if (end < begins.cursor) return letGo(`records before ${begins.cursor} are kept no longer, nor is ${end}`)
  if (!row || first === 1) return ok({ fold: new EvidenceFold(), check: UNCHECKED, begins })
  // Only what the pack's own records vouch for: whoever holds no others comes to the same.
  const upToEnd = {
    read: (after: number, limit: number) => rows.read(after, Math.max(0, Math.min(limit, end - after))),
  }
  const held = rows.checkpoints
    ? readAt(sha256, upToEnd, rows.checkpoints, first)
    : err('none is at hand: give the data directory, or a backup with what lies beside it')
  if (!held.ok)
    return letGo(`records before ${first} are kept no longer, and the checkpoint there is not used: ${held.error}`)
  const fold = new EvidenceFold(held.value.folded)
  begins.note(row, null, fold)
  return ok({ fold, check: { cursor: first, head: row.hash, fault: null }, begins })
}

function eventOf(text: string): JournalEvent {
  return JSON.parse(text) as JournalEvent // the chain just proved that a desk wrote these very bytes
}

/** One row as a line of its own. */
export const rowLine = (row: JournalRow): string =>
  `${JSON.stringify({ cursor: row.cursor, at: row.at, text: row.text, hash: row.hash })}\n`
