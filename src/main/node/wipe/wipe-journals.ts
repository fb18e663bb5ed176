import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalRecord } from '../../../core/journal/event.ts'
import { salvage } from '../../../core/journal/salvage.ts'
import { type Identity, journalName } from '../../../core/open-book.ts'
import type { Disk, DiskFault, JournalStore } from '../../../core/ports.ts'
import { Folded } from '../../../core/projection/folded.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { sha256 } from '../digest.ts'
import { backupsIn, plainName, setAsideIn } from '../disk.ts'
import { packFolder, packStem } from '../evidence/pack-folder.ts'
import { syncFolder } from '../files.ts'
import { onDisk } from '../sqlite.ts'
import { readRecords, type WipeRecord, writeRecord } from './wipe-record.ts'

export type WipeWish = {
  readonly dir: string
  /** Of the directory, which this process holds. */
  readonly disk: Disk
  readonly name: string
  readonly why: string
  /** UTC ms. */
  readonly now: number
  /** A person's word that just so many typed actions without an answer are given up. */
  readonly giveUp?: number
}
export type WipeFault =
  | DiskFault
  /** So much was typed that no server has answered: nothing was removed. */
  | { readonly is: 'unsent'; readonly waiting: number; readonly detail: string }
  | { readonly is: 'no-journal'; readonly detail: string }
export type Wiped = WipeRecord & { readonly record: string; readonly files: number }

/**
 * Removes a journal, those that followed it, and all that was made of them here: checkpoints, backups, what was set aside,
 * evidence packs. While anything typed has no answer of the server nothing is removed, unless a person gave up just so many. A record of it stays. No book
 * of these journals may be open.
 */
export function wipeJournals(wish: WipeWish): Result<Wiped, WipeFault> {
  const { dir, disk, name, why, now } = wish
  const first = looked(disk, name)
  if (!first.ok) return first
  const { identity } = first.value
  if (!identity) return err({ is: 'no-journal', detail: `${name}: does not say whose journal it is` })
  const names = disk.journals()
  if (!names.ok) return names
  const journal = journalName(identity)
  const theirs = names.value.filter((each) => numberIn(journal, each) !== null)
  const journals: { journal: string; events: number; head: string }[] = []
  let last: Result<Look, DiskFault> = first
  for (const each of theirs.sort((a, b) => (numberIn(journal, a) ?? 0) - (numberIn(journal, b) ?? 0))) {
    last = looked(disk, each)
    if (!last.ok && last.error.is !== 'corrupt') return last
    journals.push({ journal: each, events: last.ok ? last.value.events : 0, head: last.ok ? last.value.head : '' })
  }
  // A successor took over what waited in the one before it: the last one's word counts, and it has to be readable.
  if (!last.ok) return last
  const { waiting } = last.value
  if (waiting > 0 && waiting !== wish.giveUp) return err(unsent(waiting))
  const { server } = identity
  const record: WipeRecord = { state: 'begun', at: now, why, journal, server, journals, gaveUp: waiting }
  const written = writeRecord(dir, record)
  if (!written.ok) return written
  const files = finish(dir, record)
  return files.ok ? ok({ ...record, state: 'done', record: written.value, files: files.value }) : files
}

const unsent = (waiting: number): WipeFault => ({
  is: 'unsent',
  waiting,
  detail: `${waiting} typed and not answered by the server: they are kept, and nothing was removed. Sign in and let them go, or undo them, first`,
})

/** Removes what wipes that were cut short have left. Gives the servers whose tokens are to be erased. */
export function finishWipes(dir: string): Result<readonly string[], DiskFault> {
  const records = readRecords(dir)
  if (!records.ok) return records
  const begun = records.value.filter(({ state }) => state === 'begun')
  for (const record of begun) {
    const finished = finish(dir, record)
    if (!finished.ok) return finished
  }
  return ok(begun.map(({ server }) => server))
}

/** Removes every file, then says that it did; begun anew, it removes what is left. */
function finish(dir: string, record: WipeRecord): Result<number, DiskFault> {
  const ofJournal = (file: string) =>
    numberIn(
      plainName(record.journal),
      file.replace(
        /((\.\d{8}T\d{9}Z)?\.\d+\.checkpoint|(\.\d{8}T\d{9}Z)?\.sqlite(-part-\d+)?)(\.new)?(-wal|-shm|-head|-lost)?$/,
        '',
      ),
    ) !== null
  const isPack = (file: string) =>
    numberIn(packStem(record.journal), file.replace(/-\d+(-sealed)?(-with-journal)?\.zip$/, '')) !== null
  let removed = 0
  const sweep = (folder: string, isTheirs: (file: string) => boolean): void => {
    for (const file of readdirSync(folder).filter(isTheirs)) {
      rmSync(join(folder, file), { force: true })
      removed += 1
    }
    syncFolder(folder)
  }
  const swept = onDisk(dir, () => {
    const kept = foldersIn(setAsideIn(dir))
    for (const folder of [join(dir, 'journals'), join(dir, 'checkpoints'), backupsIn(dir), ...kept])
      if (isThere(folder)) sweep(folder, ofJournal)
    const evidence = packFolder(dir)
    if (isThere(evidence)) sweep(evidence, isPack)
  })
  if (!swept.ok) return swept
  const told = writeRecord(dir, { ...record, state: 'done' })
  return told.ok ? ok(removed) : told
}

/** 0 for the first journal of a name, its number for one that followed it; null: another's. */
function numberIn(first: string, name: string): number | null {
  if (name === first) return 0
  const number = name.startsWith(`${first}-after-`) ? Number(name.slice(first.length + '-after-'.length)) : 0
  return Number.isSafeInteger(number) && number > 0 ? number : null
}

const isThere = (folder: string): boolean => onDisk(folder, () => readdirSync(folder)).ok
function foldersIn(folder: string): readonly string[] {
  const found = onDisk(folder, () => readdirSync(folder))
  return found.ok ? found.value.map((each) => join(folder, each)) : []
}

type Look = {
  readonly identity: Identity | null
  readonly waiting: number
  readonly events: number
  readonly head: string
}

/** What a journal comes to, read as far as each row can be vouched for. */
function looked(disk: Disk, name: string): Result<Look, DiskFault> {
  const opened = disk.journal(name)
  if (!opened.ok) return opened
  const store: JournalStore = opened.value
  const folded = new Folded()
  salvage(store, sha256, (record: JournalRecord) => folded.apply(record))
  const last = store.last()
  store.close()
  const { identity } = folded.projection
  const waiting = folded.projection.outbox.waiting.size
  return ok({ identity, waiting, events: last?.cursor ?? 0, head: last?.hash ?? '' })
}
