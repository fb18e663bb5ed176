import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { CheckpointWriter } from '../../../src/core/journal/checkpoint-writer.ts'
import { openBook } from '../../../src/core/open-book.ts'
import { canonicalJson, stateOf } from '../../../src/core/projection/state.ts'
import { openToRead } from '../../../src/main/cli/open-journal.ts'
import { checkpointFiles } from '../../../src/main/node/checkpoint-files.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { attendance } from '../../core/projection/records.ts'
import { must, read } from '../../core/journal/on-disk.ts'

/** Commands that read a journal, on real files. */

function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-read-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

test('[J128] a command reads a journal as a start does: from its checkpoint and the rows after it', () => {
  const dir = place()
  const opened = openDisk(dir)
  if (!opened.ok) throw new Error(opened.error.detail)
  const { disk, close } = opened.value
  const parts = { disk, digest: sha256, clock: new ManualClock(), log: new LogLines() }
  const desk = openBook(parts, { server: 'ems', election: 1, mode: 'official' })
  if (!desk.ok) throw new Error(desk.error.detail)
  const { book, name } = desk.value
  must(
    book,
    Array.from({ length: 2_500 }, (_, row) => read(attendance(row + 1))),
  )
  new CheckpointWriter(parts, book, disk.checkpoints(name), null).close()
  must(book, [read(attendance(9_999))])
  const state = canonicalJson(stateOf(book))
  close()
  const readBack = () => {
    const found = openToRead(dir, undefined)
    if (!found.ok) return found.error.is
    const text = canonicalJson(stateOf(found.value.book))
    found.value.book.close()
    return text
  }
  expect(readBack()).toBe(state)
  // A row that only a fold of all of them would look at.
  const db = new DatabaseSync(join(dir, 'journals', `${name}.sqlite`))
  db.exec(`UPDATE row SET at = at + 1 WHERE cursor = 100`)
  db.close()
  expect(readBack()).toBe(state)
  rmSync(join(dir, 'checkpoints'), { recursive: true })
  expect(readBack()).toBe('chain-broken')
})

test('[J129] lines longer than what is read at a time come back whole, in any script, as often as they are asked for', () => {
  const store = checkpointFiles(place(), 'day')
  const lines = ['a', 'حضور '.repeat(100_000), '', '😀'.repeat(70_000), 'x'.repeat(256 * 1024 - 1), 'z']
  const draft = store.begin(7)
  if (!draft.ok) throw new Error(draft.error.detail)
  for (const line of lines) draft.value.add(line)
  draft.value.finish()
  const back = store.read(7)
  for (const _ of [1, 2])
    expect([...(back ?? [])].map((line) => line.length)).toEqual(lines.map(({ length }) => length))
  expect([...(back ?? [])]).toEqual(lines)
  expect(store.read(8)).toBeNull()
})
