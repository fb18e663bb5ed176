/**
 * Owns the running command: starts it on the pinned Node with this process's own streams, passes signals on, and ends as it
 * ends. It never interprets an argument.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { failureLine, SET_UP_FAILED } from './failure.mjs'
import { whenOrphaned } from './orphan.mjs'

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Sets up what is missing, then runs a built entry.
 * @param {string} entry path below the checkout
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code to end with
 */
export async function launch(entry, args) {
  try {
    const { node, env } = await bootstrap()
    return await runHere(node, join(ROOT, entry), args, env)
  } catch (error) {
    process.stderr.write(`${failureLine(error)}\n`)
    return SET_UP_FAILED
  }
}

/**
 * @param {string} node
 * @param {string} entry
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export function runHere(node, entry, args, env) {
  const tether = pathToFileURL(join(ROOT, 'tools/bootstrap/tether.mjs')).href
  return new Promise((resolve, reject) => {
    const child = spawn(node, ['--import', tether, entry, ...args], {
      env,
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    })
    for (const signal of PASSED_ON) {
      process.on(signal, () => {
        // Ctrl-C at a terminal reaches the whole group by itself; a second one would look like impatience.
        if (signal !== 'SIGINT' || !atTerminal()) child.kill(signal)
      })
    }
    whenOrphaned(() => child.kill('SIGTERM'))
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

function atTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
}
