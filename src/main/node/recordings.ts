import { basename, resolve } from 'node:path'
import type { Recordings } from '../../core/replay/recordings.ts'
import { ok } from '../../shared/result.ts'
import { bringTo } from './brought.ts'
import { listJournals } from './disk.ts'
import { openKept, openKeptFile } from './kept-journal.ts'

/** The journals of a data directory, and one file from anywhere, opened for reading only. */
export function recordingsIn(dir: string, file: string | null): Recordings {
  return {
    list() {
      const listed = listJournals(dir)
      return listed.ok ? ok(listed.value.map(({ name }) => name)) : listed
    },
    open(name) {
      return openKept(dir, name)
    },
    bring: () => bringTo(dir),
    file: file === null ? null : { name: basename(file), open: () => openKeptFile(resolve(file)) },
  }
}
