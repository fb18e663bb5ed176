import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathFolders } from './npm.mjs'

/** The oldest Node the product runs on, for machines the pinned one is not published for. */
export const OLDEST_MAJOR = 24

/**
 * The package that carries the pinned Node for a machine, and its version.
 * @param {string} root
 * @param {{ platform: string, arch: string }} [machine]
 * @returns {{ name: string, version: string, binary: string } | undefined} undefined when none is published, as on macOS
 */
export function pinnedNode(root, machine = process) {
  const manifest = JSON.parse(readFileSync(join(root, 'tools/node/package.json'), 'utf8'))
  const name = `node-${machine.platform === 'win32' ? 'win' : machine.platform}-${machine.arch}`
  const version = manifest.optionalDependencies[name]
  if (version === undefined) return undefined
  const binary = join(root, 'tools/node/node_modules', name, 'bin', machine.platform === 'win32' ? 'node.exe' : 'node')
  return { name, version, binary }
}

/**
 * What a Node binary says it is, for example `v24.21.0`; undefined when it does not run here.
 * @param {string} binary
 */
export function versionOf(binary) {
  if (!existsSync(binary)) return undefined
  try {
    return execFileSync(binary, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

/** @param {string | undefined} version */
export function isRecent(version) {
  return Number(/^v(\d+)\./.exec(version ?? '')?.[1] ?? 0) >= OLDEST_MAJOR
}

/**
 * A Node of the machine's own that will do: the one running this script, else the first on PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function recentNodeHere(env) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node'
  if (isRecent(process.version)) return process.execPath
  return pathFolders(env)
    .map((folder) => join(folder, file))
    .find((binary) => isRecent(versionOf(binary)))
}

/**
 * The folder with this Node's C headers, if it brings them: native libraries must be compiled against the Node that loads them.
 * @param {string} binary
 */
export function headersOf(binary) {
  const home = dirname(dirname(binary))
  return existsSync(join(home, 'include/node/node_api.h')) ? home : undefined
}
