import { setFlagsFromString } from 'node:v8'
import { runInThisContext } from 'node:vm'

/** Thrown where a process ends in the middle of what it does: at a disk write. Nothing of it runs on. */
export class Died extends Error {}

type Happening = { readonly at: number; readonly order: number; run: (() => void) | null }

/** A history of this many happenings turns in a circle. */
const MOST_STEPS = 150_000

/** Runs every promise that can go on, at once, so that a whole history is one synchronous call. */
function promiseDrain(): () => void {
  setFlagsFromString('--allow-natives-syntax')
  const drain = runInThisContext('() => %PerformMicrotaskCheckpoint()') as () => void // the engine's own, no other type
  drain()
  setFlagsFromString('--no-allow-natives-syntax')
  return drain
}
let shared: (() => void) | null = null

/**
 * The one time of a history, ms, and what will happen in it: a heap in order of time, then of telling. It owns no chance; with
 * the same happenings it runs the same way. To be run from a task of its own: within a promise nothing could be drained.
 */
export class World {
  #now = 0
  #order = 0
  readonly #heap: Happening[] = []
  readonly #drain: () => void
  readonly #lines: string[] | null
  /** Happenings run so far. */
  steps = 0

  constructor(traced: boolean) {
    shared ??= promiseDrain()
    this.#drain = shared
    this.#lines = traced ? [] : null
  }

  get now(): number {
    return this.#now
  }
  get trace(): readonly string[] {
    return this.#lines ?? []
  }
  /** One line of the story; made only when somebody reads it. */
  say(line: () => string): void {
    this.#lines?.push(`${(this.#now / 1000).toFixed(3).padStart(10)}  ${line()}`)
  }

  /** Something at `at`, ms; earlier than now is now. Returns the way to take it back. */
  at(at: number, run: () => void): () => void {
    const happening: Happening = { at: Math.max(at, this.#now), order: ++this.#order, run }
    this.#push(happening)
    return () => void (happening.run = null)
  }
  after(ms: number, run: () => void): () => void {
    return this.at(this.#now + ms, run)
  }

  /** Lets everything up to `end` happen. `each` looks at what has become after every happening; true ends the run. */
  run(end: number, each: () => boolean): void {
    this.#settle(() => {})
    for (let next = this.#heap[0]; next && next.at <= end; next = this.#heap[0]) {
      this.#pop()
      const { run } = next
      if (run === null) continue
      this.#now = next.at
      this.#settle(run)
      this.steps += 1
      if (each() || this.isEndless) return
    }
    this.#now = Math.max(this.#now, end)
  }

  /** So much has happened that it will never end. */
  get isEndless(): boolean {
    return this.steps > MOST_STEPS
  }

  #settle(run: () => void): void {
    try {
      run()
    } catch (thrown) {
      if (!(thrown instanceof Died)) throw thrown
    }
    this.#drain()
  }

  #push(happening: Happening): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(happening)
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]!
      if (!before(happening, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = happening
  }
  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let down = 2 * at + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && before(heap[down + 1]!, heap[down]!)) down += 1
      if (!before(heap[down]!, last)) break
      heap[at] = heap[down]!
      at = down
    }
    heap[at] = last
  }
}

const before = (a: Happening, b: Happening): boolean => a.at < b.at || (a.at === b.at && a.order < b.order)
