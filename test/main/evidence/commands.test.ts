import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { journalCommand } from '../../../src/main/cli/journal-command.ts'
import { journalExport } from '../../../src/main/cli/journal-export.ts'
import { packCommand } from '../../../src/main/cli/pack-command.ts'
import { openJournalToRead } from '../../../src/main/node/journal-parts.ts'
import { told } from '../../core/journal/on-disk.ts'
import { attendance } from '../../core/projection/records.ts'
import { dayEvents, rowsOf } from '../../core/evidence/a-day.ts'
import { filesIn, folder, onDisk, zipOf } from './packs.ts'

const CLI = 'src/main/cli.ts'
const SCHEMA = '../shared/data/NIST_V2_election_results_reporting.json'
/** Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

type Ran = { readonly code: number; readonly out: string; readonly said: string }
const tally = (...args: string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const child: ChildProcess = execFile(process.execPath, [CLI, ...args], (_fault, out, said) =>
      resolve({ code: child.exitCode ?? -1, out, said }),
    )
  })

function desk(rows = rowsOf(dayEvents())): string {
  const dir = folder(ends)
  mkdirSync(join(dir, 'journals'))
  onDisk(dir, rows)
  return dir
}

test('[X80][X81] a pack is exported, proved, held against the schema; a wrong one is refused', async () => {
  const dir = desk()
  const file = join(dir, 'p.zip')
  const made = await tally('journal', 'export', '--data', dir, '--out', file)
  expect(made).toMatchObject({ code: 0 })
  const { cursor, head } = JSON.parse(made.out)
  expect(made.out.trim().split('\n')).toHaveLength(1)
  expect(made.said).toContain('Reading the journal')
  expect(cursor).toBe(rowsOf(dayEvents()).length)
  const schema = existsSync(SCHEMA) ? ['--schema', SCHEMA] : []
  const proved = await tally('pack', 'verify', file, '--data', dir, ...schema)
  expect(proved).toMatchObject({ code: 0 })
  expect(JSON.parse(proved.out)).toMatchObject({ head, notProved: [], nistValid: schema.length > 0 ? true : null })
  expect(await tally('pack', 'verify', file)).toMatchObject({ code: 3 })
  const files = filesIn(file)
  files['counts.csv'] = files['counts.csv']!.map((byte, at) => (at === 40 ? byte ^ 1 : byte))
  writeFileSync(join(dir, 'wrong.zip'), zipOf(files))
  const wrong = await tally('pack', 'verify', join(dir, 'wrong.zip'), '--journal', join(dir, 'journals', 'a.sqlite'))
  expect(wrong.code).toBe(1)
  expect(wrong.said).toContain('counts.csv')
  writeFileSync(join(dir, 'none.zip'), 'no')
  expect(await packCommand(['verify', join(dir, 'none.zip')])).toBe(65)
  expect(await packCommand(['verify', file, '--data', join(dir, 'elsewhere')])).toBe(73)
  expect(await packCommand(['verify'])).toBe(2)
})

test('[X81] wrong wishes are refused in words, before anything is written', async () => {
  const dir = desk()
  for (const [args, words] of [
    [['--out', join(dir, 'x.zip')], '--data'],
    [['--data', dir, '--out', join(dir, 'x.zip'), '--sealed', '--with-journal'], 'names people'],
    [['--data', dir, '--out', join(dir, 'no', 'x.zip')], 'no such folder'],
    [['--data', dir, '--out', join(dir, 'x.zip'), '--language', 'fr'], 'en or ar'],
    [['--data', dir, '--out', join(dir, 'x.zip'), '--upto', '999999'], 'holds'],
  ] as const) {
    const said = vi.spyOn(process.stderr, 'write')
    expect(await journalExport(args)).not.toBe(0)
    expect(said.mock.calls.join()).toContain(words)
    said.mockRestore()
  }
  expect(readdirSync(dir)).toEqual(['journals'])
})

test('[X81] Ctrl+C ends it and leaves no file', async () => {
  const many = Array.from({ length: 30_000 }, (_, id) => told(attendance(id))).flat()
  const dir = desk(rowsOf(many))
  const child = spawn(process.execPath, [CLI, 'journal', 'export', '--data', dir, '--out', join(dir, 'p.zip')])
  child.stderr.once('data', () => child.kill('SIGINT'))
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).toBe(1)
  expect(readdirSync(dir)).toEqual(['journals'])
})

const rowsOnDisk = (dir: string): readonly unknown[] => {
  const reader = openJournalToRead(join(dir, 'journals', 'a.sqlite'))
  if (!reader.ok) throw new Error(reader.error.detail)
  const rows = reader.value.read(0, 10_000)
  reader.value.close()
  return rows
}

/** What a command said on standard error, and how it ended. */
const toldBy = async (run: () => Promise<number>): Promise<{ readonly exit: number; readonly words: string }> => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const exit = await run()
  const words = said.mock.calls.join()
  said.mockRestore()
  out.mockRestore()
  return { exit, words }
}

test('[J160] a backup is never sealed, and says that it names people; the sealed pack is named', async () => {
  const dir = desk()
  const sealed = await toldBy(() => journalCommand(['backup', '--data', dir, '--sealed']))
  expect([sealed.exit, readdirSync(dir)]).toEqual([2, ['journals']])
  expect(sealed.words).toMatch(/there to be put back.*tallydesk journal export --sealed/)
  const made = await toldBy(() => journalCommand(['backup', '--data', dir]))
  expect([made.exit, readdirSync(join(dir, 'backups')).length]).toEqual([0, 1])
  expect(made.words).toMatch(/names people.*tallydesk journal export --sealed/)
})

test('[J161] a pack is no journal: restoring and verifying it is refused with what it is, and nothing is changed', async () => {
  const dir = desk()
  const [open, sealed] = [join(dir, 'open.zip'), join(dir, 'sealed.zip')]
  await toldBy(() => journalExport(['--data', dir, '--out', open]))
  await toldBy(() => journalExport(['--data', dir, '--out', sealed, '--sealed']))
  const before = rowsOnDisk(dir)
  for (const [file, words] of [
    [open, /an evidence pack, not a journal; tallydesk pack verify/],
    [sealed, /a sealed evidence pack, without the people and without the journal; tallydesk pack verify/],
  ] as const) {
    const restored = await toldBy(() => journalCommand(['restore', file, '--data', dir]))
    expect([restored.exit, restored.words]).toEqual([65, expect.stringMatching(words)])
    expect(restored.words).toContain(join(dir, 'backups'))
    const verified = await toldBy(() => journalCommand(['verify', file]))
    expect([verified.exit, verified.words]).toEqual([65, expect.stringMatching(words)])
  }
  expect(readdirSync(dir).sort()).toEqual(['journals', 'open.zip', 'sealed.zip'])
  expect(rowsOnDisk(dir)).toEqual(before)
  // What is no pack is no backup either, and says so.
  writeFileSync(join(dir, 'x.zip'), 'no')
  expect((await toldBy(() => journalCommand(['restore', join(dir, 'x.zip'), '--data', dir]))).exit).not.toBe(0)
})
