import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Client } from '../contract/backend/client.ts'
import { folder } from './program.ts'
import { ADMIN, committeeOf, PASSWORD } from './small-election.ts'

/** What the hub's own database holds, read beside it. */
export type Truth = {
  readonly electors: number
  readonly attended: number
  readonly attendance: readonly { readonly id: number; readonly elector: string; readonly status: string }[]
  readonly guarantees: readonly {
    readonly id: number
    readonly elector: string
    readonly status: string
    readonly confirmation: string
    readonly note: string
  }[]
  readonly committees: readonly { readonly id: number; readonly code: string; readonly attended: number }[]
}

/** A hub as a process, with its data in a folder of its own, that can be killed and come back on the same port. */
export class HubServer {
  #child: ChildProcess | null = null
  readonly #folder: Awaited<ReturnType<typeof folder>>
  readonly #accessSeconds: number
  readonly admin: Client
  readonly port: number

  private constructor(place: Awaited<ReturnType<typeof folder>>, child: ChildProcess, port: number, seconds: number) {
    this.#folder = place
    this.#child = child
    this.#accessSeconds = seconds
    this.port = port
    this.admin = new Client({ url: this.url, email: ADMIN, password: PASSWORD, origin: null })
  }

  static async start(accessSeconds = 3600): Promise<HubServer> {
    const place = await folder()
    const { child, port } = await startProgram(place.path, 0, accessSeconds)
    const hub = new HubServer(place, child, port, accessSeconds)
    await hub.admin.signIn()
    return hub
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Marks electors as somebody elsewhere would: over REST. */
  async mark(...electors: number[]): Promise<void> {
    for (const elector of electors) {
      const body = { kocId: String(elector), committeeCode: committeeOf(elector), notes: '' }
      let answer = await this.admin.call('POST', '/api/attendees/mark/', { body })
      if (answer.status === 401) {
        await this.admin.signIn()
        answer = await this.admin.call('POST', '/api/attendees/mark/', { body })
      }
      if (answer.status >= 300) throw new Error(`mark ${elector}: ${answer.status} ${answer.text}`)
    }
  }

  /** Something an administrator does at another desk. */
  async #asAdmin(method: string, path: string, body: object): Promise<void> {
    const answer = await this.admin.call(method, path, { body })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`)
  }

  /** Enters a committee's sheet of four ballots as somebody elsewhere would. */
  enterSheet(committee: string, votes: readonly [number, number]): Promise<void> {
    return this.#asAdmin('POST', '/api/voting/vote-counts/bulk_entry/', {
      ...{ committeeId: this.#idOf(committee), totalBallotsCast: 4, invalidBallots: 0, notes: '' },
      voteCounts: votes.map((voteCount, index) => ({ candidateId: index + 1, voteCount })),
    })
  }

  async verifySheet(committee: string): Promise<void> {
    const { json } = await this.admin.call('GET', '/api/voting/committee-entries/')
    const { data } = json as { data: { id: number; committee: number }[] } // as the hub lists them
    const entry = data.find((row) => row.committee === this.#idOf(committee))
    await this.#asAdmin('PATCH', `/api/voting/committee-entries/${entry?.id ?? 0}/verify/`, {})
  }

  #idOf(committee: string): number {
    return this.truth().committees.find(({ code }) => code === committee)?.id ?? 0
  }

  /** Without a goodbye, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  async comeBack(): Promise<void> {
    const { child } = await startProgram(this.#folder.path, this.port, this.#accessSeconds)
    this.#child = child
  }

  /** What another desk does while this address is dead: the same hub, for a while, at another port. */
  async elsewhere(email: string, act: (other: Client, url: string) => Promise<void>): Promise<void> {
    const { child, port } = await startProgram(this.#folder.path, 0, this.#accessSeconds)
    try {
      const url = `http://127.0.0.1:${port}`
      const other = new Client({ url, email, password: PASSWORD, origin: null })
      await other.signIn()
      await act(other, url)
    } finally {
      child.stdin?.end()
      await once(child, 'exit')
    }
  }

  /** Read from a copy, for a running hub lets nobody beside it. Whatever it answered is in it. */
  truth(): Truth {
    const copy = mkdtempSync(join(tmpdir(), 'hub-copy-'))
    for (const file of ['hub.db', 'hub.db-wal']) {
      const from = join(this.#folder.path, file)
      if (existsSync(from)) copyFileSync(from, join(copy, file))
    }
    const db = new DatabaseSync(join(copy, 'hub.db'))
    try {
      const all = <T>(sql: string) => db.prepare(sql).all() as T[] // the columns are in the statement
      const one = (sql: string) => all<{ n: number }>(sql)[0]?.n ?? -1
      return {
        electors: one('SELECT count(*) n FROM electors WHERE is_active = 1'),
        attended: one("SELECT count(*) n FROM attendance WHERE status = 'ATTENDED'"),
        attendance: all('SELECT id, elector, status FROM attendance ORDER BY id'),
        guarantees: all('SELECT id, elector, status, confirmation, quick_note AS note FROM guarantees ORDER BY id'),
        committees: all('SELECT id, code, attended FROM committees ORDER BY id'),
      }
    } finally {
      db.close()
      rmSync(copy, { recursive: true })
    }
  }

  async stop(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child) {
      child.stdin?.end()
      await once(child, 'exit')
    }
    await this.#folder.remove()
  }
}

async function startProgram(
  dir: string,
  port: number,
  seconds: number,
): Promise<{ child: ChildProcess; port: number }> {
  const program = join(import.meta.dirname, 'hub-program.ts')
  const child = spawn(process.execPath, [program, dir, String(port), String(seconds)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const line = await new Promise<string>((found, failed) => {
    let text = ''
    child.stdout?.setEncoding('utf8').on('data', (part: string) => {
      text += part
      if (text.includes('\n')) found(text)
    })
    child.once('exit', (code) => failed(new Error(`the hub ended with ${code}`)))
  })
  const { port: at } = JSON.parse(line) as { port: number } // the program's own line
  return { child, port: at }
}
