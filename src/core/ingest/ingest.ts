import { type Change, type Position, TOPICS, type Topic } from '../../shared/model/change.ts'
import { assertNever } from '../../shared/result.ts'
import type { Codec, FrameFault, Heard } from '../backend/backend.ts'
import type { Book } from '../book.ts'
import type { JournalEvent } from '../journal/event.ts'
import type { Clock, DiskFault } from '../ports.ts'
import { place, type Sequence } from './sequence.ts'
import { Unnumbered } from './unnumbered.ts'
import type { User } from '../../shared/view/session.ts'

/** Frames taken in one commit: long enough to share a write, short enough not to hold up the rest. */
const MAX_BATCH = 500
/** Data frames kept while it is not known where they belong; past it they are let go and a read makes up for them. */
const MAX_HELD = 20_000
const EXCERPT = 200

type Data = Extract<Heard, { is: 'changes' | 'skip' }>

export type IngestEvents = {
  hello(heard: Extract<Heard, { is: 'hello' }>): void
  pong(echo: number | null): void
  resumed(to: number): void
  resync(position: Position): void
  /** Frames are missing before `at`, or the stream is another: what is here cannot be joined to it. Frames are held from now on. */
  lost(because: 'gap' | 'epoch-changed', at: Position): void
  /** The end of a resume was reached. */
  reached(position: Position): void
  /** A frame was not understood: whatever it told is not here. */
  unclear(): void
  /** Without sequence numbers: a frame told of this topic, and a read has to confirm it. */
  told(topic: Topic): void
  /** The journal could not be written; the frames of this batch are not shown. */
  failed(fault: DiskFault): void
}
export type IngestMeters = {
  frames: number
  bytes: number
  duplicates: number
  gaps: number
  ingestMs: number
  unplaced: number
  /** Changes of records this user may not see: let go, unread. */
  hidden: number
}

/**
 * Takes text frames as they come, understands them, puts them in sequence and commits them in batches. It owns the
 * sequence and the frames not yet placed; it decides nothing about the link and reads nothing from the server.
 */
export class Ingest {
  readonly meters: IngestMeters = { frames: 0, bytes: 0, duplicates: 0, gaps: 0, ingestMs: 0, unplaced: 0, hidden: 0 }
  readonly #clock: Clock
  readonly #codec: Codec
  readonly #book: () => Book | null
  readonly #unnumbered: Unnumbered
  readonly #on: IngestEvents
  #queue: string[] = []
  #scheduled = false
  #sequence: Sequence = { at: 'held' }
  #held: Data[] = []
  #events: JournalEvent[] = []
  #resumeTo: number | null = null
  /** When a change was last told of, ms. */
  toldAt = 0

  constructor(clock: Clock, codec: Codec, book: () => Book | null, viewer: () => User | null, on: IngestEvents) {
    this.#clock = clock
    this.#codec = codec
    this.#book = book
    this.#unnumbered = new Unnumbered(book, viewer)
    this.#on = on
  }

  get position(): Position | null {
    return this.#sequence.at === 'following' ? this.#sequence.position : null
  }

  /** Frames wait, because it is not known where they belong. */
  get isHeld(): boolean {
    return this.#sequence.at === 'held'
  }

  receive(text: string): void {
    this.meters.frames += 1
    this.meters.bytes += text.length
    this.#queue.push(text)
    if (this.#queue.length >= MAX_BATCH) return this.flush()
    if (this.#scheduled) return
    this.#scheduled = true
    this.#clock.soon(() => this.flush())
  }

  /** A frame that is not text: kept out, counted, shown. */
  refuse(bytes: number): void {
    this.flush()
    this.meters.frames += 1
    this.#unclear({ reason: 'wrong-shape', detail: 'a binary frame' }, '', bytes)
    this.#commit()
  }

  /** A new socket, or none: data frames wait until it is known where they belong. */
  hold(): void {
    this.flush()
    this.#sequence = { at: 'held' }
    this.#held = []
    this.#resumeTo = null
  }

  /** From here on frames follow `position` (null: an unnumbered stream). Those that waited are placed now. */
  follow(position: Position | null): void {
    this.#sequence = position ? { at: 'following', position } : { at: 'unnumbered' }
    const held = this.#held
    this.#held = []
    for (const data of held) this.#data(data)
    this.#commit()
  }

  /** Understands, places and commits everything received so far. */
  flush(): void {
    this.#scheduled = false
    if (this.#queue.length === 0) return
    const begun = this.#clock.elapsed()
    const texts = this.#queue
    this.#queue = []
    for (const text of texts) {
      const heard = this.#codec.decode(text)
      if (heard.ok) this.#hear(heard.value)
      else this.#unclear(heard.error, text)
    }
    this.#commit()
    this.meters.ingestMs = this.#clock.elapsed() - begun
  }

  #hear(heard: Heard): void {
    switch (heard.is) {
      case 'hello':
        return this.#on.hello(heard)
      case 'pong':
        return this.#on.pong(heard.echo)
      case 'resumed':
        return this.#resumed(heard.from, heard.to)
      case 'resync':
        return this.#on.resync(heard.position)
      case 'changes':
      case 'skip':
        return this.#data(heard)
      case 'noted':
        return
      default:
        return assertNever(heard)
    }
  }

  #resumed(from: number, to: number): void {
    const here = this.#book()?.projection.position
    if (!here) return
    this.#held = [] // the server sends them again, in order
    const position = { epoch: here.epoch, seq: from }
    if (from > here.seq) return this.#lost('gap', position)
    this.#sequence = { at: 'following', position }
    this.#resumeTo = to
    this.#on.resumed(to)
    this.#checkReached()
  }

  #data(data: Data): void {
    const placing = place(this.#sequence, data.position, data.is === 'skip' ? data.from : undefined)
    switch (placing.is) {
      case 'wait':
        if (this.#held.length < MAX_HELD) this.#held.push(data)
        else this.meters.unplaced += 1
        return
      case 'duplicate':
        this.meters.duplicates += 1
        return
      case 'gap':
      case 'other-epoch':
        return this.#lost(placing.is === 'gap' ? 'gap' : 'epoch-changed', placing.at)
      case 'next':
        this.#sequence = placing.sequence
        this.#take(data, this.position)
        return this.#checkReached()
      case 'unnumbered':
        return this.#take(data, null)
      default:
        return assertNever(placing)
    }
  }

  #lost(because: 'gap' | 'epoch-changed', at: Position): void {
    this.meters.gaps += 1
    this.#commit()
    this.#sequence = { at: 'held' }
    this.#resumeTo = null
    this.#on.lost(because, at)
  }

  #take(data: Data, position: Position | null): void {
    if (data.is === 'skip') return
    this.toldAt = this.#clock.now()
    for (const change of data.changes) {
      if (position) this.#events.push({ is: 'change', change, from: 'live', position })
      else this.#takeUnnumbered(change)
    }
  }

  #takeUnnumbered(change: Change): void {
    const { is, event, told } = this.#unnumbered.sift(change)
    if (is === 'hidden') this.meters.hidden += 1
    else if (is === 'known') this.meters.duplicates += 1
    if (event) this.#events.push(event)
    if (told) this.#on.told(told)
  }

  #checkReached(): void {
    if (this.#resumeTo === null || this.#sequence.at !== 'following') return
    if (this.#sequence.position.seq < this.#resumeTo) return
    this.#resumeTo = null
    this.#commit()
    this.#on.reached(this.#sequence.position)
  }

  /** It may have told of a change, so every topic is in doubt until read; the sequence goes on if its place is known. */
  #unclear(fault: FrameFault, text: string, bytes = text.length): void {
    this.#quarantine(fault, text, bytes)
    this.#events.push({ is: 'doubted', topics: TOPICS, since: this.#clock.now(), because: 'frame-not-understood' })
    if (fault.position) this.#data({ is: 'skip', from: fault.position.seq, position: fault.position })
    this.#on.unclear()
  }

  #quarantine(fault: FrameFault, text: string, bytes: number): void {
    // A server that filters nothing by role may have told of somebody else's people: the form is kept, the words are not.
    const excerpt = (this.#sequence.at === 'following' ? text : withoutWords(text)).slice(0, EXCERPT)
    this.#events.push({ is: 'quarantined', reason: `${fault.reason}: ${fault.detail}`, excerpt, bytes })
  }

  #commit(): void {
    const book = this.#book()
    if (!book || this.#events.length === 0) return
    const events = this.#events
    this.#events = []
    this.#unnumbered.written()
    const written = book.commit(events)
    if (!written.ok) this.#on.failed(written.error)
  }
}

/** JSON with its texts blanked, names of fields kept; a text that breaks off too. */
const withoutWords = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*(?:"(\s*:)?|$)/g, (words: string, colon: string | undefined) => (colon ? words : '"…"'))
