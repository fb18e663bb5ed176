import type { Log } from '../../core/ports.ts'
import type { Supervisor } from '../host/supervisor.ts'
import { BROKEN, say } from './out.ts'

/**
 * Writes an error nobody caught into the log before the process ends of it. What goes on after such an error could be wrong,
 * so it ends; whatever was said to be saved is on the disk already.
 */
export function whenBroken(log: Log): void {
  process.on('uncaughtException', (cause) => {
    log.error('core.broke', { cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) })
    say('Something broke in Tallydesk itself. The log in the data folder says what.')
    process.exit(BROKEN)
  })
}

/** Tells the log what the life before died of. */
export function logDeaths({ life, deaths }: Pick<Supervisor, 'life' | 'deaths'>, log: Log): void {
  const last = deaths.at(-1)
  if (last) log.warn('core.died', { how: last.how, at: new Date(last.at).toISOString(), life })
}
