import { err, ok, type Result } from '../../shared/result.ts'
import type { Clock, Digest, DiskFault, Durability, JournalRow, JournalStore, LostEnd, Parting } from '../ports.ts'
import { type ChainCheck, checkChain, GENESIS, linkHash, UNCHECKED } from './chain.ts'
import type { JournalEvent, JournalRecord } from './event.ts'

/**
 * Rows read at a time while recovering. Few, because what is alive when the young part of the heap is cleared is kept for
 * long: pages of thousands left several hundred MB behind.
 */
const RECOVERY_PAGE = 200

/** A journal that cannot be taken up: its chain is broken at this cursor. */
export type ChainBroken = { readonly is: 'chain-broken'; readonly cursor: number; readonly detail: string }

/**
 * Owns the end of one journal: the next cursor and the head of the hash chain. It writes events in order and hands back
 * the records as written; it never shows, folds or forgets anything.
 */
export class Journal {
  readonly #store: JournalStore
  readonly #digest: Digest
  readonly #clock: Clock
  #cursor = 0
  #head = GENESIS
  #lastAt = 0

  constructor(store: JournalStore, digest: Digest, clock: Clock) {
    this.#store = store
    this.#digest = digest
    this.#clock = clock
  }

  get cursor(): number {
    return this.#cursor
  }
  get head(): string {
    return this.#head
  }
  /** When the last event was written, ms; 0 for an empty journal. */
  get lastAt(): number {
    return this.#lastAt
  }

  /** Reads the journal after `from`, checks every link of the chain and hands each record over, in order, up to a break. */
  recover(each: (record: JournalRecord) => void, from: ChainCheck = UNCHECKED): Result<void, ChainBroken> {
    let check = from
    for (;;) {
      const rows = this.#store.read(check.cursor, RECOVERY_PAGE)
      if (rows.length === 0) break
      const before = check.cursor
      check = checkChain(this.#digest, check, rows)
      for (const { cursor, at, text } of rows.slice(0, check.cursor - before))
        each({ cursor, at, event: parseOwn(text) })
      if (check.fault) {
        const { cursor, is } = check.fault
        return err({ is: 'chain-broken', cursor, detail: `${is} at ${cursor}` })
      }
      this.#lastAt = rows[rows.length - 1]?.at ?? this.#lastAt
    }
    this.#cursor = check.cursor
    this.#head = check.head
    return ok(undefined)
  }

  /** Writes all events in one commit, or none. What is handed back is on disk. */
  append(
    events: readonly JournalEvent[],
    durability: Durability | 'new-part',
  ): Result<readonly JournalRecord[], DiskFault> {
    const at = this.#clock.now()
    const rows: JournalRow[] = []
    const records: JournalRecord[] = []
    let { head, cursor } = this
    for (const event of events) {
      const row = { cursor: ++cursor, at, text: JSON.stringify(event) }
      head = linkHash(this.#digest, head, row)
      rows.push({ ...row, hash: head })
      records.push({ cursor, at, event })
    }
    const written = this.#write(rows, durability)
    if (!written.ok) return written
    this.#cursor = cursor
    this.#head = head
    this.#lastAt = at
    return ok(records)
  }

  #write(rows: readonly JournalRow[], durability: Durability | 'new-part'): Result<void, DiskFault> {
    if (durability !== 'new-part') return this.#store.append(rows, durability)
    const { parting } = this.#store
    return parting ? parting.begin(rows) : this.#store.append(rows, 'power')
  }

  /** Absent where there is but one part for ever. */
  get parting(): Parting | undefined {
    return this.#store.parting
  }

  /** The first row there is; 1 unless those before it were let go or are missing, and for an empty journal. */
  get begins(): number {
    return this.#store.read(0, 1)[0]?.cursor ?? 1
  }

  /** One row; undefined where it is not there. */
  row(cursor: number): JournalRow | undefined {
    const [row] = this.#store.read(cursor - 1, 1)
    return row?.cursor === cursor ? row : undefined
  }

  /** Rows as they lie there, after a cursor, at most `limit`. */
  read(after: number, limit: number): readonly JournalRow[] {
    return this.#store.read(after, limit)
  }

  /** What was lost of its end before it was opened. */
  get lostEnd(): LostEnd | null {
    return this.#store.lostEnd ?? null
  }
  lostEndTold(): void {
    this.#store.lostEndTold?.()
  }

  close(): void {
    this.#store.close()
  }
}

function parseOwn(text: string): JournalEvent {
  return JSON.parse(text) as JournalEvent // the chain just proved that this desk wrote these very bytes
}
