import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'

/**
 * The folders of PATH. Windows spells it `Path`.
 * @param {NodeJS.ProcessEnv} env
 */
export function pathFolders(env) {
  const key = pathKey(env)
  return (env[key] ?? '').split(delimiter).filter((folder) => folder !== '')
}

/** @param {NodeJS.ProcessEnv} env */
export function pathKey(env) {
  return Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH'
}

/**
 * The first file of this name on PATH.
 * @param {string} name without extension
 * @param {NodeJS.ProcessEnv} env
 */
export function onPath(name, env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  return pathFolders(env)
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .find((path) => existsSync(path))
}

/**
 * How to start npm under a chosen Node: its JavaScript entry, so that no shell and no `#!` line decides which Node runs it.
 * @param {string} node
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ command: string, before: string[] } | undefined} undefined when there is no npm
 */
export function findNpm(node, env) {
  const beside = dirname(process.execPath)
  const found = onPath('npm', env)
  const entries = [
    env['npm_execpath'],
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    found === undefined ? undefined : realpathSync(found),
    found === undefined ? undefined : join(dirname(found), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const entry = entries.find((path) => path !== undefined && basename(path) === 'npm-cli.js' && existsSync(path))
  if (entry !== undefined) return { command: node, before: [entry] }
  return found === undefined ? undefined : { command: found, before: [] }
}
