import type { Port } from '../port.ts'
import { assertNever } from '../result.ts'
import type { Client, Contract, Sink } from './define.ts'
import { Downstream } from './envelope.ts'

export type ConnectOptions = {
  /** Decides when a batch counts as seen: an animation frame in a window, at once in a test. */
  readonly afterRender?: (done: () => void) => void
  /** The other side speaks another contract version: the window has to be loaded anew. The port is closed. */
  readonly onVersionMismatch?: (theirs: number) => void
  readonly onClose?: () => void
  /** A message that does not fit the envelope, or a view that threw on what it was given. */
  readonly onFault?: (cause: unknown) => void
}

type Reply = (result: never) => void
type Watched = { readonly name: string; readonly input: unknown; readonly sink: Sink<unknown, unknown> }

/** The window's end of the contract over one port. After the port closes every call answers `disconnected`. */
export function connect<C extends Contract>(contract: C, port: Port, options: ConnectOptions = {}): Client<C> {
  const link = new ClientLink(contract.version, port, options)
  return {
    call: (name, input) => new Promise((resolve) => link.call(name, input, resolve)),
    watch: (name, input, sink) => link.watch({ name, input, sink }),
  }
}

/** Owns the open calls and watches of one window; the port is its maker's, but a port of another version it closes. */
class ClientLink {
  readonly #version: number
  readonly #port: Port
  readonly #options: ConnectOptions
  readonly #afterRender: (done: () => void) => void
  readonly #replies = new Map<number, Reply>()
  readonly #watched = new Map<number, Watched>()
  #nextId = 0
  #closed = false

  constructor(version: number, port: Port, options: ConnectOptions) {
    this.#version = version
    this.#port = port
    this.#options = options
    this.#afterRender = options.afterRender ?? ((done) => done())
    port.onClose(() => this.#end())
    port.onMessage((raw) => this.#onMessage(raw))
  }

  call(name: string, input: unknown, resolve: Reply) {
    if (this.#closed) return resolve(DISCONNECTED)
    const id = this.#nextId++
    this.#replies.set(id, resolve)
    this.#port.send({ t: 'call', id, name, input })
  }

  watch(watched: Watched) {
    if (this.#closed) return () => {}
    const id = this.#nextId++
    this.#watched.set(id, watched)
    this.#port.send({ t: 'watch', id, name: watched.name, input: watched.input })
    return () => {
      if (this.#watched.delete(id)) this.#port.send({ t: 'unwatch', id })
    }
  }

  #onMessage(raw: unknown) {
    if (this.#closed) return
    const parsed = Downstream.safeParse(raw)
    if (!parsed.success) return this.#options.onFault?.(parsed.error)
    const message = parsed.data
    switch (message.t) {
      case 'hello':
        return message.version === this.#version ? undefined : this.#mismatch(message.version)
      case 'reply':
        this.#replies.get(message.id)?.(message.result as never) // checked against the contract by the serving side
        return void this.#replies.delete(message.id)
      case 'snapshot':
        return this.#deliver(message.id, message.seq, 'snapshot', (sink) => sink.onSnapshot(message.state))
      case 'patches':
        return this.#deliver(message.id, message.seq, 'patches', (sink) => sink.onPatches(message.patches))
      case 'refused': {
        const refused = this.#watched.get(message.id)
        this.#watched.delete(message.id)
        return refused?.sink.onRefused?.(message.error)
      }
      default:
        return assertNever(message)
    }
  }

  #deliver(id: number, seq: number, kind: 'snapshot' | 'patches', give: (sink: Watched['sink']) => void) {
    const watched = this.#watched.get(id)
    if (!watched) return
    try {
      give(watched.sink)
    } catch (cause) {
      this.#options.onFault?.(cause)
      // Patches half applied leave a wrong state behind: only a new snapshot can be trusted. A view that throws on
      // a snapshot would throw again, so that one is acknowledged and left.
      if (kind === 'patches') {
        return this.#port.send({ t: 'watch', id, name: watched.name, input: watched.input })
      }
    }
    this.#afterRender(() => {
      if (this.#watched.has(id)) this.#port.send({ t: 'ack', id, seq })
    })
  }

  #mismatch(theirs: number) {
    this.#options.onVersionMismatch?.(theirs)
    this.#port.close()
    this.#end()
  }

  #end() {
    if (this.#closed) return
    this.#closed = true
    for (const settle of this.#replies.values()) settle(DISCONNECTED)
    this.#replies.clear()
    this.#watched.clear()
    this.#options.onClose?.()
  }
}

const DISCONNECTED = { ok: false, error: 'disconnected' } as never // a TransportError, in every command's list
