import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Console } from '../src/core/console.ts'
import { handlersOf } from '../src/core/handlers.ts'
import type { Ports } from '../src/core/ports.ts'
import { forgetfulVault } from '../src/core/session/forgetful-vault.ts'
import { sourcesOf } from '../src/core/sources.ts'
import { startHub } from '../src/hub/hub.ts'
import type { ElectionSeed } from '../src/hub/seed.ts'
import { systemClock } from '../src/main/node/clock.ts'
import { createDial } from '../src/main/node/dial.ts'
import { sha256 } from '../src/main/node/digest.ts'
import { openDisk } from '../src/main/node/disk.ts'
import { createHttp } from '../src/main/node/http.ts'
import { systemRandom } from '../src/main/node/random.ts'
import { type AppContract, contract } from '../src/shared/contract.ts'
import { CommitteeCode, ElectorNumber } from '../src/shared/model/ids.ts'
import { connect } from '../src/shared/rpc/connect.ts'
import type { Client } from '../src/shared/rpc/define.ts'
import { serve } from '../src/shared/rpc/serve.ts'
import { memoryPortPair } from '../test/doubles/memory-port.ts'

/**
 * From the window's command to "saved": through the contract, the checks and the journal, to the platter (fsync), on this
 * machine's own disk; without a line, and live while what was saved is being sent. Beside it the floor: one bare SQLite row
 * with the same care. Gate: the 95th percentile of "saved" is at most 50 ms.
 */
const MARKS = Number(process.argv[2] ?? 500)
const GATE_MS = 50
const PERSON = { email: 'admin@example.com', password: 'password-1' }

function seed(): ElectionSeed {
  const elector = (index: number) => ({
    ...{ number: String(100_000 + index), name: `Elector ${index} Sample`, committee: 'm1', gender: 'MALE' as const },
    ...{ mobile: '', section: '', department: '', team: '', area: '' },
  })
  return {
    ...{ name: 'Bench', mode: 'rehearsal', votingMode: 'MIXED', maxCandidatesPerBallot: 1, date: '2030-01-15' },
    ...{ parties: [], candidates: [], guarantees: [] },
    committees: [{ code: 'm1', name: 'M1', gender: 'MALE', location: '' }],
    users: [{ ...PERSON, firstName: 'Ada', lastName: 'Test', role: 'ADMIN', committees: [] }],
    electors: Array.from({ length: 2 * MARKS }, (_, index) => elector(index)),
  }
}

/** Ms of one bare row after another, each on the platter before the next. */
function floor(directory: string): number[] {
  const db = new DatabaseSync(join(directory, 'floor.sqlite'))
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)')
  const insert = db.prepare('INSERT INTO row (text) VALUES (?)')
  const text = 'x'.repeat(300)
  const took = Array.from({ length: MARKS }, () => {
    const begun = performance.now()
    insert.run(text)
    return performance.now() - begun
  })
  db.close()
  return took
}

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 5))
}

function consoleOn(directory: string) {
  const opened = openDisk(directory)
  if (!opened.ok) throw new Error(opened.error.detail)
  const { http, close } = createHttp()
  const silent = () => {}
  const ports: Ports = {
    ...{ clock: systemClock(), random: systemRandom(), digest: sha256, dial: createDial(), http },
    ...{ vault: forgetfulVault(), disk: opened.value.disk, log: { info: silent, warn: silent, error: silent } },
    power: { onSuspend: () => silent, onResume: () => silent, onNetwork: () => silent },
  }
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: false }
  const desk = new Console(ports, {
    host: { kind: 'browser', version: '0', can, kiosk: false },
    ...{ auth: 'auto', rehearse: null },
    diskFailed: (fault) => {
      throw new Error(fault.is)
    },
  })
  const stop = () => {
    desk.stop()
    close()
    opened.value.close()
  }
  return { desk, stop }
}

async function save(client: Client<AppContract>, from: number): Promise<number[]> {
  const took: number[] = []
  for (let index = 0; index < MARKS; index++) {
    const elector = ElectorNumber.parse(String(100_000 + from + index))
    const begun = performance.now()
    const saved = await client.call('attendance.mark', { elector, committee: CommitteeCode.parse('m1'), notes: '' })
    took.push(performance.now() - begun)
    if (!saved.ok) throw new Error(saved.error)
    // As fast as fingers never are, yet not in one gulp: the sending has its turns.
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  return took
}

function tell(what: string, took: readonly number[]): number {
  const sorted = took.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  const figures = [0.5, 0.95, 0.99].map((share) => `p${share * 100} ${at(share).toFixed(2)} ms`)
  console.info(`${what.padEnd(44)} ${figures.join('  ')}  most ${at(1).toFixed(2)} ms`)
  return at(0.95)
}

async function run(directory: string): Promise<boolean> {
  const started = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: 'rehearsal', seed: seed() })
  if (!started.ok) throw new Error(started.error.sentence)
  const { desk, stop } = consoleOn(directory)
  try {
    await desk.connect({
      ...{ name: 'bench', url: started.value.url, origin: null, authority: null },
      ...{ mode: 'rehearsal', plainAccepted: true },
    })
    const [page, host] = memoryPortPair()
    const options = { report: console.error, soon: (work: () => void) => void queueMicrotask(work) }
    serve(contract, host, { handlers: handlersOf(desk), sources: sourcesOf(desk) }, options)
    const client = connect(contract, page)
    await client.call('session.sign-in', PERSON)
    const core = () => desk.core.now()
    await until(() => core()?.link.view().state === 'live')
    const isEmpty = () => core()?.book.now()?.projection.outbox.waiting.size === 0
    tell(`floor: ${MARKS} bare SQLite rows, each with fsync`, floor(directory))
    const live = tell(`"saved" while live, ${MARKS} marks`, await save(client, 0))
    await until(isEmpty)
    core()?.link.stop()
    const offline = tell(`"saved" without a line, ${MARKS} marks`, await save(client, MARKS))
    const worst = Math.max(live, offline)
    console.info(
      `p95 of "saved" is ${worst.toFixed(2)} ms; the gate is ${GATE_MS} ms: ${worst <= GATE_MS ? 'met' : 'missed'}`,
    )
    return worst <= GATE_MS
  } finally {
    stop()
    await started.value.stop()
  }
}

const directory = mkdtempSync(join(tmpdir(), 'tallydesk-saved-'))
try {
  if (!(await run(directory))) process.exitCode = 1
} finally {
  rmSync(directory, { recursive: true, force: true })
}
