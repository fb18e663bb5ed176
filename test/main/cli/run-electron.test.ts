import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../../src/main/place.ts'
import { heapOf, runElectron } from '../../../src/main/cli/run-electron.ts'

/** 0, 69, 73: ends of its own will, which the launcher leaves alone; any other is a death. */
test.skipIf(process.platform === 'win32').each([
  ['quits', 'exit 0', 0],
  ['has said why it cannot start', 'exit 1', 73],
  ['was given wrong words', 'exit 2', 2],
  ['broke', 'exit 134', 134],
  ['was killed', 'kill -9 $$', 137],
  ['crashed in its own parts', 'kill -11 $$', 139],
])('[C75] an Electron that %s ends the command so that the launcher can tell', async (_what, does, code) => {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-electron-'))
  const program = join(dir, 'electron')
  writeFileSync(program, `#!/bin/sh\n${does}\n`)
  chmodSync(program, 0o755)
  try {
    expect(await runElectron(program, [])).toBe(code)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})

test.skipIf(process.platform === 'win32')(
  '[S123] Electron is given the word on its heap before the app, and nothing where this process has none',
  async () => {
    expect(
      heapOf(['--no-warnings', '--max-semi-space-size=8', '--max-old-space-size=1024', '--import', 'tether']),
    ).toEqual(['--js-flags=--max-semi-space-size=8 --max-old-space-size=1024'])
    expect(heapOf([])).toEqual([])
    const dir = mkdtempSync(join(tmpdir(), 'tallydesk-electron-'))
    const program = join(dir, 'electron')
    writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" > "${dir}/words"\n`)
    chmodSync(program, 0o755)
    const before = process.execArgv
    try {
      process.execArgv = ['--max-semi-space-size=8']
      expect(await runElectron(program, ['--rehearsal'])).toBe(0)
      expect(readFileSync(join(dir, 'words'), 'utf8')).toBe(
        `--js-flags=--max-semi-space-size=8\n${ROOT}\n--rehearsal\n`,
      )
    } finally {
      process.execArgv = before
      rmSync(dir, { recursive: true, force: true })
    }
  },
)
