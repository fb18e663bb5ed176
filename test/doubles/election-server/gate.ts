import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net'

type Pair = { readonly outside: Socket; readonly inside: Socket }

/**
 * The network before the imitation: a TCP relay that can go dark, stall or cut. Owns the public port, which it keeps over restarts of
 * what is behind it, and every connection through it. It never looks at what it carries.
 */
export class Gate {
  readonly #server: Server
  readonly #pairs = new Set<Pair>()
  #insidePort = 0
  #dark = false
  #stalled = false

  constructor() {
    this.#server = createServer((outside) => this.#came(outside))
  }

  /** Listens on a free port of loopback and answers its number. */
  async open(insidePort: number, port = 0): Promise<number> {
    this.#insidePort = insidePort
    await new Promise<void>((done, fail) => {
      this.#server.once('error', fail)
      this.#server.listen(port, '127.0.0.1', done)
    })
    return (this.#server.address() as AddressInfo).port // listening on TCP
  }
  /** Dark: whoever comes is cut at once, as by a server that is down behind its port. */
  dark(on: boolean): void {
    this.#dark = on
    if (on) this.cut()
  }
  /** Stalled: nothing gets through in either direction and nobody is told; what was written arrives when it ends. */
  stall(on: boolean): void {
    this.#stalled = on
    for (const pair of this.#pairs) on ? hold(pair) : join(pair)
  }
  /** Ends every connection without a word. */
  cut(): void {
    for (const { outside, inside } of this.#pairs) {
      outside.resetAndDestroy()
      inside.destroy()
    }
  }
  get connections(): number {
    return this.#pairs.size
  }
  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()))
    this.cut()
    await closed
  }

  #came(outside: Socket): void {
    outside.on('error', () => {})
    if (this.#dark) {
      outside.resetAndDestroy()
      return
    }
    const inside = connect(this.#insidePort, '127.0.0.1')
    const pair = { outside, inside }
    this.#pairs.add(pair)
    const over = (): void => {
      this.#pairs.delete(pair)
      outside.destroy()
      inside.destroy()
    }
    inside.on('error', over).on('close', over)
    outside.on('error', over).on('close', over)
    outside.setNoDelay(true)
    inside.setNoDelay(true)
    if (!this.#stalled) join(pair)
  }
}

function join({ outside, inside }: Pair): void {
  outside.pipe(inside)
  inside.pipe(outside)
}
function hold({ outside, inside }: Pair): void {
  outside.unpipe(inside).pause()
  inside.unpipe(outside).pause()
}
