import { z } from 'zod'
import { createRest, type PacedRest } from '../../core/backend/rest.ts'
import type { RestCall } from '../../core/backend/backend.ts'
import type { Log } from '../../core/ports.ts'
import { createSession } from '../../core/session/create-session.ts'
import { needsPlainAccepted, normalUrl } from '../../core/settings.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../node/clock.ts'
import { createHttp } from '../node/http.ts'
import { systemRandom } from '../node/random.ts'
import { memoryOnlyVault } from '../node/vault.ts'
import { readOptions, type Values, wholeNumber } from './options.ts'
import { EXIT, type Exit, emit, say } from './out.ts'
import { readAuthority } from './read-authority.ts'
import { SIGN_IN_WORDS } from './sign-in-words.ts'

const SPEC = {
  server: { type: 'string' },
  email: { type: 'string' },
  'password-env': { type: 'string' },
  name: { type: 'string' },
  id: { type: 'string' },
  ca: { type: 'string' },
  plain: { type: 'boolean' },
} as const
/** A hub that does not answer an administrator within this is not there, ms. */
const ANSWER_MS = 10_000
const DEFAULT_NAME = 'Wall'
/** What goes wrong is said; a log of its own would only repeat it. */
const SILENT: Log = { info() {}, warn() {}, error() {} }

const Made = z.object({ code: z.string(), name: z.string(), expiresIn: z.number() })
const Walls = z.array(z.object({ id: z.number(), name: z.string(), isActive: z.boolean() }))

const TASKS = ['pair-wall', 'walls', 'unpair-wall'] as const
type Task = (typeof TASKS)[number]
export const isWallTask = (word: string): word is Task => TASKS.some((task) => task === word)

type Wanted = {
  readonly server: { readonly url: string; readonly origin: null; readonly authority: string | null }
  readonly email: string
  readonly password: string
  readonly call: Pick<RestCall, 'method' | 'path' | 'body'>
}

/** `tallydesk hub pair-wall | walls | unpair-wall`: what an administrator does about walls, at a running hub. */
export async function wallTask(task: Task, args: readonly string[]): Promise<Exit> {
  const read = wanted(task, args)
  if (!read.ok) {
    say(`hub ${task}: ${read.error}`)
    return EXIT.usage
  }
  const { server, email, password, call } = read.value
  const { http, close } = createHttp()
  const parts = { clock: systemClock(), random: systemRandom(), http, log: SILENT, server }
  const session = createSession({ ...parts, vault: memoryOnlyVault(), vaultName: 'hub-walls' })
  const rest = createRest({ ...parts, session })
  try {
    const signedIn = await session.signIn(email, password)
    if (!signedIn.ok) {
      say(`hub ${task}: not signed in: ${SIGN_IN_WORDS[signedIn.error]}`)
      return EXIT.unavailable
    }
    return await asked(task, rest, call)
  } finally {
    await session.signOut()
    rest.stop()
    session.stop()
    close()
  }
}

async function asked(task: Task, rest: PacedRest, call: Wanted['call']): Promise<Exit> {
  const answer = await rest({ ...call, key: null, timeoutMs: ANSWER_MS })
  if (!answer.ok) {
    const { error } = answer
    const said = error.is === 'answer' ? `${error.status}: ${error.message}` : 'the hub did not answer'
    say(`hub ${task}: ${said}`)
    return error.is === 'answer' && error.status < 500 ? EXIT.failed : EXIT.unavailable
  }
  tell(task, answer.value.data)
  return EXIT.ok
}

function tell(task: Task, data: unknown): void {
  if (task === 'pair-wall') {
    const made = Made.parse(data)
    emit({ t: 'pairing', code: made.code, name: made.name, expiresIn: made.expiresIn })
    say(`Type ${made.code} at the wall within ${Math.round(made.expiresIn / 60)} minutes. It works once.`)
  } else if (task === 'walls') {
    for (const { id, name, isActive } of Walls.parse(data)) emit({ t: 'wall', id, name, sees: isActive })
  } else say('This wall sees nothing from now on.')
}

function wanted(task: Task, args: readonly string[]): Result<Wanted, string> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return options
  const { server, email, ca, plain, ...rest } = options.value
  const url = server === undefined ? null : normalUrl(server)
  if (url === null) return err('--server URL is needed, such as https://hub.example')
  if (email === undefined) return err('--email E is needed: an administrator of the hub')
  const variable = rest['password-env'] ?? 'TALLYDESK_PASSWORD'
  const password = process.env[variable] ?? ''
  if (password === '') return err(`the environment variable ${variable} holds no password`)
  if (needsPlainAccepted(url) && plain !== true)
    return err(`${url} has no TLS; say --plain to send the password there all the same`)
  const authority = readAuthority(ca)
  if (!authority.ok) return authority
  const call = callOf(task, rest)
  if (!call.ok) return call
  return ok({ server: { url, origin: null, authority: authority.value }, email, password, call: call.value })
}

function callOf(task: Task, { id, name }: Pick<Values<typeof SPEC>, 'id' | 'name'>): Result<Wanted['call'], string> {
  if (task === 'walls') return ok({ method: 'GET', path: '/api/walls/', body: null })
  if (task === 'pair-wall')
    return ok({ method: 'POST', path: '/api/walls/codes/', body: { name: name ?? DEFAULT_NAME } })
  const number = wholeNumber('id', id, { least: 1, most: Number.MAX_SAFE_INTEGER, fallback: 0 })
  if (!number.ok) return number
  return number.value === 0
    ? err('--id N is needed: the number `hub walls` tells')
    : ok({ method: 'DELETE', path: `/api/walls/${number.value}/`, body: null })
}
