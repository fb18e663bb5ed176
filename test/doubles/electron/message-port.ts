import { EventEmitter } from 'node:events'

/** Where the messages of an end go once that end has been given to a window. */
export type FarEnd = { post(data: unknown): void; close(): void }

const join = Symbol('join')
const receive = Symbol('receive')
const disconnect = Symbol('disconnect')
const giveAway = Symbol('give away')
const fromFar = Symbol('from far')

/** An end of a channel in main. Messages wait until `start`, as in Electron. */
export class MessagePortMain extends EventEmitter {
  #peer: MessagePortMain | null = null
  #far: FarEnd | null = null
  #started = false
  #open = true
  #gone = false
  #waiting: unknown[] = []

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (transfer.length > 0) throw new Error('Ports over ports are not implemented in the stand-in')
    if (this.#gone) throw new Error('This port has been given away')
    if (!this.#open) return
    const copy: unknown = structuredClone(message)
    setImmediate(() => this.#peer?.[receive](copy))
  }

  start(): void {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.#tell(data)
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    setImmediate(() => this.#peer?.[disconnect]())
  }

  #tell(data: unknown) {
    setImmediate(() => this.#open && this.emit('message', { data, ports: [] }))
  }

  [join](peer: MessagePortMain) {
    this.#peer = peer
  }

  [receive](data: unknown) {
    if (this.#far !== null) this.#far.post(data)
    else if (this.#started) this.#tell(data)
    else if (this.#open) this.#waiting.push(data)
  }

  [disconnect]() {
    this.#far?.close()
    if (!this.#open) return
    this.#open = false
    this.emit('close')
  }

  [giveAway](far: FarEnd) {
    if (this.#gone) throw new Error('This port has been given away')
    this.#gone = true
    this.#far = far
    for (const data of this.#waiting.splice(0)) far.post(data)
  }

  /** What arrives from the window over an end that was given to it. */
  [fromFar](message: { readonly data: unknown } | 'closed') {
    if (message === 'closed') this.#peer?.[disconnect]()
    else this.#peer?.[receive](message.data)
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1[join](this.port2)
    this.port2[join](this.port1)
  }
}

/** Moves an end into a window: afterwards it lives at `far`. Returns the way back. */
export function transfer(port: MessagePortMain, far: FarEnd): (message: { readonly data: unknown } | 'closed') => void {
  port[giveAway](far)
  return (message) => port[fromFar](message)
}
