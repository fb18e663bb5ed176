import { TOPICS } from '../shared/model/change.ts'
import type { CommandKey } from '../shared/model/ids.ts'
import type { Cause } from '../shared/model/link.ts'
import type { Result } from '../shared/result.ts'
import type { ServerProfile } from '../shared/view/session.ts'
import type { Shared } from '../shared/view/sharing.ts'
import type { ActFault, Acts } from './acts.ts'
import { Arrival, NO_SOCKET } from './arrival.ts'
import type { Heard } from './backend/backend.ts'
import { electionCodec as codec } from './backend/election/codec.ts'
import type { PacedRest } from './backend/rest.ts'
import type { Book } from './book.ts'
import type { CoreEvents, CoreOptions } from './core-contract.ts'
import { type Calls, callsTo } from './calls.ts'
import { Meters } from './health/meters.ts'
import { Deafness } from './ingest/deafness.ts'
import type { OnDuty } from './incidents/on-duty.ts'
import { Ingest } from './ingest/ingest.ts'
import { Reconcile } from './ingest/reconcile.ts'
import { createLink, type Link } from './link/link.ts'
import { LinkWitness } from './link-witness.ts'
import type { Identity, OpenFault } from './open-book.ts'
import type { Action } from './outbox/action.ts'
import type { Outbox } from './outbox/outbox.ts'
import type { Current } from './patch/relay.ts'
import { peopleAt } from './people.ts'
import type { DiskFault, Ports } from './ports.ts'
import { journalRefusal, modeRefusal } from './refusals.ts'
import type { Session } from './session/session.ts'
import { SessionWitness } from './session-witness.ts'
import type { SheetChange } from './projection/sheets.ts'
import { sendingTo } from './sending.ts'
import { Shelf } from './shelf.ts'

export type { CoreEvents, CoreOptions }

/**
 * One server, from the dial to the figures: it owns every room on the way of an event and wires them in the order of the
 * way. It decides nothing; each decision is in the room it names.
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
  readonly #ingest: Ingest
  readonly #reconcile: Reconcile
  readonly #arrival: Arrival
  readonly #outbox: Outbox
  readonly #witness: LinkWitness
  readonly #operators: SessionWitness
  readonly #deafness = new Deafness()
  /** What those go by who act for a person here. */
  readonly #desk = {
    book: () => this.#shelf.now(),
    user: () => this.session.user(),
    failed: (fault: DiskFault) => this.#shelf.failed(fault),
  }
  #sent = 0
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
      replaced: () => this.#rejoin(),
    })
    this.link = this.#makeLink()
    this.#ingest = this.#makeIngest()
    this.#reconcile = this.#makeReconcile()
    this.#arrival = this.#makeArrival()
    this.#outbox = sendingTo(this.#calls, ports, {
      isNumbered: () => this.#arrival.numbered,
      confirm: (topics) => this.#reconcile.confirm(topics),
    })
    const link = () => this.link.view()
    this.meters = new Meters(ports.clock, {
      ...{ link, book: this.#desk.book, framesSent: () => this.#sent },
      ...{ ingest: this.#ingest.meters, reconcile: this.#reconcile.meters },
    })
    const { target } = options
    const people = peopleAt(this.#calls, ports, { ...this.#desk, outbox: this.#outbox, link, target })
    this.acts = people.acts
    this.duty = people.duty
    this.shares = people.shares
    this.#witness = new LinkWitness(ports.clock, this.#shelf, this.meters)
    this.#operators = new SessionWitness(this.#shelf, this.session)
  }

  #makeLink(): Link {
    const { clock, random, dial, log } = this.#ports
    const { session, probe } = this.#calls
    const { server, auth } = this.#options
    return createLink(
      { clock, random, dial, session, codec, probe, server, auth, log },
      {
        text: (frame) => this.#ingest.receive(frame),
        binary: (bytes) => this.#ingest.refuse(bytes),
        up: () => this.#witness.up(),
        down: (cause) => this.#down(cause),
        stalled: (ms) => this.#arrival.stalled(clock.now() - ms),
        changed: () => this.#linkChanged(),
      },
    )
  }
  #makeIngest(): Ingest {
    const { book, user, failed } = this.#desk
    return new Ingest(this.#ports.clock, codec, book, user, {
      hello: (heard) => this.#greeted(heard),
      pong: (echo) => this.link.pong(echo),
      resumed: () => this.#arrival.resumed(),
      resync: (position) => this.#arrival.resync(position),
      lost: (because, at) => this.#arrival.lost(because, at),
      reached: (position) => this.#arrival.reached(position),
      unclear: () => this.#reconcile.confirm(TOPICS),
      told: (topic) => this.#reconcile.confirm([topic]),
      failed,
    })
  }
  #makeReconcile(): Reconcile {
    const { clock, random, log } = this.#ports
    return new Reconcile(clock, random, this.#calls.reader, log, {
      settled: () => this.#arrival.settled(),
      answered: () => this.link.polled(clock.now()),
      untold: (since) => {
        const isHearing = this.link.view().by === 'socket' && this.link.view().state === 'live'
        if (isHearing && this.#deafness.untold(since, this.#ingest.toldAt, clock.now())) this.link.recycle()
      },
      stuck: () => this.#rejoin(),
      refused: (fault) => this.#shelf.failed(fault),
    })
  }
  #makeArrival(): Arrival {
    const { clock, log } = this.#ports
    return new Arrival({
      ...{ clock, log, codec, reader: this.#calls.reader },
      ...{ ingest: this.#ingest, reconcile: this.#reconcile },
      send: (text) => {
        this.#sent += 1
        this.link.send(text)
      },
      // The server's own word on what it is; else what the operator said of it.
      bookOf: (election, mode) =>
        this.#shelf.open({ server: this.server.id, election, mode: mode ?? this.server.mode }),
      caughtUp: () => {
        this.link.caughtUp()
        this.#outbox.setOpen(true)
        void this.duty.teller.look()
      },
      fellBehind: () => this.link.fallBehind(),
    })
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
    this.link.stop()
    this.#arrival.leave()
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
    if (this.#arrival.stage !== 'here') return false
    this.#reconcile.want(TOPICS)
    return true
  }

  #greeted(heard: Extract<Heard, { is: 'hello' }>): void {
    this.#calls.greeted(heard)
    this.#on.greeted(heard.features.size > 0 ? 'hub' : 'election')
    this.rest.atHub(heard.features.has('idempotency'))
    const refusal = modeRefusal(this.server.mode, heard.mode, this.#ports.clock.now())
    if (refusal) return this.link.refuse(refusal)
    this.link.hello(heard)
    void this.#arrival.arrive(heard)
  }

  #down(cause: Cause): void {
    this.#arrival.leave()
    this.#outbox.setOpen(false)
    this.#witness.down(cause, this.link.view().heardAt)
  }

  #linkChanged(): void {
    const view = this.link.view()
    this.#witness.changed(view)
    // Where no socket is to be had the way of an event is the same, without frames: everything is read, again and again.
    if (view.by === 'polling' && this.#arrival.stage === 'away') void this.#arrival.arrive(NO_SOCKET)
    this.#on.changed()
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

  /** Another book is open in place of the one that was, or no reading comes to an end: begin again, as after a reconnect. */
  #rejoin(): void {
    this.#arrival.leave()
    this.link.recycle()
  }

  #notOpened(fault: OpenFault): void {
    const refusal = journalRefusal(fault, this.#ports.clock.now())
    if (refusal) this.link.refuse(refusal)
  }

  /** There may be room again soon: what was not written is read again. */
  #diskFailed(fault: { readonly is: string; readonly detail: string }): void {
    this.#on.diskFailed(fault)
    this.#arrival.refused()
  }
}
