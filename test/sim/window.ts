import { handlersOf } from '../../src/core/handlers.ts'
import { sourcesOf } from '../../src/core/sources.ts'
import { contract } from '../../src/shared/contract.ts'
import type { Port } from '../../src/shared/port.ts'
import { connect } from '../../src/shared/rpc/connect.ts'
import type { Client } from '../../src/shared/rpc/define.ts'
import { serve } from '../../src/shared/rpc/serve.ts'
import type { Headline } from '../../src/shared/view/board.ts'
import type { OutboxView } from '../../src/shared/view/outbox.ts'
import type { TrustView } from '../../src/shared/model/trust.ts'
import type { Desk } from './desk.ts'
import { Died } from './world.ts'

export type Shown = { headline: Headline | null; outbox: OutboxView | null; trust: TrustView | null }

/**
 * The window of a desk: what it was told, and the way commands go. It can be loaded anew, die, or draw slowly; the core must
 * not mind. Everything that crosses is handed to the judge, who looks for secrets.
 */
export class SimWindow {
  readonly #desk: Desk
  #client: Client<typeof contract> | null = null
  #close: () => void = () => {}
  #number = 0
  /** Ms one drawing takes. */
  slowness = 0
  shown: Shown = { headline: null, outbox: null, trust: null }
  /** Faults reported by either side of the contract. */
  readonly faults: string[] = []

  constructor(desk: Desk) {
    this.#desk = desk
  }

  get isOpen(): boolean {
    return this.#client !== null
  }
  get client(): Client<typeof contract> | null {
    return this.#client
  }

  open(): void {
    const { console, life, machine, on } = this.#desk
    if (!console || !life.alive) return
    this.gone()
    const number = ++this.#number
    this.shown = { headline: null, outbox: null, trust: null }
    const [ours, theirs] = pair(
      (deliver) => void machine.world.after(1, () => machine.awake(() => (life.alive ? deliver() : undefined))),
      (message) => on.text('window', JSON.stringify(message)),
    )
    const stop = serve(
      contract,
      ours,
      { handlers: handlersOf(console), sources: sourcesOf(console) },
      {
        report: ({ where, cause }) => this.#fault(where, cause),
        soon: console.ports.clock.soon,
      },
    )
    this.#close = () => {
      theirs.close()
      ours.close()
      if (life.alive) stop()
    }
    this.#client = connect(contract, theirs, {
      afterRender: (done) => {
        if (this.slowness === 0) return done()
        machine.world.after(this.slowness, () => (number === this.#number && life.alive ? done() : undefined))
      },
      onFault: (cause) => this.#fault('window', cause),
    })
    this.#watch('headline')
    this.#watch('outbox')
    this.#watch('trust')
  }

  #watch(name: keyof Shown): void {
    const put = (state: unknown) => {
      this.shown = { ...this.shown, [name]: state }
    }
    this.#client?.watch(name, null, {
      onSnapshot: put,
      onPatches: (patches: readonly unknown[]) => put(patches.at(-1)),
    })
  }

  #fault(where: string, cause: unknown): void {
    // A process that was killed in the middle of an answer is no fault of anybody's.
    if (!(cause instanceof Died)) this.faults.push(`${where}: ${String(cause)}`)
  }

  /** It is closed, or died. */
  gone(): void {
    this.#close()
    this.#close = () => {}
    this.#client = null
    this.#number += 1
  }
}

/** Two joined ends without a copy between: the core hands over what it made for this message alone. */
function pair(later: (deliver: () => void) => void, crossed: (message: unknown) => void): [Port, Port] {
  const ends = [new End(later, () => {}), new End(later, crossed)] as const
  ends[0].other = ends[1]
  ends[1].other = ends[0]
  return [ends[0], ends[1]]
}

class End implements Port {
  other: End | null = null
  readonly #later: (deliver: () => void) => void
  readonly #crossed: (message: unknown) => void
  readonly #messages = new Set<(message: unknown) => void>()
  readonly #closes = new Set<() => void>()
  #early: unknown[] = []
  #open = true

  constructor(later: (deliver: () => void) => void, crossed: (message: unknown) => void) {
    this.#later = later
    this.#crossed = crossed
  }
  send(message: unknown): void {
    const { other } = this
    if (!this.#open || !other) return
    other.#crossed(message)
    this.#later(() => other.#receive(message))
  }
  #receive(message: unknown): void {
    if (!this.#open) return
    if (this.#messages.size === 0) this.#early.push(message)
    for (const listener of this.#messages) listener(message)
  }
  onMessage(listener: (message: unknown) => void): () => void {
    this.#messages.add(listener)
    for (const message of this.#early.splice(0)) listener(message)
    return () => void this.#messages.delete(listener)
  }
  onClose(listener: () => void): () => void {
    this.#closes.add(listener)
    return () => void this.#closes.delete(listener)
  }
  close(): void {
    for (const end of [this, this.other]) {
      if (end === null || !end.#open) continue
      end.#open = false
      for (const listener of [...end.#closes]) listener()
    }
  }
}
