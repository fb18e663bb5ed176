import type { Port } from '../port.ts'
import { assertNever } from '../result.ts'
import type { Client, Contract, Sink } from './define.ts'
import { Downstream } from './envelope.ts'

export type ConnectOptions = {
  /** Decides when a batch counts as seen: an animation frame in a window, at once in a test. */
  readonly afterRender?: (done: () => void) => void
  /** The other side speaks another contract version: the window has to be loaded anew. */
  readonly onVersionMismatch?: (theirs: number) => void
  readonly onClose?: () => void
}

type Reply = (result: never) => void

/** The window's end of the contract over one port. After the port closes every call answers `disconnected`. */
export function connect<C extends Contract>(contract: C, port: Port, options: ConnectOptions = {}): Client<C> {
  const afterRender = options.afterRender ?? ((done: () => void) => done())
  let nextId = 0
  let closed = false
  const replies = new Map<number, Reply>()
  const sinks = new Map<number, Sink<unknown, unknown>>()

  function deliver(id: number, seq: number, give: (sink: Sink<unknown, unknown>) => void) {
    const sink = sinks.get(id)
    if (!sink) return
    give(sink)
    afterRender(() => port.send({ t: 'ack', id, seq }))
  }

  port.onMessage((raw) => {
    const parsed = Downstream.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    switch (message.t) {
      case 'hello':
        return message.version === contract.version ? undefined : options.onVersionMismatch?.(message.version)
      case 'reply':
        replies.get(message.id)?.(message.result as never) // checked against the contract by the serving side
        return void replies.delete(message.id)
      case 'snapshot':
        return deliver(message.id, message.seq, (sink) => sink.onSnapshot(message.state))
      case 'patches':
        return deliver(message.id, message.seq, (sink) => sink.onPatches(message.patches))
      case 'refused':
        sinks.get(message.id)?.onRefused?.(message.error)
        return void sinks.delete(message.id)
      default:
        return assertNever(message)
    }
  })
  port.onClose(() => {
    closed = true
    for (const settle of replies.values()) settle({ ok: false, error: 'disconnected' } as never) // a TransportError, in every command's list
    replies.clear()
    options.onClose?.()
  })

  return {
    call: (name, input) =>
      new Promise((resolve) => {
        if (closed) return resolve({ ok: false, error: 'disconnected' })
        const id = nextId++
        replies.set(id, resolve as Reply) // the reply to this id carries this command's result
        port.send({ t: 'call', id, name, input })
      }),
    watch(name, input, sink) {
      const id = nextId++
      sinks.set(id, sink as Sink<unknown, unknown>) // the messages of this id carry this stream's shapes
      port.send({ t: 'watch', id, name, input })
      return () => {
        sinks.delete(id)
        port.send({ t: 'unwatch', id })
      }
    },
  }
}
