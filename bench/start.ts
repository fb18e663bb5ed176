import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GENESIS, linkHash } from '../src/core/journal/chain.ts'
import type { JournalRow, JournalStore } from '../src/core/ports.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openDisk } from '../src/main/node/disk.ts'
import { electionEvents } from './election-rows.ts'

/**
 * A cold start on a large journal: from the start of the process to the whole board, made from a checkpoint, beside its peer,
 * the same from every row. Gate: 1.5 s at a million events, the link not yet live.
 */
const EVENTS = Number(process.argv[2] ?? 1_000_000)
/** What a desk killed at the worst moment finds behind its last checkpoint. */
const TAIL = 20_000
const ROUNDS = 3
const NAME = 'bench-1-official'

const dir = mkdtempSync(join(tmpdir(), 'tallydesk-start-'))
process.on('exit', () => rmSync(dir, { recursive: true, force: true }))

type Seen = { readonly toBoard: number; readonly [name: string]: unknown }
function start(waitMs = 0): Seen {
  const file = join(import.meta.dirname, 'start-desk.ts')
  const out = execFileSync(process.execPath, [file, dir, String(Date.now()), String(waitMs)], { encoding: 'utf8' })
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
journal((store) => write(store, TAIL))
const afterKill = start()
const checking = start(60_000)

const result = {
  events: EVENTS,
  journalMB: megabytes(sizeOf('journals')),
  checkpointsMB: megabytes(sizeOf('checkpoints')),
  peer: 'the same start, every row folded',
  toBoardFromRows: times(fromRows),
  toBoardAfterClose: times(afterClose),
  [`toBoardAfterKillWith${TAIL}Rows`]: afterKill.toBoard,
  gate: 1_500,
  lastStart: afterClose.at(-1),
  whileOlderRowsAreChecked: checking,
}
process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
