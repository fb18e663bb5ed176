import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync, zipSync } from 'fflate'
import type { PackChoice } from '../../../src/core/evidence/facts.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { JournalRow } from '../../../src/core/ports.ts'
import { openJournal } from '../../../src/main/node/journal-parts.ts'
import { makePack, type PackMade } from '../../../src/main/node/evidence/make-pack.ts'
import { openPack } from '../../../src/main/node/evidence/open-pack.ts'
import type { Rows, Turn } from '../../../src/main/node/evidence/rows.ts'
import { verifyPack } from '../../../src/main/node/evidence/verify-pack.ts'
import { dayEvents, OPEN_CHOICE, rowsOf } from '../../core/evidence/a-day.ts'

export const atOnce: Turn = async () => {}
export const VERSION = '9.9.9'

/** A folder that goes with the test. */
export function folder(ends: (() => unknown)[]): string {
  const dir = mkdtempSync(join(tmpdir(), 'evidence-'))
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** Rows in memory, as a journal's reader gives them. */
export const inMemory = (rows: readonly JournalRow[]): Rows => ({
  read: (after, limit) => rows.filter(({ cursor }) => cursor > after).slice(0, limit),
  last: () => rows.at(-1) ?? null,
})
export const dayRows = (opened?: JournalEvent): Rows => inMemory(rowsOf(dayEvents(), opened))

export async function packOf(
  file: string,
  {
    rows = dayRows(),
    upTo = null as number | null,
    turn = atOnce,
    ...choice
  }: Partial<PackChoice> & {
    readonly rows?: Rows
    readonly upTo?: number | null
    readonly turn?: Turn
  } = {},
): Promise<PackMade> {
  const request = { rows, name: 'a', upTo, choice: { ...OPEN_CHOICE, ...choice }, version: VERSION, file, turn }
  const made = await makePack(request)
  if (!made.ok) throw new Error(made.error.detail)
  return made.value
}

export const filesIn = (file: string): Record<string, Uint8Array> => unzipSync(readFileSync(file))
export const zipOf = (files: Record<string, Uint8Array>): Uint8Array => zipSync(files)

export async function verdictOf(file: string, rows: Rows | null) {
  const pack = openPack(file)
  if (!pack.ok) throw new Error(pack.error)
  return await verifyPack(pack.value, rows, VERSION, atOnce)
}

/** The same rows as a journal in a data directory. */
export function onDisk(dir: string, rows: readonly JournalRow[]): string {
  const file = join(dir, 'journals', 'a.sqlite')
  const store = openJournal(file)
  if (!store.ok) throw new Error(store.error.detail)
  const written = store.value.append(rows, 'process')
  if (!written.ok) throw new Error(written.error.detail)
  store.value.close()
  return file
}
