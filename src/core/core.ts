import { TOPICS } from '../shared/model/change.ts'
import type { CommandKey } from '../shared/model/ids.ts'
import type { Mode } from '../shared/model/records.ts'
import type { CauseCode, LinkView } from '../shared/model/link.ts'
import { err, type Result } from '../shared/result.ts'
import type { ServerProfile, User } from '../shared/view/session.ts'
import { Arrival } from './arrival.ts'
import { mayDo } from './authority.ts'
import { restCallFor } from './backend/election/actions.ts'
import { electionCodec } from './backend/election/codec.ts'
import { createReader } from './backend/election/reader.ts'
import { settle } from './backend/election/settle.ts'
import { createRest, type PacedRest } from './backend/rest.ts'
import type { Book } from './book.ts'
import { Meters } from './health/meters.ts'
import { Ingest } from './ingest/ingest.ts'
import { Reconcile } from './ingest/reconcile.ts'
import { createLink, type Link } from './link/link.ts'
import type { AuthChoice } from './link/handshake.ts'
import { createProbe } from './link/probe.ts'
import { type Identity, journalName, openBook } from './open-book.ts'
import type { Action } from './outbox/action.ts'
import { Outbox } from './outbox/outbox.ts'
import { type Current, replaceable } from './patch/relay.ts'
import type { DiskFault, Ports } from './ports.ts'
import { createSession } from './session/create-session.ts'
import type { Session } from './session/session.ts'

export type CoreOptions = {
  readonly server: ServerProfile
  readonly auth: AuthChoice
  /** The journal last used with this server: its figures are on screen before anything is read. */
  readonly lastBook: Identity | null
}
export type CoreEvents = {
  /** The link, the session or the vault is not what it was. */
  changed(): void
  opened(identity: Identity): void
  /** The disk refuses: figures can no longer be trusted to survive. */
  diskFailed(fault: { readonly is: string; readonly detail: string }): void
}

/** What a server without a socket says: nothing. */
const NO_SOCKET: Parameters<Arrival['arrive']>[0] = {
  is: 'hello',
  features: new Set(),
  position: null,
  mode: null,
  serverTime: null,
}

/**
 * One server, from the dial to the figures: it owns every room on the way of an event and the open book, and wires them
 * in the order of the way. It decides nothing; each decision is in the room it names.
 */
export class Core {
  readonly session: Session
  readonly rest: PacedRest
  readonly link: Link
  readonly meters: Meters
  readonly #ports: Ports
  readonly #options: CoreOptions
  readonly #on: CoreEvents
  readonly #book = replaceable<Book | null>(null)
  readonly #ingest: Ingest
  readonly #reconcile: Reconcile
  readonly #arrival: Arrival
  readonly #outbox: Outbox
  #sent = 0
  #upAt = 0
  #told: string = ''
  readonly #stops: (() => void)[] = []

  constructor(ports: Ports, options: CoreOptions, on: CoreEvents) {
    const { clock, random, http, vault, log, dial } = ports
    const { server } = options
    this.#ports = ports
    this.#options = options
    this.#on = on
    const codec = electionCodec
    const book = () => this.#book.now()
    this.session = createSession({ http, clock, random, vault, log, server, vaultName: server.id })
    this.rest = createRest({ http, clock, random, session: this.session, server, log })
    const probe = createProbe({ http, session: this.session, server })
    const reader = createReader(this.rest, { election: null })
    this.#ingest = new Ingest(clock, codec, book, () => this.session.user(), {
      hello: (heard) => {
        this.link.hello(heard)
        void this.#arrival.arrive(heard)
      },
      pong: (echo) => this.link.pong(echo),
      resumed: () => this.#arrival.resumed(),
      resync: (position) => this.#arrival.resync(position),
      lost: (because) => this.#arrival.lost(because),
      reached: (position) => this.#arrival.reached(position),
      unclear: () => this.#reconcile.confirm(TOPICS),
      told: (topic) => this.#reconcile.confirm([topic]),
      failed: (fault) => this.#diskFailed(fault),
    })
    this.#reconcile = new Reconcile(clock, random, reader, log, {
      settled: () => this.#arrival.settled(),
      answered: () => this.link.polled(clock.now()),
      stuck: () => this.#stuck(),
    })
    this.#outbox = new Outbox({
      clock,
      random,
      rest: this.rest,
      delivery: { call: restCallFor, outcome: settle },
      log,
      settled: (action) => this.#settled(action),
    })
    this.link = createLink(
      { clock, random, dial, session: this.session, codec, probe, server, auth: options.auth, log },
      {
        text: (frame) => this.#ingest.receive(frame),
        binary: (bytes) => this.#ingest.refuse(bytes),
        up: () => this.#up(),
        down: (cause) => this.#down(cause),
        changed: () => this.#linkChanged(),
      },
    )
    this.#arrival = new Arrival({
      clock,
      log,
      codec,
      reader,
      ingest: this.#ingest,
      reconcile: this.#reconcile,
      send: (text) => this.#send(text),
      bookOf: (election, mode) => this.#bookOf(election, mode),
      caughtUp: () => this.#caughtUp(),
      fellBehind: () => this.link.fallBehind(),
    })
    const link = () => this.link.view()
    this.meters = new Meters(clock, {
      link,
      ingest: this.#ingest.meters,
      reconcile: this.#reconcile.meters,
      book,
      framesSent: () => this.#sent,
    })
  }

  get book(): Current<Book | null> {
    return this.#book
  }
  get server(): ServerProfile {
    return this.#options.server
  }

  /** Shows what was last known, takes up the tokens of the last run, and begins to dial. */
  async start(): Promise<void> {
    if (this.#options.lastBook) this.#open(this.#options.lastBook)
    this.meters.start()
    this.#stops.push(
      this.session.onChange(() => this.#sessionChanged()),
      this.#ports.power.onSuspend(() => this.link.suspended()),
      this.#ports.power.onResume(() => this.link.resumed()),
      this.#ports.power.onNetwork((isUp) => this.link.network(isUp)),
    )
    await this.session.restore()
    this.link.start()
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    this.link.stop()
    this.#arrival.leave()
    this.#outbox.stop()
    this.meters.stop()
    this.rest.stop()
    this.session.stop()
    this.#book.now()?.close()
    this.#book.replace(null)
  }

  /** Saves what an operator did; it is on disk when this answers. */
  act(action: Action): Result<CommandKey, 'not-saved' | 'not-open' | 'not-allowed'> {
    const user: User | null = this.session.user()
    if (!mayDo(user, action)) return err('not-allowed')
    const queued = this.#outbox.queue(action, user?.email ?? '')
    if (queued.ok) return queued
    if (queued.error.is === 'not-open') return err('not-open')
    this.#diskFailed(queued.error)
    return err('not-saved')
  }

  /** Reads every topic again. */
  reread(): boolean {
    if (this.#arrival.stage !== 'here') return false
    this.#reconcile.want(TOPICS)
    return true
  }

  #send(text: string): void {
    this.#sent += 1
    this.link.send(text)
  }

  #up(): void {
    this.#upAt = this.#ports.clock.now()
    this.meters.up()
  }

  #down(cause: { readonly code: CauseCode; readonly proof: string; readonly at: number }): void {
    this.#arrival.leave()
    this.#outbox.setOpen(false)
    this.meters.closed({ at: cause.at, cause, lastedMs: this.#upAt === 0 ? 0 : cause.at - this.#upAt })
    this.#upAt = 0
    const since = this.link.view().heardAt ?? cause.at
    const written = this.#book.now()?.doubt(cause.code === 'silent' ? 'silent' : 'link-down', since)
    if (written && !written.ok) this.#diskFailed(written.error)
  }

  #caughtUp(): void {
    this.link.caughtUp()
    this.#outbox.setOpen(true)
  }

  #linkChanged(): void {
    const view = this.link.view()
    this.meters.linkChanged(view)
    // The journal keeps the link's history too: one event a change of state, none a heartbeat.
    if (this.#told !== view.state) {
      this.#told = view.state
      const { cause } = view
      this.#book
        .now()
        ?.commit([{ is: 'link', state: view.state, cause: cause?.code ?? null, proof: cause?.proof ?? null }])
    }
    this.#poll(view)
    this.#on.changed()
  }

  /** Where no socket is to be had the way of an event is the same, without frames: everything is read, again and again. */
  #poll({ by, state }: LinkView): void {
    if (by !== 'polling') return
    if (this.#arrival.stage === 'away') void this.#arrival.arrive(NO_SOCKET)
    const lost = this.#wasPolled && state !== 'live'
    this.#wasPolled = state === 'live'
    if (lost) this.#book.now()?.doubt('link-down', this.link.view().heardAt ?? this.#ports.clock.now())
  }
  #wasPolled = false

  #sessionChanged(): void {
    if (this.session.state() === 'signed-out') this.#outbox.setOpen(false)
    this.#on.changed()
  }

  #stuck(): void {
    this.#arrival.leave()
    this.link.recycle()
  }

  /** The server took an action; where frames can be lost, its effect is read. */
  #settled(action: Action): void {
    if (this.#arrival.numbered) return
    const topic =
      action.does === 'attendance.mark' ? 'attendance' : action.does === 'count.enter' ? 'counts' : 'guarantees'
    this.#reconcile.confirm([topic])
  }

  #bookOf(election: number, mode: Mode | null): Book | null {
    return this.#open({ server: this.server.id, election, mode: mode ?? this.server.mode })
  }

  #open(identity: Identity): Book | null {
    const old = this.#book.now()
    const is = old?.projection.identity
    if (old && is && journalName(is) === journalName(identity)) return old
    const opened = openBook(this.#ports, identity)
    if (!opened.ok) {
      this.#on.diskFailed(opened.error)
      return null
    }
    this.#outbox.use(opened.value)
    this.#stops.push(opened.value.listen({ quarantined: (record) => this.meters.quarantined(record) }))
    this.#book.replace(opened.value)
    old?.close()
    this.#on.opened(identity)
    return opened.value
  }

  /** What could not be written is not shown; that something is missing is said at once, and read again when there is room. */
  #diskFailed(fault: DiskFault): void {
    const { trust } = this.#book.now()?.projection ?? {}
    for (const topic of TOPICS) trust?.doubted(topic, this.#ports.clock.now(), 'journal-failed')
    this.#ports.log.error('journal not written', { is: fault.is, detail: fault.detail })
    this.#on.diskFailed(fault)
    this.link.fallBehind()
    this.#reconcile.confirm(TOPICS)
  }
}
