import { randomBytes, randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Result } from '../../../shared/result.ts'
import type { ElectionSeed } from '../../seed.ts'
import { utcStamp } from '../../time.ts'
import type { Announce, CommittedFrame, DraftFrame, Position, Positioned, Store } from '../store.ts'
import { attendanceIn } from './attendance.ts'
import { callsIn } from './calls.ts'
import { candidatesIn } from './candidates.ts'
import { committeesIn } from './committees.ts'
import { countsIn } from './counts.ts'
import { electionsIn } from './elections.ts'
import { electorsIn } from './electors.ts'
import { entriesIn } from './entries.ts'
import { guaranteesIn } from './guarantees.ts'
import type { HighWater } from './high-water.ts'
import { readHighWater, writeHighWater } from './high-water.ts'
import { answersIn, tokensIn } from './ledger.ts'
import { writeSeed } from './seeding.ts'
import { remarksIn } from './remarks.ts'
import { Sql } from './sql.ts'
import { typedIn } from './typed.ts'
import { usersIn } from './users.ts'
import { versionsIn } from './versions.ts'
import type { Mode } from '../records.ts'
import type { Tables } from '../tables.ts'

/** How long an answer is remembered by its key: a desk that was offline for three days may still repeat itself safely. */
const ANSWER_LIFE_MS = 4 * 24 * 60 * 60 * 1000
/** Old frames go in steps, so that a commit seldom pays for it. */
const TRIM_STEP = 1000

export type SqliteStoreOptions = {
  readonly db: DatabaseSync
  /** Where the high-water mark is kept; null for a store in memory. */
  readonly directory: string | null
  readonly mode: Mode
  /** Frames kept for resuming. */
  readonly keepFrames: number
  readonly now: () => number
  /** Hears the frames of each change after its commit, in order. */
  readonly publish: (frames: readonly CommittedFrame[]) => void
}

/**
 * Owns one open database from here to `close`, the numbering of frames and the epoch. It never talks to a socket: what
 * was committed is handed to `publish`. It runs whole transactions without giving way, which is what makes a position
 * and a value belong together.
 */
export class SqliteStore implements Store {
  readonly epoch: string
  readonly mode: Mode
  readonly signingKey: Uint8Array
  readonly #db: DatabaseSync
  readonly #sql: Sql
  readonly #tables: Tables
  readonly #versions: ReturnType<typeof versionsIn>
  readonly #options: SqliteStoreOptions
  readonly #start: number
  #seq: number

  constructor(options: SqliteStoreOptions) {
    this.#options = options
    this.#db = options.db
    this.#sql = new Sql(options.db)
    const sql = this.#sql
    const users = usersIn(sql)
    const typed = typedIn(sql)
    this.#versions = versionsIn(sql)
    this.#tables = {
      users,
      elections: electionsIn(sql),
      committees: committeesIn(sql, users),
      candidates: candidatesIn(sql),
      electors: electorsIn(sql),
      attendance: attendanceIn(sql),
      voting: { ...countsIn(sql), ...entriesIn(sql) },
      guarantees: guaranteesIn(sql),
      calls: callsIn(sql),
      remarks: remarksIn(sql, typed),
      typed,
      tokens: tokensIn(sql),
      answers: answersIn(sql),
      versions: this.#versions,
    }
    this.#seq = sql.one<{ seq: number | null }>('SELECT max(seq) AS seq FROM frames')?.seq ?? 0
    // the mode was checked by whoever opened the database
    this.mode = this.#meta('mode', () => options.mode) as Mode
    this.signingKey = Buffer.from(
      this.#meta('signing-key', () => randomBytes(32).toString('hex')),
      'hex',
    )
    this.#start = Number(this.#meta('start', () => '0')) + 1
    this.#setMeta('start', String(this.#start))
    this.epoch = this.#epochNow()
    this.#markHighWater()
  }

  position(): Position {
    return { epoch: this.epoch, seq: this.#seq }
  }

  read<T>(ask: (tables: Tables) => T): Positioned<T> {
    return { value: ask(this.#tables), position: this.position() }
  }

  change<T, E>(
    act: (tables: Tables, announce: Announce) => Result<T, E>,
    seal?: (done: Positioned<T>, tables: Tables) => void,
  ): Result<Positioned<T>, E> {
    const drafts: DraftFrame[] = []
    let committed: readonly CommittedFrame[] = []
    this.#sql.exec('BEGIN IMMEDIATE')
    try {
      const done = act(this.#tables, (frame) => void drafts.push(frame))
      if (!done.ok) {
        this.#sql.exec('ROLLBACK')
        return done
      }
      const value = { value: done.value, position: { epoch: this.epoch, seq: this.#seq + drafts.length } }
      committed = this.#number(drafts)
      seal?.(value, this.#tables)
      this.#sql.exec('COMMIT')
      this.#seq += committed.length
      if (committed.length > 0) this.#options.publish(committed)
      return { ok: true, value }
    } catch (thrown) {
      if (this.#db.isTransaction) this.#sql.exec('ROLLBACK')
      throw thrown
    }
  }

  framesAfter(seq: number, limit: number): CommittedFrame[] {
    return this.#sql.all(
      'SELECT seq, text, owner, committee FROM frames WHERE seq > ? ORDER BY seq LIMIT ?',
      seq,
      limit,
    )
  }

  resumableFrom(): number {
    const oldest = this.#sql.one<{ seq: number | null }>('SELECT min(seq) AS seq FROM frames')?.seq ?? null
    return oldest === null ? this.#seq : oldest - 1
  }

  hasElection(): boolean {
    return this.#tables.elections.current() !== null
  }

  seed(seed: ElectionSeed, passwords: ReadonlyMap<string, string>): void {
    this.#sql.exec('BEGIN IMMEDIATE')
    try {
      writeSeed(this.#sql, seed, passwords, this.#options.now())
      this.#sql.exec('COMMIT')
    } catch (thrown) {
      if (this.#db.isTransaction) this.#sql.exec('ROLLBACK')
      throw thrown
    }
  }

  prune(): void {
    const now = this.#options.now()
    this.#sql.run('DELETE FROM revoked WHERE expires_at < ?', now)
    this.#sql.run('DELETE FROM answers WHERE at < ?', now - ANSWER_LIFE_MS)
    this.#markHighWater()
  }

  close(): void {
    this.#markHighWater()
    this.#db.close()
  }

  /** Gives the drafts their numbers and writes them beside the change they tell of. */
  #number(drafts: readonly DraftFrame[]): CommittedFrame[] {
    const timestamp = utcStamp(this.#options.now())
    const frames = drafts.map((draft, index): CommittedFrame => {
      const seq = this.#seq + 1 + index
      const { type, action, data } = draft
      const text = JSON.stringify({ type, action, data, timestamp, epoch: this.epoch, seq })
      return { seq, text, owner: draft.audience.owner, committee: draft.audience.committee }
    })
    for (const frame of frames) {
      const text = 'INSERT INTO frames (seq, text, owner, committee) VALUES (?, ?, ?, ?)'
      this.#sql.run(text, frame.seq, frame.text, frame.owner, frame.committee)
    }
    drafts.forEach((draft, index) => {
      for (const record of draft.records ?? []) this.#versions.changed(record, this.#seq + 1 + index)
    })
    const head = this.#seq + frames.length
    if (Math.floor(head / TRIM_STEP) !== Math.floor(this.#seq / TRIM_STEP)) {
      this.#sql.run('DELETE FROM frames WHERE seq <= ?', head - this.#options.keepFrames)
    }
    return frames
  }

  /** A store whose past is shorter than the directory remembers was put back from a copy: its numbers mean something else now. */
  #epochNow(): string {
    const known = this.#meta('epoch', () => randomUUID())
    const mark = this.#options.directory === null ? null : readHighWater(this.#options.directory)
    const restored = mark !== null && (mark.epoch !== known || mark.start >= this.#start || mark.seq > this.#seq)
    if (!restored) return known
    const fresh = randomUUID()
    this.#setMeta('epoch', fresh)
    // frames of the other life must not be resumed from in this one
    this.#sql.run('DELETE FROM frames WHERE seq < ?', this.#seq)
    return fresh
  }

  #markHighWater(): void {
    if (this.#options.directory === null) return
    const mark: HighWater = { epoch: this.epoch, start: this.#start, seq: this.#seq }
    writeHighWater(this.#options.directory, mark)
  }

  #meta(key: string, make: () => string): string {
    const found = this.#sql.one<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)
    if (found !== undefined) return found.value
    const made = make()
    this.#setMeta(key, made)
    return made
  }

  #setMeta(key: string, value: string): void {
    this.#sql.run(
      'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      key,
      value,
    )
  }
}
