import { homedir } from 'node:os'
import { join } from 'node:path'

/** How a command ends, after sysexits(3): scripts can tell the reasons apart. */
export const EXIT = {
  ok: 0,
  /** It ran, and the answer is no: figures differ, a journal is broken. */
  failed: 1,
  usage: 2,
  /** Nothing wrong was found, but the proof is not whole: there was nothing to hold it against. */
  notProved: 3,
  /** What was given as input cannot be used. */
  badInput: 65,
  /** The server does not answer, or refuses. */
  unavailable: 69,
  /** The data directory or the port belongs to something else, or cannot be written. */
  cannotOpen: 73,
  /** The disk failed on the way, e.g. it is full. */
  io: 74,
  /** Whoever supervises this console is asked to start it again, as a person would. */
  again: 75,
} as const
/** The end of a process after an error nobody caught: as after an abort, and no answer of any command. */
export const BROKEN = 134
export type Exit = (typeof EXIT)[keyof typeof EXIT]

/** One JSON value, one line, on standard output. */
export function emit(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}
/** Words for a person, on standard error. */
export function say(words: string): void {
  process.stderr.write(`${words}\n`)
}

/** Where a desk keeps its data when nothing is said. */
export function defaultDataDir(): string {
  const { env, platform } = process
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Tallydesk')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Tallydesk')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tallydesk')
}

/** Resolves when the process is asked to end, or after `seconds`; null: never by itself. */
export function untilEnd(seconds: number | null): { readonly ended: Promise<'signal' | 'time'>; end(): void } {
  let end = (_why: 'signal' | 'time') => {}
  const ended = new Promise<'signal' | 'time'>((resolve) => {
    end = resolve
    // Not `once`: a terminal and its launcher may each send one, and the second must not cut the stopping short.
    process.on('SIGTERM', () => resolve('signal'))
    process.on('SIGINT', () => resolve('signal'))
    // A launcher that goes away without a signal takes this process with it.
    process.once('disconnect', () => resolve('signal'))
    if (seconds !== null) setTimeout(() => resolve('time'), seconds * 1000).unref()
  })
  return { ended, end: () => end('signal') }
}
