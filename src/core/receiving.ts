import { TOPICS, type Topic } from '../shared/model/change.ts'
import type { Cause, LinkView } from '../shared/model/link.ts'
import { Arrival, NO_SOCKET } from './arrival.ts'
import type { Heard } from './backend/backend.ts'
import { electionCodec as codec } from './backend/election/codec.ts'
import type { Calls } from './calls.ts'
import type { CoreEvents, CoreOptions } from './core-contract.ts'
import { Deafness } from './ingest/deafness.ts'
import { Ingest } from './ingest/ingest.ts'
import { Reconcile } from './ingest/reconcile.ts'
import { createLink, type Link } from './link/link.ts'
import type { Ports } from './ports.ts'
import { modeRefusal } from './refusals.ts'
import type { Shelf } from './shelf.ts'

export type ReceivingParts = {
  readonly ports: Ports
  readonly options: CoreOptions
  readonly calls: Calls
  readonly shelf: Shelf
}
export type ReceivingEvents = {
  readonly greeted: CoreEvents['greeted']
  up(): void
  /** `heardAt`: the server's last byte, ms. */
  down(cause: Cause, heardAt: number | null): void
  /** The link as it is from now on, before anything follows from that. */
  link(view: LinkView): void
  /** What follows from it has begun. */
  changed(): void
  /** Everything missed is here. */
  caughtUp(): void
}

/**
 * What comes in from one server: it owns the link, the frames, the readings and the arrival after a hello, and wires them
 * in the order of the way. It decides nothing; each decision is in the room it names.
 */
export class Receiving {
  readonly link: Link
  readonly #parts: ReceivingParts
  readonly #on: ReceivingEvents
  readonly #ingest: Ingest
  readonly #reconcile: Reconcile
  readonly #arrival: Arrival
  readonly #deafness = new Deafness()
  #sent = 0

  constructor(parts: ReceivingParts, on: ReceivingEvents) {
    this.#parts = parts
    this.#on = on
    this.link = this.#makeLink()
    this.#ingest = this.#makeIngest()
    this.#reconcile = this.#makeReconcile()
    this.#arrival = this.#makeArrival()
  }

  /** What is counted on the way. */
  get counted() {
    const [ingest, reconcile] = [this.#ingest.meters, this.#reconcile.meters]
    return { ingest, reconcile, framesSent: () => this.#sent }
  }
  /** The server numbers its frames: none is lost unseen. */
  get isNumbered(): boolean {
    return this.#arrival.numbered
  }

  stop(): void {
    this.link.stop()
    this.#arrival.leave()
  }

  /** Reads every topic again. False: not yet everything is here. */
  reread(): boolean {
    if (this.#arrival.stage !== 'here') return false
    this.#reconcile.want(TOPICS)
    return true
  }
  /** What was told or done has to be seen in a read. */
  confirm(topics: readonly Topic[]): void {
    this.#reconcile.confirm(topics)
  }
  /** The disk refused what came. There may be room again soon: what was not written is read again. */
  refused(): void {
    this.#arrival.refused()
  }
  /** Another book is open in place of the one that was, or no reading comes to an end: begin again, as after a reconnect. */
  rejoin(): void {
    this.#arrival.leave()
    this.link.recycle()
  }

  #makeLink(): Link {
    const { ports, calls, options } = this.#parts
    const { clock, random, dial, log } = ports
    const { session, probe } = calls
    const { server, auth } = options
    return createLink(
      { clock, random, dial, session, codec, probe, server, auth, log },
      {
        text: (frame) => this.#ingest.receive(frame),
        binary: (bytes) => this.#ingest.refuse(bytes),
        up: () => this.#on.up(),
        down: (cause) => this.#down(cause),
        stalled: (ms) => this.#arrival.stalled(clock.now() - ms),
        changed: () => this.#linkChanged(),
      },
    )
  }
  #makeIngest(): Ingest {
    const { ports, calls, shelf } = this.#parts
    return new Ingest(
      ports.clock,
      codec,
      () => shelf.now(),
      () => calls.session.user(),
      {
        hello: (heard) => this.#greeted(heard),
        pong: (echo) => this.link.pong(echo),
        resumed: () => this.#arrival.resumed(),
        resync: (position) => this.#arrival.resync(position),
        lost: (because, at) => this.#arrival.lost(because, at),
        reached: (position) => this.#arrival.reached(position),
        unclear: () => this.#reconcile.confirm(TOPICS),
        told: (topic) => this.#reconcile.confirm([topic]),
        failed: (fault) => shelf.failed(fault),
      },
    )
  }
  #makeReconcile(): Reconcile {
    const { ports, calls, shelf } = this.#parts
    const { clock, random, log } = ports
    return new Reconcile(clock, random, calls.reader, log, {
      settled: () => this.#arrival.settled(),
      answered: () => this.link.polled(clock.now()),
      untold: (since) => {
        const isHearing = this.link.view().by === 'socket' && this.link.view().state === 'live'
        if (isHearing && this.#deafness.untold(since, this.#ingest.toldAt, clock.now())) this.link.recycle()
      },
      stuck: () => this.rejoin(),
      refused: (fault) => shelf.failed(fault),
    })
  }
  #makeArrival(): Arrival {
    const { ports, calls, options, shelf } = this.#parts
    const { server } = options
    return new Arrival({
      ...{ clock: ports.clock, log: ports.log, codec, reader: calls.reader },
      ...{ ingest: this.#ingest, reconcile: this.#reconcile },
      send: (text) => {
        this.#sent += 1
        this.link.send(text)
      },
      // The server's own word on what it is; else what the operator said of it.
      bookOf: (election, mode) => shelf.open({ server: server.id, election, mode: mode ?? server.mode }),
      caughtUp: () => {
        this.link.caughtUp()
        this.#on.caughtUp()
      },
      fellBehind: () => this.link.fallBehind(),
    })
  }

  #greeted(heard: Extract<Heard, { is: 'hello' }>): void {
    const { ports, calls, options } = this.#parts
    calls.greeted(heard)
    this.#on.greeted(heard.features.size > 0 ? 'hub' : 'election')
    calls.rest.atHub(heard.features.has('idempotency'))
    const refusal = modeRefusal(options.server.mode, heard.mode, ports.clock.now())
    if (refusal) return this.link.refuse(refusal)
    this.link.hello(heard)
    void this.#arrival.arrive(heard)
  }

  #down(cause: Cause): void {
    this.#arrival.leave()
    this.#on.down(cause, this.link.view().heardAt)
  }

  #linkChanged(): void {
    const view = this.link.view()
    this.#on.link(view)
    // Where no socket is to be had the way of an event is the same, without frames: everything is read, again and again.
    if (view.by === 'polling' && this.#arrival.stage === 'away') void this.#arrival.arrive(NO_SOCKET)
    this.#on.changed()
  }
}
