import type { Clock } from '../../src/core/ports.ts'

type Timer = { readonly due: number; readonly order: number; readonly run: () => void }

/**
 * Time that moves only when told to. `advance` runs what falls due, in order, letting every promise settle in between.
 */
export class ManualClock implements Clock {
  #wall: number
  #elapsed = 0
  #order = 0
  #timers: Timer[] = []
  #soon: (() => void)[] = []

  constructor(wall = Date.UTC(2026, 10, 21, 5)) {
    this.#wall = wall
  }
  now(): number {
    return this.#wall
  }
  elapsed(): number {
    return this.#elapsed
  }
  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#elapsed + ms, order: ++this.#order, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }
  soon(run: () => void): void {
    this.#soon.push(run)
  }
  /** Timers set and neither run nor taken back. */
  get pending(): number {
    return this.#timers.length
  }

  /** Lets time pass, ms. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms
    await this.settle()
    for (let next = this.#next(end); next !== null; next = this.#next(end)) {
      this.#move(Math.max(0, next.due - this.#elapsed))
      this.#run(next)
      await this.settle()
    }
    this.#move(end - this.#elapsed)
    await this.settle()
  }
  /** This process is held up: both clocks go on, nothing runs, then what is overdue runs late. */
  async block(ms: number): Promise<void> {
    this.#move(ms)
    await this.advance(0)
  }
  /** The machine sleeps: the wall clock goes on, the other stands still, nothing runs. */
  sleep(ms: number): void {
    this.#wall += ms
  }
  /** Somebody sets the clock of the desk. */
  setWall(ms: number): void {
    this.#wall += ms
  }
  /** Until no promise and no `soon` is left to run. */
  async settle(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#soon.length > 0) {
      for (const run of this.#soon.splice(0)) run()
      await new Promise<void>((resolve) => setImmediate(resolve))
    }
  }

  #next(end: number): Timer | null {
    let first: Timer | null = null
    for (const timer of this.#timers)
      if (
        timer.due <= end &&
        (first === null || timer.due < first.due || (timer.due === first.due && timer.order < first.order))
      )
        first = timer
    return first
  }
  #run(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer)
    timer.run()
  }
  #move(ms: number): void {
    this.#elapsed += ms
    this.#wall += ms
  }
}
