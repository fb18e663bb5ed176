import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runElectron } from '../../../src/main/cli/run-electron.ts'

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
