import { createRest, type PacedRest } from '../../core/backend/rest.ts'
import type { RestCall, RestReply } from '../../core/backend/backend.ts'
import type { Log } from '../../core/ports.ts'
import { createSession } from '../../core/session/create-session.ts'
import { needsPlainAccepted, normalUrl } from '../../core/settings.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../node/clock.ts'
import { createHttp } from '../node/http.ts'
import { systemRandom } from '../node/random.ts'
import { memoryOnlyVault } from '../node/vault.ts'
import { EXIT, type Exit, say } from './out.ts'
import { readAuthority } from './read-authority.ts'
import { SIGN_IN_WORDS } from './sign-in-words.ts'

/** Options of every task an administrator does at a running hub. */
export const AT_HUB = {
  server: { type: 'string' },
  email: { type: 'string' },
  'password-env': { type: 'string' },
  ca: { type: 'string' },
  plain: { type: 'boolean' },
} as const
type Given = {
  readonly server?: string | undefined
  readonly email?: string | undefined
  readonly 'password-env'?: string | undefined
  readonly ca?: string | undefined
  readonly plain?: boolean | undefined
}
/** A hub that does not answer an administrator within this is not there, ms. */
const ANSWER_MS = 10_000
/** What goes wrong is said; a log of its own would only repeat it. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

export type Administrator = {
  readonly server: { readonly url: string; readonly origin: null; readonly authority: string | null }
  readonly email: string
  readonly password: string
}
/** Asks the hub; a refusal, or that no answer came, is an exit code whose words were said. */
export type AskHub = (call: Pick<RestCall, 'method' | 'path' | 'body'>) => Promise<Result<RestReply, Exit>>

export function administratorIn(given: Given): Result<Administrator, string> {
  const { server, email, ca, plain } = given
  const url = server === undefined ? null : normalUrl(server)
  if (url === null) return err('--server URL is needed, such as https://hub.example')
  if (email === undefined) return err('--email E is needed: an administrator of the hub')
  const variable = given['password-env'] ?? 'TALLYDESK_PASSWORD'
  const password = process.env[variable] ?? ''
  if (password === '') return err(`the environment variable ${variable} holds no password`)
  if (needsPlainAccepted(url) && plain !== true)
    return err(`${url} has no TLS; say --plain to send the password there all the same`)
  const authority = readAuthority(ca)
  return authority.ok ? ok({ server: { url, origin: null, authority: authority.value }, email, password }) : authority
}

/** Signs an administrator in for one task, and out after it. */
export async function atHub(task: string, who: Administrator, run: (ask: AskHub) => Promise<Exit>): Promise<Exit> {
  const { server, email, password } = who
  const { http, close } = createHttp()
  const parts = { clock: systemClock(), random: systemRandom(), http, log: SILENT, server }
  const session = createSession({ ...parts, vault: memoryOnlyVault(), vaultName: 'at-hub' })
  const rest = createRest({ ...parts, session })
  try {
    const signedIn = await session.signIn(email, password)
    if (!signedIn.ok) {
      say(`hub ${task}: not signed in: ${SIGN_IN_WORDS[signedIn.error]}`)
      return EXIT.unavailable
    }
    return await run((call) => asked(task, rest, call))
  } finally {
    await session.signOut()
    rest.stop()
    session.stop()
    close()
  }
}

async function asked(task: string, rest: PacedRest, call: Parameters<AskHub>[0]): ReturnType<AskHub> {
  const answer = await rest({ ...call, key: null, timeoutMs: ANSWER_MS })
  if (answer.ok) return answer
  const { error } = answer
  const said = error.is === 'answer' ? `${error.status}: ${error.message}` : 'the hub did not answer'
  say(`hub ${task}: ${said}`)
  return err(error.is === 'answer' && error.status < 500 ? EXIT.failed : EXIT.unavailable)
}
