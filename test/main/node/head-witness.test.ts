import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { GENESIS, linkHash } from '../../../src/core/journal/chain.ts'
import type { JournalRow } from '../../../src/core/ports.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { verifyJournal } from '../../../src/main/node/verify-journal.ts'

/** The end of a journal, on real files. */

const cleanup: (() => void)[] = []
afterEach(() => {
  for (const undo of cleanup.splice(0).reverse()) undo()
})

function place() {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-end-'))
  cleanup.push(() => rmSync(dir, { recursive: true, force: true }))
  const file = join(dir, 'journals', 'a.sqlite')
  /** Writes so many more rows, as a desk would; `word` makes them other rows. */
  const write = (count: number, word = 'row') => {
    const disk = openDisk(dir)
    if (!disk.ok) throw new Error(disk.error.detail)
    const store = disk.value.disk.journal('a')
    if (!store.ok) throw new Error(store.error.detail)
    let { cursor, hash } = store.value.last() ?? { cursor: 0, hash: GENESIS }
    for (const end = cursor + count; cursor < end; ) {
      const row = { cursor: ++cursor, at: cursor, text: `"${word}"` }
      hash = linkHash(sha256, hash, row)
      const rows: JournalRow[] = [{ ...row, hash }]
      const written = store.value.append(rows, 'process')
      if (!written.ok) throw new Error(written.error.detail)
    }
    store.value.close()
    disk.value.close()
  }
  const cut = (after: number) => {
    const db = new DatabaseSync(file)
    db.exec(`DELETE FROM row WHERE cursor > ${after}`)
    db.close()
  }
  const verdict = () => {
    const found = verifyJournal(file, () => {})
    if (!found.ok) throw new Error(found.error.detail)
    return found.value
  }
  return { dir, file, write, cut, verdict }
}

test('[J115] an end cut off at a whole row is found, wherever it is cut', () => {
  for (const after of [0, 1, 9, 19]) {
    const { write, cut, verdict } = place()
    write(20)
    expect(verdict()).toMatchObject({ events: 20, fault: null, damage: null, missing: null })
    cut(after)
    expect(verdict()).toMatchObject({ events: after, fault: null, damage: null, missing: { cursor: 20 } })
  }
})

test('[J115] a journal whose rows were all made anew, chain and all, is found', () => {
  const { file, dir, write, verdict } = place()
  write(20)
  const other = place()
  other.write(30, 'forged')
  rmSync(file)
  const db = new DatabaseSync(other.file)
  db.exec(`VACUUM INTO '${file}'`)
  db.close()
  expect(readdirSync(join(dir, 'journals'))).toContain('a.sqlite-head')
  expect(verdict()).toMatchObject({ events: 30, fault: null, damage: null, missing: { cursor: 20 } })
})

test('[J116] what is gone stays told after the desk wrote on past it', () => {
  const { write, cut, verdict, file } = place()
  write(20)
  cut(12)
  write(3, 'later')
  expect(existsSync(`${file}-lost`)).toBe(true)
  expect(verdict()).toMatchObject({ events: 15, missing: { cursor: 20 } })
  write(30)
  expect(verdict()).toMatchObject({ events: 45, missing: { cursor: 20 } })
})

test('[J116] a desk started and ended again and again loses nothing, and none is called lost', () => {
  const { write, verdict } = place()
  for (let run = 1; run <= 5; run++) {
    write(run)
    expect(verdict().missing).toBeNull()
  }
})
