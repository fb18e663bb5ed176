import { closeSync, openSync, writeSync } from 'node:fs'
import { z } from 'zod'
import type { Manifest } from '../../../core/evidence/manifest.ts'
import type { DiskFault, JournalRow } from '../../../core/ports.ts'
import { type JournalReader, ReaderRefused } from '../../../core/replay/recordings.ts'
import { checkpointFile, checkpointFiles } from '../checkpoint-files.ts'
import type { WrittenPart } from '../journal-store.ts'
import { onDisk } from '../sqlite.ts'
import { Misfit, Unpacked, type Zip } from './unpacked.ts'
import type { ZipEntry } from './zip-index.ts'

/** The most a checkpoint may hold unpacked, bytes. */
export const LARGEST_CHECKPOINT = 1_000_000_000
/** No row of a desk is longer: a frame is a megabyte at most. Bytes. */
const LONGEST_LINE = 16_000_000
const NEWLINE = 10

/** The furthest a date reaches, ms from 1970. */
const FURTHEST = 8.64e15
const Row = z.object({
  cursor: z.number().int().positive(),
  at: z.number().int().min(-FURTHEST).max(FURTHEST),
  text: z.string(),
  hash: z.string().length(64),
})
/** What holds the rows that were let go: where it lies in the ZIP, and where it goes on the disk. */
export type Beside = { readonly zip: Zip; readonly entry: ZipEntry; readonly cursor: number; readonly folder: string }

/**
 * The rows of a pack, unpacked into a journal's file of their own as they are first asked for: a replay reads from end to end
 * in slices, and does not wait for all of them. It owns that file's connection and the ZIP's handle. Where the pack ends
 * before the record it names, or a line is no row, one stands there that fits no chain: whoever checks, finds it. What the disk
 * refuses is thrown as a `ReaderRefused`.
 */
export class PackRows implements JournalReader {
  readonly #handle: number
  readonly #unpacked: Unpacked
  readonly #part: WrittenPart
  readonly #place: Manifest['journal']
  readonly #beside: Beside | null
  readonly #first: number
  /** Of the line whose end is not unpacked yet. */
  #line: Uint8Array[] = []
  #lineBytes = 0
  #cursor: number
  #isOver = false
  #fault: DiskFault | null = null
  #isCheckpointThere = false

  constructor(
    handle: number,
    unpacked: Unpacked,
    part: WrittenPart,
    place: Manifest['journal'],
    beside: Beside | null,
  ) {
    this.#handle = handle
    this.#unpacked = unpacked
    this.#part = part
    this.#place = place
    this.#beside = beside
    this.#first = place.begins?.cursor ?? 1
    this.#cursor = this.#first - 1
  }

  read(after: number, limit: number): readonly JournalRow[] {
    const from = Math.max(after, this.#first - 1)
    // Rows that were unpacked and could not be kept are in neither: whatever came after them would be a day with a hole.
    if (this.#fault) throw new ReaderRefused(this.#fault)
    while (!this.#isOver && this.#cursor < from + limit) this.#more()
    const rows = this.#part.read(from, limit)
    const isShort = this.#isOver && this.#cursor < this.#place.cursor
    if (!isShort || rows.length >= limit || from > this.#cursor) return rows
    return [...rows, { cursor: this.#cursor + 1, at: rows.at(-1)?.at ?? this.#place.at, text: '', hash: '' }]
  }

  last(): JournalRow {
    const { cursor, at, head } = this.#place
    return this.#part.read(cursor - 1, 1)[0] ?? { cursor, at, text: '', hash: head }
  }

  length(): number {
    return this.#place.cursor - this.#first + 1
  }

  /** What the rows told that were let go; it goes on the disk when it is first asked for. */
  readonly checkpoints = {
    read: (cursor: number): Iterable<string> | null => {
      const { cursor: at, folder } = this.#beside ?? { cursor: null, folder: '' }
      return cursor === at && this.#placed() ? checkpointFiles(folder, 'rows').read(cursor) : null
    },
  }

  #placed(): boolean {
    const beside = this.#beside
    if (this.#isCheckpointThere || !beside) return this.#isCheckpointThere
    const path = checkpointFile(beside.folder, 'rows', beside.cursor)
    const unpacked = onDisk(path, () => this.#unpackTo(path, beside))
    if (!unpacked.ok) throw this.#refused(unpacked.error)
    return this.#isCheckpointThere
  }

  #unpackTo(path: string, { zip, entry }: Beside): void {
    const file = openSync(path, 'w', 0o600)
    try {
      for (const piece of new Unpacked(zip, entry, LARGEST_CHECKPOINT).rest())
        for (let at = 0; at < piece.byteLength; ) at += writeSync(file, piece, at)
      this.#isCheckpointThere = true
    } catch (cause) {
      if (!(cause instanceof Misfit)) throw cause
    } finally {
      closeSync(file)
    }
  }

  /** Unpacks the next rows. After the first line that is none, nothing more. */
  #more(): void {
    try {
      const pieces = this.#unpacked.next()
      const rows = (pieces ?? []).flatMap((piece) => this.#rowsIn(piece))
      const written = this.#part.append(rows, 'process')
      if (!written.ok) throw this.#refused(written.error)
      this.#isOver ||= pieces === null || this.#cursor === this.#place.cursor
    } catch (cause) {
      if (!(cause instanceof Misfit)) throw cause
      this.#isOver = true
    }
  }

  #rowsIn(piece: Uint8Array): readonly JournalRow[] {
    const rows: JournalRow[] = []
    for (let at = 0; at < piece.byteLength && !this.#isOver; ) {
      const end = piece.indexOf(NEWLINE, at)
      const bytes = piece.subarray(at, end < 0 ? piece.byteLength : end)
      this.#line.push(bytes)
      this.#lineBytes += bytes.byteLength
      if (this.#lineBytes > LONGEST_LINE) this.#isOver = true
      if (end < 0) return rows
      at = end + 1
      const row = this.#rowOf(Buffer.concat(this.#line).toString('utf8'))
      this.#line = []
      this.#lineBytes = 0
      if (row) rows.push(row)
      else this.#isOver = true
    }
    return rows
  }

  /** Null: it is none, not the next, or past the record the pack is of. */
  #rowOf(line: string): JournalRow | null {
    const { cursor, head } = this.#place
    const row = Row.safeParse(jsonOf(line))
    if (!row.success || row.data.cursor !== this.#cursor + 1 || row.data.cursor > cursor) return null
    if (row.data.cursor === cursor && row.data.hash !== head) return null
    this.#cursor = row.data.cursor
    return row.data
  }

  #refused(fault: DiskFault): ReaderRefused {
    this.#fault = fault
    return new ReaderRefused(fault)
  }

  close(): void {
    this.#part.close()
    closeSync(this.#handle)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
