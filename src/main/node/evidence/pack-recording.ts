import { closeSync, fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { MANIFEST, Manifest } from '../../../core/evidence/manifest.ts'
import { CHECKPOINT_FILE, JOURNAL_FILE } from '../../../core/evidence/pack-files.ts'
import type { DiskFault } from '../../../core/ports.ts'
import type { JournalReader } from '../../../core/replay/recordings.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { openPart } from '../journal-store.ts'
import { onDisk } from '../sqlite.ts'
import { LARGEST_CHECKPOINT, PackRows } from './pack-rows.ts'
import { Misfit, Unpacked } from './unpacked.ts'
import { bytesAt, zipIndex } from './zip-index.ts'

/** What a ZIP begins with: the local header of its first file. */
const ZIP = Buffer.from('PK\x03\x04', 'latin1')
/** The most each may hold unpacked, bytes: of a day of a million events the rows are a sixth of it. */
const LARGEST_JOURNAL = 2_000_000_000
const LARGEST_MANIFEST = 1_000_000

/** Whether a file is a ZIP, by how it begins. */
export function isZip(file: string): boolean {
  const begins = onDisk(file, () => {
    const handle = openSync(file, 'r')
    try {
      return bytesAt(handle, 0, ZIP.length)?.equals(ZIP) ?? false
    } finally {
      closeSync(handle)
    }
  })
  return begins.ok && begins.value
}

/**
 * The journal in an evidence pack as a recording. What it needs on the disk it writes into `folder`, under names of its own:
 * no name in the ZIP ever is a path. `missing`: the pack was made without its journal; `corrupt`: it is no pack.
 */
export function openPackRecording(file: string, folder: string): Result<JournalReader, DiskFault> {
  const opened = onDisk(file, () => openSync(file, 'r'))
  if (!opened.ok) return opened
  const read = onDisk(file, () => packIn(opened.value, file, folder))
  if (read.ok && read.value.ok) return ok(read.value.value)
  closeSync(opened.value)
  return read.ok ? read.value : read
}

function packIn(handle: number, file: string, folder: string): Result<JournalReader, DiskFault> {
  const no = (is: 'corrupt' | 'missing', why: string) => err({ is, detail: `${file}: ${why}` })
  const zip = { handle, size: fstatSync(handle).size }
  const listed = zipIndex(zip.handle, zip.size)
  if (!listed.ok) return no('corrupt', listed.error)
  const [told, rows, checkpoint] = [MANIFEST, JOURNAL_FILE, CHECKPOINT_FILE].map((name) => listed.value.get(name))
  const manifest = told && manifestIn(new Unpacked(zip, told, LARGEST_MANIFEST))
  if (!manifest) return no('corrupt', 'is no evidence pack')
  if (!rows) return no('missing', `was made without ${JOURNAL_FILE}`)
  if (rows.bytes > LARGEST_JOURNAL || (checkpoint?.bytes ?? 0) > LARGEST_CHECKPOINT)
    return no('corrupt', 'says that it holds more than any journal')
  const { begins } = manifest.journal
  const part = openPart(join(folder, 'rows.sqlite'), (begins?.cursor ?? 1) - 1)
  if (!part.ok) return part
  const beside = checkpoint && begins ? { zip, entry: checkpoint, cursor: begins.cursor, folder } : null
  return ok(new PackRows(handle, new Unpacked(zip, rows, LARGEST_JOURNAL), part.value, manifest.journal, beside))
}

function manifestIn(unpacked: Unpacked): Manifest | null {
  try {
    const parsed = Manifest.safeParse(JSON.parse(Buffer.concat([...unpacked.rest()]).toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch (cause) {
    if (cause instanceof Misfit || cause instanceof SyntaxError) return null
    throw cause
  }
}
