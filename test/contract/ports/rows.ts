import type { JournalRow } from '../../../src/core/ports.ts'

/** Rows `from`..`to` as a desk would write them; the text tells its own cursor so that a mix-up shows. */
export function rows(from: number, to: number, bytes = 40): JournalRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const cursor = from + index
    const text = JSON.stringify({ cursor, name: 'ناخب \u0000 \u2028', pad: 'x'.repeat(bytes) })
    return { cursor, at: 1_795_000_000_000 + cursor, text, hash: cursor.toString(16).padStart(64, '0') }
  })
}
