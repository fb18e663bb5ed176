import { z } from 'zod'
import type { CheckpointStore, JournalRow } from '../../../core/ports.ts'
import type { Rows } from './rows.ts'

const Row = z.object({ cursor: z.number().int(), at: z.number(), text: z.string(), hash: z.string() })
const NEWLINE = 10

/**
 * The rows of a journal written one a line. Lines are found once and parsed when they are read, in order, so that a
 * file of any size is never one text. A line that is no row is left out: the chain then says which is missing.
 */
export class NdjsonRows implements Rows {
  readonly #bytes: Uint8Array
  /** Where each line begins. */
  readonly #lines: number[] = []

  /** The row on the first line. */
  readonly #first: number
  readonly #checkpoint: Uint8Array | undefined

  /** `checkpoint`: the lines of the one these rows begin at, where they are not the first of their journal. */
  constructor(bytes: Uint8Array, checkpoint?: Uint8Array) {
    this.#bytes = bytes
    this.#checkpoint = checkpoint
    for (let at = 0; at < bytes.byteLength; ) {
      this.#lines.push(at)
      const end = bytes.indexOf(NEWLINE, at)
      at = end < 0 ? bytes.byteLength : end + 1
    }
    this.#first = this.#row(0)?.cursor ?? 1
  }

  read(after: number, limit: number): readonly JournalRow[] {
    const rows: JournalRow[] = []
    for (let line = Math.max(0, after + 1 - this.#first); line < this.#lines.length && rows.length < limit; line++) {
      const row = this.#row(line)
      if (row) rows.push(row)
    }
    return rows
  }

  last(): JournalRow | null {
    return this.#lines.length === 0 ? null : this.#row(this.#lines.length - 1)
  }

  /** There is one at most, and it says itself where it stands. */
  get checkpoints(): Pick<CheckpointStore, 'read'> {
    const bytes = this.#checkpoint
    return { read: () => (bytes ? { [Symbol.iterator]: () => linesIn(bytes) } : null) }
  }

  #row(line: number): JournalRow | null {
    const text = Buffer.from(this.#bytes.subarray(this.#lines[line], this.#lines[line + 1])).toString('utf8')
    try {
      return Row.parse(JSON.parse(text))
    } catch {
      return null
    }
  }
}

function* linesIn(bytes: Uint8Array): Generator<string> {
  for (let at = 0; at < bytes.byteLength; ) {
    const found = bytes.indexOf(NEWLINE, at)
    const end = found < 0 ? bytes.byteLength : found
    yield Buffer.from(bytes.subarray(at, end)).toString('utf8')
    at = end + 1
  }
}
