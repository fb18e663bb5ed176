import { basename, resolve } from 'node:path'
import type { Recordings } from '../../core/replay/recordings.ts'
import { ok } from '../../shared/result.ts'
import { bringTo } from './brought.ts'
import { checkpointsOf, listJournals, openJournalReadOnly } from './disk.ts'
import { openJournalToRead } from './journal-parts.ts'

/** The journals of a data directory, and one file from anywhere, opened for reading only. */
export function recordingsIn(dir: string, file: string | null): Recordings {
  return {
    list() {
      const listed = listJournals(dir)
      return listed.ok ? ok(listed.value.map(({ name }) => name)) : listed
    },
    open(name) {
      const opened = openJournalReadOnly(dir, name)
      if (!opened.ok) return opened
      const reader = opened.value
      return ok({
        read: (after, limit) => reader.read(after, limit),
        last: () => reader.last(),
        length: () => reader.length(),
        close: () => reader.close(),
        checkpoints: checkpointsOf(dir, name),
      })
    },
    bring: () => bringTo(dir),
    file: file === null ? null : { name: basename(file), open: () => openJournalToRead(resolve(file)) },
  }
}
