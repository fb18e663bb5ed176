import type { Cause, LinkView } from '../shared/model/link.ts'
import type { Meters } from './health/meters.ts'
import type { Clock } from './ports.ts'
import type { Shelf } from './shelf.ts'

/**
 * Writes down what becomes of the link: each state in the journal, each close in the meters, and after a loss the doubt
 * that follows. It owns what was written last and changes nothing on the link.
 */
export class LinkWitness {
  readonly #clock: Clock
  readonly #shelf: Shelf
  readonly #meters: Meters
  #upAt: number | null = null
  #shown: LinkView['state'] | null = null
  #wasPolled = false

  constructor(clock: Clock, shelf: Shelf, meters: Meters) {
    this.#clock = clock
    this.#shelf = shelf
    this.#meters = meters
  }

  up(): void {
    this.#upAt = this.#clock.now()
    this.#meters.up()
  }

  /** `heardAt`: the server's last byte, ms. */
  down(cause: Cause, heardAt: number | null): void {
    this.#meters.closed({ at: cause.at, cause, lastedMs: cause.at - (this.#upAt ?? cause.at) })
    this.#upAt = null
    this.#shelf.doubt(cause.code === 'silent' ? 'silent' : 'link-down', heardAt ?? cause.at)
  }

  changed(view: LinkView): void {
    this.#meters.linkChanged(view)
    // The journal keeps the link's history too: one event a change of state, none a heartbeat.
    if (this.#shown !== view.state) {
      this.#shown = view.state
      const { cause } = view
      this.#shelf.note([{ is: 'link', state: view.state, cause: cause?.code ?? null, proof: cause?.proof ?? null }])
    }
    if (view.by === 'polling') this.#polled(view)
  }

  /** Polls that are not answered any more are a loss as a socket's end is. */
  #polled({ state, heardAt }: LinkView): void {
    const isLost = this.#wasPolled && state !== 'live'
    this.#wasPolled = state === 'live'
    if (isLost) this.#shelf.doubt('link-down', heardAt ?? this.#clock.now())
  }
}
