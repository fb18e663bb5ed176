/**
 * Debian's packages that only the tests need: a browser, a display without a screen, a keychain, what the keychain's library
 * is compiled with, and a real server of the election family. Installed when they are missing and this user may; else said in one line.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { onPath } from '../bootstrap/npm.mjs'

const run = promisify(execFile)

/** An installation that takes longer than this is stuck on a prompt or a dead mirror. */
const INSTALL_LIMIT_MS = 300_000

/** @typedef {{ name: string, commands?: readonly string[], file?: string }} Package present when one of its commands, or its file, is there */

const PYTHON_LIBRARIES = '/usr/lib/python3/dist-packages'

/** What the real parts of test/peers/django are: Debian's Python sees these, another one on the path does not. @type {readonly Package[]} */
export const PEER_PACKAGES = [
  { name: 'redis-server', commands: ['redis-server'] },
  { name: 'daphne', file: '/usr/bin/daphne' },
  { name: 'python3-django-channels', file: `${PYTHON_LIBRARIES}/channels/__init__.py` },
  { name: 'python3-channels-redis', file: `${PYTHON_LIBRARIES}/channels_redis/__init__.py` },
  { name: 'python3-django', file: `${PYTHON_LIBRARIES}/django/__init__.py` },
  { name: 'python3-djangorestframework', file: `${PYTHON_LIBRARIES}/rest_framework/__init__.py` },
  {
    name: 'python3-djangorestframework-simplejwt',
    file: `${PYTHON_LIBRARIES}/rest_framework_simplejwt/__init__.py`,
  },
]

/** @type {readonly Package[]} in the order they are named to a person */
export const PACKAGES = [
  { name: 'chromium', commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] },
  { name: 'libsecret-1-dev', file: '/usr/include/libsecret-1/libsecret/secret.h' },
  { name: 'pkg-config', commands: ['pkg-config', 'pkgconf'] },
  { name: 'g++', commands: ['g++', 'c++', 'clang++'] },
  { name: 'make', commands: ['make'] },
  { name: 'python3', commands: ['python3'] },
  { name: 'gnome-keyring', commands: ['gnome-keyring-daemon'] },
  { name: 'dbus', commands: ['dbus-run-session'] },
  { name: 'xvfb', commands: ['Xvfb'] },
  { name: 'xauth', commands: ['xauth'] },
  { name: 'openbox', commands: ['openbox'] },
  { name: 'fonts-noto-core', file: '/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf' },
  ...PEER_PACKAGES,
]

/**
 * @typedef {object} Machine what is asked of the machine; a test answers in its place
 * @property {string} platform
 * @property {(command: string) => boolean} hasCommand
 * @property {(file: string) => boolean} hasFile
 * @property {() => boolean} isRoot
 * @property {(command: string, args: readonly string[], env: Record<string, string>) => Promise<void>} run throws when it fails
 */

/** @type {Machine} */
export const THIS_MACHINE = {
  platform: process.platform,
  hasCommand: (command) => onPath(command, process.env) !== undefined,
  hasFile: existsSync,
  isRoot: () => process.getuid?.() === 0,
  run: async (command, args, env) => {
    await run(command, [...args], {
      env: { ...process.env, ...env },
      timeout: INSTALL_LIMIT_MS,
      maxBuffer: 64 * 1024 * 1024,
    })
  },
}

/**
 * Names of the packages that are not there. None on Windows and macOS, where nothing here is needed.
 * @param {Machine} machine
 */
export function missingPackages(machine) {
  if (machine.platform !== 'linux') return []
  return PACKAGES.filter(
    ({ commands, file }) => !(commands?.some(machine.hasCommand) || (file !== undefined && machine.hasFile(file))),
  ).map(({ name }) => name)
}

/** @param {readonly string[]} names */
const remedy = (names) => `Some tests will be skipped. To run them: sudo apt-get install ${names.join(' ')}`

/**
 * Installs what is missing, or says what to install. Never throws: the tests that need a package say so themselves.
 * @param {Machine} machine
 * @param {(line: string) => void} say
 * @returns {Promise<readonly string[]>} what is still missing
 */
export async function installMissing(machine, say) {
  const missing = missingPackages(machine)
  if (missing.length === 0) return missing
  if (!machine.hasCommand('apt-get')) {
    say(
      `Tallydesk tests miss ${missing.join(', ')} (Debian's names). Some tests will be skipped; install them to run all.`,
    )
    return missing
  }
  const asRoot = await rootPrefix(machine)
  if (asRoot === undefined) {
    say(remedy(missing))
    return missing
  }
  say(`Tallydesk tests install ${missing.join(' ')}…`)
  const failed = await aptInstall(machine, asRoot, missing)
  const left = missingPackages(machine)
  if (left.length > 0)
    say(`Could not install ${left.join(' ')}${failed === undefined ? '' : ` (${failed})`}. ${remedy(left)}`)
  return left
}

/**
 * @param {Machine} machine
 * @returns {Promise<readonly string[] | undefined>} what to put before a command so that it runs as root
 */
async function rootPrefix(machine) {
  if (machine.isRoot()) return []
  if (!machine.hasCommand('sudo')) return undefined
  return machine.run('sudo', ['-n', 'true'], {}).then(
    () => ['sudo', '-n'],
    () => undefined,
  )
}

/**
 * All at once, and one by one when that fails: one name a distribution lacks must not cost the others.
 * @param {Machine} machine
 * @param {readonly string[]} asRoot
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>} why something failed, in one line
 */
async function aptInstall(machine, asRoot, names) {
  /** @param {readonly string[]} args */
  const apt = async (args) => {
    const [command, ...rest] = [
      ...asRoot,
      'env',
      'DEBIAN_FRONTEND=noninteractive',
      'apt-get',
      '-q',
      '-o',
      'DPkg::Lock::Timeout=60',
      ...args,
    ]
    await machine.run(/** @type {string} */ (command), rest, {})
  }
  const install = ['install', '-y', '--no-install-recommends']
  // A stale list of packages may still do; a mirror that cannot be reached shows in what follows.
  await apt(['update']).catch(() => undefined)
  try {
    await apt([...install, ...names])
    return undefined
  } catch (all) {
    let why = all
    for (const name of names) {
      await apt([...install, name]).catch((error) => {
        why = error
      })
    }
    return /** @type {Error} */ (why).message.trim().split('\n').at(-1)
  }
}
