import { spawn } from 'node:child_process'
import { ROOT } from '../place.ts'
import { EXIT, type Exit, say } from './out.ts'

/** Runs the console in Electron and ends with it; a signal to this process is a signal to Electron. */
export async function runElectron(path: string, args: readonly string[]): Promise<Exit> {
  // Inherited by accident, this variable would make Electron a plain Node.
  const { ELECTRON_RUN_AS_NODE: _plain, ...env } = process.env
  const child = spawn(path, [ROOT, ...args], { stdio: 'inherit', env })
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGTERM', pass)
  process.on('SIGINT', pass)
  return new Promise((done) => {
    child.once('error', (cause) => {
      say(`Electron did not start: ${cause.message}. Start with --web for the browser shell.`)
      done(EXIT.unavailable)
    })
    child.once('exit', (code) => done(code === 0 || code === null ? EXIT.ok : EXIT.failed))
  })
}
