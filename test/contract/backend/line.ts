import WebSocket from 'ws'
import type { Heard } from '../../../src/core/backend/backend.ts'
import { electionCodec } from '../../../src/core/backend/election/codec.ts'
import type { Change } from '../../../src/shared/model/change.ts'
import type { Target } from './client.ts'

/** How long a frame that has to come is waited for. */
export const FRAME_MS = 5_000
const OPEN_MS = 10_000

/** How an attempt to open a socket ended: open, answered by a status, or open and closed at once with a code. */
export type Opening =
  | { readonly is: 'open'; readonly line: Line }
  | { readonly is: 'refused'; readonly status: number }
  | { readonly is: 'closed'; readonly code: number }

export type OpenOptions = {
  readonly bearer?: string
  readonly query?: string
  readonly origin?: string | null
  readonly path?: string
}

export const SOCKET_PATH = '/ws/election-updates/'

/** Opens a socket and waits for its hello, its refusal or its end. */
export async function openLine(target: Target, options: OpenOptions): Promise<Opening> {
  const url = `${target.url.replace(/^http/, 'ws')}${options.path ?? SOCKET_PATH}${options.query ?? ''}`
  const origin = options.origin === undefined ? (target.origin ?? target.url) : options.origin
  const socket = new WebSocket(url, {
    headers: options.bearer === undefined ? {} : { authorization: `Bearer ${options.bearer}` },
    ...(origin === null ? {} : { origin }),
    handshakeTimeout: OPEN_MS,
    perMessageDeflate: false,
  })
  const line = new Line(socket)
  return new Promise((done, fail) => {
    socket.on('unexpected-response', (_request, response) => {
      response.destroy()
      done({ is: 'refused', status: response.statusCode ?? 0 })
    })
    socket.on('error', (thrown) => fail(thrown))
    socket.on('close', (code) => done({ is: 'closed', code }))
    socket.once('message', () => done({ is: 'open', line }))
  })
}

type Waiter = { readonly seen: (text: string | null) => void }

/** One open socket: what came over it, in order, and what is waited for. */
export class Line {
  readonly #socket: WebSocket
  readonly texts: string[] = []
  readonly #waiters = new Set<Waiter>()
  closeCode: number | null = null

  constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data, binary) => {
      const text = binary ? '(binary)' : String(data)
      this.texts.push(text)
      for (const waiter of this.#waiters) waiter.seen(text)
    })
    socket.on('close', (code) => {
      this.closeCode = code
      for (const waiter of this.#waiters) waiter.seen(null)
    })
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }
  send(value: string | Buffer): void {
    this.#socket.send(value)
  }
  close(): void {
    this.#socket.close(1000)
  }
  /** Everything understood so far. Frames that are not are faults of the server. */
  get heard(): readonly Heard[] {
    return this.texts.map(heardIn)
  }
  get changes(): readonly Change[] {
    return this.heard.flatMap((said) => (said.is === 'changes' ? said.changes : []))
  }

  /** The first frame, old or new, that fits. */
  async frame(what: string, fits: (heard: Heard) => boolean, from = 0): Promise<Heard> {
    const before = this.heard.slice(from).find(fits)
    if (before !== undefined) return before
    return new Promise((done, fail) => {
      const over = (): void => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
      }
      const waiter: Waiter = {
        seen: (text) => {
          const heard = text === null ? null : heardIn(text)
          if (heard !== null && !fits(heard)) return
          over()
          if (heard === null) fail(new Error(`the socket closed (${this.closeCode}) before ${what} came`))
          else done(heard)
        },
      }
      const timer = setTimeout(() => {
        over()
        fail(new Error(`${what} did not come within ${FRAME_MS} ms; last: ${this.texts.at(-1)?.slice(0, 200)}`))
      }, FRAME_MS)
      this.#waiters.add(waiter)
    })
  }
  /** The first change, old or new, that fits. */
  async change(what: string, fits: (change: Change) => boolean, from = 0): Promise<Change> {
    const said = await this.frame(what, (heard) => heard.is === 'changes' && heard.changes.some(fits), from)
    const found = said.is === 'changes' ? said.changes.find(fits) : undefined
    if (found === undefined) throw new Error(`${what} was lost`)
    return found
  }
  async closed(): Promise<number> {
    if (this.closeCode !== null) return this.closeCode
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`the socket was not closed within ${FRAME_MS} ms`)), FRAME_MS)
      this.#socket.once('close', (code) => {
        clearTimeout(timer)
        done(code)
      })
    })
  }
}

function heardIn(text: string): Heard {
  const decoded = electionCodec.decode(text)
  if (!decoded.ok) throw new Error(`a frame that cannot be read: ${decoded.error.detail}: ${text.slice(0, 200)}`)
  return decoded.value
}
