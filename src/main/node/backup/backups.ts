import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../../shared/result.ts'
import { backupsIn, openJournalReadOnly, plainName } from '../disk.ts'
import { syncFolder } from '../files.ts'
import { openJournalToRead, removePart } from '../journal-parts.ts'
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
  const file = join(folder, `${plainName(name)}.${stampOf(now)}.sqlite`)
  const draft = `${file}.new`
  const copied = await copyJournal(reader.value, draft, turn)
  reader.value.close()
  if (!copied.ok) return copied
  const placed = onDisk(file, () => {
    renameSync(draft, file)
    syncFolder(folder)
    return statSync(file).size
  })
  if (!placed.ok) return placed
  for (const old of listBackups(dir, name).slice(BACKUPS_KEPT)) removePart(old.file)
  return ok({ file, at: now, bytes: placed.value, ...copied.value })
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
