import type { Clock, Dial, DialRequest, NetworkFault, Socket, UpgradeRefusal } from '../ports.ts'

/** How a dial ended. */
export type Opening =
  | { readonly is: 'open'; readonly line: Line }
  | { readonly is: 'refused'; readonly refusal: UpgradeRefusal }
  | { readonly is: 'failed'; readonly fault: NetworkFault }

/** Frames kept for a question not yet asked; a busy server must not fill the memory of a doctor who looks elsewhere. */
const KEPT_FRAMES = 500

type Waiter = (frame: string | null) => void

/** One socket of the doctor's own, beside the link's. Owns it from the dial to the drop; it never answers a frame. */
export class Line {
  readonly #clock: Clock
  #socket: Socket | null = null
  #frames: string[] = []
  readonly #waiters = new Set<Waiter>()
  /** Elapsed ms of the last byte, frames or protocol pings. */
  heardAt: number
  /** Protocol pings and pongs heard. */
  lifeSigns = 0
  closed: { readonly code: number; readonly reason: string } | null = null
  readonly openedAt: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.openedAt = clock.elapsed()
    this.heardAt = this.openedAt
  }

  hold(socket: Socket): void {
    this.#socket = socket
  }
  send(text: string): void {
    this.#socket?.send(text)
  }
  ping(): void {
    this.#socket?.ping()
  }
  /** What came so far is no answer to what is asked next. */
  forget(): void {
    this.#frames = []
  }
  drop(): void {
    this.#socket?.drop()
    this.#end()
  }

  /** The first frame, already here or yet to come, of which `pick` makes something; null when none did in `ms`. */
  async first<T>(pick: (frame: string) => T | null, ms: number): Promise<T | null> {
    for (const [at, frame] of this.#frames.entries()) {
      const found = pick(frame)
      if (found === null) continue
      this.#frames.splice(0, at + 1)
      return found
    }
    this.#frames = []
    if (this.closed) return null
    return await new Promise((resolve) => {
      const off = this.#clock.after(ms, () => settle(null))
      const settle = (found: T | null) => {
        off()
        this.#waiters.delete(hear)
        resolve(found)
      }
      const hear: Waiter = (frame) => {
        if (frame === null) return settle(null)
        const found = pick(frame)
        if (found !== null) settle(found)
      }
      this.#waiters.add(hear)
    })
  }

  text(frame: string): void {
    this.heardAt = this.#clock.elapsed()
    if (this.#waiters.size === 0) this.#frames = [...this.#frames, frame].slice(-KEPT_FRAMES)
    for (const hear of [...this.#waiters]) hear(frame)
  }
  alive(): void {
    this.heardAt = this.#clock.elapsed()
    this.lifeSigns += 1
  }
  end(code: number, reason: string): void {
    this.closed = { code, reason }
    this.#end()
  }
  #end(): void {
    for (const hear of [...this.#waiters]) hear(null)
  }
}

/** Dials once. */
export function openLine(clock: Clock, dial: Dial, request: DialRequest): Promise<Opening> {
  return new Promise((resolve) => {
    const line = new Line(clock)
    const socket = dial(request, {
      opened: () => resolve({ is: 'open', line }),
      refused: (refusal) => resolve({ is: 'refused', refusal }),
      failed: (fault) => resolve({ is: 'failed', fault }),
      text: (frame) => line.text(frame),
      binary: () => line.alive(),
      alive: () => line.alive(),
      closed: (code, reason) => line.end(code, reason),
    })
    line.hold(socket)
  })
}
