/**
 * Owns the running command: starts it on the pinned Node with this process's own streams, passes signals on, and ends as it
 * ends. Of the arguments it looks at the first alone: a console is supervised, and started again when it dies.
 */
import { constants } from 'node:os'
import { join } from 'node:path'
import { bootstrap, ROOT } from './bootstrap.mjs'
import { failureLine, SET_UP_FAILED } from './failure.mjs'
import { atTerminal, passedOn, spawnTethered } from './running.mjs'
import { supervise } from './supervise.mjs'

/** The command that is a console. */
const CONSOLE = 'start'

/**
 * Sets up what is missing, then runs a built entry.
 * @param {string} entry path below the checkout
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code to end with
 */
export async function launch(entry, args) {
  try {
    const { node, env } = await bootstrap()
    const file = join(ROOT, entry)
    return args[0] === CONSOLE
      ? await supervise({ node, entry: file, args, env })
      : await runHere(node, file, args, env)
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
  return new Promise((resolve, reject) => {
    const child = spawnTethered(node, entry, args, env)
    const stopPassing = passedOn((signal) => {
      // Ctrl-C at a terminal reaches the whole group by itself; a second one would look like impatience.
      if (signal !== 'SIGINT' || !atTerminal()) child.kill(signal)
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      stopPassing()
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
