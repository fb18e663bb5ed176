/**
 * Owns one lock in a folder, so that two set-ups never write the same files at once. It survives a killed holder.
 *
 * The lock is the highest numbered file `lock.<n>`: held while its holder lives, free once it says so. Taking it means creating
 * the next number, which only one can do (a hard link is atomic and carries its content). A number is never used
 * twice while it matters: the highest file is marked free instead of being deleted, so nobody can tear down a lock that
 * changed hands between looking and acting. It never waits for a process that is gone, and never kills one.
 */
import { randomUUID } from 'node:crypto'
import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** How often the holder touches its file. Also how often a waiter looks. */
const TOUCH_EVERY_MS = 500

/** A file untouched for this long has no holder, whatever its process number says: numbers are reused after a reboot and mean nothing on another machine. */
const SILENT_AFTER_MS = 30_000

/**
 * @typedef {object} Holder
 * @property {number} pid
 * @property {string} host
 * @property {number} [tool] a process it started, which may outlive it for a moment and still be writing
 * @property {boolean} [free]
 */

/**
 * @typedef {object} Lock a lock that is held
 * @property {(pid: number) => void} alsoHeldBy names a process without whose end the lock is not free either
 * @property {() => void} release
 */

/** @param {string} folder */
function highest(folder) {
  return readdirSync(folder)
    .map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0))
    .reduce((a, b) => Math.max(a, b), 0)
}

/**
 * @param {string} path
 * @returns {Holder | undefined} undefined when the file is gone or says nothing readable
 */
function readHolder(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}

/**
 * @param {string} path
 * @returns {Holder | undefined} whoever really holds this file now
 */
function livingHolder(path) {
  const holder = readHolder(path)
  const touched = statSync(path, { throwIfNoEntry: false })?.mtimeMs
  if (holder === undefined || holder.free || touched === undefined) return undefined
  if (Date.now() - touched > SILENT_AFTER_MS) return undefined
  if (holder.host !== hostname() || isAlive(holder.pid)) return holder
  return holder.tool !== undefined && isAlive(holder.tool) ? holder : undefined
}

/**
 * @param {string} folder
 * @param {number} number
 * @returns {boolean} whether this process now holds the lock
 */
function claim(folder, number) {
  const draft = join(folder, `draft.${randomUUID()}`)
  const path = join(folder, `lock.${number}`)
  writeFileSync(draft, JSON.stringify({ pid: process.pid, host: hostname() }))
  try {
    linkSync(draft, path)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
  if (highest(folder) === number) return true
  // Somebody went further while this process was looking at an old listing: theirs is the lock.
  rmSync(path, { force: true })
  return false
}

/**
 * Waits until the lock is free, then holds it.
 * @param {string} folder
 * @param {(holder: Holder) => void} [onWait] called once, when somebody else holds it
 * @returns {Promise<Lock>}
 */
export async function takeLock(folder, onWait) {
  mkdirSync(folder, { recursive: true })
  for (let told = false; ; ) {
    const number = highest(folder)
    const holder = number === 0 ? undefined : livingHolder(join(folder, `lock.${number}`))
    if (holder === undefined && claim(folder, number + 1)) return hold(folder, number + 1)
    if (holder !== undefined && !told) onWait?.(holder)
    told ||= holder !== undefined
    await new Promise((resolve) => setTimeout(resolve, TOUCH_EVERY_MS))
  }
}

/**
 * @param {string} folder
 * @param {number} number
 * @returns {Lock}
 */
function hold(folder, number) {
  const path = join(folder, `lock.${number}`)
  for (const name of readdirSync(folder)) {
    const old = Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? number)
    if (old < number) rmSync(join(folder, name), { force: true })
  }
  const touching = setInterval(() => utimesSync(path, new Date(), new Date()), TOUCH_EVERY_MS)
  touching.unref()
  /** @param {Partial<Holder>} more */
  const rewrite = (more) => {
    // Beside and renamed: whoever reads it meanwhile must not take half a file for no holder.
    const draft = join(folder, `draft.${randomUUID()}`)
    writeFileSync(draft, JSON.stringify({ pid: process.pid, host: hostname(), ...more }))
    renameSync(draft, path)
  }
  return {
    alsoHeldBy: (tool) => rewrite({ tool }),
    release: () => {
      clearInterval(touching)
      rewrite({ free: true })
    },
  }
}
