import type { LinkView } from '../../shared/model/link.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import type { Target } from '../../shared/view/incident.ts'
import type { Book } from '../book.ts'
import type { Clock, DiskFault } from '../ports.ts'
import { Judge } from './judge.ts'
import type { Facts } from './rule.ts'

/** Rules are looked at this often, ms: nobody acts sooner, and whatever the stream does it costs the same. */
const LOOK_EVERY = 1_000
/** Room on the disk is asked for this often, ms: it does not go in a second. */
const DISK_EVERY = 30_000
/** "Lately" of frames that were not understood, ms. */
const LATELY = 600_000

export type WatchParts = {
  readonly clock: Clock
  readonly book: () => Book | null
  readonly link: () => LinkView
  readonly freeBytes: () => number | null
  readonly target: () => Target | null
  /** Committees whose attendance the signed-in user reads; null: all. */
  readonly scope: () => ReadonlySet<string> | null
  readonly failed: (fault: DiskFault) => void
}

/**
 * Looks once a second for what needs a person, and writes into the journal what it finds, what became worse and what is
 * over. It owns its timer and what only time can tell; what is known of incidents is in the projection. It acts on nothing.
 */
export class Watch {
  readonly #parts: WatchParts
  #judge = new Judge()
  #timer: Unsubscribe | null = null
  #of: Book | null = null
  #lookingSince = 0
  #free: { readonly at: number; readonly bytes: number | null } | null = null
  /** How many frames were not understood by when, oldest first, over the last ten minutes. */
  #quarantined: { readonly at: number; readonly total: number }[] = []
  #isRefused = false

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  start(): void {
    this.#timer = this.#parts.clock.after(LOOK_EVERY, () => {
      this.look()
      this.start()
    })
  }
  stop(): void {
    this.#timer?.()
    this.#timer = null
  }

  look(): void {
    const { clock, book, failed } = this.#parts
    const open = book()
    if (!open) return
    if (open !== this.#of) this.#begin(open)
    const written = open.commit(this.#judge.look(this.#facts(open), open.projection.duty.incidents, clock.elapsed()))
    // A full disk is told once, not every second; what was found is found again when there is room.
    if (!written.ok && !this.#isRefused) failed(written.error)
    this.#isRefused = !written.ok
  }

  #begin(book: Book): void {
    this.#of = book
    this.#judge = new Judge()
    this.#quarantined = []
    this.#lookingSince = this.#parts.clock.now()
  }

  #facts(book: Book): Facts {
    const { clock, link, target, scope } = this.#parts
    const seen = scope()
    const committees = [...book.projection.of('committee').values()].map(({ record }) => record)
    return {
      now: clock.now(),
      lookingSince: this.#lookingSince,
      book,
      link: link(),
      committees: seen === null ? committees : committees.filter(({ code }) => seen.has(code)),
      freeBytes: this.#freeBytes(),
      quarantinedLately: this.#lately(book.projection.quarantined),
      target: target(),
      last: (key) => book.projection.duty.incidents.last(key),
    }
  }

  #freeBytes(): number | null {
    const at = this.#parts.clock.elapsed()
    if (!this.#free || at - this.#free.at >= DISK_EVERY) this.#free = { at, bytes: this.#parts.freeBytes() }
    return this.#free.bytes
  }

  #lately(total: number): number {
    const at = this.#parts.clock.elapsed()
    const kept = this.#quarantined
    if (kept.at(-1)?.total !== total || kept.length === 0) kept.push({ at, total })
    // The last one before the ten minutes is what they began with.
    while (kept[1] && kept[1].at <= at - LATELY) kept.shift()
    return total - (kept[0]?.total ?? total)
  }
}
