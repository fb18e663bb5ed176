import type { Unsubscribe } from '../../shared/port.ts'
import type { CauseCode, LinkView } from '../../shared/model/link.ts'
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
import { LastHour } from './last-hour.ts'
import { Points } from './points.ts'
import { type Lately, verdict } from './verdict.ts'

/** Between two samples, ms. */
const SAMPLE_EVERY = 1_000
/** Ends that the desk or its operator wanted: shown among the closes, no errors. */
const PLANNED: ReadonlySet<CauseCode> = new Set<CauseCode>(['recycled', 'signed-out'])
const KEPT = { stretches: 500, closes: 100, quarantine: 50, ingests: 10 }

export type MeterSources = {
  readonly link: () => LinkView
  readonly ingest: Readonly<IngestMeters>
  readonly reconcile: Readonly<ReconcileMeters>
  readonly book: () => Book | null
  readonly framesSent: () => number
}
/** Counters as they stood at the last sample. */
type Counters = Pick<IngestMeters, 'frames' | 'bytes' | 'gaps'> & ReconcileMeters

/** Keeps the connection's figures and history since the console started. It measures; it never acts. */
export class Meters {
  readonly #clock: Clock
  readonly #from: MeterSources
  readonly #startedAt: number
  readonly #points = new Points()
  readonly #lately = {
    reconnects: new LastHour(),
    quarantined: new LastHour(),
    gaps: new LastHour(),
    reads: new LastHour(),
    readFailures: new LastHour(),
  }
  #ribbon: readonly Stretch[] = []
  #closes: readonly CloseEntry[] = []
  #quarantine: readonly QuarantineEntry[] = []
  #ingestMs: readonly number[] = []
  #wasUp = false
  #reconnects = 0
  #errors = 0
  #last: Counters = { frames: 0, bytes: 0, gaps: 0, reads: 0, readFailures: 0 }
  #timer: Unsubscribe | null = null

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
  linkChanged({ state, cause }: LinkView): void {
    const now = this.#clock.now()
    const last = this.#ribbon.at(-1)
    if (last?.state === state) return
    const before = last ? [...this.#ribbon.slice(0, -1), { ...last, to: now }] : []
    this.#ribbon = [...before, { state, from: now, to: null, cause }].slice(-KEPT.stretches)
  }

  /** A socket opened. The first is no reconnect. */
  up(): void {
    if (this.#wasUp) {
      this.#reconnects += 1
      this.#lately.reconnects.note(this.#clock.elapsed())
      this.#points.reconnected(this.#clock.now())
    }
    this.#wasUp = true
  }
  closed(entry: CloseEntry): void {
    if (!PLANNED.has(entry.cause.code)) {
      this.#errors += 1
      this.#points.failed(entry.at)
    }
    this.#closes = [entry, ...this.#closes].slice(0, KEPT.closes)
  }
  quarantined({ cursor, at, event }: JournalRecord): void {
    if (event.is !== 'quarantined') return
    const { reason, bytes } = event
    this.#lately.quarantined.note(this.#clock.elapsed())
    const entry = { cursor, at, reason, bytes, excerpt: visible(event.excerpt) }
    this.#quarantine = [entry, ...this.#quarantine].slice(0, KEPT.quarantine)
  }

  #sample(): void {
    const now = this.#clock.now()
    const { frames, bytes, gaps, ingestMs } = this.#from.ingest
    const { reads, readFailures } = this.#from.reconcile
    const { heardAt, roundTrip } = this.#from.link()
    const last = this.#last
    this.#points.sample(now, {
      roundTrip,
      frames: frames - last.frames,
      bytes: bytes - last.bytes,
      dataAge: heardAt === null ? null : Math.max(0, now - heardAt),
    })
    const elapsed = this.#clock.elapsed()
    this.#lately.gaps.note(elapsed, gaps - last.gaps)
    this.#lately.reads.note(elapsed, reads - last.reads)
    this.#lately.readFailures.note(elapsed, readFailures - last.readFailures)
    this.#last = { frames, bytes, gaps, reads, readFailures }
    this.#ingestMs = [...this.#ingestMs, ingestMs].slice(-KEPT.ingests)
  }

  figures(): MetersFigures {
    const { ingest, reconcile } = this.#from
    const book = this.#from.book()
    return {
      startedAt: this.#startedAt,
      framesReceived: ingest.frames,
      framesSent: this.#from.framesSent(),
      bytesReceived: ingest.bytes,
      reconnects: this.#reconnects,
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

  #inTheLastHour(): Lately {
    const elapsed = this.#clock.elapsed()
    const { reconnects, quarantined, gaps, reads, readFailures } = this.#lately
    return {
      reconnects: reconnects.count(elapsed),
      quarantined: quarantined.count(elapsed),
      gaps: gaps.count(elapsed),
      reads: reads.count(elapsed),
      readFailures: readFailures.count(elapsed),
      journalFails: (this.#from.book()?.missingSince ?? null) !== null,
    }
  }

  view(): MetersView {
    const now = this.#clock.now()
    return {
      meters: this.figures(),
      health: verdict(this.#from.link(), this.#inTheLastHour(), now),
      points: this.#points.view(now),
      ribbon: [...this.#ribbon],
      closes: [...this.#closes],
      quarantine: [...this.#quarantine],
    }
  }
}

/** What a frame held that would not show, or would turn the text around, shown as its number. */
const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (hidden) => `\\u${(hidden.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
