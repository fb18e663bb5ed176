import type { Unsubscribe } from '../../shared/port.ts'
import type { Clock } from '../ports.ts'

/** How often views are told at most, ms. A figure is told fast; a long list or a chart takes longer to make. */
export const PACE = { figures: 50, rows: 100, list: 250, chart: 1_000 } as const

/**
 * Passes the first change on at once and the rest of the moment's together, at most once in `every` ms. The keys told
 * meanwhile are kept, each once.
 */
export function paced(
  clock: Clock,
  every: number,
  changed: (key: string) => void,
): { tell(key: string): void; stop: Unsubscribe } {
  const waiting = new Set<string>()
  let lastAt = Number.NEGATIVE_INFINITY
  let cancel: Unsubscribe | null = null
  let stopped = false
  const pass = () => {
    cancel = null
    lastAt = clock.elapsed()
    const keys = [...waiting]
    waiting.clear()
    for (const key of keys) changed(key)
  }
  return {
    tell(key) {
      if (stopped) return
      waiting.add(key)
      if (cancel) return
      const wait = lastAt + every - clock.elapsed()
      if (wait <= 0) pass()
      else cancel = clock.after(wait, pass)
    },
    stop() {
      stopped = true
      cancel?.()
      waiting.clear()
    },
  }
}

/** Runs every `ms`, until stopped. */
export function every(clock: Clock, ms: number, run: () => void): Unsubscribe {
  let cancel: Unsubscribe = () => {}
  const next = () => {
    cancel = clock.after(ms, () => {
      next()
      run()
    })
  }
  next()
  return () => cancel()
}
