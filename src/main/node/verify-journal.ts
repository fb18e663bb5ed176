import { type ChainCheck, type ChainFault, checkChain, UNCHECKED } from '../../core/journal/chain.ts'
import type { JournalEvent } from '../../core/journal/event.ts'
import type { DiskFault, JournalRow } from '../../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import { sha256 } from './digest.ts'
import { type Witness, witnessesOf } from './head-witness.ts'
import { fileDamage, type JournalReader, openJournalToRead } from './journal-store.ts'
import { onDisk } from './sqlite.ts'

/** Rows checked between two words of progress. */
const PAGE = 20_000

/**
 * What the check of a whole journal found. `fault`: the first event that is not as it was written. `damage`: what SQLite
 * says of the file itself, with its page, where the file's own structure is hurt; events before it may still be whole.
 */
export type Verdict = {
  readonly events: number
  readonly head: string
  /** UTC ms of the first and the last event; null: there is none. */
  readonly from: number | null
  readonly to: number | null
  readonly fault: ChainFault | null
  readonly damage: string | null
  /** The last event ever noted beside the journal, where the journal does not have it: its end is gone, or its rows are others. */
  readonly missing: { readonly cursor: number } | null
  /** Ends that were gone at some start and of which the journal itself tells: rows after `after`, up to `through`, known since `at`, UTC ms. */
  readonly lost: readonly LostEnd[]
}
export type LostEnd = Pick<Extract<JournalEvent, { is: 'lost-end' }>, 'after' | 'through' | 'saved'> & {
  readonly at: number
}

/** Checks every event of a journal and the file it is in. `progress` is given the events checked so far. */
export function verifyJournal(file: string, progress: (events: number) => void): Result<Verdict, DiskFault> {
  const opened = openJournalToRead(file)
  if (!opened.ok) return opened
  const reader = opened.value
  // Before the rows: a desk that is writing notes a row only once it is there.
  const noted = witnessesOf(file)
  let so: ChainCheck = UNCHECKED
  const told: Told[] = []
  const times = { from: null as number | null, to: null as number | null } // filled by the first page
  const read = onDisk(file, () => {
    for (;;) {
      const rows = reader.read(so.cursor, PAGE)
      if (rows.length === 0 || so.fault) return
      times.from ??= rows[0]?.at ?? null
      times.to = rows.at(-1)?.at ?? null
      const before = so.cursor
      so = checkChain(sha256, so, rows)
      for (const row of rows.slice(0, so.cursor - before)) if (row.text.startsWith(LOST)) told.push(lostIn(row))
      progress(so.cursor)
    }
  })
  const damage = fileDamage(file) ?? (read.ok ? null : read.error.detail)
  const gone =
    so.fault || damage !== null
      ? undefined
      : noted.find((row) => !holds(reader, row) && !told.some(({ head }) => head === row.hash))
  reader.close()
  const missing = gone ? { cursor: gone.cursor } : null
  return ok({
    events: so.cursor,
    head: so.head,
    ...times,
    fault: so.fault,
    damage,
    missing,
    lost: told.map(({ head: _, ...lost }) => lost),
  })
}

/** How a row begins that tells of an end that is gone. */
const LOST = '{"is":"lost-end"'
type Told = LostEnd & { readonly head: string }
function lostIn({ at, text }: JournalRow): Told {
  const { after, through, saved, head } = JSON.parse(text) as Extract<JournalEvent, { is: 'lost-end' }> // of its chain, and by its beginning
  return { at, after, through, saved, head }
}

const holds = (reader: JournalReader, { cursor, hash }: Witness): boolean =>
  reader.read(cursor - 1, 1).some((row) => row.cursor === cursor && row.hash === hash)
