import type { Unsubscribe } from '../../shared/port.ts'
import type { LinkView } from '../../shared/model/link.ts'
import type {
  CloseEntry,
  Meters as MetersFigures,
  MetersView,
  QuarantineEntry,
  Stretch,
} from '../../shared/view/meters.ts'
import type { Book } from '../book.ts'
import type { IngestMeters } from '../ingest/ingest.ts'
import type { ReconcileMeters } from '../ingest/reconcile.ts'
import type { JournalRecord } from '../journal/event.ts'
import type { Clock } from '../ports.ts'
import { Points } from './points.ts'
import { verdict } from './verdict.ts'

/** Between two samples, ms. */
const SAMPLE_EVERY = 1_000
const HOUR = 3_600_000
const KEPT = { stretches: 500, closes: 100, quarantine: 50 }

export type MeterSources = {
  readonly link: () => LinkView
  readonly ingest: Readonly<IngestMeters>
  readonly reconcile: Readonly<ReconcileMeters>
  readonly book: () => Book | null
  readonly framesSent: () => number
}

/** Keeps the connection's figures and history since the console started. It measures; it never acts. */
export class Meters {
  readonly #clock: Clock
  readonly #from: MeterSources
  readonly #startedAt: number
  readonly #points = new Points()
  #ribbon: Stretch[] = []
  #closes: CloseEntry[] = []
  #quarantine: QuarantineEntry[] = []
  #reconnectTimes: number[] = []
  #reconnects = 0
  #errors = 0
  #last = { frames: 0, bytes: 0 }
  #timer: Unsubscribe | null = null
  #ingestMs: number[] = []

  constructor(clock: Clock, from: MeterSources) {
    this.#clock = clock
    this.#from = from
    this.#startedAt = clock.now()
  }

  start(): void {
    this.#timer = this.#clock.after(SAMPLE_EVERY, () => {
      this.#sample()
      this.start()
    })
  }
  stop(): void {
    this.#timer?.()
  }

  /** The link's view changed: the ribbon grows by a stretch when its state did. */
  linkChanged(view: LinkView): void {
    const now = this.#clock.now()
    const last = this.#ribbon.at(-1)
    if (last?.state === view.state) return
    if (last) this.#ribbon[this.#ribbon.length - 1] = { ...last, to: now }
    this.#ribbon.push({ state: view.state, from: now, to: null, cause: view.cause })
    this.#ribbon = this.#ribbon.slice(-KEPT.stretches)
  }

  up(): void {
    const now = this.#clock.now()
    this.#reconnects += 1
    this.#reconnectTimes = [...this.#reconnectTimes.filter((at) => now - at < HOUR), now]
    this.#points.reconnected(now)
  }
  closed(entry: CloseEntry): void {
    this.#errors += 1
    this.#points.failed(entry.at)
    this.#closes = [entry, ...this.#closes].slice(0, KEPT.closes)
  }
  quarantined({ cursor, at, event }: JournalRecord): void {
    if (event.is !== 'quarantined') return
    const { reason, bytes, excerpt } = event
    this.#quarantine = [{ cursor, at, reason, bytes, excerpt }, ...this.#quarantine].slice(0, KEPT.quarantine)
  }

  #sample(): void {
    const now = this.#clock.now()
    const { ingest, link } = this.#from
    const { heardAt, roundTrip } = link()
    this.#points.sample(now, {
      roundTrip,
      frames: ingest.frames - this.#last.frames,
      bytes: ingest.bytes - this.#last.bytes,
      dataAge: heardAt === null ? null : now - heardAt,
    })
    this.#last = { frames: ingest.frames, bytes: ingest.bytes }
    this.#ingestMs = [...this.#ingestMs, ingest.ingestMs].slice(-10)
  }

  figures(): MetersFigures {
    const { ingest, reconcile } = this.#from
    const book = this.#from.book()
    return {
      startedAt: this.#startedAt,
      framesReceived: ingest.frames,
      framesSent: this.#from.framesSent(),
      bytesReceived: ingest.bytes,
      // The first time the link came up is not a reconnect.
      reconnects: Math.max(0, this.#reconnects - 1),
      errors: this.#errors,
      quarantined: book?.projection.quarantined ?? 0,
      duplicates: ingest.duplicates,
      gaps: ingest.gaps,
      phantoms: book?.projection.phantoms ?? 0,
      reads: reconcile.reads,
      readFailures: reconcile.readFailures,
      journalLength: book?.journal.cursor ?? 0,
      journalHead: book?.journal.head ?? '',
      ingestMs: Math.max(0, ...this.#ingestMs),
    }
  }

  view(): MetersView {
    const now = this.#clock.now()
    const meters = this.figures()
    const lastHour = this.#reconnectTimes.filter((at) => now - at < HOUR).length - 1
    return {
      meters,
      health: verdict(this.#from.link(), meters, lastHour, now),
      points: this.#points.view(),
      ribbon: this.#ribbon,
      closes: this.#closes,
      quarantine: this.#quarantine,
    }
  }
}
