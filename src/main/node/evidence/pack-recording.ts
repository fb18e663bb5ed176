import { closeSync, fstatSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Inflate } from 'fflate/browser'
import { z } from 'zod'
import { MANIFEST, Manifest } from '../../../core/evidence/manifest.ts'
import { CHECKPOINT_FILE, JOURNAL_FILE } from '../../../core/evidence/pack-files.ts'
import type { DiskFault, JournalRow } from '../../../core/ports.ts'
import type { JournalReader } from '../../../core/replay/recordings.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { checkpointFile, checkpointFiles } from '../checkpoint-files.ts'
import { openPart, type WrittenPart } from '../journal-store.ts'
import { onDisk } from '../sqlite.ts'
import { bytesAt, dataOf, type ZipEntry, zipIndex } from './zip-index.ts'

/** What a ZIP begins with: the local header of its first file. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1')
/** The most each may hold unpacked, bytes: of a day of a million events the rows are a sixth of it. */
const LARGEST_JOURNAL = 2_000_000_000
const LARGEST_CHECKPOINT = 1_000_000_000
const LARGEST_MANIFEST = 1_000_000
/** No row of a desk is longer: a frame is a megabyte at most. Bytes. */
const LONGEST_LINE = 16_000_000
/** Unpacked at a time: some hundred rows, a few ms of work, so that a replay's slices stay short. Packed bytes. */
const CHUNK = 8 * 1024
const NEWLINE = 10

/** Whether a file is a ZIP, by how it begins. */
export function isZip(file: string): boolean {
  const begins = onDisk(file, () => {
    const handle = openSync(file, 'r')
    try {
      return bytesAt(handle, 0, ZIP.length)?.equals(ZIP) ?? false
    } finally {
      closeSync(handle)
    }
  })
  return begins.ok && begins.value
}

/**
 * The journal in an evidence pack as a recording. What it needs on the disk it writes beside `file`, under names of its own:
 * no name in the ZIP ever is a path. `missing`: the pack was made without its journal; `corrupt`: it is no pack.
 */
export function openPackRecording(file: string): Result<JournalReader, DiskFault> {
  const opened = onDisk(file, () => openSync(file, 'r'))
  if (!opened.ok) return opened
  const read = onDisk(file, () => packIn(opened.value, file))
  if (read.ok && read.value.ok) return ok(read.value.value)
  closeSync(opened.value)
  return read.ok ? read.value : read
}

function packIn(handle: number, file: string): Result<JournalReader, DiskFault> {
  const no = (is: 'corrupt' | 'missing', why: string) => err({ is, detail: `${file}: ${why}` })
  const zip = { handle, size: fstatSync(handle).size }
  const listed = zipIndex(zip.handle, zip.size)
  if (!listed.ok) return no('corrupt', listed.error)
  const [told, rows, checkpoint] = [MANIFEST, JOURNAL_FILE, CHECKPOINT_FILE].map((name) => listed.value.get(name))
  const manifest = told && manifestIn(new Unpacked(zip, told, LARGEST_MANIFEST))
  if (!manifest) return no('corrupt', 'is no evidence pack')
  if (!rows) return no('missing', `was made without ${JOURNAL_FILE}`)
  if (rows.bytes > LARGEST_JOURNAL || (checkpoint?.bytes ?? 0) > LARGEST_CHECKPOINT)
    return no('corrupt', 'says that it holds more than any journal')
  const { begins } = manifest.journal
  const part = openPart(join(dirname(file), 'rows.sqlite'), (begins?.cursor ?? 1) - 1)
  if (!part.ok) return part
  const beside = checkpoint && begins ? { zip, entry: checkpoint, cursor: begins.cursor, folder: dirname(file) } : null
  return ok(new PackRows(handle, new Unpacked(zip, rows, LARGEST_JOURNAL), part.value, manifest.journal, beside))
}

function manifestIn(unpacked: Unpacked): Manifest | null {
  try {
    const parsed = Manifest.safeParse(JSON.parse(Buffer.concat([...unpacked.rest()]).toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch (cause) {
    if (cause instanceof Misfit || cause instanceof SyntaxError) return null
    throw cause
  }
}

/** Bytes of a ZIP that do not unpack, or to more than they may. */
class Misfit extends Error {}
type Zip = { readonly handle: number; readonly size: number }

/** One file of a ZIP, unpacked piece by piece, up to so many bytes. It owns how far it is, never the ZIP. */
class Unpacked {
  readonly #zip: Zip
  readonly #most: number
  readonly #entry: ZipEntry
  readonly #inflate: Inflate | null
  #at: number | null
  #left: number
  #given = 0
  #pieces: Uint8Array[] = []

  constructor(zip: Zip, entry: ZipEntry, most: number) {
    this.#zip = zip
    this.#entry = entry
    this.#most = Math.min(most, entry.bytes)
    this.#at = dataOf(zip.handle, zip.size, entry)
    this.#left = entry.packed
    this.#inflate = entry.method === 0 ? null : new Inflate((piece) => void this.#pieces.push(piece))
  }

  /** The next pieces; null at the end. Throws a `Misfit` where they are not what the ZIP says. */
  next(): readonly Uint8Array[] | null {
    if (this.#left === 0) return null
    const length = Math.min(CHUNK, this.#left)
    const packed = this.#at === null ? null : bytesAt(this.#zip.handle, this.#at, length)
    if (this.#at === null || !packed) throw new Misfit(`${this.#entry.name}: is not where the list says`)
    this.#at += length
    this.#left -= length
    this.#pieces = []
    try {
      if (this.#inflate) this.#inflate.push(packed, this.#left === 0)
      else this.#pieces.push(packed)
    } catch (cause) {
      throw new Misfit(`${this.#entry.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
    }
    this.#given += this.#pieces.reduce((sum, { byteLength }) => sum + byteLength, 0)
    if (this.#given > this.#most) throw new Misfit(`${this.#entry.name}: is larger than the list says`)
    return this.#pieces
  }

  *rest(): Generator<Uint8Array> {
    for (let pieces = this.next(); pieces; pieces = this.next()) yield* pieces
  }
}

/** The furthest a date reaches, ms from 1970. */
const FURTHEST = 8.64e15
const Row = z.object({
  cursor: z.number().int().positive(),
  at: z.number().int().min(-FURTHEST).max(FURTHEST),
  text: z.string(),
  hash: z.string().length(64),
})
type Beside = { readonly zip: Zip; readonly entry: ZipEntry; readonly cursor: number; readonly folder: string }

/**
 * The rows of a pack, unpacked into a journal's file of their own as they are first asked for: a replay reads from end to end
 * in slices, and does not wait for all of them. It owns that file's connection and the ZIP's handle. Where the pack ends
 * before the record it names, or a line is no row, one stands there that fits no chain: whoever checks, finds it.
 */
class PackRows implements JournalReader {
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
    const { zip, entry, cursor, folder } = beside
    const file = openSync(checkpointFile(folder, 'rows', cursor), 'w', 0o600)
    try {
      for (const piece of new Unpacked(zip, entry, LARGEST_CHECKPOINT).rest())
        for (let at = 0; at < piece.byteLength; ) at += writeSync(file, piece, at)
      this.#isCheckpointThere = true
    } catch (cause) {
      if (!(cause instanceof Misfit)) throw cause
    } finally {
      closeSync(file)
    }
    return this.#isCheckpointThere
  }

  /** Unpacks the next rows. After the first line that is none, nothing more. */
  #more(): void {
    try {
      const pieces = this.#unpacked.next()
      const rows = (pieces ?? []).flatMap((piece) => this.#rowsIn(piece))
      const written = this.#part.append(rows, 'process')
      if (!written.ok) throw new Error(written.error.detail)
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
