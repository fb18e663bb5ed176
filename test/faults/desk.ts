import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Console } from '../../src/core/console.ts'
import type { Core } from '../../src/core/core.ts'
import type { Book } from '../../src/core/book.ts'
import type { Clock, Dial, Http, HttpRequest, Ports } from '../../src/core/ports.ts'
import { openPorts } from '../../src/main/node/ports.ts'
import type { LinkState } from '../../src/shared/model/link.ts'
import { PASSWORD } from '../doubles/election-server/seed.ts'

/** What a desk did to its server. */
export type DeskMeters = {
  /** Handshakes begun, ms of the desk's own clock. */
  readonly dials: number[]
  /** Sockets and handshakes of this desk at one moment, at most. */
  mostAtOnce: number
  readonly data: Call[]
  readonly auth: Call[]
  /** Answers that said "too many". */
  limited: number
  signIns: number
}
/** A request of this desk, ms of its own clock. */
export type Call = { readonly at: number; readonly path: string }
export type Desk = {
  readonly email: string
  readonly meters: DeskMeters
  readonly core: () => Core
  readonly book: () => Book | null
  readonly link: () => LinkState
  /** Names of every guarantee and mark that was ever written to its journal with its content, as `kind/key`. */
  readonly journaled: ReadonlySet<string>
  stop(): void
}

export type DeskOptions = {
  /** So many times faster than the wall its clock runs; its waits are that much shorter. */
  readonly clockFactor?: number
  /** Given each log line. */
  readonly tee?: (line: string) => void
}

/** The real console of one operator over real sockets and a real disk, with a counter at the door. */
export async function startDesk(url: string, email: string, options: DeskOptions = {}): Promise<Desk> {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-faults-'))
  const opened = openPorts({ dir, secrets: 'memory', ...(options.tee && { tee: options.tee }) })
  if (!opened.ok) throw new Error(opened.error.detail)
  const meters: DeskMeters = { dials: [], mostAtOnce: 0, data: [], auth: [], limited: 0, signIns: 0 }
  const { ports, close } = opened.value
  const clock = options.clockFactor === undefined ? ports.clock : hasty(ports.clock, options.clockFactor)
  const [dial, http] = [countDials(ports.dial, meters, clock), countCalls(ports.http, meters, clock)]
  const counted: Ports = { ...ports, clock, dial, http }
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: true }
  const host = { kind: 'browser', version: '0', kiosk: false, can } as const
  const console = new Console(counted, { host, auth: 'auto', rehearse: null, diskFailed: () => {} })
  await console.start()
  const profile = { name: url, url, origin: null, authority: null, mode: 'official', plainAccepted: true } as const
  const connected = await console.connect(profile)
  const core = console.core.now()
  if (!connected.ok || core === null) throw new Error('not connected')
  const journaled = new Set<string>()
  const stopReader = readAlong(core, journaled)
  const signIn = () => {
    meters.signIns++
    return core.session.signIn(email, PASSWORD)
  }
  const signedIn = await signIn()
  if (!signedIn.ok) throw new Error(`${email}: ${signedIn.error}`)
  const stopOperator = signInAgain(core, signIn)
  return {
    email,
    meters,
    core: () => core,
    book: () => core.book.now(),
    link: () => core.link.view().state,
    journaled,
    stop() {
      stopReader()
      stopOperator()
      console.stop()
      close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** A clock that runs faster. */
const hasty = (clock: Clock, factor: number): Clock => {
  const [wall, elapsed] = [clock.now(), clock.elapsed()]
  return {
    now: () => Math.floor(wall + (clock.elapsed() - elapsed) * factor),
    elapsed: () => (clock.elapsed() - elapsed) * factor,
    after: (ms, run) => clock.after(ms / factor, run),
    soon: (run) => clock.soon(run),
  }
}

/** Follows what is written, as a thief of the disk would read it. */
function readAlong(core: Core, journaled: Set<string>): () => void {
  let stopBook = () => {}
  const follow = () => {
    stopBook()
    stopBook =
      core.book.now()?.listen({
        written: ({ event }) => {
          if (event.is !== 'change' || event.change.op !== 'upsert') return
          const { kind, key } = event.change
          if (kind === 'guarantee' || kind === 'group' || kind === 'attendance') journaled.add(`${kind}/${key}`)
        },
      }) ?? (() => {})
  }
  const stop = core.book.onReplaced(follow)
  follow()
  return () => {
    stopBook()
    stop()
  }
}

/** A refresh whose answer is lost costs the session, by the server's own rotation; the operator then signs in again. */
function signInAgain(core: Core, signIn: () => Promise<unknown>): () => void {
  let busy = false
  const timer = setInterval(() => {
    if (busy || core.session.state() !== 'signed-out') return
    busy = true
    void signIn().finally(() => (busy = false))
  }, 1_000)
  return () => clearInterval(timer)
}

function countDials(dial: Dial, meters: DeskMeters, clock: Clock): Dial {
  let open = 0
  return (request, listener) => {
    meters.dials.push(clock.elapsed())
    open++
    meters.mostAtOnce = Math.max(meters.mostAtOnce, open)
    let counted = true
    const over = () => {
      if (counted) open--
      counted = false
    }
    const socket = dial(request, {
      ...listener,
      refused: (refusal) => {
        over()
        listener.refused(refusal)
      },
      failed: (fault) => {
        over()
        listener.failed(fault)
      },
      closed: (code, reason) => {
        over()
        listener.closed(code, reason)
      },
    })
    return {
      send: (text) => socket.send(text),
      ping: () => socket.ping(),
      close: (code, reason) => {
        over()
        socket.close(code, reason)
      },
      drop: () => {
        over()
        socket.drop()
      },
    }
  }
}

/** Faults that say that no request came to the other side. */
const NOWHERE: ReadonlySet<string> = new Set(['name-not-found', 'refused', 'unreachable', 'tls', 'bad-url'])

function countCalls(http: Http, meters: DeskMeters, clock: Clock): Http {
  return async (request: HttpRequest) => {
    const path = request.url.slice(request.url.indexOf('/api/'))
    const kept = path.startsWith('/api/auth/') ? meters.auth : meters.data
    const at = clock.elapsed()
    const answer = await http(request)
    // Where nobody was reached nothing was asked of the server, or of the proxy that counts.
    if (answer.ok || !NOWHERE.has(answer.error.is)) kept.push({ at, path })
    if (answer.ok && (answer.value.status === 429 || answer.value.status === 503)) meters.limited++
    return answer
  }
}
