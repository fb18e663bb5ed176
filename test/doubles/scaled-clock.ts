/** A real clock that runs faster: waits of seconds pass in milliseconds, and nothing in a test sleeps. */
export type ScaledClock = {
  now(): number
  after(ms: number, run: () => void): () => void
  /** Timers set and neither run nor taken back. */
  readonly pending: number
}

export function scaledClock(factor: number, start = Date.UTC(2026, 10, 21, 5)): ScaledClock {
  const began = performance.now()
  const timers = new Set<NodeJS.Timeout>()
  return {
    now: () => Math.floor(start + (performance.now() - began) * factor),
    after: (ms, run) => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        run()
      }, ms / factor)
      timers.add(timer)
      return () => {
        clearTimeout(timer)
        timers.delete(timer)
      }
    },
    get pending() {
      return timers.size
    },
  }
}
