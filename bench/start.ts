import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { GENESIS, linkHash } from '../src/core/journal/chain.ts'
import type { JournalRow, JournalStore } from '../src/core/ports.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openDisk } from '../src/main/node/disk.ts'
import { HEAP } from '../tools/bootstrap/running.mjs'
import { electionEvents } from './election-rows.ts'

/**
 * A cold start on a large journal: from the start of the process to the whole board, made from a checkpoint, beside its peer,
 * the same from every row. Gate: 1.5 s at a million events for the built desk, the link not yet live. On a machine that does
 * other work as well, look at the CPU time.
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000)
/** What a desk killed at the worst moment finds behind its last checkpoint. */
const TAIL = 20_000
const ROUNDS = 3
const GATE_MS = 1_500
const NAME = 'bench-1-official'

const dir = mkdtempSync(join(tmpdir(), 'tallydesk-start-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))

type Seen = { readonly toBoard: number; readonly cpuToBoard: number; readonly [name: string]: unknown }
/** The desk as users run it, bundled like out/main and compiled code kept; and from its sources, for those who work on it. */
const SOURCES = join(import.meta.dirname, 'start-desk.ts')
const built = join(import.meta.dirname, '../out/bench')
await build({
  ...{ root: join(import.meta.dirname, '..'), configFile: false, logLevel: 'error' },
  build: { ssr: SOURCES, outDir: built, emptyOutDir: true, minify: false },
})
const BUILT = join(built, 'start-desk.js')

function start(file = BUILT, waitMs = 0): Seen {
  const args = [...HEAP, file, dir, String(Date.now()), String(waitMs)]
  const env = { ...process.env, NODE_COMPILE_CACHE: join(dir, 'compiled') }
  const out = execFileSync(process.execPath, args, { encoding: 'utf8', env })
  return JSON.parse(out.trim().split('\n').at(-1) ?? '') as Seen // what start-desk.ts prints
}

function journal(work: (store: JournalStore) => void): void {
  const disk = openDisk(dir)
  if (!disk.ok) throw new Error(disk.error.detail)
  const store = disk.value.disk.journal(NAME)
  if (!store.ok) throw new Error(store.error.detail)
  work(store.value)
  disk.value.close()
}

const events = electionEvents()
function write(store: JournalStore, count: number): void {
  let { cursor, hash: head } = store.last() ?? { cursor: 0, hash: GENESIS }
  let rows: JournalRow[] = []
  for (const end = cursor + count; cursor < end; ) {
    const row = {
      cursor: ++cursor,
      at: Date.UTC(2026, 2, 7, 5) + cursor * 40,
      text: JSON.stringify(events.next().value),
    }
    head = linkHash(sha256, head, row)
    rows.push({ ...row, hash: head })
    if (rows.length < 2_000 && cursor < end) continue
    const written = store.append(rows, 'process')
    if (!written.ok) throw new Error(written.error.detail)
    rows = []
  }
}

const sizeOf = (folder: string): number =>
  readdirSync(join(dir, folder)).reduce((sum, file) => sum + statSync(join(dir, folder, file)).size, 0)
const megabytes = (bytes: number): number => Math.round(bytes / 1e6)
const dropCheckpoints = () => rmSync(join(dir, 'checkpoints'), { recursive: true, force: true })
const times = (seen: readonly Seen[]) => seen.map(({ toBoard }) => toBoard)

journal((store) => write(store, EVENTS))
const server = { id: 'bench', name: 'Bench', url: 'http://127.0.0.1:1', mode: 'official', kind: null }
const profile = { ...server, origin: null, authority: null, plainAccepted: true }
const books = { bench: { server: 'bench', election: 1, mode: 'official' } }
writeFileSync(join(dir, 'settings.json'), JSON.stringify({ version: 1, servers: [profile], chosen: 'bench', books }))

const fromRows: Seen[] = []
for (let round = 0; round < ROUNDS; round++) {
  dropCheckpoints()
  fromRows.push(start())
}
const afterClose: Seen[] = []
for (let round = 0; round < ROUNDS; round++) afterClose.push(start())
const unbuilt: Seen[] = []
for (let round = 0; round < ROUNDS; round++) unbuilt.push(start(SOURCES))
journal((store) => write(store, TAIL))
const afterKill = start()
const checking = start(BUILT, 60_000)
const worst = Math.max(afterKill.toBoard, ...times(afterClose))

const result = {
  events: EVENTS,
  journalMB: megabytes(sizeOf('journals')),
  checkpointsMB: megabytes(sizeOf('checkpoints')),
  peer: 'the same start, every row folded',
  toBoardFromRows: times(fromRows),
  toBoardAfterClose: times(afterClose),
  cpuAfterClose: afterClose.map(({ cpuToBoard }) => cpuToBoard),
  toBoardAfterCloseUnbuilt: times(unbuilt),
  cpuAfterCloseUnbuilt: unbuilt.map(({ cpuToBoard }) => cpuToBoard),
  [`toBoardAfterKillWith${TAIL}Rows`]: afterKill.toBoard,
  cpuAfterKill: afterKill.cpuToBoard,
  gate: GATE_MS,
  passed: worst <= GATE_MS,
  lastStart: afterClose.at(-1),
  whileOlderRowsAreChecked: checking,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
if (worst > GATE_MS) process.exitCode = 1
