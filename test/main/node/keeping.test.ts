import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { Ports } from '../../../src/core/ports.ts'
import { NO_SETTINGS } from '../../../src/core/settings.ts'
import { Shelf } from '../../../src/core/shelf.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { partsOf } from '../../../src/main/node/journal-parts.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { read } from '../../core/journal/on-disk.ts'
import { guarantee } from '../../core/projection/records.ts'

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

const WEEK = 7 * 24 * 3_600_000
/** More than a megabyte of rows, and enough for a checkpoint at the end. */
const plenty = (): JournalEvent[] => Array.from({ length: 4_000 }, (_, index) => read(guarantee(index)))

test('[V432] what is set of parts and of what is kept holds for the open journal at once, and after a restart', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-keeping-'))
  ends.push(() => rmSync(dir, { recursive: true, force: true }))
  const clock = new ManualClock()
  const firsts = () => {
    const parts = partsOf(join(dir, 'journals', 'ems-1-official.sqlite'))
    return parts.ok ? parts.value.map(({ first }) => first) : []
  }
  /** One run of a desk; what is set, is set while its journal is open. */
  const run = async (set: { readonly journalPartMb?: number; readonly journalKeepMb?: number } | null) => {
    const opened = openDisk(dir)
    if (!opened.ok) throw new Error(opened.error.detail)
    const { disk } = opened.value
    // The shelf asks for these and no others.
    const ports = { disk, clock, log: new LogLines(), digest: sha256 } as unknown as Ports
    const shelf = new Shelf(ports, { opened() {}, failed() {}, notOpened() {}, replaced() {} })
    const book = shelf.open({ server: 'ems', election: 1, mode: 'official' })
    if (set) {
      disk.writeSettings({ ...NO_SETTINGS, ...set })
      shelf.keepingChanged()
    }
    book?.commit(plenty())
    // What a checkpoint stood for is looked at behind the start; until then nothing goes.
    await clock.advance(60_000)
    expect(shelf.unchecked).toBe(0)
    shelf.close()
    opened.value.close()
  }
  await run(null)
  expect(firsts()).toEqual([1])
  await run({ journalPartMb: 1 })
  expect(firsts()).toHaveLength(2)
  clock.sleep(WEEK)
  await run(null)
  expect(firsts()).toHaveLength(3)
  await run({ journalPartMb: 1, journalKeepMb: 2 })
  expect(firsts()[0]).toBeGreaterThan(1)
})
