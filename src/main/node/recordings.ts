import { basename, resolve } from 'node:path'
import type { DiskFault } from '../../core/ports.ts'
import type { JournalReader, Recordings } from '../../core/replay/recordings.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { bringTo, openPackFrom } from './brought.ts'
import { listJournals } from './disk.ts'
import { isZip } from './evidence/pack-recording.ts'
import { openKept, openKeptFile } from './kept-journal.ts'

/** What a window says of the same. */
export const WITHOUT_JOURNAL =
  'This evidence pack was made without its journal, so there is no day in it to look at. Bring one made with “Put the journal itself in”, or the journal file that “journal backup” makes.'
export const NOT_A_JOURNAL = 'This file could not be read as a journal. Ask for it to be exported again.'

/** The journals of a data directory, and one file from anywhere, a journal or an evidence pack that holds one, opened for reading only. */
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
    file: file === null ? null : { name: basename(file), open: () => openAny(dir, resolve(file)) },
  }
}

function openAny(dir: string, file: string): Result<JournalReader, DiskFault> {
  const opened = isZip(file) ? openPackFrom(dir, file) : openKeptFile(file)
  if (opened.ok) return opened
  const { is, detail } = opened.error
  if (is === 'missing' && isZip(file)) return err({ is, detail: `${detail}. ${WITHOUT_JOURNAL}` })
  return is === 'corrupt' || is === 'failed' ? err({ is, detail: `${detail}. ${NOT_A_JOURNAL}` }) : opened
}
