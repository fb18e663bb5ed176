import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasKeytar } from '../bootstrap/libraries.mjs'
import { onPath } from '../bootstrap/npm.mjs'
import { missingPackages, PEER_PACKAGES, THIS_MACHINE } from './debian.mjs'
import { BY_NAME_VARIABLE, REPORT_VARIABLE } from './reporter.mjs'

/** @typedef {import('./reporter.mjs').Report} Report */
/** @typedef {'check' | 'unit' | 'keychain' | 'django' | 'e2e'} Part */

/** In the order they run: the quickest to fail first. */
export const PARTS = /** @type {const} */ (['check', 'unit', 'keychain', 'django', 'e2e'])

/** Where the parts are that not every machine can run. @type {Readonly<Partial<Record<Part, string>>>} */
const PLACES = { keychain: 'test/keychain', django: 'test/peers/django' }

/** A part still running after this has hung: its own tests have far shorter limits. */
const PART_LIMIT_MS = 2_700_000

/**
 * What was asked for after `npm test --`: names of parts first, all else goes to vitest.
 * @param {readonly string[]} args
 * @returns {{ parts: readonly Part[], filters: readonly string[], byName: boolean }}
 */
export function readArguments(args) {
  const filters = args.filter((arg) => !PARTS.some((part) => part === arg))
  const named = PARTS.filter((part) => args.includes(part))
  const byName = filters.some((arg) => arg === '-t' || arg.startsWith('--testNamePattern'))
  // A filter names files, which the checks do not have.
  const all = filters.length === 0 ? PARTS : PARTS.filter((part) => part !== 'check')
  return { parts: named.length === 0 ? all : named, filters, byName }
}

/**
 * Why the keychain cannot be tested on this machine; undefined when it can.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export function noKeychain(root, env) {
  if (process.platform !== 'linux') return 'a throw-away keychain can be had on Linux only'
  const missing = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'].filter(
    (name) => onPath(name, env) === undefined,
  )
  if (missing.length > 0) return `${missing.join(' and ')} not installed`
  return hasKeytar(root) ? undefined : 'keytar was not compiled (libsecret-1-dev and pkg-config are needed for it)'
}

/**
 * Why the Django peer cannot be run on this machine; undefined when it can.
 * @param {import('./debian.mjs').Machine} machine
 */
export function noDjango(machine = THIS_MACHINE) {
  if (machine.platform !== 'linux') return 'the Django peer is made of Debian packages'
  const missing = missingPackages(machine).filter((name) => PEER_PACKAGES.some((each) => each.name === name))
  return missing.length === 0 ? undefined : `${missing.join(', ')} not installed`
}

/**
 * @typedef {object} How
 * @property {string} root
 * @property {string} node
 * @property {NodeJS.ProcessEnv} env
 * @property {readonly string[]} filters
 * @property {boolean} byName
 */

/**
 * Runs one project of vitest.
 * @param {Exclude<Part, 'check'>} part
 * @param {How} how
 * @returns {Promise<Report>}
 */
export async function runPart(part, how) {
  const reason = part === 'keychain' ? noKeychain(how.root, how.env) : part === 'django' ? noDjango() : undefined
  if (reason !== undefined) return { passed: 0, failed: [], skipped: [{ name: PLACES[part] ?? part, reason }] }
  if (part !== 'keychain') return runVitest(part, [how.node], how)
  const session = join(how.root, 'tools/suite/keychain-session.mjs')
  return runVitest(part, ['dbus-run-session', '--', how.node, session, how.node], how)
}

/**
 * @param {string} project
 * @param {readonly string[]} before what starts Node
 * @param {How} how
 * @returns {Promise<Report>}
 */
async function runVitest(project, before, { root, env, filters, byName }) {
  const folder = mkdtempSync(join(tmpdir(), 'tallydesk-report-'))
  const path = join(folder, 'report.json')
  const reporters = ['--reporter=default', `--reporter=${join(root, 'tools/suite/reporter.mjs')}`]
  const [command, ...first] = [...before, join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', project]
  const args = [...first, '--passWithNoTests', '--allowOnly=false', ...reporters, ...filters]
  const childEnv = { ...env, [REPORT_VARIABLE]: path, ...(byName ? { [BY_NAME_VARIABLE]: '1' } : {}) }
  try {
    const code = await ended(/** @type {string} */ (command), args, root, childEnv)
    if (!existsSync(path))
      return { passed: 0, failed: [`${project}: vitest ended (${code}) without a report`], skipped: [] }
    /** @type {Report} */
    const report = JSON.parse(readFileSync(path, 'utf8'))
    const silent = code !== 0 && report.failed.length === 0
    return silent ? { ...report, failed: [`${project}: vitest ended with ${code}`] } : report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number | string>} exit code, or the signal that ended it
 */
function ended(command, args, cwd, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    const limit = setTimeout(() => child.kill('SIGTERM'), PART_LIMIT_MS)
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(limit)
      resolve(signal ?? code ?? 1)
    })
  })
}
