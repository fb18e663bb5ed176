import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CheckpointStore, Disk, DiskFault, Durability, JournalRow, JournalStore } from '../../core/ports.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { checkpointFiles } from './checkpoint-files.ts'
import { writeFileAtomically } from './files.ts'
import { HeadWitness } from './head-witness.ts'
import { inUseWords, noteHolder } from './holder.ts'
import { openJournal, openJournalToRead, ownFileOf } from './journal-parts.ts'
import type { JournalOptions, JournalReader } from './journal-store.ts'
import { type Database, onDisk, platformSqlite } from './sqlite.ts'

const SUFFIX = '.sqlite'
/** Longest journal name once written as a file name: every file system takes 255 bytes, SQLite adds up to four. */
const LONGEST_NAME = 200

/** Where things lie in a data directory. */
const placesIn = (dir: string) => ({
  lock: join(dir, 'desk.lock'),
  holder: join(dir, 'desk.pid'),
  settings: join(dir, 'settings.json'),
  journals: join(dir, 'journals'),
  checkpoints: join(dir, 'checkpoints'),
})

/**
 * Locks held by this process. Their owners hold them too, but an owner that was merely forgotten may be collected, and
 * a collected connection would let go of a directory that is still in use.
 */
const held = new Set<Database>()

export type OpenDisk = { readonly disk: Disk; close(): void }

/**
 * The data directory of one desk. Owns the lock that keeps a second process out, every journal opened through it, and
 * the settings file; `close` gives all of it back, and so does the death of the process, at once. It never deletes
 * what a person or a server said.
 */
export function openDisk(dir: string, options: JournalOptions = {}): Result<OpenDisk, DiskFault> {
  const places = placesIn(dir)
  const made = onDisk(dir, () => makeFolders(dir, places.journals))
  if (!made.ok) return made
  const locked = takeLock(dir)
  if (!locked.ok) return locked
  const lock = locked.value
  held.add(lock)
  const journals = new Map<string, JournalStore>()

  function journal(name: string): Result<JournalStore, DiskFault> {
    const file = fileOf(dir, name)
    if (!file.ok) return file
    if (journals.has(name)) return err({ is: 'in-use', detail: `${file.value}: this desk has it open already` })
    const opened = openJournal(file.value, options)
    if (!opened.ok) return opened
    const made = onDisk(file.value, () => new HeadWitness(file.value, opened.value))
    if (!made.ok) {
      opened.value.close()
      return made
    }
    const store = witnessed(opened.value, made.value, () => {
      if (journals.get(name) === store) journals.delete(name)
    })
    journals.set(name, store)
    return ok(store)
  }

  const disk: Disk = {
    journal,
    journals: () => {
      const listed = listJournals(dir)
      return listed.ok ? ok(listed.value.map((each) => each.name)) : listed
    },
    checkpoints: (name) => checkpointsOf(dir, name),
    freeBytes: () => freeBytesIn(dir),
    readSettings: () => readSettings(dir),
    writeSettings: (value) => onDisk(places.settings, () => writeFileAtomically(places.settings, toText(value))),
  }
  const close = () => {
    for (const store of journals.values()) store.close()
    journals.clear()
    if (!lock.isOpen) return
    rmSync(places.holder, { force: true })
    lock.close()
    held.delete(lock)
  }
  return ok({ disk, close })
}

/** A journal that notes its last row beside it after each commit. */
function witnessed(store: JournalStore, witness: HeadWitness, closed: () => void): JournalStore {
  const { parting } = store
  const noted = (rows: readonly JournalRow[], durability: Durability, written: Result<void, DiskFault>) => {
    const last = rows.at(-1)
    if (written.ok && last) witness.note(last, durability)
    return written
  }
  return {
    append: (rows, durability) => noted(rows, durability, store.append(rows, durability)),
    ...(parting && {
      parting: { ...parting, begin: (rows) => noted(rows, 'power', parting.begin(rows)) },
    }),
    read: (after, limit) => store.read(after, limit),
    last: () => store.last(),
    length: () => store.length(),
    lostEnd: witness.lost,
    lostEndTold: () => witness.told(),
    close: () => {
      store.close()
      witness.close()
      closed()
    },
  }
}

/** The settings of a data directory, also beside the desk that holds it. Null when never written. */
export function readSettings(dir: string): Result<unknown, DiskFault> {
  const file = placesIn(dir).settings
  const text = onDisk(file, () => readFileSync(file, 'utf8'))
  if (!text.ok) return text.error.is === 'missing' ? ok(null) : text
  try {
    return ok(JSON.parse(text.value))
  } catch {
    return err({ is: 'corrupt', detail: `${file}: not JSON; move it away to start with fresh settings` })
  }
}

/** Where the backups of a data directory lie. */
export const backupsIn = (dir: string): string => join(dir, 'backups')
/** Where what a restored backup took the place of is kept. */
export const setAsideIn = (dir: string): string => join(dir, 'set-aside')

/** Names and sizes (bytes, without the part not yet checkpointed) of the journals in a data directory. */
export function listJournals(dir: string): Result<readonly { name: string; bytes: number }[], DiskFault> {
  const folder = placesIn(dir).journals
  return onDisk(folder, () => {
    const bytes = new Map<string, number>()
    for (const file of readdirSync(folder)) {
      const name = ownFileOf(file)?.slice(0, -SUFFIX.length)
      if (name !== undefined) bytes.set(name, (bytes.get(name) ?? 0) + statSync(join(folder, file)).size)
    }
    return [...bytes]
      .map(([name, all]) => ({ name: decodeURIComponent(name), bytes: all }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  })
}

/** The file of a journal. */
export const journalFile = (dir: string, name: string): Result<string, DiskFault> => fileOf(dir, name)

/** What was folded of a journal of a data directory. */
export const checkpointsOf = (dir: string, name: string): CheckpointStore =>
  checkpointFiles(placesIn(dir).checkpoints, plainName(name))

/** Opens a journal for reading only, also while another process writes it. */
export function openJournalReadOnly(dir: string, name: string): Result<JournalReader, DiskFault> {
  const file = fileOf(dir, name)
  return file.ok ? openJournalToRead(file.value) : file
}

/** What this user may still write. */
function freeBytesIn(dir: string): number | null {
  const found = onDisk(dir, () => statfsSync(dir))
  return found.ok ? found.value.bavail * found.value.bsize : null
}

function makeFolders(dir: string, journals: string) {
  const existed = statSync(dir, { throwIfNoEntry: false }) !== undefined
  try {
    mkdirSync(journals, { recursive: true, mode: 0o700 })
  } catch (cause) {
    // On a read-only file system the recursive call says "no such file"; the plain one names the true reason.
    mkdirSync(firstMissing(journals), { mode: 0o700 })
    throw cause
  }
  // A folder the operator made may be shared on purpose; ours is private.
  if (!existed) chmodSync(dir, 0o700)
}

function firstMissing(path: string): string {
  const parent = dirname(path)
  return parent === path || statSync(parent, { throwIfNoEntry: false }) ? path : firstMissing(parent)
}

/** The lock is a lock of the operating system on a SQLite file: whoever dies, however, lets go of it. */
function takeLock(dir: string): Result<Database, DiskFault> {
  const sqlite = platformSqlite()
  if (!sqlite) return err({ is: 'failed', detail: 'this runtime has no SQLite: Node 22.13 or later is needed' })
  const { lock, holder } = placesIn(dir)
  const opened = onDisk(lock, () => new sqlite.DatabaseSync(lock, { timeout: 0 }))
  if (!opened.ok) return opened
  const taken = onDisk(lock, () => opened.value.exec('BEGIN EXCLUSIVE'))
  if (!taken.ok) {
    opened.value.close()
    return taken.error.is === 'in-use' ? err({ is: 'in-use', detail: inUseWords(dir, holder) }) : taken
  }
  const noted = noteHolder(holder)
  if (noted.ok) return ok(opened.value)
  opened.value.close()
  return noted
}

/** Upper case is written out too: on file systems that ignore case, "A" and "a" would be one journal. */
export function plainName(name: string): string {
  return [...Buffer.from(name, 'utf8')]
    .map((byte) => {
      const letter = String.fromCharCode(byte)
      return /[a-z0-9_-]/.test(letter) ? letter : `%${byte.toString(16).padStart(2, '0')}`
    })
    .join('')
}

function fileOf(dir: string, name: string): Result<string, DiskFault> {
  const plain = plainName(name)
  if (plain.length > 0 && plain.length <= LONGEST_NAME) return ok(join(placesIn(dir).journals, plain + SUFFIX))
  return err({ is: 'failed', detail: `journal name of ${name.length} characters: 1 to ${LONGEST_NAME} are possible` })
}

function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
