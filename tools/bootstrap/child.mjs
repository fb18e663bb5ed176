import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { SetUpFailure } from './failure.mjs'

/** How much of the end of a log is searched for the reason. */
const LOOKED_AT_BYTES = 20_000

/** What the line with the reason mostly has. */
const TELLING_WORDS = /error|ERR!|failed|cannot|not found|denied|no space/i

/**
 * @typedef {object} Step
 * @property {string} command
 * @property {readonly string[]} args
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {string} log everything the command says goes here, appended
 * @property {string} what "installing libraries", for the failure line
 * @property {((pid: number) => void) | undefined} onStart is told the process's number
 */

/**
 * Runs one command without a terminal, its words going to a log.
 * @param {Step} step
 * @returns {Promise<void>}
 * @throws {SetUpFailure} when it cannot be started or does not end with 0
 */
export async function runLogged({ command, args, cwd, env, log, what, onStart }) {
  mkdirSync(dirname(log), { recursive: true })
  const file = openSync(log, 'a')
  writeSync(file, `\n$ ${[command, ...args].join(' ')}   (in ${cwd})\n`)
  try {
    const ended = await new Promise((resolve, reject) => {
      // Only Node understands the tether, and an npm that could not be found as JavaScript is started by its own script.
      const tethered = /^node(\.exe)?$/.test(basename(command)) ? ['--import', TETHER, ...args] : args
      const child = spawn(command, tethered, {
        cwd,
        env,
        stdio: ['ignore', file, file, 'ipc'],
        windowsHide: true,
        // npm.cmd is a script: Windows starts those only through its shell.
        shell: command.endsWith('.cmd'),
      })
      const stopChild = stopWith(child)
      if (child.pid !== undefined) onStart?.(child.pid)
      child.once('error', reject)
      child.once('close', (code, signal) => {
        stopChild()
        resolve(signal ?? code)
      })
    })
    if (ended !== 0) throw new SetUpFailure(`${what} failed (${describeEnd(ended)})${quote(log)}`, log)
  } catch (error) {
    if (error instanceof SetUpFailure) throw error
    throw new SetUpFailure(`${what} failed: ${/** @type {Error} */ (error).message}.`, log)
  } finally {
    closeSync(file)
  }
}

/**
 * Passes an end asked of this process on to the child, so that an interrupted set-up leaves nothing running.
 * @param {import('node:child_process').ChildProcess} child
 */
function stopWith(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const passOn = signals.map((signal) => ({ signal, listener: () => void child.kill(signal) }))
  for (const { signal, listener } of passOn) process.on(signal, listener)
  return () => {
    for (const { signal, listener } of passOn) process.off(signal, listener)
  }
}

/** @param {unknown} ended */
function describeEnd(ended) {
  return typeof ended === 'string' ? `ended by ${ended}` : `exit code ${ended}`
}

/** What ends the tool when this process is gone. */
const TETHER = new URL('tether.mjs', import.meta.url).href

/** What a tool says before it says anything of use. */
const EMPTY_WORDS =
  /^npm (error|ERR!)( (code|errno|syscall|path|A complete log).*)?$|Build failed|^error during build:$/

/**
 * The line of the log most likely to say why, since a person reads one line before they open a file.
 * @param {string} log
 */
export function quote(log) {
  const lines = stripVTControlCharacters(readFileSync(log, 'utf8').slice(-LOOKED_AT_BYTES))
    .split('\n')
    .map((line) => line.trim())
  const own = lines.slice(lines.findLastIndex((line) => line.startsWith('$ ')) + 1)
  const words = own.filter((line) => line !== '' && !EMPTY_WORDS.test(line))
  const chosen = words.find((line) => TELLING_WORDS.test(line)) ?? words.at(-1)
  return chosen === undefined ? '.' : `: ${chosen.slice(0, 200)}${/[.!]$/.test(chosen) ? '' : '.'}`
}
