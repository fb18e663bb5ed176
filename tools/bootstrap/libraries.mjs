import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onPath } from './npm.mjs'

/** Where every distribution puts the header keytar is compiled against. */
const SECRET_HEADER = '/usr/include/libsecret-1/libsecret/secret.h'

/**
 * Whether keytar, the door to the system's keychain, can be compiled here. Only Linux compiles it.
 * @param {NodeJS.ProcessEnv} env
 */
export function keytarCanCompile(env) {
  return process.platform === 'linux' && existsSync(SECRET_HEADER) && onPath('pkg-config', env) !== undefined
}

/** @param {string} root */
export function hasKeytar(root) {
  return existsSync(join(root, 'node_modules/keytar/build/Release/keytar.node'))
}

/**
 * Whether `node_modules` already holds what the lockfile asks for, by npm's own note of what it installed. Someone who ran
 * `npm ci` themselves is not made to wait for it twice.
 * @param {string} root
 */
export function installedMatchesLockfile(root) {
  /** @type {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
  let wanted
  /** @type {typeof wanted} */
  let installed
  try {
    wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    installed = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')).packages
  } catch {
    return false
  }
  const same = Object.entries(wanted).every(([path, entry]) => {
    const there = installed[path]
    if (path === '' || (there === undefined && entry.optional)) return true
    return there?.version === entry.version && there?.integrity === entry.integrity && existsSync(join(root, path))
  })
  return same && Object.keys(installed).every((path) => wanted[path] !== undefined)
}
