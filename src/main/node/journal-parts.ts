import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DiskFault, Durability, JournalRow, JournalStore } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import {
  bytesOf,
  type JournalOptions,
  type JournalReader,
  openPart,
  openPartToRead,
  type WrittenPart,
} from './journal-store.ts'
import { syncFolder } from './files.ts'
import { onDisk } from './sqlite.ts'

/** A part of a journal: the first row it is for, and its file. */
export type PartFile = { readonly first: number; readonly file: string }
type Part<Reader extends JournalReader> = PartFile & { readonly reader: Reader }

/** Between the name of the journal's own file, which holds its first rows, and the first row of a later part. */
const MARK = '-part-'
/** So that names sort as rows do. */
const DIGITS = 12
/** The file of the part that begins with row `first`; the journal's own where that is 1. */
export const partFile = (file: string, first: number): string =>
  first === 1 ? file : `${file}${MARK}${String(first).padStart(DIGITS, '0')}`

/** What of a name in a folder of journals is the journal's own file; null: it is no part of any. */
export function ownFileOf(name: string): string | null {
  return /^(.*\.sqlite)(?:-part-\d{12})?$/.exec(name)?.[1] ?? null
}

/** The parts of a journal that there are, by their first rows. Names say all: there is no list that could be wrong. */
export function partsOf(file: string): Result<readonly PartFile[], DiskFault> {
  const own = basename(file)
  const begin = `${own}${MARK}`
  return onDisk(file, () =>
    readdirSync(dirname(file))
      .flatMap((name): readonly PartFile[] => {
        if (name === own) return [{ first: 1, file }]
        const first = name.startsWith(begin) ? /^\d{12}$/.exec(name.slice(begin.length))?.[0] : undefined
        return first === undefined ? [] : [{ first: Number(first), file: join(dirname(file), name) }]
      })
      .sort((a, b) => a.first - b.first),
  )
}

/** A part's file and what SQLite keeps beside it. */
export function removePart(file: string): void {
  for (const each of [file, `${file}-wal`, `${file}-shm`]) onDisk(each, () => rmSync(each, { force: true }))
}

/**
 * One journal in as many files as it has parts, to be written: the last of them grows, the others stay as they are. It owns
 * their connections. A part without a row was never begun: whoever began it died before its first row was written.
 */
export function openJournal(file: string, options: JournalOptions = {}): Result<JournalStore, DiskFault> {
  const listed = partsOf(file)
  if (!listed.ok) return listed
  const files = listed.value.length > 0 ? listed.value : [{ first: 1, file }]
  const parts: Part<WrittenPart>[] = []
  for (const part of files) {
    const opened = openPart(part.file, part.first - 1, options)
    if (opened.ok) parts.push({ ...part, reader: opened.value })
    else {
      for (const { reader } of parts) reader.close()
      return opened
    }
  }
  for (let last = parts.at(-1); last && parts.length > 1 && last.reader.last() === null; last = parts.at(-1)) {
    last.reader.close()
    removePart(last.file)
    parts.pop()
  }
  return ok(new JournalInParts(file, parts, options))
}

/**
 * Opens a journal only to read it, with all its parts and those that a desk begins meanwhile. It never creates, repairs or
 * changes one.
 */
export function openJournalToRead(file: string): Result<JournalReader, DiskFault> {
  const listed = partsOf(file)
  if (!listed.ok && listed.error.is !== 'missing') return listed
  const files = listed.ok && listed.value.length > 0 ? listed.value : [{ first: 1, file }]
  const parts: Part<JournalReader>[] = []
  for (const part of files) {
    const opened = openPartToRead(part.file)
    if (opened.ok) parts.push({ ...part, reader: opened.value })
    // The last may be just being made, and say nothing yet.
    else if (parts.length === 0 || part !== files.at(-1) || opened.error.is === 'corrupt') {
      for (const { reader } of parts) reader.close()
      return opened
    }
  }
  return ok(new ReadParts(file, parts))
}

/** Rows of all parts as of one. Where a part is not there the rows have a gap, as the chain will find. */
class ReadParts<Reader extends JournalReader = JournalReader> implements JournalReader {
  protected readonly file: string
  protected readonly parts: Part<Reader>[]

  constructor(file: string, parts: Part<Reader>[]) {
    this.file = file
    this.parts = parts
  }

  read(after: number, limit: number): readonly JournalRow[] {
    let rows: readonly JournalRow[] = []
    for (let index = this.#indexOf(after + 1); ; ) {
      const from = rows.at(-1)?.cursor ?? after
      const more = this.parts[index]?.reader.read(from, limit - rows.length) ?? []
      rows = rows.length === 0 ? more : rows.concat(more)
      if (rows.length >= limit) return rows
      if (index < this.parts.length - 1) index++
      // One more: then this one may have got rows as well since they were read.
      else if (!this.grew()) return rows
    }
  }

  /** Of the part that row is for. */
  #indexOf(cursor: number): number {
    let index = this.parts.length - 1
    while (index > 0 && (this.parts[index]?.first ?? 0) > cursor) index--
    return index
  }

  last(): JournalRow | null {
    while (this.grew());
    for (const { reader } of this.parts.toReversed()) {
      const last = reader.last()
      if (last) return last
    }
    return null
  }

  length(): number {
    const first = this.read(0, 1)[0]?.cursor
    const last = this.last()?.cursor
    return first === undefined || last === undefined ? 0 : last - first + 1
  }

  /** Whether there is a part more than before: another process may have begun one. */
  protected grew(): boolean {
    const first = (this.parts.at(-1)?.reader.last()?.cursor ?? 0) + 1
    const file = partFile(this.file, first)
    if (first === 1 || bytesOf(file) <= 0) return false
    const opened = openPartToRead(file)
    if (!opened.ok) return false
    // The types say that only readers come here: who writes begins each part itself.
    this.parts.push({ first, file, reader: opened.value as Reader })
    return true
  }

  close(): void {
    for (const { reader } of this.parts) reader.close()
  }
}

const bytesOfPart = (file: string): number => Math.max(0, bytesOf(file)) + Math.max(0, bytesOf(`${file}-wal`))

class JournalInParts extends ReadParts<WrittenPart> implements JournalStore {
  readonly #options: JournalOptions

  constructor(file: string, parts: Part<WrittenPart>[], options: JournalOptions) {
    super(file, parts)
    this.#options = options
  }

  readonly parting = {
    bytes: () => bytesOfPart(this.parts.at(-1)?.file ?? this.file),
    parts: () => this.parts.map(({ first, file }) => ({ first, bytes: bytesOfPart(file) })),
    begin: (rows: readonly JournalRow[]) => this.#begin(rows),
    letGo: (first: number) => this.#letGo(first),
  }

  #letGo(first: number): Result<void, DiskFault> {
    // One file at a time, the oldest first: a death between leaves a journal that begins at a part.
    for (let [oldest, next] = this.parts; oldest && next && next.first <= first; [oldest, next] = this.parts) {
      const { file } = oldest
      oldest.reader.close()
      this.parts.shift()
      const removed = onDisk(file, () => {
        for (const each of [file, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true })
        syncFolder(dirname(file))
      })
      if (!removed.ok) return removed
    }
    return ok(undefined)
  }

  append(rows: readonly JournalRow[], durability: Durability): Result<void, DiskFault> {
    const open = this.parts.at(-1)
    return open ? open.reader.append(rows, durability) : err({ is: 'missing', detail: this.file })
  }

  #begin(rows: readonly JournalRow[]): Result<void, DiskFault> {
    const before = this.parts.at(-1)
    const first = rows[0]?.cursor
    const end = before?.reader.last()?.cursor
    if (!before || first === undefined || first - 1 !== end)
      throw new RangeError(`journal part at ${first} comes after ${end}`)
    const file = partFile(this.file, first)
    if (bytesOf(file) >= 0) return err({ is: 'failed', detail: `${file}: something lies there already` })
    const opened = openPart(file, first - 1, this.#options)
    const written = opened.ok ? opened.value.append(rows, 'power') : opened
    if (!opened.ok || !written.ok) {
      if (opened.ok) opened.value.close()
      removePart(file)
      return written
    }
    before.reader.settle()
    this.parts.push({ first, file, reader: opened.value })
    return ok(undefined)
  }

  protected override grew(): boolean {
    return false
  }
}
