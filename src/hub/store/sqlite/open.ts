import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Result } from '../../../shared/result.ts'
import { err, ok } from '../../../shared/result.ts'
import { wordsOf } from '../../log.ts'
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './schema.ts'
import type { SqliteStoreOptions } from './sqlite-store.ts'
import { SqliteStore } from './sqlite-store.ts'
import type { Mode } from '../records.ts'

export type StoreFault = {
  readonly is: 'data-unwritable' | 'data-in-use' | 'store-corrupt' | 'store-newer' | 'mode-mismatch'
  /** One sentence that says what is wrong and what to do. */
  readonly sentence: string
}

const STORE_FILE = 'hub.db'

/** Opens the store of a data directory, or one in memory for null. Makes it when it is not there. */
export function openStore(
  directory: string | null,
  options: Omit<SqliteStoreOptions, 'db' | 'directory'>,
): Result<SqliteStore, StoreFault> {
  if (directory !== null) {
    const fault = unwritable(directory)
    if (fault !== null) return err(fault)
  }
  const path = directory === null ? ':memory:' : join(directory, STORE_FILE)
  let db: DatabaseSync | null = null
  try {
    db = new DatabaseSync(path, { enableForeignKeyConstraints: true })
    if (directory !== null) chmodSync(path, 0o600)
    const fault = prepared(db, path, options.mode)
    if (fault === null) return ok(new SqliteStore({ ...options, db, directory }))
    db.close()
    return err(fault)
  } catch (thrown) {
    db?.close()
    return err(faultOf(thrown, path))
  }
}

function unwritable(directory: string): StoreFault | null {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.W_OK | constants.R_OK)
    return null
  } catch (thrown) {
    const sentence = `The data directory ${directory} cannot be written (${wordsOf(thrown)}): name another with --data or change its rights.`
    return { is: 'data-unwritable', sentence }
  }
}

/** Takes the file for this process alone, brings the tables up and checks what is there. */
function prepared(db: DatabaseSync, path: string, mode: Mode): StoreFault | null {
  // one process per store: the numbering of frames has one owner
  db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE; COMMIT;')
  // on the day a frame that went out must survive a power cut; a rehearsal may lose its last second
  db.exec(
    `PRAGMA synchronous = ${mode === 'official' ? 'FULL' : 'NORMAL'}; PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;`,
  )
  const version = numberOf(db, 'PRAGMA user_version', 'user_version')
  if (version > SCHEMA_VERSION) {
    return {
      is: 'store-newer',
      sentence: `The store ${path} was written by a newer hub: start that one, or name another directory with --data.`,
    }
  }
  if (version === 0) {
    db.exec(`BEGIN; ${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT;`)
    return null
  }
  const check = db.prepare('PRAGMA quick_check(1)').get()
  if (check?.quick_check !== 'ok') return corrupt(path, String(check?.quick_check))
  for (let from = version; from < SCHEMA_VERSION; from++) {
    db.exec(`BEGIN; ${UPGRADES.get(from) ?? ''} PRAGMA user_version = ${from + 1}; COMMIT;`)
  }
  const held = db.prepare(`SELECT value FROM meta WHERE key = 'mode'`).get()?.value
  if (held === undefined || held === mode) return null
  const sentence = `The store ${path} holds ${held === 'official' ? 'an official election' : 'a rehearsal'} and was asked for as ${mode}: name another directory with --data; the two never mix.`
  return { is: 'mode-mismatch', sentence }
}

function numberOf(db: DatabaseSync, text: string, column: string): number {
  return Number(db.prepare(text).get()?.[column] ?? 0)
}

const corrupt = (path: string, detail: string): StoreFault => ({
  is: 'store-corrupt',
  sentence: `The store ${path} is damaged (${detail}): put back a copy of it, or move it away to begin anew.`,
})

function faultOf(thrown: unknown, path: string): StoreFault {
  const words = wordsOf(thrown)
  if (/locked|busy/i.test(words)) {
    return {
      is: 'data-in-use',
      sentence: `The store ${path} is in use by another hub: stop that one, or name another directory with --data.`,
    }
  }
  if (/readonly|read-only|unable to open|EACCES|EROFS|disk is full/i.test(words)) {
    return {
      is: 'data-unwritable',
      sentence: `The store ${path} cannot be written (${words}): name another directory with --data or change its rights.`,
    }
  }
  return corrupt(path, words)
}
