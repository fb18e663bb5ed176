import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDisk } from '../../../src/main/node/disk.ts'
import { inUseWords, noteHolder } from '../../../src/main/node/holder.ts'

const undo: (() => void)[] = []
afterEach(() => {
  for (const one of undo.splice(0).reverse()) one()
})
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-holder-'))
  undo.push(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('[C73] who comes second is told which process holds the folder, as what, since when, and what to do', () => {
  const dir = folder()
  const first = openDisk(dir)
  if (!first.ok) throw new Error(first.error.detail)
  undo.push(first.value.close)
  const second = openDisk(dir)
  expect(second.ok ? null : second.error).toMatchObject({ is: 'in-use' })
  expect(second.ok ? '' : second.error.detail).toMatch(
    new RegExp(
      `^${dir}: another Tallydesk uses this folder \\(process ${process.pid}, "tallydesk[ a-z]*", since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d\\)\\. Go to its window, or end it there; or use another folder with --data$`,
    ),
  )
})

test('[C73] the note says as what it was started and none of its options', () => {
  const dir = folder()
  const file = join(dir, 'desk.pid')
  const before = process.argv
  process.argv = ['node', 'cli.js', 'watch', '--email', 'amal@tally.example']
  try {
    expect(noteHolder(file).ok).toBe(true)
  } finally {
    process.argv = before
  }
  expect(inUseWords(dir, file)).toContain('"tallydesk watch"')
  expect(inUseWords(dir, file)).not.toContain('amal')
})

test('[C73] a note of another version, or none, still says what to do', () => {
  const dir = folder()
  const file = join(dir, 'desk.pid')
  const plain = `${dir}: another Tallydesk uses this folder. Go to its window, or end it there; or use another folder with --data`
  expect(inUseWords(dir, file)).toBe(plain)
  writeFileSync(file, '4711')
  expect(inUseWords(dir, file)).toBe(plain)
})
