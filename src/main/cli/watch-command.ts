import { handlersOf } from '../../core/handlers.ts'
import { canonicalJson, stateOf } from '../../core/projection/state.ts'
import type { Console } from '../../core/console.ts'
import type { AuthChoice } from '../../core/link/handshake.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { startConsoleHost } from '../host/console-host.ts'
import { VERSION } from '../version.ts'
import { readOptions, wholeNumber } from './options.ts'
import { defaultDataDir, EXIT, type Exit, emit, say, untilEnd } from './out.ts'
import { readAuthority } from './read-authority.ts'
import { readCommands } from './watch-commands.ts'
import { writeLines } from './watch-lines.ts'

const SPEC = {
  server: { type: 'string' },
  email: { type: 'string' },
  'password-env': { type: 'string' },
  data: { type: 'string' },
  origin: { type: 'string' },
  auth: { type: 'string' },
  for: { type: 'string' },
  mode: { type: 'string' },
  ca: { type: 'string' },
  plain: { type: 'boolean' },
  commands: { type: 'boolean' },
} as const

/** Between two tries to sign in while the server does not answer, ms: a watch never gives up either. */
const SIGN_IN_AGAIN = 3_000
const DAY_SECONDS = 86_400

type Wanted = {
  readonly server: string
  readonly email: string
  readonly password: string
  readonly dataDir: string
  readonly origin: string | null
  readonly authority: string | null
  readonly auth: AuthChoice
  readonly mode: 'official' | 'rehearsal'
  readonly plainAccepted: boolean
  readonly seconds: number | null
  readonly commands: boolean
}

const isAuth = (text: string): text is AuthChoice => ['auto', 'bearer', 'query', 'ticket'].includes(text)

function wanted(args: readonly string[]): Result<Wanted, string> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return options
  const { server, email, auth = 'auto', mode = 'official', ...rest } = options.value
  if (server === undefined) return err('--server URL is needed')
  if (email === undefined) return err('--email E is needed')
  if (!isAuth(auth)) return err(`--auth ${auth}: auto, bearer, query or ticket`)
  if (mode !== 'official' && mode !== 'rehearsal') return err(`--mode ${mode}: official or rehearsal`)
  const variable = rest['password-env'] ?? 'TALLYDESK_PASSWORD'
  const password = process.env[variable]
  if (password === undefined || password === '') return err(`the environment variable ${variable} holds no password`)
  const seconds = wholeNumber('for', rest.for, { least: 1, most: 30 * DAY_SECONDS, fallback: 0 })
  if (!seconds.ok) return seconds
  const authority = readAuthority(rest.ca)
  if (!authority.ok) return authority
  return ok({
    server,
    email,
    password,
    dataDir: rest.data ?? defaultDataDir(),
    origin: rest.origin ?? null,
    authority: authority.value,
    auth,
    mode,
    plainAccepted: rest.plain ?? false,
    seconds: seconds.value === 0 ? null : seconds.value,
    commands: rest.commands ?? false,
  })
}

/** `tallydesk watch`: the same core as behind a window, written as lines. */
export async function watchCommand(args: readonly string[]): Promise<Exit> {
  const options = wanted(args)
  if (!options.ok) {
    say(`watch: ${options.error}`)
    return EXIT.usage
  }
  const want = options.value
  const info = { kind: 'browser', version: VERSION, kiosk: false } as const
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: true }
  const { ended, end } = untilEnd(want.seconds)
  let exit: Exit = EXIT.ok
  const started = await startConsoleHost({
    dataDir: want.dataDir,
    info: { ...info, can },
    secrets: 'memory',
    auth: want.auth,
    canRehearse: false,
    diskFailed: (fault) => {
      if (exit === EXIT.io) return
      say(`watch: ${fault.detail}`)
      emit({ t: 'fault', at: Date.now(), is: fault.is, detail: fault.detail })
      exit = EXIT.io
      end()
    },
  })
  if (!started.ok) {
    say(`watch: ${started.error.detail}`)
    return started.error.is === 'full' ? EXIT.io : EXIT.cannotOpen
  }
  const host = started.value
  const stopLines = writeLines(host.console, emit)
  const stopCommands = want.commands ? readCommands(process.stdin, handlersOf(host.console), emit) : () => {}
  const refused = await connect(host.console, want, ended)
  if (refused) exit = EXIT.unavailable
  else await ended
  stopCommands()
  stopLines()
  const book = host.console.core.now()?.book.now() ?? null
  const trust = book ? canonicalJson(book.projection.trust.view()) : 'null'
  // Stopping writes the journal's last events; the state told is the one that stays.
  await host.stop()
  await writeFinal(book ? canonicalJson(stateOf(book)) : 'null', trust)
  if (want.commands) process.stdin.unref?.()
  return exit
}

/** Connects and signs in. True when the server proved that it never will. */
async function connect(console: Console, want: Wanted, ended: Promise<unknown>): Promise<boolean> {
  const { server: url, origin, authority, mode, plainAccepted } = want
  const connected = await console.connect({ name: url, url, origin, authority, mode, plainAccepted })
  if (!connected.ok) {
    say(
      connected.error === 'plain-not-accepted'
        ? `watch: ${url} has no TLS; say --plain to accept that`
        : `watch: ${url}: ${connected.error}`,
    )
    return true
  }
  const core = console.core.now()
  let isOver = false
  void ended.then(() => (isOver = true))
  while (core && !isOver) {
    const signedIn = await core.session.signIn(want.email, want.password)
    if (signedIn.ok) return false
    if (signedIn.error === 'wrong-credentials') {
      say('watch: the server refused the e-mail or the password')
      return true
    }
    say(`watch: not signed in yet (${signedIn.error}); trying again`)
    await Promise.race([ended, new Promise<void>((resolve) => void console.ports.clock.after(SIGN_IN_AGAIN, resolve))])
  }
  return false
}

async function writeFinal(state: string, trust: string): Promise<void> {
  const line = `{"t":"final","at":${Date.now()},"state":${state},"trust":${trust}}\n`
  await new Promise<void>((resolve) => void process.stdout.write(line, () => resolve()))
}
