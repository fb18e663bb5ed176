import type { PlayClock, PlayControl } from './play-control.ts'

/** Where the day stands and when it is time for the next thing. */
export type Pace = {
  /** Ms since polls open, right now. */
  dayTime(): number
  /** Whether an action may go ahead without waiting. */
  isDue(at: number): boolean
  /** Waits until `at`, but at least `atLeast` wall ms; pauses hold it. Answers `stopped` once the signal is aborted. */
  until(at: number, atLeast?: number): Promise<'due' | 'stopped'>
  /** Waits wall ms, whatever the day's speed. */
  rest(ms: number): Promise<'due' | 'stopped'>
  close(): void
}

export type PaceOptions = {
  readonly clock: PlayClock
  readonly control: PlayControl
  /** The day does not wait before this, ms since polls open: what lies earlier is history. */
  readonly startAt: number
  readonly signal: AbortSignal
}

/**
 * Owns the relation between wall time and day time, and every timer of a play. Each change of speed or pause sets a new
 * anchor, so a change never moves the day itself. It never skips: a slow server makes the day late, not shorter.
 */
export function createPace({ clock, control, startAt, signal }: PaceOptions): Pace {
  let anchor = { wall: clock.now(), day: startAt, rate: rateOf(control) }
  const dayTime = (): number =>
    anchor.rate === Number.POSITIVE_INFINITY ? anchor.day : anchor.day + (clock.now() - anchor.wall) * anchor.rate
  const stopListening = control.onChange(() => {
    anchor = { wall: clock.now(), day: dayTime(), rate: rateOf(control) }
  })
  const isDue = (at: number): boolean =>
    !control.paused && (at <= startAt || anchor.rate === Number.POSITIVE_INFINITY || dayTime() >= at)

  async function until(at: number, atLeast = 0): Promise<'due' | 'stopped'> {
    if (atLeast > 0 && !isDue(at) && !control.paused) await pause(atLeast)
    while (!signal.aborted && !isDue(at)) await pause(control.paused ? null : Math.ceil((at - dayTime()) / anchor.rate))
    if (signal.aborted) return 'stopped'
    if (anchor.rate === Number.POSITIVE_INFINITY)
      anchor = { ...anchor, day: Math.max(anchor.day, at), wall: clock.now() }
    return 'due'
  }

  /** Ends after `ms` (never, if null), on any change of the knobs, or on abort: whichever comes first. */
  function pause(ms: number | null): Promise<void> {
    return new Promise((resolve) => {
      const stops = [control.onChange(done)]
      if (ms !== null) stops.push(clock.after(Math.max(1, ms), done))
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
      function done(): void {
        for (const stop of stops) stop()
        signal.removeEventListener('abort', done)
        resolve()
      }
    })
  }

  async function rest(ms: number): Promise<'due' | 'stopped'> {
    const end = clock.now() + ms
    while (!signal.aborted && clock.now() < end) await pause(end - clock.now())
    return signal.aborted ? 'stopped' : 'due'
  }

  return { dayTime, isDue, until, rest, close: stopListening }
}

function rateOf(control: PlayControl): number {
  if (control.paused) return 0
  return control.speed === 'max' ? Number.POSITIVE_INFINITY : control.speed
}
