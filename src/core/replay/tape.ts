import { err, ok, type Result } from '../../shared/result.ts'
import type { ReplayFault } from '../../shared/view/replay.ts'
import { checkChain, UNCHECKED } from '../journal/chain.ts'
import type { JournalEvent, JournalRecord } from '../journal/event.ts'
import type { Digest, JournalRow } from '../ports.ts'
import { Folded } from '../projection/folded.ts'
import { readAt } from '../recover-book.ts'
import { Keyframes } from './keyframes.ts'
import { Marks } from './marks.ts'
import type { JournalReader } from './recordings.ts'
import type { Work } from './slices.ts'

/** Rows read and checked at a time: about a millisecond of work. */
const PAGE = 100

/** A place in a recording: rows up to `cursor` are folded; `time` is that of the last of them, ms. */
export type Place = { readonly folded: Folded; readonly cursor: number; readonly time: number; readonly hash: string }

/**
 * A recording read once from end to end: its chain proven, its marks noted, and a keyframe kept every so many rows. It owns
 * the reader and never writes. Its time never goes back: a row written after the desk's clock was set back keeps the time of
 * the row before it.
 */
export class Tape {
  readonly marks = new Marks()
  readonly keyframes: Keyframes
  from = 0
  to = 0
  /** Rows that may be shown. */
  length = 0
  fault: ReplayFault | null = null
  readonly #reader: JournalReader

  constructor(reader: JournalReader, keyframes = new Keyframes()) {
    this.keyframes = keyframes
    this.#reader = reader
  }

  /** Reads and checks the rows there are now. Gives the last place; a fault where there is none to show. */
  *load(digest: Digest, progress: (share: number) => void): Work<Result<Place, ReplayFault>> {
    const last = this.#reader.last()?.cursor ?? 0
    let place = this.#beginning(digest)
    let check = place.cursor === 0 ? UNCHECKED : { cursor: place.cursor, head: place.hash, fault: null }
    yield* this.keyframes.offer(place)
    while (place.cursor < last && check.fault === null) {
      const rows = this.#reader.read(place.cursor, Math.min(PAGE, last - place.cursor))
      const before = check.cursor
      check = checkChain(digest, check, rows)
      const good = rows.slice(0, check.cursor - before)
      if (good.length === 0) break
      place = this.#fold(place, good, (record, at) => this.marks.note(record, at))
      yield* this.keyframes.offer(place)
      progress(place.cursor / last)
      yield
    }
    this.from = this.marks.days[0]?.from ?? 0
    this.to = place.time
    this.length = place.cursor
    if (check.fault) {
      const { cursor, is } = check.fault
      this.fault = { is: 'chain-broken', cursor, detail: `${is} at ${cursor}` }
    }
    this.fault = this.#partOf(place.cursor) ?? this.fault
    if (place.cursor > 0) return ok(place)
    return err(this.fault ?? { is: 'empty', cursor: null, detail: 'no rows' })
  }

  /** Before the first row, or, where the first rows were let go, at the first there is: with what its checkpoint holds of them. */
  #beginning(digest: Digest): Place {
    const [first] = this.#reader.read(0, 1)
    const { checkpoints } = this.#reader
    const before: Place = { folded: new Folded(), cursor: 0, time: 0, hash: '' }
    if (!first || !checkpoints || first.cursor === 1) return before
    const found = readAt(digest, this.#reader, checkpoints, first.cursor)
    if (!found.ok) return before
    return { folded: found.value.folded, cursor: first.cursor, time: first.at, hash: first.hash }
  }

  /** A file of one part alone is whole in itself, and not the journal: it begins later, or its last row says that another follows. */
  #partOf(last: number): ReplayFault | null {
    const row = this.#reader.read(Math.max(0, last - 1), 1)[0]
    // Of a damaged file a row may hold anything.
    const text = String(row?.text)
    const isLater = last === 0 && text.startsWith('{"is":"part","does":"begun"')
    const isEnded = last > 0 && last === this.#reader.last()?.cursor && text.startsWith('{"is":"part","does":"ended"')
    return isLater || isEnded ? { is: 'part', cursor: last + 1, detail: `row ${last + 1} is in another part` } : null
  }

  /** Takes a place forward until the next row is later than `target`, ms. The place handed in is used up. */
  *forward(from: Place, target: number, paged: (place: Place) => Work<void>): Work<Place> {
    let place = from
    while (place.cursor < this.length) {
      const rows = this.#reader.read(place.cursor, Math.min(PAGE, this.length - place.cursor))
      const wanted = rows.findIndex((row) => row.at > target)
      if (wanted === 0 || rows.length === 0) break
      place = this.#fold(place, wanted < 0 ? rows : rows.slice(0, wanted))
      if (wanted > 0) break
      yield* paged(place)
      yield
    }
    return place
  }

  /** One row of it; undefined beyond what may be shown. */
  row(cursor: number): JournalRow | undefined {
    const row = cursor > this.length ? undefined : this.#reader.read(cursor - 1, 1)[0]
    return row?.cursor === cursor ? row : undefined
  }

  #fold(place: Place, rows: readonly JournalRow[], note?: (record: JournalRecord, at: number) => void): Place {
    let { cursor, time, hash } = place
    for (const row of rows) {
      cursor = row.cursor
      time = Math.max(time, row.at)
      hash = row.hash
      const record = { cursor, at: row.at, event: parseProven(row.text) }
      note?.(record, time)
      place.folded.apply(record)
    }
    return { folded: place.folded, cursor, time, hash }
  }

  close(): void {
    this.#reader.close()
  }
}

function parseProven(text: string): JournalEvent {
  return JSON.parse(text) as JournalEvent // the chain proved that a desk of ours wrote these very bytes
}
