import { type Position, TOPICS } from '../shared/model/change.ts'
import type { Unsubscribe } from '../shared/port.ts'
import type { Mode } from '../shared/model/records.ts'
import type { Codec, Heard, Reader } from './backend/backend.ts'
import type { Book } from './book.ts'
import type { Ingest } from './ingest/ingest.ts'
import { NUMBERED, UNNUMBERED } from './ingest/reading-plan.ts'
import type { Reconcile } from './ingest/reconcile.ts'
import type { Clock, Log } from './ports.ts'

/** How long the answer to a resume is waited for, ms; then everything is read instead. */
const RESUME_WAIT = 5_000
/** After the disk refused, until everything is read again, ms: there may be room by then. */
const DISK_AGAIN = 5_000
/** How long the missed frames may take, ms; then everything is read instead. */
const REPLAY_WAIT = 60_000
/** Between two tries to learn which election the server holds, ms. */
const IDENTIFY_AGAIN = 3_000

type Hello = Extract<Heard, { is: 'hello' }>
/** What a server without a socket says: nothing. */
export const NO_SOCKET: Hello = { is: 'hello', features: new Set(), position: null, mode: null, serverTime: null }
type Stage = 'away' | 'identifying' | 'resuming' | 'reading' | 'waiting' | 'here'

export type ArrivalDeps = {
  readonly clock: Clock
  readonly log: Log
  readonly codec: Codec
  readonly reader: Reader
  readonly ingest: Ingest
  readonly reconcile: Reconcile
  readonly send: (text: string) => void
  /** The journal of this election and mode, opened or already open; null when it cannot be opened now. */
  readonly bookOf: (election: number, mode: Mode | null) => Book | null
  /** Everything missed is here. */
  readonly caughtUp: () => void
  /** What was here can no longer be joined to the stream; it is being read again. */
  readonly fellBehind: () => void
}

/**
 * The way from a socket's hello to "everything is here": which election is it, can the stream be joined where it was
 * left, and if not, read it all. It owns that order and its timers; it reads and writes nothing itself.
 */
export class Arrival {
  readonly #deps: ArrivalDeps
  #stage: Stage = 'away'
  #run = 0
  #hello: Hello | null = null
  #book: Book | null = null
  /** The book is being kept equal to the server. */
  #isKept = false
  #timer: Unsubscribe | null = null
  /** The place a resume last broke off at: breaking off there again means that it cannot be had. */
  #brokeAt: number | null = null

  constructor(deps: ArrivalDeps) {
    this.#deps = deps
  }

  get stage(): Stage {
    return this.#stage
  }

  /** A server that numbers its frames needs no provisional figures. */
  get numbered(): boolean {
    return this.#hello?.features.has('seq') === true && this.#hello.position !== null
  }

  arrive(hello: Hello): Promise<void> {
    this.leave()
    this.#hello = hello
    return this.#find(hello)
  }

  /** Which election is it? Frames that come meanwhile wait, however often that has to be asked. */
  async #find(hello: Hello): Promise<void> {
    const run = this.#run
    this.#stage = 'identifying'
    const election = await this.#identify()
    if (run !== this.#run) return
    const book = election === null ? null : this.#deps.bookOf(election, hello.mode)
    // A journal that cannot be opened may have ended the link: then nothing is looked for any more.
    if (run !== this.#run) return
    if (!book) return this.#after(IDENTIFY_AGAIN, () => void this.#find(hello))
    this.#book = book
    this.#keep(book)
    this.#join(book, hello)
  }

  /** From here on what is looked at and swept by itself is written to this book. */
  #keep(book: Book): void {
    if (this.#isKept) return
    this.#isKept = true
    this.#deps.reconcile.start(book, this.numbered ? NUMBERED : UNNUMBERED)
  }
  #letBe(): void {
    this.#isKept = false
    this.#deps.reconcile.stop()
  }

  /** The socket is gone, or going. */
  leave(): void {
    // First: among what it has yet to understand may be a hello, and what that begins is over as well.
    this.#deps.ingest.hold()
    this.#run += 1
    this.#timer?.()
    this.#timer = null
    this.#stage = 'away'
    this.#letBe()
  }

  async #identify(): Promise<number | null> {
    const ids: number[] = []
    const read = await this.#deps.reader.read(
      'phase',
      (part) => {
        for (const change of part.changes) if (change.kind === 'election') ids.push(change.key)
      },
      () => false,
    )
    if (!read.ok) this.#deps.log.warn('election not read', { is: read.error.fault.is })
    return ids[0] ?? null
  }

  #join(book: Book, hello: Hello): void {
    const here = book.projection.position
    const resumable = hello.features.has('resume') && here !== null && here.epoch === hello.position?.epoch
    if (resumable && here.seq <= (hello.position?.seq ?? 0) && this.#brokeAt !== here.seq)
      return this.#resume(here, () => this.#readAll(hello.position, 'gap'))
    const isOther = here !== null && hello.position !== null && here.epoch !== hello.position.epoch
    this.#readAll(hello.position, isOther ? 'epoch-changed' : null)
  }

  #resume(here: Position, unanswered: () => void): void {
    this.#stage = 'resuming'
    this.#deps.send(this.#deps.codec.resume(here))
    this.#after(RESUME_WAIT, unanswered)
  }

  /** Position first, snapshot second: frames from here on are applied over what is read. */
  #readAll(position: Position | null, because: 'gap' | 'epoch-changed' | null): void {
    this.#timer?.()
    this.#stage = 'reading'
    if (because) this.#book?.doubt(because, this.#deps.clock.now())
    // Unwritten, nothing that is read could say how far it can be trusted: nor may what is swept by itself be.
    if (this.#book?.commit([{ is: 'joined', position }]).ok === false) {
      this.#letBe()
      return this.refused()
    }
    this.#deps.ingest.follow(position)
    this.#deps.reconcile.want(TOPICS)
  }

  /** The missed frames are on their way. A replay that stops midway is not waited for for ever. */
  resumed(): void {
    if (this.#stage === 'resuming') this.#after(REPLAY_WAIT, () => this.#readAll(this.#hello?.position ?? null, 'gap'))
  }
  /** The server cannot send what was missed. */
  resync(position: Position): void {
    if (this.#stage === 'resuming') this.#readAll(position, 'gap')
  }
  /** The last of the missed frames is here. */
  reached(position: Position): void {
    const book = this.#book
    if (this.#stage !== 'resuming' || !book) return
    this.#timer?.()
    this.#brokeAt = null
    if (!book.commit([{ is: 'caught-up', position }]).ok) return this.refused()
    this.#stage = 'reading'
    const doubtful = TOPICS.filter((topic) => book.projection.trust.of(topic).state === 'doubtful')
    if (doubtful.length > 0) this.#deps.reconcile.want(doubtful)
    else this.settled()
  }

  /** Frames are missing on an open socket: ask for them, or read everything. */
  lost(because: 'gap' | 'epoch-changed', at: Position): void {
    const [book, hello] = [this.#book, this.#hello]
    if (!book || !hello) return
    this.#deps.fellBehind()
    const here = book.projection.position
    book.doubt(because, this.#deps.clock.now())
    if (because === 'gap' && here && hello.features.has('resume') && this.#brokeAt !== here.seq) {
      this.#brokeAt = here.seq
      return this.#resume(here, () => this.#readAll(at, null))
    }
    // The frame that showed the loss is in what is read: the server wrote it before it sent it.
    this.#readAll(at, null)
  }

  /** Life again after a silence, since when a server that numbers nothing may have let frames fall: read everything. */
  stalled(since: number): void {
    if (this.numbered || !this.#book || (this.#stage !== 'reading' && this.#stage !== 'here')) return
    this.#stage = 'reading'
    this.#deps.fellBehind()
    this.#book.doubt('silent', since)
    this.#deps.reconcile.want(TOPICS)
  }

  /** The disk refused what was told: everything is read again in a while, and only then is everything here. */
  refused(): void {
    if (this.#stage === 'away' || this.#stage === 'identifying') return
    this.#stage = 'waiting'
    this.#deps.fellBehind()
    this.#after(DISK_AGAIN, () => this.#afterRefusal())
  }

  /** A stream that was being joined when the disk refused is still to be joined: what is read alone would stay as read. */
  #afterRefusal(): void {
    if (this.#book) this.#keep(this.#book)
    const position = this.#hello?.position ?? null
    const here = this.#book?.projection.position
    const again = () => this.#readAll(position, 'gap')
    if (!this.#deps.ingest.isHeld) {
      this.#stage = 'reading'
      this.#deps.reconcile.want(TOPICS)
    } else if (here && this.#hello?.features.has('resume')) this.#resume(here, again)
    else again()
  }

  /** Nothing is left to read. */
  settled(): void {
    if (this.#stage !== 'reading') return
    this.#stage = 'here'
    this.#deps.caughtUp()
  }

  #after(ms: number, run: () => void): void {
    this.#timer?.()
    this.#timer = this.#deps.clock.after(ms, run)
  }
}
