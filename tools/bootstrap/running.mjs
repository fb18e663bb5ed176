import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ROOT } from './bootstrap.mjs'
import { whenOrphaned } from './orphan.mjs'

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * V8 lets the young part of its heap grow to 128 MB while a large journal is taken up and keeps it for the day. With at most 8
 * for each half the start is as fast, and a desk with a million events holds 120 MB less. And it clears the old part only when it has
 * grown to four times of what is alive, wherever it may grow beyond 2 GB: allowed 1 GB, ten times of what the largest election takes,
 * it clears at one and a half.
 */
export const HEAP = ['--max-semi-space-size=8', '--max-old-space-size=1024']

/**
 * Starts a command with this process's own streams, tied to this process's life.
 * @param {string} node
 * @param {string} entry
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function spawnTethered(node, entry, args, env) {
  const tether = pathToFileURL(join(ROOT, 'tools/bootstrap/tether.mjs')).href
  // Code compiled once is kept: a console starts a tenth of a second sooner. Where the folder cannot be written nothing is kept.
  const compiled = { NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? join(ROOT, '.cache/compiled') }
  return spawn(node, [...HEAP, '--import', tether, entry, ...args], {
    env: { ...env, ...compiled },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
}

/**
 * Tells of each end that is asked of this process.
 * @param {(signal: NodeJS.Signals) => void} onAsked
 * @returns {() => void} stops it
 */
export function passedOn(onAsked) {
  const listeners = PASSED_ON.map((signal) => ({ signal, listener: () => onAsked(signal) }))
  for (const { signal, listener } of listeners) process.on(signal, listener)
  const stopLooking = whenOrphaned(() => onAsked('SIGTERM'))
  return () => {
    stopLooking()
    for (const { signal, listener } of listeners) process.off(signal, listener)
  }
}

export function atTerminal() {
  return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
}
