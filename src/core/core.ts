import type { CommandKey } from '../shared/model/ids.ts'
import type { Result } from '../shared/result.ts'
import type { ServerProfile } from '../shared/view/session.ts'
import type { Shared } from '../shared/view/sharing.ts'
import type { ActFault, Acts } from './acts.ts'
import type { PacedRest } from './backend/rest.ts'
import type { Book } from './book.ts'
import type { CoreEvents, CoreOptions } from './core-contract.ts'
import { type Calls, callsTo } from './calls.ts'
import { Meters } from './health/meters.ts'
import type { OnDuty } from './incidents/on-duty.ts'
import type { Link } from './link/link.ts'
import { LinkWitness } from './link-witness.ts'
import type { Identity, OpenFault } from './open-book.ts'
import type { Action } from './outbox/action.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Current } from './patch/relay.ts'
import { peopleAt } from './people.ts'
import type { DiskFault, Ports } from './ports.ts'
import { Receiving } from './receiving.ts'
import { journalRefusal } from './refusals.ts'
import type { Session } from './session/session.ts'
import { SessionWitness } from './session-witness.ts'
import type { SheetChange } from './projection/sheets.ts'
import { sendingTo } from './sending.ts'
import { Shelf } from './shelf.ts'

export type { CoreEvents, CoreOptions }

/**
 * One server, from the dial to the figures: what comes in (`receiving.ts`), the book it is written to (`shelf.ts`), what people
 * do here (`people.ts`) and how it goes out (`sending.ts`). It owns these rooms and wires them; it decides nothing.
 */
export class Core {
  readonly link: Link
  readonly meters: Meters
  readonly acts: Acts
  readonly duty: OnDuty
  /** What people here do that the server tells all desks of. */
  readonly shares: () => readonly Shared[]
  readonly #ports: Ports
  readonly #options: CoreOptions
  readonly #on: CoreEvents
  readonly #calls: Calls
  readonly #shelf: Shelf
  readonly #receiving: Receiving
  readonly #outbox: Outbox
  readonly #witness: LinkWitness
  readonly #operators: SessionWitness
  /** What those go by who act for a person here. */
  readonly #desk = {
    book: () => this.#shelf.now(),
    user: () => this.session.user(),
    failed: (fault: DiskFault) => this.#shelf.failed(fault),
  }
  #isStopped = false
  readonly #stops: (() => void)[] = []

  constructor(ports: Ports, options: CoreOptions, on: CoreEvents) {
    this.#ports = ports
    this.#options = options
    this.#on = on
    this.#calls = callsTo(ports, options.server)
    this.#shelf = new Shelf(ports, {
      opened: (book, identity) => this.#opened(book, identity),
      failed: (fault) => this.#diskFailed(fault),
      notOpened: (fault) => this.#notOpened(fault),
      replaced: () => this.#receiving.rejoin(),
    })
    this.#receiving = this.#makeReceiving()
    this.link = this.#receiving.link
    this.#outbox = sendingTo(this.#calls, ports, {
      isNumbered: () => this.#receiving.isNumbered,
      confirm: (topics) => this.#receiving.confirm(topics),
      inDoubt: (topic) => this.book.now()?.projection.trust.of(topic).state === 'doubtful',
    })
    const link = () => this.link.view()
    this.meters = new Meters(ports.clock, { ...this.#receiving.counted, link, book: this.#desk.book })
    const { target } = options
    const people = peopleAt(this.#calls, ports, { ...this.#desk, outbox: this.#outbox, link, target })
    this.acts = people.acts
    this.duty = people.duty
    this.shares = people.shares
    this.#witness = new LinkWitness(ports.clock, this.#shelf, this.meters)
    this.#operators = new SessionWitness(this.#shelf, this.session)
  }

  #makeReceiving(): Receiving {
    const [ports, options, calls, shelf] = [this.#ports, this.#options, this.#calls, this.#shelf]
    return new Receiving(
      { ports, options, calls, shelf },
      {
        greeted: (kind) => this.#on.greeted(kind),
        up: () => this.#witness.up(),
        down: (cause, heardAt) => {
          this.#outbox.setOpen(false)
          this.#witness.down(cause, heardAt)
        },
        link: (view) => this.#witness.changed(view),
        changed: () => this.#on.changed(),
        caughtUp: () => {
          this.#outbox.setOpen(true)
          void this.duty.teller.look()
        },
      },
    )
  }

  get session(): Session {
    return this.#calls.session
  }
  get rest(): PacedRest {
    return this.#calls.rest
  }
  get book(): Current<Book | null> {
    return this.#shelf.current
  }
  /** The name of the open journal's file; null: none is open. */
  readonly journal = (): string | null => this.#shelf.name
  /** How much of a journal is kept was set anew. */
  readonly keepingChanged = (): void => this.#shelf.keepingChanged()
  get server(): ServerProfile {
    return this.#options.server
  }

  /** Shows what was last known, takes up the tokens of the last run, and begins to dial. */
  async start(): Promise<void> {
    const { power } = this.#ports
    if (this.#options.lastBook) this.#shelf.open(this.#options.lastBook)
    this.meters.start()
    this.duty.watch.start()
    this.#stops.push(
      this.session.onChange(() => this.#sessionChanged()),
      this.session.onRevoked((order) => this.#on.revoked(order)),
      power.onSuspend(() => this.link.suspended()),
      power.onResume(() => this.link.resumed()),
      power.onNetwork((isUp) => this.link.network(isUp)),
    )
    await this.session.restore()
    if (!this.#isStopped) this.link.start()
  }

  stop(): void {
    this.#isStopped = true
    for (const stop of this.#stops) stop()
    this.#receiving.stop()
    this.#outbox.stop()
    this.meters.stop()
    this.duty.watch.stop()
    this.duty.teller.stop()
    this.#calls.stop()
    this.#shelf.close()
  }

  /** Saves what an operator did; it is on disk when this answers. */
  act(action: Action): Result<CommandKey, ActFault> {
    return this.acts.act({ action })
  }

  /** Reads every topic again. */
  reread(): boolean {
    return this.#receiving.reread()
  }

  #sessionChanged(): void {
    this.#operators.changed()
    if (this.session.state() === 'signed-out') this.#outbox.setOpen(false)
    this.#on.changed()
  }

  #opened(book: Book, identity: Identity): void {
    this.#outbox.use(book)
    this.#operators.opened()
    const sheetChanged = (which: SheetChange) => void (which !== 'all' && this.duty.teller.look())
    this.#stops.push(book.listen({ quarantined: (record) => this.meters.quarantined(record), sheetChanged }))
    this.#on.opened(identity)
  }

  #notOpened(fault: OpenFault): void {
    const refusal = journalRefusal(fault, this.#ports.clock.now())
    if (refusal) this.link.refuse(refusal)
  }

  /** There may be room again soon: what was not written is read again. */
  #diskFailed(fault: { readonly is: string; readonly detail: string }): void {
    this.#on.diskFailed(fault)
    this.#receiving.refused()
  }
}
