import {
  RECORDED_CAN,
  type RecordedDay,
  type Recording,
  type ReplayFault,
  type ReplayMarks,
  type ReplayView,
} from '../../shared/view/replay.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Clock, Digest } from '../ports.ts'
import { type JournalReader, ReaderRefused } from './recordings.ts'
import { inSlices, type Work } from './slices.ts'
import { Stage } from './stage.ts'
import { type Place, Tape } from './tape.ts'

/** Between two steps while playing, ms: often enough to look like motion. */
const STEP = 50
/** A step that came late makes up no more than this, ms: after the machine slept the day goes on where it was. */
const LONGEST_STEP = 250
/** While playing, what only the time moves is told this often, ms. */
const TIME_TOLD = 500
/** A seek tells how far it has come as often, ms: of a recording being read as well. */
const PROGRESS_TOLD = 100

function* nothing(): Work<void> {}
const isNoRoom = (cause: unknown): boolean => cause instanceof ReaderRefused && cause.fault.is === 'full'

export type PlayerEvents = {
  /** The view is different. */
  changed(): void
  /** All that is shown is different: there is something to show, or a seek came to its end. */
  replaced(): void
  /** Nothing can be shown any more. */
  ended(fault: ReplayFault): void
}
/** What a player shows once the recording is read: the fold, and where it is. */
export type Showing = { readonly stage: Stage; readonly tape: Tape; readonly place: Place }

/**
 * Plays one recording for one window: reads it, goes to a moment, goes on from there. It owns the reader and its own timer;
 * it writes nothing, and the link, the journal and the outbox go on under it. All its work is done in slices.
 */
export class Player {
  readonly #clock: Clock
  readonly #of: Recording
  readonly #on: PlayerEvents
  readonly #tape: Tape
  #share = 0
  #toldAt = Number.NEGATIVE_INFINITY
  #showing: Showing | null = null
  #at = 0
  #wanted: number | null = null
  #speed = 1
  #playing = false
  #stepAt = 0
  #stopWork: Unsubscribe = () => {}
  #isWorking = false
  #isOver = false
  #stopTimer: Unsubscribe = () => {}

  constructor(
    /** `at`: the moment shown first, ms; null: the end. */
    ports: { readonly clock: Clock; readonly digest: Digest; readonly at: number | null },
    of: Recording,
    reader: JournalReader,
    on: PlayerEvents,
  ) {
    this.#clock = ports.clock
    this.#of = of
    this.#on = on
    this.#tape = new Tape(reader)
    this.#work(this.#load(ports.digest), () => {
      if (ports.at !== null) this.seek(ports.at)
    })
  }

  /** Null while the recording is read. */
  get showing(): Showing | null {
    return this.#showing
  }
  /** The moment shown, ms. */
  get at(): number {
    return this.#at
  }

  view(): Exclude<ReplayView, { is: 'live' }> {
    const of = this.#of
    if (!this.#showing) return { is: 'reading', of, share: this.#share }
    return {
      is: 'replay',
      of,
      can: RECORDED_CAN,
      at: this.#at,
      wanted: this.#wanted,
      speed: this.#speed,
      playing: this.#playing,
      cursor: this.#showing.place.cursor,
      day: this.#day(),
      days: this.#tape.marks.days,
      fault: this.#tape.fault,
    }
  }
  marks(): ReplayMarks | null {
    return this.#showing ? this.#tape.marks.of(this.#day()) : null
  }

  /** Goes to a moment, ms. Of those asked for while one is being reached, the latest wins. */
  seek(at: number): void {
    if (!this.#showing) return
    this.#wanted = Math.min(this.#tape.to, Math.max(this.#tape.from, at))
    this.#on.changed()
    this.#reach()
  }

  /** Goes on from here, so many times as fast as the day; from the end, from the beginning of its last day. */
  play(speed: number): void {
    if (!this.#showing) return
    this.#speed = speed
    if (!this.#playing) {
      this.#playing = true
      this.#stepAt = this.#clock.elapsed()
      if (this.#at >= this.#tape.to) this.seek(this.#day().from)
      this.#step()
    }
    this.#on.changed()
  }
  pause(): void {
    this.#playing = false
    this.#stopTimer()
    this.#on.changed()
  }

  /** Once is enough: what has ended by itself is let go by its window as well. */
  stop(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopWork()
    this.#stopTimer()
    this.#tape.close()
  }

  #day(): RecordedDay {
    const { days } = this.#tape.marks
    const began = days.filter((day) => day.from <= this.#at)
    return began.at(-1) ?? days[0] ?? { from: this.#at, to: this.#at, rows: 0 }
  }

  *#load(digest: Digest): Work<void> {
    const loaded = yield* this.#tape.load(digest, (share) => {
      this.#share = share
      this.#tellProgress()
    })
    if (!loaded.ok) return this.#end(loaded.error)
    this.#showing = { stage: new Stage(loaded.value.folded), tape: this.#tape, place: loaded.value }
    this.#at = this.#tape.to
    this.#on.replaced()
  }

  /** Until what is wanted is shown. What was asked for last before it began is reached; then what was asked for since. */
  #reach(): void {
    if (this.#isWorking) return
    this.#work(this.#seeking(), () => {})
  }
  *#seeking(): Work<void> {
    while (this.#wanted !== null && this.#showing) {
      const target = this.#wanted
      yield* this.#goTo(this.#showing, target)
      if (this.#wanted === target) this.#wanted = null
    }
  }

  *#goTo({ stage, place: here }: Showing, target: number): Work<void> {
    const { keyframes } = this.#tape
    const fromKey = here.time > target || keyframes.cursorBefore(target) > here.cursor
    // The first rows go by like those of a live link; of a longer way only the end is told.
    if (fromKey) stage.isQuiet = true
    const start = fromKey ? yield* keyframes.turn(here, target) : here
    const place = yield* this.#tape.forward(start, target, (passed) => {
      stage.isQuiet = true
      return keyframes.pass(passed)
    })
    stage.isQuiet = false
    this.#showing = { stage, tape: this.#tape, place }
    this.#at = target
    this.#on.replaced()
  }

  #step(): void {
    this.#stopTimer = this.#clock.after(STEP, () => {
      this.#goOn()
      if (this.#playing) this.#step()
    })
  }
  #goOn(): void {
    const now = this.#clock.elapsed()
    const since = Math.min(LONGEST_STEP, now - this.#stepAt)
    if (this.#isWorking || !this.#showing) return
    this.#stepAt = now
    const target = Math.min(this.#tape.to, this.#afterSilence(this.#at + since * this.#speed))
    this.#work(this.#stepping(this.#showing, target), () => {
      if (this.#at >= this.#tape.to) this.pause()
    })
  }
  /** Nothing happens between two days: the night is not waited for. */
  #afterSilence(target: number): number {
    const { to } = this.#day()
    if (target <= to) return target
    return this.#tape.marks.days.find((day) => day.from > to)?.from ?? target
  }
  *#stepping({ stage, place: here }: Showing, target: number): Work<void> {
    const place = yield* this.#tape.forward(here, target, nothing)
    this.#showing = { stage, tape: this.#tape, place }
    this.#at = target
    this.#tellTime(stage)
    this.#on.changed()
  }
  #timeToldAt = Number.NEGATIVE_INFINITY
  #tellTime(stage: Stage): void {
    if (this.#clock.elapsed() - this.#timeToldAt < TIME_TOLD) return
    this.#timeToldAt = this.#clock.elapsed()
    stage.timeMoved()
  }

  #tellProgress(): void {
    if (this.#clock.elapsed() - this.#toldAt < PROGRESS_TOLD) return
    this.#toldAt = this.#clock.elapsed()
    this.#on.changed()
  }

  #work(work: Work<void>, done: () => void): void {
    this.#isWorking = true
    this.#stopWork = inSlices(this.#clock, work, {
      done: () => {
        this.#isWorking = false
        done()
        // Asked for while a step was under way.
        if (this.#wanted !== null) this.#reach()
      },
      failed: (cause) =>
        this.#end({ is: isNoRoom(cause) ? 'no-room' : 'not-readable', cursor: null, detail: String(cause) }),
    })
  }

  #end(fault: ReplayFault): void {
    this.stop()
    this.#on.ended(fault)
  }
}
