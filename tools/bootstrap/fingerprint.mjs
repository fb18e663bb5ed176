import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'

/** @typedef {{ fingerprint: string } & Record<string, unknown>} Stamp what a finished stage was made from, and what it found */

/**
 * Every file below `path` (or `path` itself), sorted, so that the order of a directory listing never changes a fingerprint.
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return []
  if (!stat.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]))
    .sort()
}

/**
 * A hash of file names and contents. Contents, not times: a checkout changes every time stamp and nothing else.
 * @param {string} root
 * @param {readonly string[]} paths files or folders below `root`; missing ones count as absent
 * @param {readonly string[]} [words] anything else the result depends on, such as the platform
 */
export function fingerprint(root, paths, words = []) {
  const hash = createHash('sha256')
  for (const word of words) hash.update(`word ${word}\n`)
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) {
    const content = readFileSync(file)
    hash.update(`file ${relative(root, file).split(sep).join('/')} ${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * The stamp at `path`, or undefined when there is none or it was torn: the stage then simply runs again.
 * @param {string} path
 * @returns {Stamp | undefined}
 */
export function readStamp(path) {
  try {
    const stamp = JSON.parse(readFileSync(path, 'utf8'))
    return typeof stamp?.fingerprint === 'string' ? stamp : undefined
  } catch {
    return undefined
  }
}

/**
 * Written beside and renamed, so that a killed writer leaves the old stamp or the new one, never half of one.
 * @param {string} path
 * @param {Stamp} stamp
 */
export function writeStamp(path, stamp) {
  mkdirSync(dirname(path), { recursive: true })
  const beside = `${path}.${process.pid}`
  writeFileSync(beside, `${JSON.stringify(stamp)}\n`)
  renameSync(beside, path)
}

/** @param {string} path */
export function dropStamp(path) {
  rmSync(path, { force: true })
}
