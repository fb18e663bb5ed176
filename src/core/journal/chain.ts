import type { Digest, JournalRow } from '../ports.ts'

/** The hash before the first row. */
export const GENESIS = '0'.repeat(64)

/** The hash of a row: over the one before it and everything the row says, so no row can be changed, lost or moved unseen. */
export function linkHash(digest: Digest, previous: string, row: Pick<JournalRow, 'cursor' | 'at' | 'text'>): string {
  return digest(`${previous}\n${row.cursor}\n${row.at}\n${row.text}`)
}

export type ChainFault = {
  readonly cursor: number
  readonly is: 'missing-row' | 'wrong-hash'
}
/** Where the check of a chain stands: feed it rows in order, batch by batch. */
export type ChainCheck = { readonly cursor: number; readonly head: string; readonly fault: ChainFault | null }
export const UNCHECKED: ChainCheck = { cursor: 0, head: GENESIS, fault: null }

/** Checks more rows. The first fault stops it: nothing after a break can be vouched for. */
export function checkChain(digest: Digest, so: ChainCheck, rows: readonly JournalRow[]): ChainCheck {
  let { cursor, head } = so
  for (const row of rows) {
    if (so.fault) return so
    if (row.cursor !== cursor + 1) return { cursor, head, fault: { cursor: cursor + 1, is: 'missing-row' } }
    if (row.hash !== linkHash(digest, head, row))
      return { cursor, head, fault: { cursor: row.cursor, is: 'wrong-hash' } }
    cursor = row.cursor
    head = row.hash
  }
  return { cursor, head, fault: so.fault }
}
