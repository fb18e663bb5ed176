import { Console } from '../../src/core/console.ts'
import { handlersOf } from '../../src/core/handlers.ts'
import type { Clock, Ports } from '../../src/core/ports.ts'
import { sourcesOf } from '../../src/core/sources.ts'
import { startHourlyBackup } from '../../src/main/host/hourly-backup.ts'
import { systemClock } from '../../src/main/node/clock.ts'
import { openPorts } from '../../src/main/node/ports.ts'
import { contract } from '../../src/shared/contract.ts'
import type { Port } from '../../src/shared/port.ts'
import { serve } from '../../src/shared/rpc/serve.ts'
import { DayClock } from './day-clock.ts'
import { WatchedNetwork } from './watched-network.ts'
import type { FromDesk, Memory, ToDesk } from './words.ts'

/**
 * The desk of the day bench in a process of its own, whose memory is nobody else's: the real core on a real journal, over real
 * sockets, with its hourly backups and a window that looks. `day`: its clock moves when it is told; `rest`: it runs as it is.
 */
const [dataDir = '', begin = '0', mode = 'day'] = process.argv.slice(2)
/** The hub's frames come within this time of the wall, ms. */
const FRAMES_WITHIN_MS = 30_000
/** On a machine with other work a sign-in may not be answered in its time: so many are tried. */
const SIGN_INS = 4

const say = (word: FromDesk) => void process.send?.(word)
const turn = () => new Promise<void>((resolve) => setTimeout(resolve, 1))

/** The machine's clock, begun at another time. */
function shiftedClock(at: number): Clock {
  const clock = systemClock()
  const shift = at - clock.now()
  return { ...clock, now: () => clock.now() + shift }
}

const dayClock = mode === 'day' ? new DayClock(Number(begin)) : null
const clock = dayClock ?? shiftedClock(Number(begin))
const network = new WatchedNetwork()
let lines = ''
const opened = openPorts({
  dir: dataDir,
  secrets: 'memory',
  tee: (line) => {
    if (line.includes('journal checked')) lines = line
  },
})
if (!opened.ok) throw new Error(opened.error.detail)
const ports: Ports = { ...opened.value.ports, clock, ...network.watch(opened.value.ports) }
const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: false }
const desk = new Console(ports, {
  host: { kind: 'browser', version: '0', can, kiosk: false },
  ...{ auth: 'auto', rehearse: null },
  diskFailed: (fault) => say({ is: 'failed', why: fault.detail }),
})
await desk.start()
const journal = () => desk.core.now()?.journal() ?? null
const stopBackups = startHourlyBackup({ dir: dataDir, clock, log: ports.log, journal })
const listeners = new Set<(message: unknown) => void>()
const window: Port = {
  send: (message) => say({ is: 'window', message }),
  onMessage(listener) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  onClose: () => () => {},
  close() {},
}
serve(
  contract,
  window,
  { handlers: handlersOf(desk), sources: sourcesOf(desk) },
  {
    soon: (run) => clock.soon(run),
    report: ({ where, cause }) => say({ is: 'failed', why: `${where}: ${String(cause)}` }),
  },
)

async function signIn({ url, email, password }: Extract<ToDesk, { is: 'sign-in' }>): Promise<void> {
  const profile = { name: 'bench', url, origin: null, authority: null, mode: 'rehearsal', plainAccepted: true } as const
  const connected = await desk.connect(profile)
  const core = desk.core.now()
  if (!connected.ok || !core) throw new Error('not connected')
  let signedIn = await core.session.signIn(email, password)
  for (let tries = 1; !signedIn.ok && signedIn.error === 'no-answer' && tries < SIGN_INS; tries++)
    signedIn = await core.session.signIn(email, password)
  if (!signedIn.ok) throw new Error(signedIn.error)
}

const seqNow = () => desk.core.now()?.book.now()?.projection.position?.seq ?? 0
async function go(elapsed: number, seq: number): Promise<void> {
  const from = performance.now()
  while (seqNow() < seq && desk.core.now()?.link.view().state === 'live') {
    if (performance.now() - from > FRAMES_WITHIN_MS) throw new Error(`frame ${seq} did not come: ${seqNow()}`)
    await turn()
  }
  await dayClock?.advance(elapsed, network.settled)
}

function measured(): Memory {
  const { rss } = process.memoryUsage()
  globalThis.gc?.()
  globalThis.gc?.()
  const { rss: rssCleared, heapUsed: floor, external } = process.memoryUsage()
  const core = desk.core.now()
  const { user, system } = process.cpuUsage()
  return {
    ...{ rss, rssCleared, floor, external, late: network.late },
    rows: core?.book.now()?.journal.cursor ?? 0,
    state: core?.link.view().state ?? 'none',
    cpuMs: (user + system) / 1_000,
  }
}

/** The share of one core it takes, left alone, once the rows behind the board are checked. */
async function rest(ms: number): Promise<FromDesk> {
  const wait = (time: number) => new Promise<void>((resolve) => setTimeout(resolve, time))
  let most = 0
  while (lines === '') {
    await wait(50)
    most = Math.max(most, process.memoryUsage().rss)
  }
  const before = process.cpuUsage()
  await wait(ms)
  const { user, system } = process.cpuUsage(before)
  return { is: 'rested', share: (user + system) / 1_000 / ms, rss: most }
}

async function hear(word: ToDesk): Promise<void> {
  switch (word.is) {
    case 'sign-in':
      await signIn(word)
      return say({ is: 'done' })
    case 'go':
      await go(word.elapsed, word.seq)
      return say({ is: 'done' })
    case 'measure':
      return say({ is: 'measured', memory: measured() })
    case 'rest':
      return say(await rest(word.ms))
    case 'window':
      for (const listener of listeners) listener(word.message)
      return
    case 'end':
      stopBackups()
      desk.stop()
      opened.ok && opened.value.close()
      say({ is: 'done' })
      process.disconnect()
  }
}
process.on('message', (word: ToDesk) => {
  hear(word).catch((cause: unknown) => say({ is: 'failed', why: String(cause) }))
})
process.once('disconnect', () => process.exit(0))
say({ is: 'done' })
