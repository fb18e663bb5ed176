import { closeSync, constants, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs'
import type { JournalRow } from '../../core/ports.ts'
import { onDisk } from './sqlite.ts'

/** A row that was written: what is cut off a journal's end, rows before it and all, no chain can tell. */
export type Witness = Pick<JournalRow, 'cursor' | 'hash'>

const headOf = (file: string): string => `${file}-head`
/** What was once ahead of its journal is kept under this name, and not written over. */
const lostOf = (file: string): string => `${file}-lost`
/** One line, always as long: written over in place, by one write within a page. */
const textOf = ({ cursor, hash }: Witness): string => `${String(cursor).padStart(16, '0')} ${hash}\n`

/**
 * Notes beside a journal which row was the last one written, after each commit. It owns one open file. It never refuses
 * anything: where it cannot be written the journal goes on, and a lost end is then not noticed.
 */
export class HeadWitness {
  readonly #file: string
  /** Null: not opened yet, or not to be had. */
  #fd: number | null = null
  #isOver = false

  /** `last`: the journal's last row as it is opened; null: it has none. */
  constructor(file: string, last: Witness | null) {
    this.#file = headOf(file)
    const before = readOne(this.#file)
    if (before && before.cursor > (last?.cursor ?? 0) && !isThere(lostOf(file)))
      onDisk(this.#file, () => renameSync(this.#file, lostOf(file)))
  }

  note(row: Witness): void {
    if (this.#isOver) return
    this.#fd ??= openToWrite(this.#file)
    const fd = this.#fd
    if (fd === null) this.#isOver = true
    else onDisk(this.#file, () => writeSync(fd, textOf(row), 0, 'latin1'))
  }

  close(): void {
    const fd = this.#fd
    this.#fd = null
    this.#isOver = true
    if (fd !== null) onDisk(this.#file, () => closeSync(fd))
  }
}

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

function readOne(file: string): Witness | null {
  const text = onDisk(file, () => readFileSync(file, 'latin1'))
  const found = text.ok ? /^(\d{16}) ([0-9a-f]{64})\n$/.exec(text.value) : null
  return found ? { cursor: Number(found[1]), hash: found[2] ?? '' } : null
}
