/** A hidden page draws no frames: after this long a batch counts as seen, so that it is not stale for ever. ms. */
const HIDDEN_ACK_MS = 500

/** What of the page this needs, so that a test can drive it. */
export type FrameClock = {
  readonly frame: (run: () => void) => void
  readonly later: (run: () => void, ms: number) => void
}

/** Calls `done` once: after the next frame, or after a while where no frame comes. */
export function afterRender(clock: FrameClock): (done: () => void) => void {
  return (done) => {
    let pending = true
    const once = () => {
      if (!pending) return
      pending = false
      done()
    }
    clock.frame(once)
    clock.later(once, HIDDEN_ACK_MS)
  }
}

export const pageClock: FrameClock = {
  frame: (run) => void requestAnimationFrame(run),
  later: (run, ms) => void setTimeout(run, ms),
}
