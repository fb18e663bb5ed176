import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ROOT } from '../place.ts'
import { BROKEN, EXIT, say } from './out.ts'

/** Tells Electron's main process that it is started again when it dies. */
export const LAUNCHED = 'TALLYDESK_LAUNCHED'

/** Runs the console in Electron and ends with it; a signal to this process is a signal to Electron. */
export async function runElectron(path: string, args: readonly string[]): Promise<number> {
  // Inherited by accident, this variable would make Electron a plain Node.
  const { ELECTRON_RUN_AS_NODE: _plain, ...env } = process.env
  const child = spawn(path, [...heapOf(process.execArgv), ROOT, ...args], {
    stdio: 'inherit',
    env: { ...env, [LAUNCHED]: '1' },
  })
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGTERM', pass)
  process.on('SIGINT', pass)
  return new Promise((done) => {
    child.once('error', (cause) => {
      say(`Electron did not start: ${cause.message}. Start with --web for the browser shell.`)
      done(EXIT.unavailable)
    })
    child.once('exit', (code, signal) => done(endOf(code, signal)))
  })
}

/**
 * The launcher's words on how the heap may grow, for Electron's own V8: it is made before any of our code runs, so only its
 * command line can say so. What is said to Node need not be said here twice.
 */
export function heapOf(nodes: readonly string[]): readonly string[] {
  const words = nodes.filter((word) => /^--max-(semi|old)-space-size=/.test(word))
  return words.length === 0 ? [] : [`--js-flags=${words.join(' ')}`]
}

/** What Electron's end is to whoever supervises this process: 0 and its own refusals are ends, everything else a death. */
function endOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (signal !== null) return 128 + constants.signals[signal]
  switch (code) {
    case 1:
      // It has said in a window why it cannot start.
      return EXIT.cannotOpen
    default:
      return code ?? BROKEN
  }
}
