/**
 * A process that writes batches until it is killed. Each acknowledged head is told on stdout as a line, written
 * synchronously, so that what was told is what was acknowledged. `node writer.ts DIR process|power [batch]`.
 */
import { writeSync } from 'node:fs'
import type { Durability } from '../../../src/core/ports.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { rows } from './rows.ts'

const [dir = '', durability = 'process', size = '100'] = process.argv.slice(2)
const opened = openDisk(dir)
if (!opened.ok) {
  writeSync(1, `refused ${opened.error.is} ${opened.error.detail}\n`)
  process.exit(3)
}
const journal = opened.value.disk.journal('day')
if (!journal.ok) {
  writeSync(1, `refused ${journal.error.is} ${journal.error.detail}\n`)
  process.exit(4)
}
const batch = Number(size)
let head = journal.value.last()?.cursor ?? 0
writeSync(1, `open ${head}\n`)
while (batch > 0) {
  const written = journal.value.append(rows(head + 1, head + batch, 300), durability as Durability) // a test's own argument
  if (!written.ok) throw new Error(written.error.detail)
  head += batch
  writeSync(1, `${head}\n`)
}
// Holds the directory and does nothing.
setInterval(() => {}, 60_000)
