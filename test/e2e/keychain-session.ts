import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { noKeychain } from '../../tools/suite/parts.mjs'
import { ROOT } from './program.ts'

/** A keychain of its own for the programs started while it is there, or none, with the reason said. */
export type KeychainSession = {
  readonly is: 'session' | 'none'
  /** Everything kept in it under our name. */
  secrets(): Promise<readonly string[]>
  stop(): Promise<void>
}

const NONE: KeychainSession = { is: 'none', secrets: async () => [], stop: async () => {} }
/** What tells a program where its keychain is. */
const NAMES = ['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR'] as const

/** Prints where it is and stays until its input ends. */
const HOLD = `process.stdout.write(JSON.stringify(process.env) + '\\n'); process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1e6)`
const LIST = `import keytar from 'keytar'
const found = await keytar.findCredentials('tallydesk')
process.stdout.write(JSON.stringify(found.map((each) => each.account + ' ' + each.password)))`

export async function keychainSession(): Promise<KeychainSession> {
  const reason = noKeychain(ROOT, process.env)
  if (reason !== undefined) {
    console.info(`skipped: the keychain in these specs, because ${reason}; tokens are in memory only`)
    return NONE
  }
  const session = join(ROOT, 'tools/suite/keychain-session.mjs')
  const words = ['--', process.execPath, session, process.execPath, '-e', HOLD]
  const child = spawn('dbus-run-session', words, { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
  const env = await new Promise<NodeJS.ProcessEnv>((found, failed) => {
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.endsWith('\n')) found(JSON.parse(text) as NodeJS.ProcessEnv) // printed by HOLD
    })
    child.once('exit', (code) => failed(new Error(`the keychain session ended with ${code}`)))
  })
  const before = NAMES.map((name) => [name, process.env[name]] as const)
  for (const name of NAMES) process.env[name] = env[name]
  return {
    is: 'session',
    async secrets() {
      const listed = spawnSync(process.execPath, ['--input-type=module', '-e', LIST], { cwd: ROOT, encoding: 'utf8' })
      if (listed.status !== 0) throw new Error(`the keychain does not answer: ${listed.stderr}`)
      return JSON.parse(listed.stdout) as string[] // printed by LIST
    },
    async stop() {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name]
        else process.env[name] = value
      }
      const gone = once(child, 'exit')
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
      await gone
    },
  }
}
