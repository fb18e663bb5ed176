import { onTestFinished, vi } from 'vitest'
import { Console } from '../../src/core/console.ts'
import type { Clock, Ports } from '../../src/core/ports.ts'
import type { Wiper } from '../../src/core/revocations.ts'
import { canonicalJson, stateOf } from '../../src/core/projection/state.ts'
import { TOPICS } from '../../src/shared/model/change.ts'
import { systemClock } from '../../src/main/node/clock.ts'
import { createDial } from '../../src/main/node/dial.ts'
import { createHttp } from '../../src/main/node/http.ts'
import { systemRandom } from '../../src/main/node/random.ts'
import type { Mode } from '../../src/shared/model/records.ts'
import { LogLines } from '../doubles/log-lines.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { memoryVault } from '../doubles/memory-vault.ts'
import { sha256 } from './journal/on-disk.ts'

/** Loopback answers in ms; this far off, it never will. */
const PATIENCE = { timeout: 10_000, interval: 10 }

/** Waits for what the desk will come to. */
export const until = (what: () => void | boolean): Promise<void> =>
  vi.waitFor(() => {
    if (what() === false) throw new Error(`not yet: ${what}`)
  }, PATIENCE)

/** A real clock whose waits are over ten times as soon, and whose time goes as much faster. */
export function hurriedClock(): Clock {
  const clock = systemClock()
  const began = { wall: clock.now(), elapsed: clock.elapsed() }
  const elapsed = () => (clock.elapsed() - began.elapsed) * 10
  return {
    ...clock,
    now: () => Math.floor(began.wall + elapsed()),
    elapsed,
    after: (ms, run) => clock.after(ms / 10, run),
    soon: (run) => clock.soon(run),
  }
}

/** A console over real sockets and real HTTP; only disk and keychain are in memory. */
export function realDesk({
  disk = memoryDisk(),
  vault = memoryVault(),
  clock = systemClock(),
  wipe = undefined as Wiper | undefined,
} = {}) {
  const { http, close } = createHttp()
  const log = new LogLines()
  const dialled: string[] = []
  const asked: string[] = []
  const dial = createDial()
  const ports: Ports = {
    clock,
    random: systemRandom(),
    digest: sha256,
    dial: (request, listener) => {
      dialled.push(request.url)
      return dial(request, listener)
    },
    http: (request) => {
      asked.push(`${request.method} ${request.url}`)
      return http(request)
    },
    vault,
    disk,
    log,
    power: { onSuspend: () => () => {}, onResume: () => () => {}, onNetwork: () => () => {} },
  }
  const faults: string[] = []
  const states: string[] = []
  const desk = new Console(ports, {
    host: {
      kind: 'browser',
      version: '0',
      can: { tray: false, notify: false, keychain: true, rehearse: false, quit: false },
      kiosk: false,
    } as never,
    auth: 'auto',
    rehearse: null,
    diskFailed: ({ is }) => faults.push(is),
    ...(wipe && { wipe }),
  })
  desk.onChange(() => {
    const state = desk.core.now()?.link.view().state
    if (state && states.at(-1) !== state) states.push(state)
  })
  const stop = () => {
    desk.stop()
    close()
  }
  onTestFinished(stop)
  const core = () => {
    const running = desk.core.now()
    if (!running) throw new Error('no core is running')
    return running
  }
  const book = () => {
    const open = core().book.now()
    if (!open) throw new Error('no book is open')
    return open
  }
  const connect = (url: string, mode: Mode = 'rehearsal') =>
    desk.connect({ name: url, url, origin: null, authority: null, mode, plainAccepted: true })
  const live = (email: string, password: string) => async (url: string) => {
    await connect(url)
    await signIn(email, password)
  }
  const signIn = async (email: string, password: string) => {
    const signedIn = await core().session.signIn(email, password)
    if (!signedIn.ok) throw new Error(signedIn.error)
    core().link.start()
    await untilLive()
  }
  const untilLive = () => until(() => core().link.view().state === 'live')
  const trusts = () => [...new Set(TOPICS.map((topic) => book().projection.trust.of(topic).state))].sort()
  const attended = () =>
    [...book().projection.of('attendance').values()].map(({ record }) => String(record.elector)).sort()
  const state = () => {
    const { cursor: _, head: __, outbox: ___, ...records } = stateOf(book())
    return canonicalJson(records)
  }
  return {
    desk,
    ports,
    disk,
    vault,
    log,
    dialled,
    asked,
    faults,
    states,
    core,
    book,
    connect,
    live,
    signIn,
    untilLive,
    trusts,
    attended,
    state,
    stop,
  }
}
