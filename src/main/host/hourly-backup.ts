import type { Clock, Log } from '../../core/ports.ts'
import type { Unsubscribe } from '../../shared/port.ts'
import { backUp, backupWords } from '../node/backup/backups.ts'

/** After the start, so that a short run makes none; then every hour. Ms. */
const FIRST = 10 * 60_000
const EVERY = 60 * 60_000

export type HourlyBackup = {
  readonly dir: string
  readonly clock: Clock
  readonly log: Log
  /** The journal that is open; null: none. */
  readonly journal: () => string | null
}

/** Backs up the open journal every hour. It owns one timer; a backup that fails is logged and leaves the older ones. */
export function startHourlyBackup({ dir, clock, log, journal }: HourlyBackup): Unsubscribe {
  let isStopped = false
  const later = (ms: number) => clock.after(ms, () => void make())
  let stopTimer = later(FIRST)
  // The next turn comes only while the console runs: a copy begun is let go with the process, and its draft is no backup.
  const turn = () => new Promise<void>((resolve) => clock.soon(resolve))
  async function make(): Promise<void> {
    const name = journal()
    if (name !== null) {
      const made = await backUp({ dir, name, now: clock.now(), turn })
      if (!made.ok) log.error('backup failed', { name, detail: backupWords(made.error) })
      else if (made.value) log.info('backup made', { name, events: made.value.events, bytes: made.value.bytes })
    }
    if (!isStopped) stopTimer = later(EVERY)
  }
  return () => {
    isStopped = true
    stopTimer()
  }
}
