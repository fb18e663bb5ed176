import { createInterface } from 'node:readline'
import { startHub } from '../../src/hub/hub.ts'
import { ok } from '../../src/shared/result.ts'
import { EMAIL, Happenings, largeElection, PASSWORD } from '../large-election.ts'

/**
 * The real hub with a large election, in a process of its own, where things happen at a pace: a line with a number on its
 * standard input is how many a second. Prints its address as one JSON line; ends with its standard input.
 */

/** So often a batch is committed, ms: as a busy hub does. */
const BEAT_MS = 20

const seed = largeElection()
const started = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: seed.mode, seed })
if (!started.ok) throw new Error(started.error.sentence)
const hub = started.value
console.log(JSON.stringify({ url: hub.url, email: EMAIL, password: PASSWORD }))

const happenings = new Happenings()
let perSecond = 0
let owed = 0
let last = performance.now()
setInterval(() => {
  const now = performance.now()
  owed += ((now - last) / 1_000) * perSecond
  last = now
  const count = Math.floor(owed)
  if (count === 0) return
  owed -= count
  const done = hub.store.change((tables, announce) => {
    for (let one = 0; one < count; one++) happenings.one(tables, announce, Date.now())
    return ok(null)
  })
  if (!done.ok) throw new Error(`the hub refuses what happens: ${JSON.stringify(done.error)}`)
}, BEAT_MS)
createInterface({ input: process.stdin })
  .on('line', (line) => {
    perSecond = Number(line)
    console.log(
      JSON.stringify({
        marked: happenings.marked,
        turned: happenings.turned,
        cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1_000),
      }),
    )
  })
  .once('close', () => void hub.stop().then(() => process.exit(0)))
