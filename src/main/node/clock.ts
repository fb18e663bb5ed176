import type { Clock } from '../../core/ports.ts'

/** The longest wait a platform timer takes; anything longer would fire at once, so it is waited in pieces. */
const LONGEST_TIMER_MS = 2_147_483_647

/**
 * The machine's clock. Its timers hold the process open: a desk without a window that waits for its next try has
 * nothing else to live for. Whoever asked for a wait gives it back on stop.
 */
export function systemClock(): Clock {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    after: (ms, run) => {
      const due = performance.now() + ms
      let timer = setTimeout(tick, Math.min(ms, LONGEST_TIMER_MS))
      function tick() {
        const left = due - performance.now()
        // Platform timers may fire up to a millisecond early; "at least" is a promise.
        if (left <= 0) return run()
        timer = setTimeout(tick, Math.min(Math.ceil(left), LONGEST_TIMER_MS))
      }
      return () => clearTimeout(timer)
    },
    soon: (run) => void setImmediate(run),
  }
}
