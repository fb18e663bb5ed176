/**
 * Runs a command with a keychain of its own: `dbus-run-session -- node tools/suite/keychain-session.mjs command args…`.
 * Owns one gnome-keyring-daemon, unlocked, and its folder; both are gone when the command ends. It never touches the keychain of
 * whoever runs it.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** How long the daemon may take to put its name on the bus. */
const READY_LIMIT_MS = 10_000

/** How often the bus is asked for that name. */
const ASK_EVERY_MS = 50

/** Any password makes an encrypted keyring; an empty one would not. */
const PASSWORD = 'test'

const NAME_ON_BUS = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/',
  'org.freedesktop.DBus.NameHasOwner',
]

/** @param {NodeJS.ProcessEnv} env */
async function waitForKeychain(env) {
  const ask = promisify(execFile)
  for (const until = Date.now() + READY_LIMIT_MS; Date.now() < until; ) {
    const answer = await ask('dbus-send', [...NAME_ON_BUS, 'string:org.freedesktop.secrets'], { env }).catch(
      () => undefined,
    )
    if (answer?.stdout.includes('boolean true')) return
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  throw new Error('gnome-keyring-daemon did not come up')
}

/** @param {string} home */
function privateEnvironment(home) {
  const env = {
    ...process.env,
    HOME: join(home, 'home'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
  }
  for (const folder of [env.HOME, env.XDG_RUNTIME_DIR, join(env.XDG_DATA_HOME, 'keyrings'), env.XDG_CACHE_HOME]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  }
  return env
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<number>} the command's exit code
 */
async function runWithKeychain(command, args) {
  const home = mkdtempSync(join(tmpdir(), 'tallydesk-keychain-'))
  const env = privateEnvironment(home)
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise((resolve) => daemon.once('close', resolve))
  daemon.stdin.end(PASSWORD)
  try {
    await waitForKeychain(env)
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] })
      process.on('SIGTERM', () => child.kill('SIGTERM'))
      child.once('error', reject)
      child.once('close', (code) => resolve(code ?? 1))
    })
  } finally {
    daemon.kill('SIGTERM')
    await gone
    rmSync(home, { recursive: true, force: true })
  }
}

const [command, ...args] = process.argv.slice(2)
if (command === undefined) throw new Error('say which command to run')
process.exitCode = await runWithKeychain(command, args)
