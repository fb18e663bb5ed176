import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { journalExport } from '../../../src/main/cli/journal-export.ts'
import { packCommand } from '../../../src/main/cli/pack-command.ts'
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
