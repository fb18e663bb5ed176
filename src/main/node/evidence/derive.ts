import type { EvidenceFacts } from '../../../core/evidence/facts.ts'
import { CHECKPOINT_FILE, JOURNAL_FILE, type PackFile, packFiles } from '../../../core/evidence/pack-files.ts'
import { assertNever } from '../../../shared/result.ts'
import { paperOf } from './paper.ts'
import { signSvg } from './qr-sign.ts'
import { type Rows, rowLine, type Turn } from './rows.ts'

/** One file of a pack as bytes, made when it is asked for. */
export type Derived = { readonly name: string; bytes(): AsyncIterable<Uint8Array> }

/** Rows of the journal written in one go. */
const ROWS_AT_ONCE = 2_000

/** Every file of a pack but the manifest, in its order. What made it and what verifies it both come here. */
export function derive(facts: EvidenceFacts, rows: Rows, turn: Turn): readonly Derived[] {
  const files = packFiles(facts)
  const { begins } = facts.journal
  const total = files.length + (facts.choice.withJournal ? (begins ? 2 : 1) : 0)
  const derived = files.map(
    (file, done): Derived => ({
      name: file.name,
      bytes: () => bytesOf(file, facts, () => turn({ step: 'writing', done, total })),
    }),
  )
  if (!facts.choice.withJournal) return derived
  const breathe = () => turn({ step: 'writing', done: files.length, total })
  const after = (begins?.cursor ?? 1) - 1
  const journal = { name: JOURNAL_FILE, bytes: () => journalBytes(rows, after, facts.journal.cursor, breathe) }
  if (!begins) return [...derived, journal]
  return [...derived, journal, { name: CHECKPOINT_FILE, bytes: () => checkpointBytes(rows, begins.cursor, breathe) }]
}

async function* bytesOf(
  file: PackFile,
  { version }: EvidenceFacts,
  breathe: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  await breathe()
  switch (file.is) {
    case 'text':
      for (const piece of file.pieces()) {
        yield Buffer.from(piece, 'utf8')
        await breathe()
      }
      return
    case 'paper':
      return yield await paperOf(file.report(), version, breathe)
    case 'sign':
      return yield Buffer.from(await signSvg(file.text), 'utf8')
    default:
      return assertNever(file)
  }
}

/** The checkpoint the journal begins at, line by line. */
async function* checkpointBytes(rows: Rows, at: number, breathe: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (const line of rows.checkpoints?.read(at) ?? []) {
    await breathe()
    yield Buffer.from(`${line}\n`, 'utf8')
  }
}

async function* journalBytes(
  rows: Rows,
  after: number,
  end: number,
  breathe: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  for (let cursor = after; cursor < end; ) {
    await breathe()
    const page = rows.read(cursor, Math.min(ROWS_AT_ONCE, end - cursor))
    const last = page.at(-1)
    if (!last) return
    cursor = last.cursor
    yield Buffer.from(page.map(rowLine).join(''), 'utf8')
  }
}
