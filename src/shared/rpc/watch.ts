import { type Contract, EVERYTHING, type Feed } from './define.ts'

export type WatchMessage =
  | { readonly t: 'snapshot'; readonly seq: number; readonly state: unknown }
  | { readonly t: 'patches'; readonly seq: number; readonly patches: unknown[] }

export type WatchOptions = {
  /** Runs what it is given a little later: changes of the same moment then travel together. */
  readonly soon: (run: () => void) => void
  /** Past this many unsent keys a slow window is sent a new snapshot instead. */
  readonly maxPending?: number
  /** The stream's schemas when outputs are to be checked, else null. */
  readonly check: Contract['streams'][string] | null
  readonly send: (message: WatchMessage) => void
  /** The feed threw, or said something that breaks the contract. The watch has ended itself. */
  readonly failed: (cause: unknown) => void
}

/** Changed keys a slow window may owe before it is given a fresh snapshot. */
const MAX_PENDING = 5_000
/** Patches in one batch: about 64 KB at 300 bytes each, so a frame is never spent on parsing. */
const MAX_BATCH = 200

/**
 * One window's view of one stream: a snapshot, then patches, with at most one batch in flight. While a batch is
 * unacknowledged only the *keys* that changed are kept, each once, and their values are read when the window is ready;
 * past the bound the keys are thrown away for a fresh snapshot. So memory is bounded and the window is stale, never wrong.
 */
export class Watch {
  readonly #options: WatchOptions
  #feed: Feed<unknown, unknown> | null = null
  #pending = new Set<string>()
  #seq = 0
  #awaitingAck = false
  #resync = true
  #scheduled = false
  #stopped = false

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /** Opens the feed and sends the first snapshot. */
  start(open: (changed: (key: string) => void) => Feed<unknown, unknown>) {
    this.#guard(() => {
      this.#feed = open((key) => this.#changed(key))
      this.#flush()
    })
  }

  stop() {
    if (this.#stopped) return
    this.#stopped = true
    this.#pending.clear()
    this.#guard(() => this.#feed?.stop())
  }

  acked(seq: number) {
    if (seq !== this.#seq) return
    this.#awaitingAck = false
    this.#guard(() => this.#flush())
  }

  #changed(key: string) {
    if (this.#resync || this.#stopped) return
    this.#pending.add(key)
    if (key === EVERYTHING || this.#pending.size > (this.#options.maxPending ?? MAX_PENDING)) {
      this.#pending.clear()
      this.#resync = true
    }
    if (this.#scheduled || this.#awaitingAck) return
    this.#scheduled = true
    this.#options.soon(() => {
      this.#scheduled = false
      this.#guard(() => this.#flush())
    })
  }

  #flush() {
    if (this.#stopped || this.#awaitingAck || !this.#feed) return
    if (this.#resync) return this.#sendSnapshot(this.#feed)
    const patches = this.#take(this.#feed)
    if (patches.length === 0) return
    this.#awaitingAck = true
    this.#options.send({ t: 'patches', seq: ++this.#seq, patches })
  }

  #sendSnapshot(feed: Feed<unknown, unknown>) {
    this.#resync = false
    const state = feed.snapshot()
    this.#options.check?.snapshot.parse(state)
    this.#awaitingAck = true
    this.#options.send({ t: 'snapshot', seq: ++this.#seq, state })
  }

  #take(feed: Feed<unknown, unknown>): unknown[] {
    const patches: unknown[] = []
    for (const key of this.#pending) {
      this.#pending.delete(key)
      const patch = feed.patch(key)
      if (patch === null) continue
      this.#options.check?.patch.parse(patch)
      if (patches.push(patch) >= MAX_BATCH) break
    }
    return patches
  }

  /** A throw is a bug in one stream; it must end neither the others nor the process. */
  #guard(work: () => void) {
    try {
      work()
    } catch (cause) {
      this.stop()
      this.#options.failed(cause)
    }
  }
}
