import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { DiskFault } from '../../core/ports.ts'

export type Database = DatabaseSync
export type Statement = StatementSync
/** What of the platform's SQLite is used here. */
export type Sqlite = Pick<typeof import('node:sqlite'), 'DatabaseSync'>

/** The platform's SQLite, or null on a runtime built without it: then one clear line is better than a broken import. */
export const platformSqlite = (): Sqlite | null => process.getBuiltinModule('node:sqlite') ?? null

/** SQLite's primary result codes, as far as they decide anything here (sqlite.org/rescode.html). */
const SQLITE = {
  BUSY: 5,
  LOCKED: 6,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const
/** Extended codes: the shared-memory file could not grow; the file system itself is damaged. */
const IOERR_SHMSIZE = SQLITE.IOERR | (19 << 8)
const IOERR_CORRUPTFS = SQLITE.IOERR | (33 << 8)

/** The error as a fault of the disk, or null when SQLite did not raise it: then it is a bug and must be thrown on. */
export function sqliteFault(cause: unknown, file: string): DiskFault | null {
  if (!(cause instanceof Error) || !('errcode' in cause) || typeof cause.errcode !== 'number') return null
  const detail = `${file}: ${cause.message} (${cause.errcode})`
  if (cause.errcode === IOERR_SHMSIZE) return { is: 'full', detail }
  if (cause.errcode === IOERR_CORRUPTFS) return { is: 'corrupt', detail }
  switch (cause.errcode & 0xff) {
    case SQLITE.BUSY:
    case SQLITE.LOCKED:
      return { is: 'in-use', detail }
    case SQLITE.READONLY:
      return { is: 'read-only', detail }
    case SQLITE.CORRUPT:
    case SQLITE.NOTADB:
      return { is: 'corrupt', detail }
    case SQLITE.FULL:
      return { is: 'full', detail }
    default:
      return { is: 'failed', detail }
  }
}

/** A file system error as a fault of the disk; null when it is none. */
export function fileFault(cause: unknown, file: string): DiskFault | null {
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return null
  const detail = `${file}: ${cause.code}`
  switch (cause.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { is: 'full', detail }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { is: 'read-only', detail }
    case 'ENOENT':
      return { is: 'missing', detail }
    case 'EEXIST':
    case 'ENOTDIR':
      return { is: 'failed', detail: `${detail}: a file stands where a folder is needed` }
    default:
      return { is: 'failed', detail }
  }
}

/** Runs `work`; turns what the disk refused into a fault and lets bugs through. */
export function onDisk<T>(file: string, work: () => T): { ok: true; value: T } | { ok: false; error: DiskFault } {
  try {
    return { ok: true, value: work() }
  } catch (cause) {
    const fault = sqliteFault(cause, file) ?? fileFault(cause, file)
    if (fault) return { ok: false, error: fault }
    throw cause
  }
}
