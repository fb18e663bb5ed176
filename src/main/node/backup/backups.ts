import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isVouchedAt } from '../../../core/recover-book.ts'
import type { CheckpointStore, DiskFault } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { checkpointFiles } from '../checkpoint-files.ts'
import { sha256 } from '../digest.ts'
import { backupsIn, checkpointsOf, openJournalReadOnly, plainName } from '../disk.ts'
import { syncFolder } from '../files.ts'
import { openJournalToRead, removePart } from '../journal-parts.ts'
import type { JournalReader } from '../journal-store.ts'
import { onDisk } from '../sqlite.ts'
import { type CopyFault, copyJournal, type Extent, type Turn } from './copy-rows.ts'

/** So many of one journal are kept; an older one goes only when a newer one was read back whole. */
export const BACKUPS_KEPT = 3

/** A backup on disk. `at`: UTC ms. */
export type Backup = { readonly file: string; readonly at: number; readonly bytes: number }
export type BackedUp = Backup & Extent
export type BackupWish = { readonly dir: string; readonly name: string; readonly now: number; readonly turn: Turn }

/**
 * Makes a backup of one journal, beside the desk that may be writing it: written, read back, its chain checked, and only then
 * given its name. Null: nothing was written since the last one.
 */
export async function backUp({ dir, name, now, turn }: BackupWish): Promise<Result<BackedUp | null, CopyFault>> {
  const reader = openJournalReadOnly(dir, name)
  if (!reader.ok) return reader
  const folder = backupsIn(dir)
  const made = onDisk(folder, () => mkdirSync(folder, { recursive: true, mode: 0o700 }))
  if (!made.ok) return made
  const [newest] = listBackups(dir, name)
  if (newest && lastOf(newest.file) === (reader.value.last()?.hash ?? null)) {
    reader.value.close()
    return ok(null)
  }
  const stem = `${plainName(name)}.${stampOf(now)}`
  const file = join(folder, `${stem}.sqlite`)
  const draft = `${file}.new`
  // Before the rows: the one that speaks of it is then among them.
  const opening = openingOf(reader.value, { from: checkpointsOf(dir, name), to: checkpointFiles(folder, stem) })
  const copied = await copyJournal(reader.value, draft, turn)
  reader.value.close()
  if (!copied.ok || !opening.ok) {
    for (const cursor of checkpointFiles(folder, stem).list()) checkpointFiles(folder, stem).remove(cursor)
    if (!copied.ok) return copied
    removePart(draft)
    if (!opening.ok) return opening
  }
  const placed = onDisk(file, () => {
    renameSync(draft, file)
    syncFolder(folder)
    return statSync(file).size
  })
  if (!placed.ok) return placed
  for (const old of listBackups(dir, name).slice(BACKUPS_KEPT)) {
    removePart(old.file)
    const beside = checkpointsBeside(old.file)
    for (const cursor of beside.list()) beside.remove(cursor)
  }
  return ok({ file, at: now, bytes: placed.value, ...copied.value })
}

/** The checkpoints that lie beside a backup: of a journal whose first rows were let go, without which its rows make nothing. */
export const checkpointsBeside = (file: string): CheckpointStore =>
  checkpointFiles(dirname(file), basename(file).replace(/\.sqlite$/, ''))

/** Copies the checkpoint that a journal begins at, or a later one, where it does not begin at its first row. */
function openingOf(
  reader: JournalReader,
  { from, to }: { readonly from: CheckpointStore; readonly to: CheckpointStore },
): Result<void, DiskFault> {
  const first = reader.read(0, 1)[0]?.cursor ?? 1
  if (first === 1) return ok(undefined)
  const cursor = firstVouched(reader, from)
  const detail = `the journal begins at event ${first}, and no checkpoint of it reads`
  return cursor === null ? err({ is: 'missing', detail }) : copyCheckpoint(from, to, cursor)
}

/** The oldest checkpoint that the chain of these rows vouches for; null: none. */
export const firstVouched = (rows: Pick<JournalReader, 'read'>, checkpoints: CheckpointStore): number | null =>
  checkpoints.list().findLast((cursor) => isVouchedAt(sha256, rows, checkpoints, cursor)) ?? null

/** A checkpoint of one store, also in another. */
export function copyCheckpoint(from: CheckpointStore, to: CheckpointStore, cursor: number): Result<void, DiskFault> {
  const lines = from.read(cursor)
  if (!lines) return err({ is: 'missing', detail: `no checkpoint at event ${cursor}` })
  const begun = to.begin(cursor)
  if (!begun.ok) return begun
  for (const line of lines) {
    const added = begun.value.add(line)
    if (!added.ok) return added
  }
  return begun.value.finish()
}

/** The backups of one journal, newest first. */
export function listBackups(dir: string, name: string): readonly Backup[] {
  const folder = backupsIn(dir)
  const files = onDisk(folder, () => readdirSync(folder))
  if (!files.ok) return []
  return files.value
    .flatMap((each) => {
      const found = /^(.*)\.(\d{8}T\d{9}Z)\.sqlite$/.exec(each)
      if (found?.[1] !== plainName(name)) return []
      const file = join(folder, each)
      return [{ file, at: timeOf(found[2] ?? ''), bytes: statSync(file).size }]
    })
    .sort((a, b) => b.at - a.at)
}

function lastOf(file: string): string | null {
  const opened = openJournalToRead(file)
  if (!opened.ok) return null
  const last = opened.value.last()
  opened.value.close()
  return last?.hash ?? null
}

/** `20261120T143205123Z`: sorts as time, and is a file name everywhere. */
const stampOf = (ms: number): string => new Date(ms).toISOString().replace(/[-:.]/g, '')
const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z'))

/** Why there is no backup, in words with what to do. */
export function backupWords(fault: CopyFault): string {
  switch (fault.is) {
    case 'chain-broken':
      return `the journal is ${fault.detail}; the backups made before are kept`
    case 'full':
      return `no room for a backup (${fault.detail}); free space, the backups made before are kept`
    default:
      return fault.detail
  }
}
