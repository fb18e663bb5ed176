import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DiskFault, Durability, JournalRow, JournalStore } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { syncFolder } from './files.ts'
import { type Database, onDisk, platformSqlite, type Sqlite, type Statement } from './sqlite.ts'

/** Marks a SQLite file as a journal of ours: "TDJL". */
const APPLICATION_ID = 0x54444a4c
/** The shape of the table; a later one says how it reads an earlier. */
const SHAPE = 1
/** A tool may hold the file for a moment while it opens or closes; longer than this is another desk. */
const BUSY_MS = 1_000
/** The write-ahead file is cut back to this after a checkpoint. Bytes. */
const WAL_LIMIT_BYTES = 32 * 1024 * 1024

export type JournalOptions = {
  /** The most pages (4 KB) the file may grow to; without it the disk decides. */
  readonly maxPages?: number
}
/** The reading half: what a tool may do beside the desk that writes. */
export type JournalReader = Pick<JournalStore, 'read' | 'last' | 'length' | 'close'>

/** What a part can do beyond reading. */
export type WrittenPart = JournalReader & {
  append(rows: readonly JournalRow[], durability: Durability): Result<void, DiskFault>
  /** Nothing is written here any more: what SQLite keeps beside the file goes into it, as far as nobody else reads. */
  settle(): void
}

/**
 * One part of a journal in one SQLite file; most journals have only one. `after`: the last row before it. It owns the
 * connection and writes whole batches or nothing; it never changes or removes a row. Reads throw when the disk fails under
 * them: nothing sensible can be shown then.
 */
export function openPart(file: string, after = 0, options: JournalOptions = {}): Result<WrittenPart, DiskFault> {
  const sqlite = platformSqlite()
  if (!sqlite) return err(NO_SQLITE)
  const unclean = bytesOf(`${file}-wal`) > 0
  const fresh = bytesOf(file) < 0
  const connected = connect(
    file,
    () => new sqlite.DatabaseSync(file, { timeout: BUSY_MS }),
    (db) => {
      const problem = foreign(db, file) ?? (unclean ? damage(db, file) : null)
      if (!problem) prepare(db, options)
      return problem
    },
  )
  if (!connected.ok) return connected
  if (fresh) syncFolder(dirname(file))
  return prepared(connected.value, file, after)
}

/** Opens a part only to read it, beside a desk that may be writing it. It never creates, repairs or changes one. */
export function openPartToRead(file: string): Result<JournalReader, DiskFault> {
  const sqlite = platformSqlite()
  if (!sqlite) return err(NO_SQLITE)
  if (bytesOf(file) < 0) return err({ is: 'missing', detail: `${file}: no such journal` })
  const connected = connect(
    file,
    () => openReadOnly(sqlite, file),
    (db) =>
      pragma(db, 'application_id') === 0
        ? { is: 'failed', detail: `${file}: nothing was ever written to this journal` }
        : foreign(db, file),
  )
  return connected.ok ? prepared(connected.value, file) : connected
}

/** A hurt file may be found out only when the first statement is made for it; nothing stays open then. */
function prepared(db: Database, file: string, after = 0): Result<SqlitePart, DiskFault> {
  const made = onDisk(file, () => new SqlitePart(db, file, after))
  if (!made.ok) db.close()
  return made
}

/** Makes a closed journal one file alone, as it is kept or handed on: readers then leave nothing beside it. */
export function settleJournal(file: string): Result<void, DiskFault> {
  const sqlite = platformSqlite()
  if (!sqlite) return err(NO_SQLITE)
  return onDisk(file, () => {
    const db = new sqlite.DatabaseSync(file, { timeout: BUSY_MS })
    try {
      db.exec('PRAGMA journal_mode = DELETE')
    } finally {
      db.close()
    }
  })
}

/** What SQLite finds wrong in a journal's file, each with its page; null: nothing. It reads all of it. */
export function fileDamage(file: string): string | null {
  const sqlite = platformSqlite()
  if (!sqlite) return NO_SQLITE.detail
  const found = onDisk(file, () => {
    const db = openReadOnly(sqlite, file)
    try {
      return db.prepare('PRAGMA integrity_check(3)').all()
    } finally {
      db.close()
    }
  })
  if (!found.ok) return found.error.detail
  const words = found.value.map((row) => String(row['integrity_check']))
  return words.length === 1 && words[0] === 'ok' ? null : words.join('; ')
}

const NO_SQLITE: DiskFault = { is: 'failed', detail: 'this runtime has no SQLite: Node 22.13 or later is needed' }

/** Opens and inspects; on any problem nothing stays open. */
function connect(
  file: string,
  open: () => Database,
  inspect: (db: Database) => DiskFault | null,
): Result<Database, DiskFault> {
  const opened = onDisk(file, open)
  if (!opened.ok) return opened
  const db = opened.value
  const inspected = onDisk(file, () => inspect(db))
  const problem = inspected.ok ? inspected.value : inspected.error
  if (!problem) return ok(db)
  db.close()
  return err(problem)
}

/** A medium that cannot be written has no room for SQLite's shared memory; a file nobody writes needs none. */
function openReadOnly(sqlite: Sqlite, file: string): Database {
  const db = new sqlite.DatabaseSync(file, { readOnly: true, timeout: BUSY_MS })
  try {
    pragma(db, 'application_id')
    return db
  } catch (cause) {
    db.close()
    if (bytesOf(`${file}-wal`) > 0) throw cause
    return new sqlite.DatabaseSync(new URL(`${pathToFileURL(file).href}?immutable=1`), { readOnly: true })
  }
}

function foreign(db: Database, file: string): DiskFault | null {
  const id = pragma(db, 'application_id')
  const shape = pragma(db, 'user_version')
  if (id === 0 && db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] === 0) return null
  if (id !== APPLICATION_ID) return { is: 'failed', detail: `${file}: a database, but not a journal of this program` }
  if (shape === SHAPE) return null
  return { is: 'failed', detail: `${file}: written by a newer version of this program (shape ${shape})` }
}

/** Looked for only after an unclean end: it reads the whole file. */
function damage(db: Database, file: string): DiskFault | null {
  const verdict = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  return verdict === 'ok' ? null : { is: 'corrupt', detail: `${file}: ${String(verdict)}` }
}

function prepare(db: Database, options: JournalOptions): void {
  db.exec('PRAGMA journal_mode = WAL')
  db.exec(`PRAGMA journal_size_limit = ${WAL_LIMIT_BYTES}`)
  db.exec('PRAGMA trusted_schema = OFF')
  if (options.maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${options.maxPages}`)
  if (pragma(db, 'application_id') === APPLICATION_ID) return
  db.exec('PRAGMA synchronous = FULL')
  db.exec(`BEGIN IMMEDIATE;
    CREATE TABLE row (cursor INTEGER PRIMARY KEY, at INTEGER NOT NULL, text TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SHAPE};
    COMMIT`)
}

function pragma(db: Database, name: 'application_id' | 'user_version'): unknown {
  return db.prepare(`PRAGMA ${name}`).get()?.[name]
}

/** Bytes of a file; -1 when there is none. */
export function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1
}

class SqlitePart implements WrittenPart {
  readonly #db: Database
  readonly #file: string
  readonly #after: number
  readonly #insert: Statement
  readonly #read: Statement
  readonly #last: Statement
  #durability: Durability | null = null
  /** Cursor of the last row; null when it has to be read again, as for a reader beside a writer. */
  #head: number | null = null

  constructor(db: Database, file: string, after: number) {
    this.#db = db
    this.#file = file
    this.#after = after
    this.#insert = db.prepare('INSERT INTO row (cursor, at, text, hash) VALUES (?, ?, ?, ?)')
    this.#read = db.prepare('SELECT cursor, at, text, hash FROM row WHERE cursor > ? ORDER BY cursor LIMIT ?')
    this.#last = db.prepare('SELECT cursor, at, text, hash FROM row ORDER BY cursor DESC LIMIT 1')
  }

  append(rows: readonly JournalRow[], durability: Durability): Result<void, DiskFault> {
    if (rows.length === 0) return ok(undefined)
    const written = onDisk(this.#file, () => this.#write(rows, durability))
    if (written.ok) return ok(undefined)
    this.#head = null
    // A failed commit may leave the transaction open; the rows must not slip in with the next batch.
    if (this.#db.isTransaction) onDisk(this.#file, () => this.#db.exec('ROLLBACK'))
    return written
  }

  #write(rows: readonly JournalRow[], durability: Durability) {
    if (this.#durability !== durability) {
      this.#db.exec(`PRAGMA synchronous = ${durability === 'power' ? 'FULL' : 'NORMAL'}`)
      this.#durability = durability
    }
    let head = this.#head ?? this.last()?.cursor ?? this.#after
    for (const row of rows) {
      if (row.cursor !== ++head) throw new RangeError(`journal row ${row.cursor} comes where ${head} belongs`)
    }
    this.#db.exec('BEGIN IMMEDIATE')
    for (const row of rows) this.#insert.run(row.cursor, row.at, row.text, row.hash)
    this.#db.exec('COMMIT')
    this.#head = head
  }

  read(after: number, limit: number): readonly JournalRow[] {
    return this.#read.all(after, limit) as unknown as JournalRow[] // the STRICT table has exactly these columns and types
  }

  last(): JournalRow | null {
    return (this.#last.get() as JournalRow | undefined) ?? null // the STRICT table has exactly these columns and types
  }

  length(): number {
    // The rows have no gap, so both ends tell their number; counting a million would take a quarter of a second.
    const ends = this.#db.prepare('SELECT (SELECT max(cursor) FROM row) - (SELECT min(cursor) FROM row) + 1 AS n').get()
    return Number(ends?.['n'] ?? 0)
  }

  settle(): void {
    onDisk(this.#file, () => this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)'))
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close()
  }
}
