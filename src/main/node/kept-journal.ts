import { basename, dirname, join } from 'node:path'
import type { CheckpointStore, DiskFault } from '../../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import { checkpointFiles } from './checkpoint-files.ts'
import { checkpointsOf, openJournalReadOnly } from './disk.ts'
import { openJournalToRead } from './journal-parts.ts'
import type { JournalReader } from './journal-store.ts'

/** The rows of a journal with the checkpoints beside them: what rows told that were let go is there alone. */
export type KeptJournal = JournalReader & { readonly checkpoints: Pick<CheckpointStore, 'read'> }

/** A journal of a data directory, read beside the desk that may be writing it. */
export function openKept(dir: string, name: string): Result<KeptJournal, DiskFault> {
  const opened = openJournalReadOnly(dir, name)
  return opened.ok ? ok(withCheckpoints(opened.value, checkpointsOf(dir, name))) : opened
}

/** A journal's file wherever it lies: checkpoints of a backup lie beside it, those of a desk in the folder next to its own. */
export function openKeptFile(file: string): Result<KeptJournal, DiskFault> {
  const opened = openJournalToRead(file)
  if (!opened.ok) return opened
  const stem = basename(file).replace(/\.sqlite$/, '')
  const places = [dirname(file), join(dirname(dirname(file)), 'checkpoints')]
  const stores = places.map((place) => checkpointFiles(place, stem))
  const read = (cursor: number) => stores.map((store) => store.read(cursor)).find((lines) => lines !== null) ?? null
  return ok(withCheckpoints(opened.value, { read }))
}

const withCheckpoints = (reader: JournalReader, checkpoints: KeptJournal['checkpoints']): KeptJournal => ({
  read: (after, limit) => reader.read(after, limit),
  last: () => reader.last(),
  length: () => reader.length(),
  close: () => reader.close(),
  checkpoints,
})
