import { expect, test } from 'vitest'
import { Outbox } from '../../../src/core/outbox/outbox.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { bookOnDisk } from '../journal/on-disk.ts'
import { dice } from '../journal/random-history.ts'
import { DONE, LOST, refused, typed as draft, verdict } from './sending-desk.ts'

const HISTORIES = 1_000

/** A server that takes each key once, and answers as it likes. */
function server(d: ReturnType<typeof dice>) {
  const taken: { key: string; note: string }[] = []
  const known = new Set<string>()
  const state = { calm: false }
  const receive = (key: string, text: string) => {
    if (!state.calm) {
      if (d.chance(0.2)) return LOST
      if (d.chance(0.1)) return refused(429, 'slowly', d.upTo(5_000))
    }
    if (!known.has(key)) taken.push({ key, note: text })
    known.add(key)
    return !state.calm && d.chance(0.2) ? LOST : DONE
  }
  return { taken, receive, state }
}

async function history(seed: number): Promise<void> {
  const random = seededRandom(seed)
  const d = dice(random)
  const clock = new ManualClock()
  const disk = memoryDisk()
  const them = server(d)
  const typed: string[] = []
  const told = `seed ${seed}`

  /** One run of the program, up to whatever ends it. */
  function run() {
    const { book } = bookOnDisk({ clock, disk })
    let alive = true
    const outbox = new Outbox({
      who: () => 'dana',
      clock,
      random,
      log: new LogLines(),
      delivery: {
        width: () => 1,
        settles: () => 0,
        deliver: async ({ key, action }) => {
          await new Promise<void>((resolve) => void clock.after(d.upTo(300), resolve))
          const answer = them.receive(key, (action as { note: string }).note)
          await new Promise<void>((resolve) => void clock.after(d.upTo(300), resolve))
          // The dead hear nothing: an answer to a run that is over is lost.
          return alive ? verdict(answer) : new Promise(() => {})
        },
      },
      answered: () => {},
      unseen: () => {},
    })
    outbox.use(book)
    outbox.setOpen(d.chance(0.8))
    return { book, outbox, end: () => (alive = false) }
  }
  let now = run()
  const crash = () => {
    now.end()
    // The process is gone: no timer of it may act. What it acknowledged has to be on disk.
    now.outbox.stop()
    if (d.chance(0.5)) disk.losePower()
    else disk.die()
    now = run()
  }
  for (let step = 0; step < 40; step++) {
    const text = `note ${step}`
    const what = d.upTo(10)
    if (what < 4) {
      disk.failWith(d.chance(0.1) ? 'full' : null)
      if (now.outbox.queue([draft(text, 'dana')]).ok) typed.push(text)
      disk.failWith(null)
    } else if (what === 4) crash()
    else if (what === 5) now.outbox.setOpen(d.chance(0.7))
    else await clock.advance(d.upTo(1_500))
    if (d.chance(0.2)) crash()
  }
  them.state.calm = true
  now.outbox.setOpen(true)
  for (let turn = 0; turn < 30 && now.book.projection.outbox.waiting.size > 0; turn++) await clock.advance(10_000)

  expect(now.book.projection.outbox.waiting.size, told).toBe(0)
  expect(
    them.taken.map(({ note: each }) => each),
    told,
  ).toEqual(typed)
  expect(
    [...now.book.projection.outbox.entries.values()].map(({ state, acceptedFrom }) => [state, acceptedFrom !== null]),
    told,
  ).toEqual(typed.map(() => ['sent', true]))
}

test(`[O8] ${HISTORIES} histories of crashes, power cuts, lost answers and full disks: each action once, in order`, async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + HISTORIES; seed++) await history(seed)
}, 60_000)
