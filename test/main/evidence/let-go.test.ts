import { createHash } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, strToU8 } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import type { PackChoice } from '../../../src/core/evidence/facts.ts'
import { reportOf } from '../../../src/core/evidence/report.ts'
import { checkpointsOf } from '../../../src/main/node/disk.ts'
import { makePack, type PackMade } from '../../../src/main/node/evidence/make-pack.ts'
import { checkAgainstSchema } from '../../../src/main/node/evidence/nist-schema.ts'
import { foldRows } from '../../../src/main/node/evidence/rows.ts'
import { isClean } from '../../../src/main/node/evidence/verify-pack.ts'
import { openKept } from '../../../src/main/node/kept-journal.ts'
import { backUp } from '../../../src/main/node/backup/backups.ts'
import { journalExport } from '../../../src/main/cli/journal-export.ts'
import { packCommand } from '../../../src/main/cli/pack-command.ts'
import { partsOf } from '../../../src/main/node/journal-parts.ts'
import { OPEN_CHOICE, SECRETS } from '../../core/evidence/a-day.ts'
import { KEPT_NAME, keptDesk } from './kept-desk.ts'
import { atOnce, filesIn, VERSION, verdictOf, zipOf } from './packs.ts'

/** Packs of journals whose first parts were let go. Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const SCHEMA = '../shared/data/NIST_V2_election_results_reporting.json'
const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

function rowsIn(dir: string) {
  const opened = openKept(dir, KEPT_NAME)
  if (!opened.ok) throw new Error(opened.error.detail)
  ends.push(() => opened.value.close())
  return opened.value
}
async function made(dir: string, file: string, choice: Partial<PackChoice> = {}, upTo: number | null = null) {
  const request = { rows: rowsIn(dir), name: KEPT_NAME, upTo, version: VERSION, turn: atOnce }
  return await makePack({ ...request, choice: { ...OPEN_CHOICE, ...choice }, file: join(dir, file) })
}
async function packIn(dir: string, file: string, choice: Partial<PackChoice> = {}): Promise<PackMade> {
  const pack = await made(dir, file, choice)
  if (!pack.ok) throw new Error(pack.error.detail)
  return pack.value
}
const text = (files: Record<string, Uint8Array>, name: string) => Buffer.from(files[name] ?? []).toString('utf8')
const lines = (files: Record<string, Uint8Array>, name: string) => text(files, name).trim().split('\r\n').slice(1)
const cursors = (files: Record<string, Uint8Array>, name: string) =>
  lines(files, name).map((line) => Number(line.split(',')[0]))

test('[J148] a pack of a journal whose beginning was let go has the figures of all records, and rows from the first kept', async () => {
  const { dir, whole, first } = keptDesk(ends)
  expect(first).toBeGreaterThan(50)
  const kept = filesIn((await packIn(dir, 'kept.zip')).file)
  const all = filesIn((await packIn(whole, 'all.zip')).file)
  for (const name of [
    'committees',
    'candidates',
    'counts',
    'results',
    'attendance',
    'guarantees',
    'commands',
    'conflicts',
  ])
    expect(text(kept, `${name}.csv`)).toBe(text(all, `${name}.csv`))
  expect(lines(kept, 'commands.csv')).toHaveLength(1)
  expect(cursors(all, 'link.csv')[0]).toBeLessThan(first)
  expect(cursors(kept, 'link.csv')).toEqual(cursors(all, 'link.csv').filter((cursor) => cursor > first))
})

test('[J149] manifest, read-me, NIST report and paper say from which record and time on the journal is in it, and what vouches for the rest', async () => {
  const { dir, first, clock } = keptDesk(ends)
  const pack = await packIn(dir, 'kept.zip', { withJournal: true })
  const files = filesIn(pack.file)
  const rows = rowsIn(dir)
  const [row] = rows.read(0, 1)
  const { begins } = JSON.parse(text(files, 'manifest.json')).journal
  expect(pack.begins).toEqual({ cursor: first, at: row?.at })
  expect(begins).toMatchObject({ cursor: first, at: row?.at, head: row?.hash, letGoAt: clock.now() })
  for (const part of [
    `record ${first} on`,
    new Date(row?.at ?? 0).toISOString(),
    `Records 1 to ${first - 1}`,
    row?.hash,
  ])
    expect(begins.says).toContain(part)
  expect(text(files, 'READ-ME.txt')).toContain(begins.says)
  const nist = JSON.parse(text(files, 'nist-sp-1500-100-v2.json'))
  expect(nist.Notes).toContain(begins.says)
  if (existsSync(SCHEMA)) expect(await checkAgainstSchema(nist, SCHEMA)).toEqual({ ok: true, value: [] })
  const folded = await foldRows(rows, KEPT_NAME, null, atOnce)
  if (!folded.ok) throw new Error(folded.error.detail)
  const wordsOn = (language: 'en' | 'ar') => {
    const facts = { ...folded.value, choice: { ...OPEN_CHOICE, language }, version: VERSION }
    return reportOf(facts).blocks.flatMap((block) =>
      block.is === 'words' && block.tone === 'doubt' ? [block.text] : [],
    )
  }
  for (const language of ['en', 'ar'] as const) expect(wordsOn(language)[0]).toContain(row?.hash)
  // A whole journal's pack says nothing of the kind.
  const { whole } = keptDesk(ends)
  const all = filesIn((await packIn(whole, 'all.zip')).file)
  expect(JSON.parse(text(all, 'manifest.json')).journal).not.toHaveProperty('begins')
})

test('[J150] the verifier proves such a pack by the journal, by its own rows or by the whole journal, and says the same words', async () => {
  const { dir, whole, first, clock } = keptDesk(ends)
  const { file } = await packIn(dir, 'kept.zip', { withJournal: true })
  const { says } = JSON.parse(text(filesIn(file), 'manifest.json')).journal.begins
  const backup = await backUp({ dir, name: KEPT_NAME, now: clock.now(), turn: async () => {} })
  if (!backup.ok || !backup.value) throw new Error('no backup')
  for (const rows of [rowsIn(dir), rowsIn(whole), null]) {
    const verdict = await verdictOf(file, rows)
    expect(verdict).toMatchObject({ problems: [], journalFault: null, difference: null, beginning: says })
    expect(isClean(verdict)).toBe(true)
    expect(verdict.proved.join()).toContain(`from record ${first} up to`)
  }
  const { file: without } = await packIn(dir, 'without.zip')
  expect(await packCommand(['verify', without, '--journal', backup.value.file])).toBe(0)
  expect(await packCommand(['verify', without, '--data', dir])).toBe(0)
  expect(await packCommand(['verify', without])).toBe(3)
  expect(await journalExport(['--data', dir, '--out', join(dir, 'again.zip')])).toBe(0)
})

test('[J151] a checkpoint, a row or a beginning that was changed in such a pack is found, though the manifest was made to fit', async () => {
  const { dir, whole, first } = keptDesk(ends)
  const { file } = await packIn(dir, 'kept.zip', { withJournal: true })
  const changed = (change: (files: Record<string, Uint8Array>) => void) => {
    const files = filesIn(file)
    change(files)
    const manifest = JSON.parse(strFromU8(files['manifest.json']!))
    for (const entry of manifest.files) {
      const bytes = files[entry.name]!
      Object.assign(entry, { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') })
    }
    files['manifest.json'] = strToU8(`${JSON.stringify(manifest, null, 2)}\n`)
    writeFileSync(join(dir, 'changed.zip'), zipOf(files))
    return join(dir, 'changed.zip')
  }
  const swap = (name: string, from: string, to: string) =>
    changed((files) => void (files[name] = strToU8(text(files, name).replace(from, to))))
  const forged = swap('checkpoint.ndjson', SECRETS.name, 'Another person')
  expect((await verdictOf(forged, null)).journalFault).toContain('no row of the journal speaks of it')
  expect((await verdictOf(forged, rowsIn(dir))).difference).toMatchObject({ file: 'checkpoint.ndjson' })
  const row = swap('journal.ndjson', 'live', 'lost')
  expect((await verdictOf(row, null)).journalFault).toContain('wrong-hash')
  const says = changed((files) => {
    files['manifest.json'] = strToU8(
      text(files, 'manifest.json').replace(`from record ${first} on`, 'from record 1 on'),
    )
  })
  expect((await verdictOf(says, rowsIn(dir))).difference).toMatchObject({ file: 'manifest.json' })
  // A pack from before anything was let go is not the journal's that has less.
  const { file: old } = await packIn(whole, 'all.zip')
  expect((await verdictOf(old, rowsIn(dir))).journalFault).toContain(`records before ${first} are kept no longer`)
})

test('[J152] no pack is made where the checkpoint does not read, where no record tells that the others were let go, or of a record that went', async () => {
  const { dir, whole, first } = keptDesk(ends)
  const refused = async (where: string, upTo: number | null = null) => {
    const pack = await made(where, 'no.zip', {}, upTo)
    expect(existsSync(join(where, 'no.zip'))).toBe(false)
    return pack.ok ? null : pack.error
  }
  expect(await refused(dir, first - 1)).toMatchObject({ is: 'let-go' })
  expect((await refused(dir, first + 3))?.detail).toMatch(/no row of the journal speaks of it|none up to/)
  for (const cursor of checkpointsOf(dir, KEPT_NAME).list()) checkpointsOf(dir, KEPT_NAME).remove(cursor)
  expect(await refused(dir)).toMatchObject({ is: 'let-go', detail: expect.stringContaining('it does not read') })
  // More than what was told is gone.
  const parts = partsOf(join(whole, 'journals', `${KEPT_NAME}.sqlite`))
  if (!parts.ok) throw new Error(parts.error.detail)
  for (const part of parts.value.slice(0, -2)) rmSync(part.file)
  expect((await refused(whole))?.detail).toMatch(/none up to .* tells/)
})

test('[J148] a sealed pack of such a journal names nobody', async () => {
  const { dir } = keptDesk(ends)
  const files = filesIn((await packIn(dir, 'sealed.zip', { privacy: 'sealed' })).file)
  for (const name of Object.keys(files))
    for (const secret of Object.values(SECRETS)) expect(text(files, name)).not.toContain(secret)
  expect(Object.keys(files)).not.toContain('checkpoint.ndjson')
})
