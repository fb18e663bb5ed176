import { readSync } from 'node:fs'
import { err, ok, type Result } from '../../../shared/result.ts'

/** One file in a ZIP: its bytes as they lie there, from `at` on. */
export type ZipEntry = {
  readonly name: string
  /** 0: as they are, 8: deflated. */
  readonly method: number
  /** Bytes in the ZIP, and the bytes they say they become. */
  readonly packed: number
  readonly bytes: number
  /** Where its local header begins. */
  readonly header: number
}

/** The marks of PKWARE's APPNOTE, little end first: end of the list, one entry of it, one local header. */
const [END, LISTED, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50]
const [END_BYTES, LISTED_BYTES, LOCAL_BYTES] = [22, 46, 30]
/** After the end a comment of so many bytes may follow. */
const LONGEST_COMMENT = 65_535
/** A pack holds twenty files; their names and more take a kilobyte or two. */
const [MOST_ENTRIES, LARGEST_LIST] = [200, 1_000_000]
/** A size or a place that is written elsewhere: a ZIP larger than four gigabytes, which no pack is. */
const ELSEWHERE = 0xffff_ffff
const ENCRYPTED = 1

/** Reads exactly these bytes of an open file; null: it ends before. */
export function bytesAt(handle: number, at: number, length: number): Buffer | null {
  const bytes = Buffer.alloc(length)
  for (let read = 0; read < length; ) {
    const more = readSync(handle, bytes, read, length - read, at + read)
    if (more === 0) return null
    read += more
  }
  return bytes
}

/**
 * What a ZIP of `size` bytes lists, by name. Nothing it says is trusted: names are only ever compared, never a path on this
 * machine; places and sizes are held against the file; so many entries and no more. Throws when the disk refuses.
 */
export function zipIndex(handle: number, size: number): Result<ReadonlyMap<string, ZipEntry>, string> {
  const tailAt = Math.max(0, size - END_BYTES - LONGEST_COMMENT)
  const tail = bytesAt(handle, tailAt, size - tailAt)
  const end = tail ? endIn(tail) : null
  if (!end) return err('has no list of its files at its end: it is no ZIP, or not whole')
  const { count, length, at } = end
  if (count > MOST_ENTRIES || length > LARGEST_LIST) return err(`lists ${count} files: no pack does`)
  const list = at + length <= size ? bytesAt(handle, at, length) : null
  if (!list) return err('lists its files where it has none')
  const entries = new Map<string, ZipEntry>()
  for (let from = 0, left = count; left > 0; left--) {
    const entry = entryIn(list, from)
    if (!entry) return err('has a list of its files that does not read')
    from = entry.next
    const { flags, next: _, ...its } = entry
    if (entries.has(its.name)) return err(`holds ${its.name} twice`)
    if (flags & ENCRYPTED) return err(`holds ${its.name} encrypted`)
    if (its.method !== 0 && its.method !== 8) return err(`holds ${its.name} in a way this program cannot read`)
    if ([its.packed, its.bytes, its.header].includes(ELSEWHERE) || its.header + its.packed > size)
      return err(`says of ${its.name} what cannot be`)
    entries.set(its.name, its)
  }
  return ok(entries)
}

function endIn(tail: Buffer): { readonly count: number; readonly length: number; readonly at: number } | null {
  for (let from = tail.length - END_BYTES; from >= 0; from--) {
    if (tail.readUInt32LE(from) !== END || from + END_BYTES + tail.readUInt16LE(from + 20) !== tail.length) continue
    return {
      count: tail.readUInt16LE(from + 10),
      length: tail.readUInt32LE(from + 12),
      at: tail.readUInt32LE(from + 16),
    }
  }
  return null
}

function entryIn(list: Buffer, from: number) {
  if (from + LISTED_BYTES > list.length || list.readUInt32LE(from) !== LISTED) return null
  const [name, extra, comment] = [28, 30, 32].map((at) => list.readUInt16LE(from + at))
  const nameEnd = from + LISTED_BYTES + (name ?? 0)
  const next = nameEnd + (extra ?? 0) + (comment ?? 0)
  if (next > list.length) return null
  return {
    name: list.toString('utf8', from + LISTED_BYTES, nameEnd),
    flags: list.readUInt16LE(from + 8),
    method: list.readUInt16LE(from + 10),
    packed: list.readUInt32LE(from + 20),
    bytes: list.readUInt32LE(from + 24),
    header: list.readUInt32LE(from + 42),
    next,
  }
}

/** Where the bytes of an entry begin: behind its local header, whose name and extra are as long as that one says. */
export function dataOf(handle: number, size: number, { header, packed }: ZipEntry): number | null {
  const local = header + LOCAL_BYTES <= size ? bytesAt(handle, header, LOCAL_BYTES) : null
  if (!local || local.readUInt32LE(0) !== LOCAL) return null
  const at = header + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
  return at + packed <= size ? at : null
}
