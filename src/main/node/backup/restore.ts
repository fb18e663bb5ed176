import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { JournalEvent } from '../../../core/journal/event.ts'
import { type Identity, journalName, openBook, unansweredIn } from '../../../core/open-book.ts'
import type { Clock, Disk, Log } from '../../../core/ports.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import { checkpointFile } from '../checkpoint-files.ts'
import { openDisk, openJournalReadOnly, plainName, setAsideIn } from '../disk.ts'
import { syncFolder } from '../files.ts'
import { openJournalToRead } from '../journal-parts.ts'
import type { JournalReader } from '../journal-store.ts'
import { onDisk } from '../sqlite.ts'
import { checkpointsBeside, copyCheckpoint, firstVouched } from './backups.ts'
import { type CopyFault, checkJournal, copyJournal, type Extent, type Turn } from './copy-rows.ts'

export type RestoreWish = {
  readonly dir: string
  /** The backup. */
  readonly file: string
  readonly turn: Turn
  readonly clock: Clock
  readonly log: Log
}
/** `setAside`: files the backup took the place of, kept. `carried`: actions no server has answered, taken over from them. */
export type Restored = Extent & {
  readonly journal: string
  readonly setAside: readonly string[]
  readonly carried: number
}
export type RestoreFault = CopyFault | { readonly is: 'no-journal' | 'of-another'; readonly detail: string }

/**
 * Puts a backup in the place of the journal it was made of. What lay there is set aside, never deleted, and what was typed
 * there and no server has answered goes on in the restored journal. No desk may be running on the data directory.
 */
export async function restoreBackup(wish: RestoreWish): Promise<Result<Restored, RestoreFault>> {
  const opened = openJournalToRead(wish.file)
  if (!opened.ok) return opened
  try {
    const checked = await checkJournal(opened.value, wish.turn)
    if (!checked.ok) return checked
    const identity = identityOf(opened.value)
    if (!identity) return err({ is: 'no-journal', detail: `${wish.file}: does not say whose journal it is` })
    const disk = openDisk(wish.dir)
    if (!disk.ok) return disk
    try {
      return await replace(wish, opened.value, identity, disk.value.disk)
    } finally {
      disk.value.close()
    }
  } finally {
    opened.value.close()
  }
}

async function replace(
  { dir, file: backup, turn, clock, log }: RestoreWish,
  from: JournalReader,
  identity: Identity,
  disk: Disk,
): Promise<Result<Restored, RestoreFault>> {
  const parts = { disk, digest: sha256, clock, log }
  const first = from.read(0, 1)[0]?.cursor ?? 1
  const beside = checkpointsBeside(backup)
  const opening = first > 1 ? firstVouched(from, beside) : 0
  // Before anything is moved: without it the rows of such a journal make nothing.
  if (opening === null)
    return err({ is: 'missing', detail: `${backup}: begins at event ${first}; its checkpoint has to lie beside it` })
  const there = namesOf(disk, identity)
  const waiting: JournalEvent[] = []
  if (there.length > 0) {
    const old = openBook(parts, identity)
    if (!old.ok) return old
    waiting.push(...unansweredIn(old.value.book.folded))
    old.value.book.close()
  }
  const file = join(dir, 'journals', `${plainName(journalName(identity))}.sqlite`)
  const draft = `${file}.new`
  const copied = await copyJournal(from, draft, turn)
  if (!copied.ok) return copied
  const moved = onDisk(file, () => {
    const setAside = moveAway(dir, there.length > 0 ? namesOf(disk, identity) : [], clock.now())
    renameSync(draft, file)
    syncFolder(join(dir, 'journals'))
    return setAside
  })
  if (!moved.ok) return moved
  for (const name of [journalName(identity), ...there])
    for (const cursor of disk.checkpoints(name).list()) disk.checkpoints(name).remove(cursor)
  const placed = opening > 0 ? copyCheckpoint(beside, disk.checkpoints(journalName(identity)), opening) : ok(undefined)
  if (!placed.ok) return placed
  const carried = carryOn(openBook(parts, identity), waiting)
  return carried.ok
    ? ok({ ...copied.value, journal: journalName(identity), setAside: moved.value, carried: carried.value })
    : carried
}

/** The journals of this identity: the first, and those that followed one another. */
function namesOf(disk: Disk, identity: Identity): readonly string[] {
  const names = disk.journals()
  const first = journalName(identity)
  return names.ok ? names.value.filter((name) => name === first || name.startsWith(`${first}-after-`)) : []
}

function moveAway(dir: string, names: readonly string[], now: number): readonly string[] {
  const folder = join(setAsideIn(dir), new Date(now).toISOString().replace(/[-:.]/g, ''))
  const stems = new Set(names.map(plainName))
  const files = readdirSync(join(dir, 'journals')).filter((each) =>
    stems.has(each.replace(/\.sqlite(-part-\d+)?(-wal|-shm|-head|-lost)?$/, '')),
  )
  const openings = names.flatMap((name) => openingOf(dir, name))
  if (files.length > 0) mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const each of files) renameSync(join(dir, 'journals', each), join(folder, each))
  for (const each of openings) renameSync(each, join(folder, basename(each)))
  return [...files, ...openings].map((each) => join(folder, basename(each)))
}

/** The checkpoint that a journal begins at whose first rows were let go: what they told is there alone. */
function openingOf(dir: string, name: string): readonly string[] {
  const opened = openJournalReadOnly(dir, name)
  if (!opened.ok) return []
  const first = onDisk(name, () => opened.value.read(0, 1)[0]?.cursor ?? 1)
  opened.value.close()
  const file = first.ok ? checkpointFile(join(dir, 'checkpoints'), plainName(name), first.value) : ''
  return existsSync(file) ? [file] : []
}

/** Writes what waits and the backup does not know. */
function carryOn(opened: ReturnType<typeof openBook>, waiting: readonly JournalEvent[]): Result<number, RestoreFault> {
  if (!opened.ok) return opened
  const { book } = opened.value
  const { entries } = book.projection.outbox
  const fresh = waiting.filter((event) => 'key' in event && !entries.has(event.key))
  const written = book.commit(fresh, 'power')
  book.close()
  return written.ok ? ok(fresh.filter(({ is }) => is === 'queued').length) : written
}

function identityOf(reader: JournalReader): Identity | null {
  const [row] = reader.read(0, 1)
  const event = row ? (JSON.parse(row.text) as JournalEvent) : null // its chain was checked: this program wrote it
  const isFirst = event?.is === 'opened' || (event?.is === 'part' && event.does === 'begun')
  return isFirst ? { server: event.server, election: event.election, mode: event.mode } : null
}
