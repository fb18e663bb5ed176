import { checkChain, UNCHECKED } from '../../../core/journal/chain.ts'
import type { JournalEvent } from '../../../core/journal/event.ts'
import { EvidenceFold } from '../../../core/evidence/fold.ts'
import type { JournalPlace } from '../../../core/evidence/facts.ts'
import type { JournalRow, JournalStore } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'

/** A journal's rows, wherever they lie. */
export type Rows = Pick<JournalStore, 'read' | 'last'>
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

/** Folds a journal up to and with record `upTo` (null: its last as it is now), checking every link of the chain. */
export async function foldRows(
  rows: Rows,
  name: string,
  upTo: number | null,
  turn: Turn,
): Promise<Result<Folded, FoldFault>> {
  const last = rows.last()?.cursor ?? 0
  const end = upTo ?? last
  if (end < 1 || end > last) return err({ is: 'empty', detail: `${name}: holds ${last} records, not ${end}` })
  const first = rows.read(0, 1)[0]?.cursor ?? 1
  if (first > 1)
    return err({
      is: 'let-go',
      detail: `${name}: records before ${first} are kept no longer, and a pack tells all of them`,
    })
  const fold = new EvidenceFold()
  let check = UNCHECKED
  while (check.cursor < end) {
    const page = rows.read(check.cursor, Math.min(PAGE, end - check.cursor))
    const before = check.cursor
    check = checkChain(sha256, check, page)
    const isBroken = check.fault !== null || check.cursor === before
    if (isBroken)
      return err({ is: 'chain-broken', detail: `${name}: ${check.fault?.is ?? 'missing-row'} at ${before + 1}` })
    for (const { cursor, at, text } of page) fold.apply({ cursor, at, event: eventOf(text) })
    await turn({ step: 'reading', done: check.cursor, total: end })
  }
  const is = fold.projection.identity
  if (!is) return err({ is: 'chain-broken', detail: `${name}: does not say whose journal it is` })
  const { server, election, mode } = is
  return ok({ fold, journal: { name, server, election, mode, cursor: check.cursor, head: check.head, at: fold.at } })
}

function eventOf(text: string): JournalEvent {
  return JSON.parse(text) as JournalEvent // the chain just proved that a desk wrote these very bytes
}

/** One row as a line of its own. */
export const rowLine = (row: JournalRow): string =>
  `${JSON.stringify({ cursor: row.cursor, at: row.at, text: row.text, hash: row.hash })}\n`
