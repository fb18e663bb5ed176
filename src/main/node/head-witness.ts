import { closeSync, constants, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import type { Durability, JournalRow, LostEnd } from '../../core/ports.ts'
import { onDisk } from './sqlite.ts'

/** A row that was written: what is cut off a journal's end, rows before it and all, no chain can tell. */
export type Witness = Pick<JournalRow, 'cursor' | 'hash'>
/** `saved`: the last row that was asked to survive the loss of power; null: the note is of an earlier version. */
type Note = Witness & { readonly saved: number | null }

const headOf = (file: string): string => `${file}-head`
/** What was once ahead of its journal is kept under this name, and not written over, until the journal itself tells of it. */
const lostOf = (file: string): string => `${file}-lost`
const numberText = (value: number): string => String(value).padStart(16, '0')
/** One line, always as long: written over in place, by one write within a page. */
const textOf = ({ cursor, hash }: Witness, saved: number): string =>
  `${numberText(cursor)} ${hash} ${numberText(saved)}\n`

/** The reading of a journal that a note is held against. */
type Rows = { last(): Witness | null; read(after: number, limit: number): readonly Witness[] }

/**
 * Notes beside a journal which row was the last one written, after each commit, and which the last that was to survive the
 * loss of power. It owns one open file. It never refuses anything: where it cannot be written the journal goes on, and a lost
 * end is then not noticed.
 */
export class HeadWitness {
  readonly #file: string
  readonly #lostFile: string
  /** What is gone of the journal's end, as it was found on opening. */
  readonly lost: LostEnd | null
  #saved: number
  /** Null: not opened yet, or not to be had. */
  #fd: number | null = null
  #isOver = false

  /** Of a journal that was just opened and not written yet. */
  constructor(file: string, rows: Rows) {
    this.#file = headOf(file)
    this.#lostFile = lostOf(file)
    const last = rows.last()
    const head = readOne(this.#file)
    if (head && !holds(rows, head) && !isThere(this.#lostFile))
      onDisk(this.#file, () => renameSync(this.#file, this.#lostFile))
    const lost = readOne(this.#lostFile)
    this.lost = lost && !holds(rows, lost) ? lostEnd(lost, last) : null
    this.#saved = Math.min(head?.saved ?? 0, last?.cursor ?? 0)
  }

  note(row: Witness, durability: Durability): void {
    if (durability === 'power') this.#saved = row.cursor
    if (this.#isOver) return
    this.#fd ??= openToWrite(this.#file)
    const fd = this.#fd
    if (fd === null) this.#isOver = true
    else onDisk(this.#file, () => writeSync(fd, textOf(row, this.#saved), 0, 'latin1'))
  }

  /** The journal says what is gone: its own row is under the chain, this note is not. */
  told(): void {
    if (this.lost) onDisk(this.#lostFile, () => rmSync(this.#lostFile, { force: true }))
  }

  close(): void {
    const fd = this.#fd
    this.#fd = null
    this.#isOver = true
    if (fd !== null) onDisk(this.#file, () => closeSync(fd))
  }
}

const lostEnd = ({ cursor, hash, saved }: Note, last: Witness | null): LostEnd => ({
  through: cursor,
  hash,
  // Rows that are others are no power cut, whatever was asked for them.
  saved: saved === null || (last?.cursor ?? 0) >= cursor ? null : saved > (last?.cursor ?? 0),
})

const holds = (rows: Rows, { cursor, hash }: Witness): boolean =>
  rows.read(cursor - 1, 1).some((row) => row.cursor === cursor && row.hash === hash)

/** For writing in place, made when there is none; null where it cannot be. */
function openToWrite(file: string): number | null {
  const opened = onDisk(file, () => openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600))
  return opened.ok ? opened.value : null
}

/** The rows that were noted of a journal, as far as the notes read. */
export function witnessesOf(file: string): readonly Witness[] {
  return [readOne(lostOf(file)), readOne(headOf(file))].flatMap((one) => one ?? [])
}

const isThere = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined

function readOne(file: string): Note | null {
  const text = onDisk(file, () => readFileSync(file, 'latin1'))
  const found = text.ok ? /^(\d{16}) ([0-9a-f]{64})(?: (\d{16}))?\n/.exec(text.value) : null
  if (!found) return null
  return { cursor: Number(found[1]), hash: found[2] ?? '', saved: found[3] === undefined ? null : Number(found[3]) }
}
