import { basename } from 'node:path'
import { type ChainCheck, type ChainFault, checkChain, UNCHECKED } from '../../core/journal/chain.ts'
import { letGoBy, namedBefore } from '../../core/journal/beginning.ts'
import type { Through } from '../../core/journal/checkpoint-text.ts'
import type { JournalEvent } from '../../core/journal/event.ts'
import type { DiskFault, JournalRow } from '../../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import { sha256 } from './digest.ts'
import { type Witness, witnessesOf } from './head-witness.ts'
import { openJournalToRead, type PartFile, partFile, partsOf } from './journal-parts.ts'
import { fileDamage, type JournalReader } from './journal-store.ts'
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
  /** The files the journal lies in, by their first events. */
  readonly parts: readonly PartFile[]
  /** Those that are not there; what follows them is checked from the hash that its first event names. */
  readonly missingParts: readonly MissingPart[]
  /** What of its beginning was let go, and is no fault; null: nothing. */
  readonly letGo: LetGo | null
  /** Ends that were gone at some start and of which the journal itself tells: rows after `after`, up to `through`, known since `at`, UTC ms. */
  readonly lost: readonly LostEnd[]
}
/** Rows up to `cursor`, which had the hash `head`, were let go at `at`, UTC ms: the journal itself tells. */
export type LetGo = Through & { readonly at: number }
/** `file`: its name; null: not a whole file, but events at the end of one. `to`: its last event; null: nothing tells. */
export type MissingPart = { readonly file: string | null; readonly from: number; readonly to: number | null }
export type LostEnd = Pick<Extract<JournalEvent, { is: 'lost-end' }>, 'after' | 'through' | 'saved'> & {
  readonly at: number
}

/** Checks every event of a journal and each file it is in. `progress` is given the events checked so far. */
export function verifyJournal(file: string, progress: (events: number) => void): Result<Verdict, DiskFault> {
  const opened = openJournalToRead(file)
  if (!opened.ok) return opened
  const reader = opened.value
  // Before the rows: a desk that is writing notes a row only once it is there.
  const noted = witnessesOf(file)
  const walk = new Walk(basename(file))
  const read = onDisk(file, () => {
    for (;;) {
      const rows = reader.read(walk.so.cursor, PAGE)
      if (rows.length === 0 || walk.so.fault) return
      walk.take(rows)
      progress(walk.so.cursor)
    }
  })
  const { so, told, missingParts, times } = walk
  const listed = partsOf(file)
  const parts = listed.ok ? listed.value : []
  const damage = damageIn(parts) ?? (read.ok ? null : read.error.detail)
  const gone =
    so.fault || damage !== null
      ? undefined
      : noted.find((row) => !holds(reader, row) && !told.some(({ head }) => head === row.hash))
  reader.close()
  const missing = gone ? { cursor: gone.cursor } : null
  if (missing && walk.hasEnded) missingParts.push(walk.missing(null))
  const letGo = walk.letGo.find(({ cursor, head }) => cursor === walk.beginning?.cursor && head === walk.beginning.head)
  if (walk.beginning && !letGo) missingParts.unshift({ file: basename(file), from: 1, to: walk.beginning.cursor })
  const lost = told.map(({ head: _, ...each }) => each)
  return ok({
    events: so.cursor,
    head: so.head,
    ...times,
    fault: so.fault,
    damage,
    missing,
    parts,
    missingParts,
    letGo: letGo ?? null,
    lost,
  })
}

function damageIn(parts: readonly PartFile[]): string | null {
  for (const { file } of parts) {
    const found = fileDamage(file)
    if (found !== null) return parts.length === 1 ? found : `${basename(file)}: ${found}`
  }
  return null
}

/** The way through all rows, in order, over parts that are not there. */
class Walk {
  readonly #own: string
  so: ChainCheck = UNCHECKED
  readonly told: Told[] = []
  readonly missingParts: MissingPart[] = []
  readonly times = { from: null as number | null, to: null as number | null } // filled by the first page
  /** The row before the first there is, where that is not the journal's first. */
  beginning: Through | null = null
  /** Rows that were let go, as later rows tell. */
  readonly letGo: LetGo[] = []
  /** Whether the last row says that its part ends with it. */
  hasEnded = false

  constructor(own: string) {
    this.#own = own
  }

  take(rows: readonly JournalRow[]): void {
    const before = this.so
    this.so = checkChain(sha256, before, rows)
    // The check counts a row for each cursor, up to the first that is not as it should be.
    const good = rows.slice(0, this.so.cursor - before.cursor)
    for (const row of good) {
      const gone = letGoBy(row)
      if (gone) this.letGo.push({ ...gone, at: row.at })
      if (row.text.startsWith(LOST)) this.told.push(lostIn(row))
    }
    this.times.from ??= good[0]?.at ?? null
    this.times.to = good.at(-1)?.at ?? this.times.to
    const last = good.at(-1)
    if (last) this.hasEnded = last.text.startsWith(ENDED)
    const next = rows[good.length]
    if (next && this.so.fault?.is === 'missing-row') this.#over(next)
  }

  /** A part that is not there: the first row after it names the last row in it, by its hash, and the check goes on from there. */
  #over(row: JournalRow): void {
    const named = namedBefore(sha256, row)
    if (!named) return
    if (this.so.cursor === 0) this.beginning = named
    else this.missingParts.push(this.missing(named.cursor))
    this.so = { ...named, fault: null }
  }

  missing(to: number | null): MissingPart {
    const from = this.so.cursor + 1
    return { file: from === 1 || this.hasEnded ? partFile(this.#own, from) : null, from, to }
  }
}

/** How the last row of a part begins. */
const ENDED = '{"is":"part","does":"ended"'

/** How a row begins that tells of an end that is gone. */
const LOST = '{"is":"lost-end"'
type Told = LostEnd & { readonly head: string }
function lostIn({ at, text }: JournalRow): Told {
  const { after, through, saved, head } = JSON.parse(text) as Extract<JournalEvent, { is: 'lost-end' }> // of its chain, and by its beginning
  return { at, after, through, saved, head }
}

const holds = (reader: JournalReader, { cursor, hash }: Witness): boolean =>
  reader.read(cursor - 1, 1).some((row) => row.cursor === cursor && row.hash === hash)
