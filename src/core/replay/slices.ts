import type { Unsubscribe } from '../../shared/port.ts'
import type { Clock } from '../ports.ts'

/** Longest work at a time, ms: frames that come in meanwhile wait no longer than this. */
export const SLICE = 8

/** Work in small steps: each `yield` is a moment at which it may be left, and taken up again or never. */
export type Work<T> = Generator<void, T>

/** Does the work a slice at a time, so that the link goes on in between. Returns the stop; after it neither call comes. */
export function inSlices<T>(
  clock: Clock,
  work: Work<T>,
  on: { done(result: T): void; failed(cause: unknown): void },
): Unsubscribe {
  let isStopped = false
  const slice = () => {
    if (isStopped) return
    const until = clock.elapsed() + SLICE
    try {
      for (;;) {
        const step = work.next()
        if (step.done) return on.done(step.value)
        if (clock.elapsed() >= until) return clock.soon(slice)
      }
    } catch (cause) {
      on.failed(cause)
    }
  }
  clock.soon(slice)
  return () => {
    isStopped = true
  }
}
