import type { Dial, DialListener, Http, Ports } from '../../src/core/ports.ts'

/** An answer that does not come in this time never will: the clock goes on, ms of the wall. */
const PATIENCE_MS = 3_000

/** While an answer is under way it is looked for so often, ms of the wall: the hub needs the processor too. */
const WAIT_MS = 1

/** What a desk has under way at its server: requests, handshakes and pings nobody answered yet. It owns the counting alone. */
export class WatchedNetwork {
  #requests = 0
  #dials = 0
  #pings = 0
  /** The last answer of all, ms of the wall. */
  #heardAt = 0
  /** Waits that were given up. */
  late = 0

  get busy(): boolean {
    return this.#requests + this.#dials + this.#pings > 0
  }

  watch({ http, dial }: Pick<Ports, 'http' | 'dial'>): { readonly http: Http; readonly dial: Dial } {
    return {
      http: (request) => {
        this.#requests += 1
        return http(request).finally(() => {
          this.#requests -= 1
          this.#heardAt = performance.now()
        })
      },
      dial: (request, listener) => {
        this.#dials += 1
        const socket = dial(request, this.#heard(listener))
        const asked = () => {
          this.#pings = 1
        }
        return {
          send: (text) => {
            asked()
            socket.send(text)
          },
          ping: () => {
            asked()
            socket.ping()
          },
          close: (code, reason) => socket.close(code, reason),
          drop: () => {
            this.#dials = 0
            this.#pings = 0
            socket.drop()
          },
        }
      },
    }
  }

  /** Resolves once everything under way was answered and the desk had its turn with it. */
  readonly settled = async (): Promise<void> => {
    this.#heardAt = performance.now()
    do {
      await new Promise<void>((resolve) => (this.busy ? setTimeout(resolve, WAIT_MS) : setImmediate(resolve)))
      if (performance.now() - this.#heardAt < PATIENCE_MS) continue
      this.late += 1
      this.#pings = 0
      return
    } while (this.busy)
  }

  #heard(listener: DialListener): DialListener {
    const told = () => {
      this.#dials = 0
    }
    const answered = () => {
      this.#pings = 0
    }
    const ended = () => {
      told()
      answered()
    }
    return {
      opened: () => (told(), listener.opened()),
      text: (frame) => (answered(), listener.text(frame)),
      binary: (bytes) => listener.binary(bytes),
      alive: () => (answered(), listener.alive()),
      refused: (refusal) => (ended(), listener.refused(refusal)),
      failed: (fault) => (ended(), listener.failed(fault)),
      closed: (code, reason) => (ended(), listener.closed(code, reason)),
    }
  }
}
