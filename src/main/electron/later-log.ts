import type { Log, LogFields } from '../../core/ports.ts'

/** Lines kept until the log is there; the shell says a handful before that. */
const KEPT = 200

/**
 * A log for what is said before the console has opened its own: the lines wait, in order, and are then passed on. Past
 * the bound they are counted, and the count is passed on.
 */
export function laterLog(): { readonly log: Log; passTo(log: Log): void } {
  type Line = readonly ['info' | 'warn' | 'error', string, LogFields | undefined]
  const waiting: Line[] = []
  let lost = 0
  let to: Log | null = null
  const say = (...line: Line) => {
    const [level, event, fields] = line
    if (to !== null) to[level](event, fields)
    else if (waiting.length < KEPT) waiting.push(line)
    else lost += 1
  }
  return {
    log: {
      info: (event, fields) => say('info', event, fields),
      warn: (event, fields) => say('warn', event, fields),
      error: (event, fields) => say('error', event, fields),
    },
    passTo(log) {
      to = log
      for (const line of waiting.splice(0)) say(...line)
      if (lost > 0) log.warn('log.lost', { lines: lost })
      lost = 0
    },
  }
}
