import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { electionCodec } from '../src/core/backend/election/codec.ts'
import { Book } from '../src/core/book.ts'
import { Ingest } from '../src/core/ingest/ingest.ts'
import type { JournalStore } from '../src/core/ports.ts'
import { systemClock } from '../src/main/node/clock.ts'
import { createDial } from '../src/main/node/dial.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openDisk } from '../src/main/node/disk.ts'
import { ok } from '../src/shared/result.ts'

/**
 * Ingest side by side in one run: a bare socket with JSON.parse is the floor; ours decodes, checks, places, journals and
 * folds the very same frames. Gates: at least 0.5 of the floor with the durable journal, 0.7 without one.
 */
const FRAMES = Number(process.argv[2] ?? 100_000)
const ROUNDS = 3

async function bare(port: number): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false })
  let begun = 0
  let seen = 0
  await new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      if (seen === 0) begun = performance.now()
      const frame: { seq: number } = JSON.parse(data.toString())
      seen += 1
      if (frame.seq === FRAMES) resolve()
    })
  })
  socket.terminate()
  return rate(seen, begun)
}

async function ours(port: number, store: JournalStore): Promise<number> {
  const clock = systemClock()
  const book = new Book(store, sha256, clock)
  const nothing = () => {}
  const ingest = new Ingest(
    clock,
    electionCodec,
    () => book,
    () => null,
    {
      hello: nothing,
      pong: nothing,
      resumed: nothing,
      resync: nothing,
      lost: (because) => {
        throw new Error(`lost: ${because}`)
      },
      reached: nothing,
      unclear: nothing,
      told: nothing,
      failed: (fault) => {
        throw new Error(fault.detail)
      },
    },
  )
  ingest.follow({ epoch: 'bench', seq: 0 })
  let begun = 0
  const done = new Promise<void>((resolve) => {
    const stop = book.listen({
      written: ({ cursor }) => {
        if (cursor !== FRAMES) return
        stop()
        resolve()
      },
    })
  })
  const socket = createDial()(
    {
      url: `ws://127.0.0.1:${port}`,
      headers: {},
      origin: null,
      timeoutMs: 5_000,
      maxFrameBytes: 1 << 20,
      tls: { authority: null },
    },
    {
      opened: nothing,
      text: (frame) => {
        if (begun === 0) begun = performance.now()
        ingest.receive(frame)
      },
      binary: nothing,
      alive: nothing,
      refused: nothing,
      failed: (fault) => {
        throw new Error(fault.detail)
      },
      closed: nothing,
    },
  )
  await done
  const perSecond = rate(FRAMES, begun)
  socket.drop()
  if (book.figures.attendance.attended !== FRAMES) throw new Error('frames were lost')
  book.close()
  return perSecond
}

const rate = (frames: number, begun: number): number => Math.round(frames / ((performance.now() - begun) / 1000))
const noStore = (): JournalStore => ({
  append: () => ok(undefined),
  read: () => [],
  last: () => null,
  length: () => 0,
  close: () => {},
})
const best = (rates: readonly number[]): number => Math.max(...rates)

async function startSender(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ingest-sender.ts'), String(FRAMES)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('the sender has no output')
  const [chunk]: unknown[] = await once(child.stdout, 'data')
  return { child, port: Number(String(chunk)) }
}

const { child, port } = await startSender()
const dir = mkdtempSync(join(tmpdir(), 'tallydesk-bench-'))
const disk = openDisk(dir)
if (!disk.ok) throw new Error(disk.error.detail)
const rates = { bare: [] as number[], memory: [] as number[], journal: [] as number[] }
for (let round = 0; round < ROUNDS; round++) {
  rates.bare.push(await bare(port))
  rates.memory.push(await ours(port, noStore()))
  const store = disk.value.disk.journal(`bench-${round}`)
  if (!store.ok) throw new Error(store.error.detail)
  rates.journal.push(await ours(port, store.value))
}
disk.value.close()
rmSync(dir, { recursive: true })
child.stdin?.end()
await once(child, 'exit')

const result = {
  frames: FRAMES,
  floor: 'ws + JSON.parse',
  bare: best(rates.bare),
  withoutJournal: best(rates.memory),
  withJournal: best(rates.journal),
  ratioWithoutJournal: Number((best(rates.memory) / best(rates.bare)).toFixed(2)),
  ratioWithJournal: Number((best(rates.journal) / best(rates.bare)).toFixed(2)),
  gates: { withoutJournal: 0.7, withJournal: 0.5 },
}
process.stdout.write(`${JSON.stringify(result)}\n`)
