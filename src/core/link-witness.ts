import type { Cause, LinkView } from '../shared/model/link.ts'
import type { Meters } from './health/meters.ts'
import type { Clock } from './ports.ts'
import type { Shelf } from './shelf.ts'

/** States in which the server is not heard. */
const AWAY: ReadonlySet<LinkView['state']> = new Set(['stale', 'offline', 'signed-out', 'refused'])

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
    // Without a socket polls were all there was, and no socket closed.
    if (this.#upAt !== null) this.#meters.closed({ at: cause.at, cause, lastedMs: cause.at - this.#upAt })
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
    this.#polled(view)
  }

  /** Polls that are not answered any more, or not sent, are a loss as a socket's end is; a socket in their place is none. */
  #polled({ state, by, heardAt }: LinkView): void {
    const isLost = this.#wasPolled && AWAY.has(state)
    if (isLost || state === 'live') this.#wasPolled = state === 'live' && by === 'polling'
    if (isLost) this.#shelf.doubt('link-down', heardAt ?? this.#clock.now())
  }
}
