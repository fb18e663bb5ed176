import type { PackChoice } from '../../../core/evidence/facts.ts'
import { MANIFEST, manifestText, type PackFileEntry } from '../../../core/evidence/manifest.ts'
import { signText } from '../../../core/evidence/sign.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import { derive } from './derive.ts'
import { PackWriter } from './pack-writer.ts'
import { Cancelled, type FoldFault, foldRows, type Rows, type Turn } from './rows.ts'

export type PackRequest = {
  readonly rows: Rows
  /** The journal's name in the data directory. */
  readonly name: string
  /** The last record that goes in; null: the last there is. */
  readonly upTo: number | null
  readonly choice: PackChoice
  readonly version: string
  /** Where the pack will stand; whatever is there is replaced when it is whole. */
  readonly file: string
  readonly turn: Turn
}
export type PackMade = {
  readonly file: string
  /** Size of the ZIP. */
  readonly bytes: number
  readonly cursor: number
  /** The first record that is in it, and when it was written, UTC ms; null: all are. */
  readonly begins: { readonly cursor: number; readonly at: number } | null
  readonly head: string
  /** SHA-256 of the manifest, which names every other file's: the pack in one number. */
  readonly manifest: string
  /** What the QR sign says. */
  readonly sign: string
  readonly files: readonly PackFileEntry[]
}
export type PackFault =
  | FoldFault
  | { readonly is: 'cancelled' | 'not-written' | 'sealed-with-journal'; readonly detail: string }

/** Makes a pack from a journal. On any fault, and when cancelled, no file is left. */
export async function makePack(request: PackRequest): Promise<Result<PackMade, PackFault>> {
  const { rows, name, upTo, choice, turn } = request
  if (choice.privacy === 'sealed' && choice.withJournal) {
    return err({ is: 'sealed-with-journal', detail: 'a sealed pack cannot hold the journal: its rows name people' })
  }
  try {
    const folded = await foldRows(rows, name, upTo, turn)
    return folded.ok ? await write(request, folded.value) : folded
  } catch (cause) {
    if (cause instanceof Cancelled) return err({ is: 'cancelled', detail: 'cancelled: nothing was written' })
    const detail = cause instanceof Error ? cause.message : String(cause)
    return err({ is: 'not-written', detail: `${request.file}: ${detail}` })
  }
}

type FoldedValue = Extract<Awaited<ReturnType<typeof foldRows>>, { ok: true }>['value']

async function write({ rows, choice, version, file, turn }: PackRequest, folded: FoldedValue) {
  const facts = { ...folded, choice, version }
  const writer = new PackWriter(file)
  try {
    const files: PackFileEntry[] = []
    for (const { name, bytes } of derive(facts, rows, turn)) files.push(await writer.add(name, bytes()))
    const manifest = manifestText(facts, files)
    await writer.add(MANIFEST, once(manifest))
    const bytes = writer.finish()
    const { cursor, head, begins: from } = folded.journal
    const begins = from && { cursor: from.cursor, at: from.at }
    return ok({ file, bytes, cursor, begins, head, manifest: sha256(manifest), sign: signText(facts), files })
  } finally {
    writer.abandon()
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8')
}
