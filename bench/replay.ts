import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../src/core/ports.ts'
import { Player } from '../src/core/replay/player.ts'
import { SLICE } from '../src/core/replay/slices.ts'
import { systemClock } from '../src/main/node/clock.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openJournalToRead } from '../src/main/node/journal-parts.ts'
import { seeded } from './seeded.ts'
import { writeBigDay } from './big-day.ts'

/**
 * The time machine over a day of a million events: how long it takes to read and check, how long a seek to anywhere takes, how
 * long the process is held up at a time.
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000)
const SEEKS = 200

const dir = mkdtempSync(join(tmpdir(), 'tallydesk-replay-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))
const file = join(dir, 'day.sqlite')
const say = (line: string) => console.log(line)
const since = (from: number) => Math.round(performance.now() - from)
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
/** Work done for it, ms: what others on the machine take is not in it. */
const cpu = () => process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000
const spread = (times: readonly number[]) => {
  const sorted = [...times].sort((a, b) => a - b)
  return `p50 ${at(sorted, 0.5).toFixed(1)} ms, p95 ${at(sorted, 0.95).toFixed(1)} ms, worst ${at(sorted, 1).toFixed(1)} ms`
}

/** The machine's clock; each stretch of work it hands out is timed. */
function timedClock(slices: number[]): Clock {
  const clock = systemClock()
  return {
    ...clock,
    soon: (run) =>
      clock.soon(() => {
        const begun = performance.now()
        run()
        slices.push(performance.now() - begun)
      }),
  }
}

let begun = performance.now()
writeBigDay(file, EVENTS)
say(`${EVENTS} events written in ${since(begun)} ms`)

const reader = openJournalToRead(file)
if (!reader.ok) throw new Error(reader.error.detail)
const slices: number[] = []
let reached: () => void = () => {}
begun = performance.now()
const of = {
  name: 'day',
  is: 'file',
  server: null,
  election: 1,
  mode: 'official',
  from: null,
  to: null,
  rows: EVENTS,
} as const
const player = await new Promise<Player>((resolve, reject) => {
  reached = () => resolve(made)
  const made = new Player({ clock: timedClock(slices), digest: sha256, at: null }, of, reader.value, {
    changed: () => {},
    replaced: () => reached(),
    ended: (fault) => reject(new Error(fault.detail)),
  })
})
say(`read, checked and marked in ${since(begun)} ms; slices: ${spread(slices)}`)
const view = player.view()
if (view.is !== 'replay') throw new Error('not read')
const { from, to } = view.day
const seek = async (moment: number) => {
  const asked = performance.now()
  await new Promise<void>((resolve) => {
    reached = resolve
    player.seek(moment)
  })
  return performance.now() - asked
}
const chance = seeded(7)
slices.length = 0
const anywhere: number[] = []
const before = cpu()
for (let index = 0; index < SEEKS; index++) anywhere.push(await seek(from + chance() * (to - from)))
say(`${SEEKS} seeks to anywhere: ${spread(anywhere)}; slices: ${spread(slices)}, of ${SLICE} ms`)
slices.length = 0
const worked = (cpu() - before) / SEEKS
say(`  ${worked.toFixed(1)} ms of work a seek`)
const near: number[] = []
let moment = from
const beforeNear = cpu()
for (let index = 0; index < SEEKS; index++) {
  moment = Math.min(to, Math.max(from, moment + (chance() - 0.3) * (to - from) * 0.02))
  near.push(await seek(moment))
}
say(`${SEEKS} seeks nearby, as dragging does: ${spread(near)}; slices: ${spread(slices)}`)
say(`  ${((cpu() - beforeNear) / SEEKS).toFixed(1)} ms of work a seek`)
globalThis.gc?.()
say(
  `memory: ${Math.round(process.memoryUsage().rss / 1_048_576)} MB resident, ${Math.round(process.memoryUsage().heapUsed / 1_048_576)} MB heap`,
)
player.stop()
