import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from '../../contract/backend/client.ts'
import { Database } from '../../doubles/election-server/database.ts'
import { PASSWORD, type SeedOptions, seedElection } from '../../doubles/election-server/seed.ts'
import { type Truth, truthFor } from '../../doubles/election-server/truth.ts'
import { freePort, Program } from './program.ts'
import { databaseIn, TABLES } from './rows.ts'

/** Debian's own: another Python first on the path has none of the libraries. */
const PYTHON = '/usr/bin/python3'
const DAPHNE = '/usr/bin/daphne'

export type PeerOptions = Partial<SeedOptions> & {
  /** `daphne`: sockets and REST. `wsgi`: Django's own server, as the shipped production set-up has no socket. */
  readonly server?: 'daphne' | 'wsgi'
  readonly allowedHosts?: readonly string[]
  readonly accessSeconds?: number
  /** How long a socket stays in its group, s. */
  readonly groupExpiry?: number
  /** Further words for Daphne: its own waits. */
  readonly daphne?: readonly string[]
}

/** A part that can be taken away and put back. */
export type Part = {
  readonly now: () => Program
  start(): Promise<void>
}

/** Redis, Daphne and a Django application, each a process of its own, with the imitation's election in a database file. */
export type Peer = {
  readonly url: string
  readonly redis: Part
  readonly web: Part
  /** What a console signed in as this account has to show: written from the tables, past the server. */
  truth(email: string): Truth
  database(): Database
  /** Another client's call as this account. */
  call(email: string, method: string, path: string, body?: unknown): ReturnType<Client['call']>
  /** A change in the database that no signal tells of: the shell, an import, another process. */
  write(sql: string): void
  stop(): Promise<void>
}

export async function startPeer(options: PeerOptions = {}): Promise<Peer> {
  const dir = mkdtempSync(join(tmpdir(), 'tallydesk-django-'))
  const [port, redisPort, file] = [await freePort(), await freePort(), join(dir, 'election.sqlite3')]
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
    DJANGO_SETTINGS_MODULE: 'peer.settings',
    PEER_SECRET: randomBytes(32).toString('hex'),
    PEER_DATABASE: file,
    PEER_REDIS_PORT: String(redisPort),
    PEER_ALLOWED_HOSTS: (options.allowedHosts ?? ['127.0.0.1']).join(','),
    PEER_ACCESS_SECONDS: String(options.accessSeconds ?? 3600),
    PEER_GROUP_EXPIRY: String(options.groupExpiry ?? 86_400),
  }
  const redisWords = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const redis = part(() => Program.start({ command: 'redis-server', args: redisWords, env }, dir, redisPort))
  const words =
    options.server === 'wsgi'
      ? { command: PYTHON, args: ['-m', 'django', 'runserver', '--noreload', `127.0.0.1:${port}`] }
      : { command: DAPHNE, args: ['-b', '127.0.0.1', '-p', String(port), ...(options.daphne ?? []), ASGI] }
  const web = part(() => Program.start({ ...words, env }, import.meta.dirname, port))
  const stop = async (): Promise<void> => {
    await Promise.all([web.end(), redis.end()])
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    await Promise.all([redis.start(), seed(options, env)])
    await web.start()
  } catch (error) {
    await stop()
    throw error
  }
  return { ...standing(`http://127.0.0.1:${port}`, file), redis, web, stop }
}

const ASGI = 'peer.asgi:application'

function standing(url: string, file: string): Omit<Peer, 'redis' | 'web' | 'stop'> {
  const clients = new Map<string, Promise<Client>>()
  return {
    url,
    database: () => databaseIn(file),
    truth(email) {
      const database = databaseIn(file)
      const user = database.all('users').find((row) => row.email === email)
      if (user === undefined) throw new Error(`no account ${email}`)
      return truthFor(database, user)
    },
    async call(email, method, path, body) {
      const known = clients.get(email) ?? signedIn(url, email)
      clients.set(email, known)
      return (await known).call(method, path, body === undefined ? {} : { body })
    },
    write(sql) {
      const sqlite = new DatabaseSync(file, { timeout: 5_000 })
      sqlite.exec(sql)
      sqlite.close()
    },
  }
}

function part(begin: () => Promise<Program>): Part & { end(): Promise<void> } {
  let program: Program | null = null
  return {
    now() {
      if (program === null) throw new Error('not started')
      return program
    },
    async start() {
      program = await begin()
    },
    end: async () => await program?.end(),
  }
}

async function signedIn(url: string, email: string): Promise<Client> {
  const client = new Client({ url, email, password: PASSWORD, origin: null })
  const answer = await client.signIn()
  if (answer.status !== 200) throw new Error(`${email}: sign-in answered ${answer.status}: ${answer.text}`)
  return client
}

/** The imitation's own election, row for row. */
function seed(options: PeerOptions, env: NodeJS.ProcessEnv): Promise<void> {
  const database = new Database()
  const plain = { seed: 3, committees: 4, electorsEach: 50, candidates: 8, phase: 'VOTING_DAY' } as const
  seedElection(database, { ...plain, ...options })
  const rows = JSON.stringify(Object.fromEntries(TABLES.map((table) => [table, database.all(table)])))
  return new Promise((done, fail) => {
    const python = execFile(PYTHON, ['-m', 'peer.seed'], { cwd: import.meta.dirname, env }, (error, _, said) =>
      error ? fail(new Error(`the database was not made: ${said}`)) : done(),
    )
    python.stdin?.end(rows)
  })
}
