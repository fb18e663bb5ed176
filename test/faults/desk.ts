import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Console } from '../../src/core/console.ts'
import type { Core } from '../../src/core/core.ts'
import type { Book } from '../../src/core/book.ts'
import type { Dial, Http, HttpRequest, Ports } from '../../src/core/ports.ts'
import { openPorts } from '../../src/main/node/ports.ts'
import { PASSWORD } from '../doubles/election-server/seed.ts'

/** What a desk did to its server. */
export type DeskMeters = {
  /** Handshakes begun. */
  dials: number
  /** Sockets and handshakes of this desk at one moment, at most. */
  mostAtOnce: number
  readonly data: number[]
  readonly auth: number[]
  /** Answers that said "too many". */
  limited: number
  signIns: number
}
export type Desk = {
  readonly email: string
  readonly meters: DeskMeters
  readonly core: () => Core
  readonly book: () => Book | null
  stop(): void
}

/** The real console of one operator over real sockets and a real disk, with a counter at the door. */
export async function startDesk(url: string, email: string): Promise<Desk> {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-faults-'))
  const opened = openPorts({ dir, secrets: 'memory' })
  if (!opened.ok) throw new Error(opened.error.detail)
  const meters: DeskMeters = { dials: 0, mostAtOnce: 0, data: [], auth: [], limited: 0, signIns: 0 }
  const { ports, close } = opened.value
  const counted: Ports = { ...ports, dial: countDials(ports.dial, meters), http: countCalls(ports.http, meters) }
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: true }
  const host = { kind: 'browser', version: '0', kiosk: false, can } as const
  const console = new Console(counted, { host, auth: 'auto', rehearse: null, diskFailed: () => {} })
  await console.start()
  const profile = { name: url, url, origin: null, authority: null, mode: 'official', plainAccepted: true } as const
  const connected = await console.connect(profile)
  const core = console.core.now()
  if (!connected.ok || core === null) throw new Error('not connected')
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
    stop() {
      stopOperator()
      console.stop()
      close()
      rmSync(dir, { recursive: true, force: true })
    },
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

function countDials(dial: Dial, meters: DeskMeters): Dial {
  let open = 0
  return (request, listener) => {
    meters.dials++
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

function countCalls(http: Http, meters: DeskMeters): Http {
  return async (request: HttpRequest) => {
    const at = performance.now()
    ;(request.url.includes('/api/auth/') ? meters.auth : meters.data).push(at)
    const answer = await http(request)
    if (answer.ok && (answer.value.status === 429 || answer.value.status === 503)) meters.limited++
    return answer
  }
}
