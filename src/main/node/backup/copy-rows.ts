import { WholeCheck } from '../../../core/journal/beginning.ts'
import type { ChainFault } from '../../../core/journal/chain.ts'
import type { DiskFault } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import { removePart } from '../journal-parts.ts'
import { type JournalReader, openPart, openPartToRead, settleJournal } from '../journal-store.ts'

/** Rows copied, or read back, between two turns: a few ms, so that a live desk is not held up. */
const SLICE = 500

/** What a journal came to: rows, and the hash of the last. */
export type Extent = { readonly events: number; readonly head: string }
export type CopyFault =
  | DiskFault
  | { readonly is: 'chain-broken'; readonly detail: string }
  | { readonly is: 'not-as-written'; readonly detail: string }
/** Gives way to other work. */
export type Turn = () => Promise<void>

/**
 * Copies a journal row by row into a fresh file, checking the chain on the way, then reads the copy back and checks it again.
 * Rows, not pages: what is damaged in the file's own structure is not copied along. A copy that fails leaves no file.
 */
export async function copyJournal(from: JournalReader, file: string, turn: Turn): Promise<Result<Extent, CopyFault>> {
  removePart(file)
  const copied = await copyAndReadBack(from, file, turn)
  if (!copied.ok) removePart(file)
  return copied
}

async function copyAndReadBack(from: JournalReader, file: string, turn: Turn): Promise<Result<Extent, CopyFault>> {
  const copied = await copy(from, file, turn)
  if (!copied.ok) return copied
  const settled = settleJournal(file)
  return settled.ok ? readBack(file, copied.value, turn) : settled
}

async function copy(from: JournalReader, file: string, turn: Turn): Promise<Result<Extent, CopyFault>> {
  const check = new WholeCheck(sha256, from)
  const opened = openPart(file, check.before)
  if (!opened.ok) return opened
  const to = opened.value
  try {
    for (;;) {
      const rows = from.read(check.so.cursor, SLICE)
      if (rows.length === 0) return extentOf(check)
      check.take(rows)
      if (check.so.fault) return err(broken(check.so.fault))
      const written = to.append(rows, rows.length < SLICE ? 'power' : 'process')
      if (!written.ok) return written
      await turn()
    }
  } finally {
    to.close()
  }
}

async function readBack(file: string, extent: Extent, turn: Turn): Promise<Result<Extent, CopyFault>> {
  const opened = openPartToRead(file)
  if (!opened.ok) return opened
  const checked = await checkJournal(opened.value, turn)
  opened.value.close()
  if (!checked.ok) return checked
  return checked.value.events === extent.events && checked.value.head === extent.head
    ? checked
    : err({ is: 'not-as-written', detail: `${file}: reads back otherwise than it was written` })
}

/** Checks every row of a journal. */
export async function checkJournal(reader: JournalReader, turn: Turn): Promise<Result<Extent, CopyFault>> {
  const check = new WholeCheck(sha256, reader)
  for (;;) {
    const rows = reader.read(check.so.cursor, SLICE)
    if (rows.length === 0 || check.so.fault) return extentOf(check)
    check.take(rows)
    await turn()
  }
}

function extentOf(check: WholeCheck): Result<Extent, CopyFault> {
  const fault = check.end()
  return fault ? err(broken(fault)) : ok({ events: check.so.cursor, head: check.so.head })
}

const broken = ({ cursor, is }: ChainFault): CopyFault => ({
  is: 'chain-broken',
  detail: `broken at event ${cursor} (${is})`,
})
