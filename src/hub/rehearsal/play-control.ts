/** How fast the day goes: day ms per wall ms, or as fast as the server answers. */
export type Speed = number | 'max'

/** The player's clock: a part of the core's clock port, so that either fits. */
export type PlayClock = {
  /** Epoch ms. */
  now(): number
  /** Calls once, after at least `ms`; the answer takes it back. */
  after(ms: number, run: () => void): () => void
}

/** The knobs a person has while the day plays. */
export type PlayControl = {
  readonly speed: Speed
  readonly paused: boolean
  pause(): void
  resume(): void
  setSpeed(speed: Speed): void
  /** Calls after each change; the answer stops the calls. */
  onChange(listener: () => void): () => void
}

export function createPlayControl(speed: Speed = 60): PlayControl {
  const listeners = new Set<() => void>()
  const state = { speed, paused: false }
  const change = (next: Partial<typeof state>): void => {
    Object.assign(state, next)
    for (const listener of [...listeners]) listener()
  }
  return {
    get speed() {
      return state.speed
    },
    get paused() {
      return state.paused
    },
    pause: () => change({ paused: true }),
    resume: () => change({ paused: false }),
    setSpeed: (next) => change({ speed: next }),
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
